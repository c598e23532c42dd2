import type { CauseId } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { DnsAnswer, Observation } from '../../model/observations.ts';
import { fact } from '../evidence.ts';
import { fault, type Problem, problem, undetermined } from '../problem.ts';
import { answerOf, experimentFor } from '../survey/experiment-results.ts';
import type { Survey } from '../survey/survey.ts';
import { type FailedDns, failsTwice, overTcp, unfoundProblem } from './naming.ts';

/** The answer that says most: one with the failure's own code, else one with a response code, else any. */
function deciding(answers: readonly DnsAnswer[], code: string): DnsAnswer | null {
  return (
    answers.find(({ failure }) => failure?.code === code) ??
    answers.find(({ rcode }) => rcode !== null) ??
    answers[0] ??
    null
  );
}

function evidenceOf(observation: Observation, dns: FailedDns): readonly Fact[] {
  const { host } = observation;
  const answers = dns.partial?.answers ?? [];
  const answer = deciding(answers, dns.failure.code);
  const server = answer?.server ?? '';
  const ms = answer?.ms ?? dns.ms;
  const facts: Fact[] = [];
  if (dns.failure.code === 'dns.no-server') facts.push(fact('dns.no-server', { host }));
  else if (dns.failure.code === 'dns.unreachable') facts.push(fact('dns.unreachable', { host, server }));
  else if (dns.failure.code === 'dns.malformed') facts.push(fact('dns.malformed', { host, server }));
  else if (dns.failure.code === 'dns.no-address') facts.push(fact('dns.no-address', { host, server }));
  else if (answer?.rcode != null) facts.push(fact('dns.rcode', { host, rcode: answer.rcode, server, ms }));
  else facts.push(fact('dns.no-answer', { host, server, ms }));
  const extended = answers.find(({ extendedError }) => extendedError !== null)?.extendedError;
  if (extended != null) facts.push(fact('dns.extended-error', { host, code: extended.code, text: extended.text }));
  if (answer?.rcode === 'NXDOMAIN' && answer.soa === null) facts.push(fact('dns.no-soa', { host, server }));
  const cnames = answers.find(({ cnames }) => cnames.length > 0)?.cnames ?? [];
  if (cnames.length > 0) {
    const chain = [host, ...cnames.slice(0, 6).map(({ target }) => target)].join(' → ');
    facts.push(fact('dns.cname', { host, chain }));
  }
  const system = dns.partial?.system ?? null;
  if (system?.error != null) facts.push(fact('dns.system-error', { host, error: system.error }));
  return facts;
}

/** What the other questions to name servers gave, and whether they decide who is to blame. */
function questions(
  survey: Survey,
  observation: Observation,
  answer: DnsAnswer | null,
): { readonly facts: readonly Fact[]; readonly decided: boolean } {
  const facts: Fact[] = [];
  let decided = false;
  const says = ({ addresses, rcode }: DnsAnswer): string => addresses[0]?.address ?? rcode ?? '';
  for (const kind of ['other-resolver', 'dns-over-tcp'] as const) {
    const experiment = experimentFor(survey.experiments, observation, kind);
    const other = experiment === null ? null : answerOf(experiment);
    if (experiment?.does.action !== 'ask' || other === null) continue;
    facts.push(fact(`tried.${kind}`, { name: experiment.does.name, server: other.server, answer: says(other) }));
    if (other.addresses.length > 0) decided = true;
  }
  const beside = experimentFor(survey.experiments, observation, 'sibling-name');
  const sibling = beside === null ? null : answerOf(beside);
  if (beside?.does.action === 'ask' && sibling !== null) {
    const { name } = beside.does;
    const zone = sibling.soa ?? '';
    facts.push(fact('tried.sibling-name', { name, server: sibling.server, answer: says(sibling), zone }));
    // The zone says no in its own name to both, or to the made-up one alone, or knows that one: the name itself is meant.
    if (sibling.addresses.length > 0 || sibling.soa !== null) decided = true;
  }
  const [control] = survey.experiments.byKind('control-name');
  const controlAnswer = control === undefined ? null : answerOf(control);
  if (
    control?.does.action === 'ask' &&
    controlAnswer !== null &&
    controlAnswer.addresses.length > 0 &&
    answer !== null
  ) {
    const { name } = control.does;
    facts.push(fact('tried.control-name', { name, server: controlAnswer.server, answer: says(controlAnswer) }));
  }
  return { facts, decided };
}

