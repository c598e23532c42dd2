/** Whether a limit on what is begun in a second may be all that is behind failures. */
import type { Observation, StageResult } from '../../model/observations.ts';
import { classOf, failedStage } from '../survey/failure-class.ts';
import type { FailedProbe } from './failures.ts';

/** What every limit lets through before it refuses anything. */
const LET_THROUGH = 4;

/** Hosts that one limit keeps out at least: one alone is its own trouble. */
const KEPT_OUT = 2;

type Stage = 'dns' | 'tcp' | 'tunnel' | 'tls' | 'http';

const startOf = (stage: StageResult<unknown>): readonly number[] => (stage.status === 'skipped' ? [] : [stage.at]);

/** Milliseconds of the run at which a stage that failed so began, all attempts of a probe. */
function failedStarts({ dns, attempts }: Observation, failureClass: string): readonly number[] {
  if (dns.status === 'failed') return dns.failure.code === failureClass ? [dns.at] : [];
  return attempts.flatMap((attempt) => {
    const stage = classOf(attempt) === failureClass ? failedStage(attempt) : null;
    return stage === null ? [] : startOf(attempt[stage.name]);
  });
}

const passedStarts = ({ dns, attempts }: Observation, name: Stage): readonly number[] =>
  (name === 'dns' ? [dns] : attempts.map((attempt) => attempt[name])).flatMap((stage) =>
    stage.status === 'passed' ? [stage.at] : [],
  );

/**
 * A limit keeps out several hosts, and lets as many pass before them as it allows for. What is refused from the first
 * connection on is refused for another reason, and nothing is gained by waiting.
 */
export function mayBeLimit(
  failureClass: string,
  failures: readonly FailedProbe[],
  probes: readonly Observation[],
): boolean {
  if (new Set(failures.map(({ probe }) => probe.host)).size < KEPT_OUT) return false;
  const [first = Number.POSITIVE_INFINITY] = failures
    .flatMap(({ probe }) => failedStarts(probe, failureClass))
    .sort((a, b) => a - b);
  const stage = failureClass.slice(0, failureClass.indexOf('.')) as Stage;
  const before = probes.flatMap((probe) => passedStarts(probe, stage)).filter((at) => at <= first);
  return before.length >= LET_THROUGH;
}
