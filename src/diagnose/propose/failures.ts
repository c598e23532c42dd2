/** What failed in a run, each place once, as experiments need to know it. */

import type { Attempt, Observation, StageName } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import type { RunContext } from '../judge/context.ts';
import type { Problem } from '../problem.ts';
import { layOver } from '../rules/run-wide.ts';
import { failedStage, placeKey } from '../survey/failure-class.ts';
import { domainOf, nowhereOf } from '../survey/host-names.ts';
import type { Survey } from '../survey/survey.ts';

export interface FailedProbe {
  readonly probe: Observation;
  readonly place: string;
  readonly domain: string;
  /** The failing attempt, IPv4 before IPv6; null where the name has no address. */
  readonly attempt: Attempt | null;
  readonly stage: StageName | 'local';
  /** The cause as it stands. */
  readonly root: Problem;
  /** Nothing is left to find out. */
  readonly decided: boolean;
  /** Its address is not on this machine. */
  readonly outside: boolean;
  /** Other addresses of the name work. */
  readonly partial: boolean;
  /** No proxy is between. */
  readonly direct: boolean;
}

const isFailing = (survey: Survey, attempt: Attempt): boolean =>
  failedStage(attempt) !== null && (attempt.family === null || survey.hasFamily(attempt.family));

function attemptOf(survey: Survey, { attempts }: Observation): Attempt | null {
  const failing = attempts.filter((attempt) => isFailing(survey, attempt));
  const candidates = failing.length > 0 ? failing : attempts;
  return candidates.find(({ family }) => family === 4) ?? candidates[0] ?? null;
}

/** What a server says at times as well: it was not asked for this name alone. What settings lead to is no chance. */
const isOfServer = ({ repeats }: Survey, { cause }: Problem, { dns, host, port }: Observation): boolean =>
  ['dns.refused', 'dns.server-failure', 'dns.timeout', 'dns.not-found'].includes(cause) &&
  dns.status === 'failed' &&
  dns.failure.detail !== 'sources' &&
  !repeats.repeated.has(placeKey(host, port));

/** Every probe that failed, or some of whose addresses did, in the order of the plan. */
export function failuresOf(context: RunContext): readonly FailedProbe[] {
  const { survey } = context;
  // What ends connections near by may still choose by name: that is found out as anywhere else.
  const wide = context.wide.filter(({ problem }) => problem.cause !== 'tcp.intercepted');
  const seen = new Set<string>();
  const failures: FailedProbe[] = [];
  const judge = (target: Target, probe: Observation): void => {
    const { host, port, scheme, url } = probe;
    const key = JSON.stringify([host, port, scheme, url]);
    if (seen.has(key)) return;
    seen.add(key);
    const judged = context.judge(target, probe);
    if (judged.kind === 'untested') return;
    const partial = judged.kind === 'passed';
    // Certificates that hurt without failing anything are not what experiments are for.
    if (partial && !probe.attempts.some((attempt) => isFailing(survey, attempt))) return;
    const [root] = layOver(wide, probe, judged.problems);
    if (root === undefined) return;
    const attempt = attemptOf(survey, probe);
    const address = attempt?.address ?? null;
    failures.push({
      probe,
      place: placeKey(host, port),
      domain: domainOf(host),
      attempt,
      stage:
        probe.dns.status === 'failed' ? 'dns' : ((attempt === null ? null : failedStage(attempt)?.name) ?? root.stage),
      root,
      decided:
        !isOfServer(survey, root, probe) &&
        root.confidence === 'high' &&
        root.alternatives.length === 0 &&
        root.cause !== 'tcp.partly-blocked',
      outside: address !== null && nowhereOf(address) !== 'loopback',
      partial,
      direct: target.route.kind === 'direct',
    });
  };
  for (const [id, probes] of survey.probes) {
    const target = survey.targets.get(id);
    if (target !== undefined) for (const probe of probes) judge(target, probe);
  }
  return failures;
}