/** A server that answered, and whose longer answer over TCP did not come; null for any other failure. */
function largeAnswers(survey: Survey, { host, port }: Observation, answers: readonly DnsAnswer[]): Problem | null {
  const cut = answers.find(({ truncated, failure }) => truncated && failure !== null);
  if (cut === undefined) return null;
  const { server } = cut;
  return problem('dns.large-answers-blocked', 'dns', [fact('dns.truncated', { host, server })], {
    // Once, a lost packet may have been it.
    confidence: failsTwice(survey, host, port) ? 'high' : 'medium',
    signature: server,
    shared: ['resolver', server],
  });
}

/** Why a name has no address (failure taxonomy, DNS stage). Run-wide causes are laid over it afterwards. */
export function dnsProblem(survey: Survey, observation: Observation, dns: FailedDns): Problem {
  const unfound = unfoundProblem(survey, observation, dns);
  if (unfound !== null) return unfound;
  const answers = dns.partial?.answers ?? [];
  const { code } = dns.failure;
  const answer = deciding(answers, code);
  const server = answer?.server ?? survey.observations.environment.resolvers[0] ?? '';
  // Counted, not listed: this runs for each of many thousand failures.
  const besides = (names: ReadonlySet<string>): number => names.size - (names.has(observation.host) ? 1 : 0);
  const othersResolved = besides(survey.names.resolved);
  const others = othersResolved + besides(survey.names.internalResolved);
  const tried = questions(survey, observation, answer);
  const evidence = [
    ...evidenceOf(observation, dns),
    ...tried.facts,
    ...(others > 0 ? [fact('dns.others-resolve', { names: others })] : []),
  ];
  const parts = {
    signature: server,
    ...(server === '' ? {} : { shared: ['resolver', server] as const }),
    ...(tried.decided ? { confidence: 'high' as const } : {}),
  };
  // A server that answers for other names may have been busy, or restarted: only what it says twice is its word.
  const constant = othersResolved === 0 || failsTwice(survey, observation.host, observation.port);
  const ofServer = { ...parts, confidence: tried.decided && constant ? 'high' : 'medium' } as const;
  const unless = (...causes: readonly CauseId[]): readonly CauseId[] =>
    tried.decided ? [] : causes.filter((cause) => cause !== 'dns.internal-only' || othersResolved === 0);
  const large = code === 'dns.not-found' ? null : largeAnswers(survey, observation, answers);
  if (large !== null) return large;
  switch (code) {
    case 'dns.not-found':
      return problem('dns.not-found', 'dns', evidence, { ...parts, alternatives: unless('dns.internal-only') });
    case 'dns.no-address':
      return problem('dns.no-address', 'dns', evidence, { ...parts, alternatives: unless('dns.internal-only') });
    case 'dns.server-failure':
    case 'dns.error':
    case 'dns.malformed':
      return problem('dns.server-failure', 'dns', evidence, { ...ofServer, alternatives: unless('dns.timeout') });
    case 'dns.refused':
      return problem('dns.refused', 'dns', evidence, { ...parts, confidence: constant ? 'high' : 'medium' });
    case 'dns.timeout':
    case 'dns.unreachable':
    case 'dns.no-server':
      return problem('dns.timeout', 'dns', [...evidence, ...overTcp(survey, server)], {
        ...ofServer,
        alternatives: unless('dns.server-failure'),
      });
    case 'local.fault':
      return fault(observation.host, dns.failure.raw.message);
    default: {
      const { raw } = dns.failure;
      const rawFact = fact('failure.raw', {
        host: observation.host,
        stage: 'dns',
        failure: code,
        message: raw.message,
      });
      return undetermined('dns', code, [rawFact], 'other-resolver');
    }
  }
}
