/** Whether an answer to a plain request through a proxy that nobody signed is the origin's, by all that the run has tried. */
import type { Fact } from '../../model/diagnosis.ts';
import type { HttpValue, Observation } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { fact } from '../evidence.ts';
import { isAuthentic, trustOf } from '../survey/chain-trust.ts';
import { experimentFor } from '../survey/experiment-results.ts';
import { tlsOf } from '../survey/handshakes.ts';
import { madeUpMark, markOf, sharedPageOf } from '../survey/plain-pages.ts';
import type { Survey } from '../survey/survey.ts';
import { proxiedHand } from './proxy-own-answer.ts';

/** What answers through a proxy are known again by: their page, or else their marks. */
export const handOrPage = (survey: Survey, value: HttpValue): string => markOf(survey, value) ?? proxiedHand(value);

/** Why an answer is taken for the proxy's own. */
export interface OwnAnswer {
  readonly evidence: readonly Fact[];
  /** `proven`: the origin can't have given it; `likely`: the proxy finds no way to the host; `open`: nothing was tried. */
  readonly how: 'proven' | 'likely' | 'open';
}

/** The page that the proxy gives for a name that nobody has. */
function madeUp(survey: Survey, proxy: string, { host }: Observation, value: HttpValue): Fact | null {
  const mark = markOf(survey, value);
  if (mark === null) return null;
  const same = survey.experiments
    .byKind('made-up-host')
    .find(
      (experiment) => experiment.observation.attempts[0]?.proxy?.proxy === proxy && madeUpMark(experiment) === mark,
    );
  return same === undefined
    ? null
    : fact('tried.made-up-host', { host, name: same.observation.host, status: value.status });
}

/** What became of a tunnel to the host, or to one with the same answer: it leads there, the proxy's status, or nothing known. */
type Tunnel =
  | { readonly leads: boolean; readonly status: null; readonly host: string }
  | { readonly leads: false; readonly status: number; readonly host: string };

function tunnelFor(survey: Survey, proxy: string, { host, port }: Observation, value: HttpValue): Tunnel | null {
  const hand = handOrPage(survey, value);
  const alike = survey.experiments.byKind('tunnel-instead').find(({ target, host: asked }) => {
    const before = survey.probes.get(target)?.find((probe) => probe.host === asked)?.attempts[0];
    return (
      before?.proxy?.proxy === proxy &&
      before.http.status === 'passed' &&
      handOrPage(survey, before.http.value) === hand
    );
  });
  const made = experimentFor(survey.experiments, { host, port }, 'tunnel-instead') ?? alike;
  const [attempt] = made?.observation.attempts ?? [];
  if (made === undefined || attempt === undefined) return null;
  const { tunnel, tls } = attempt;
  if (tunnel.status === 'passed') {
    // Some grant every tunnel: who speaks in it was asked where that matters.
    const target = survey.targets.get(made.target);
    const shown = tls.status === 'skipped' && made.observation.scheme === 'tcp';
    const genuine =
      tls.status === 'passed' &&
      target !== undefined &&
      isAuthentic(trustOf(survey.observations, tlsOf(survey, target, made.host), made.host, tls.value));
    return { leads: shown || genuine, status: null, host: made.host };
  }
  if (tunnel.status !== 'failed' || tunnel.partial?.status == null) return null;
  return { leads: false, status: tunnel.partial.status, host: made.host };
}

/** Statuses that are a failure whoever says them (contract section 5). */
const documented: ReadonlySet<number> = new Set([407, 408, 426, 451, 502, 511, 598, 599]);

/**
 * An answer that may be the proxy's, an error or a page that unrelated domains get, and what shows that it is. Null where the
 * proxy leads to the host, and for what it has no reason to say.
 */
export function ownPlainAnswer(
  survey: Survey,
  proxy: string,
  { expect }: Target,
  observation: Observation,
  value: HttpValue,
): OwnAnswer | null {
  const { host, hop } = observation;
  const { status } = value;
  if (hop > 0) return null;
  const made = madeUp(survey, proxy, observation, value);
  if (made !== null) return { evidence: [made], how: 'proven' };
  const shared = sharedPageOf(survey, value);
  const common = shared?.isNobodysOwn === true ? fact('http.shared-page', { host, domains: shared.domains }) : null;
  const failing = status >= 500 && !(expect?.status?.includes(status) === true);
  const tunnel = tunnelFor(survey, proxy, observation, value);
  if (tunnel === null) {
    const open = common !== null || (failing && !documented.has(status));
    return open ? { evidence: common === null ? [] : [common], how: 'open' } : null;
  }
  if (tunnel.leads) return null;
  const answer = tunnel.status;
  const known =
    answer === null
      ? null
      : tunnel.host === host
        ? fact('proxy.refuses-tunnel', { host, proxy, status: answer })
        : fact('proxy.same-answer', { host, proxy, other: tunnel.host });
  const evidence = [...(common === null ? [] : [common]), ...(known === null ? [] : [known])];
  if (answer === null) return common === null ? null : { evidence, how: 'likely' };
  const alike = answer === status && (status >= 400 || common !== null);
  const nowhere = failing && answer >= 500;
  const refused = common !== null && answer >= 300;
  return alike || nowhere || refused ? { evidence, how: 'likely' } : null;
}
