/** Which follow-up experiments would tell the causes of a run's failures apart. Values only: nothing is sent here. */

import type { Experiment } from '../../model/experiments.ts';
import type { Observations } from '../../model/observations.ts';
import { performedExperiments } from '../../model/performed-experiments.ts';
import { contextOf } from '../judge/context.ts';
import { nowhereOf } from '../survey/host-names.ts';
import { answerWishes } from './answers.ts';
import { canaries, documentationAddress } from './canaries.ts';
import { contentWishes, headWishes } from './content.ts';
import { allowance, costOf, isFollowed, placesLeft } from './cost.ts';
import { type FailedProbe, failuresOf } from './failures.ts';
import { firstBytesWishes } from './first-bytes.ts';
import { classicHello } from './hello.ts';
import { lookWishes } from './looks.ts';
import { proxyAnswerWishes } from './proxy-answers.ts';
import { questions } from './questions.ts';
import { repeats, transientOf } from './repeats.ts';
import { sessionWishes } from './session.ts';
import { wildcardWishes } from './wildcard.ts';

/** Past a hosts file that differs from the name servers: does their address work? */
function pastHostsFile(failures: readonly FailedProbe[]): readonly Experiment[] {
  return failures.flatMap(({ probe, root }) => {
    if (root.cause !== 'dns.hosts-file' || probe.dns.status !== 'passed') return [];
    const { target, host, port, scheme, url } = probe;
    const [answer] = probe.dns.value.answers.filter(({ addresses }) => addresses.length > 0);
    const address = answer?.addresses[0]?.address;
    if (answer === undefined || address === undefined || nowhereOf(address) === 'unspecified') return [];
    const connection = { address, family: answer.family, port, scheme, url } as const;
    const does = { action: 'connect', ...classicHello, servername: host, ...connection } as const;
    return [{ id: `other-address ${host} ${port}`, kind: 'other-address', target, host, port, does } as const];
  });
}

/**
 * What to try next, best first: nothing for a healthy run, nothing that was tried, and in all no more than a share of
 * what the run itself cost. Where experiments are not wanted, what only tells causes apart is left out.
 */
export function propose(observations: Observations): readonly Experiment[] {
  const { plan, experiments, ended } = observations;
  if (plan.offline || ended !== null) return [];
  const context = contextOf(observations);
  const { survey } = context;
  const failures = failuresOf(context);
  const answers = [...answerWishes(context), ...contentWishes(survey)];
  const heads = headWishes(survey);
  const ofProxies = proxyAnswerWishes(survey, failures);
  const looks = lookWishes(observations);
  if ([failures, looks, answers, ofProxies, heads].every(({ length }) => length === 0)) return [];
  // What still fails when it is tried alone is no chance, and neither is what fails like it.
  const confirmed = new Set(
    failures
      .filter(({ place }) => survey.repeats.repeated.has(place) && !survey.repeats.recovered.has(place))
      .flatMap(({ probe }) => transientOf(probe)),
  );
  const settled = failures.filter(({ probe, decided, partial }) => {
    const signs = transientOf(probe);
    return !partial && (decided || signs.length === 0 || signs.some((sign) => confirmed.has(sign)));
  });
  const direct = settled.filter((failure) => failure.direct);
  const signed = canaries(survey, direct, true);
  const wishes = [
    ...repeats(survey, failures),
    ...looks,
    ...answers,
    ...ofProxies,
    ...wildcardWishes(survey, failures),
    ...documentationAddress(survey, direct),
    ...signed,
    ...pastHostsFile(direct),
    ...questions(survey, direct),
    ...firstBytesWishes(survey, settled),
    ...sessionWishes(survey, settled),
    // Without a sign of a page it is the least that can be asked.
    ...(signed.length > 0 ? [] : canaries(survey, direct, false)),
    ...heads,
  ];
  const made = new Set(experiments.map(({ id }) => id));
  let left = allowance(observations);
  let room = placesLeft(experiments.filter((experiment) => !isFollowed(experiment)).length);
  return wishes.filter((wish) => {
    if (!plan.experiments && performedExperiments[wish.kind].tells === 'why') return false;
    const counted = !isFollowed(wish);
    const price = counted ? costOf(wish, observations.probes) : 0;
    if (made.has(wish.id) || (counted && (price > left || room <= 0))) return false;
    made.add(wish.id);
    left -= price;
    room -= counted ? 1 : 0;
    return true;
  });
}
