import type { Observation, StageResult } from '../model/observations.ts';

/** Milliseconds. Long enough for two lost packets of a handshake (RFC 6298: 1 s, then 2 s) and a slow answer. */
const most = 5_000;
/** A packet of a handshake that is lost is sent again after a second (RFC 6298). */
const resend = 1_000;
/** The answer to it: twice the slowest of the run, and no sooner than this. */
const leastAnswer = 200;
/** The answer of somebody far away, where nobody but name servers has answered. */
const leastUnknown = 1_500;
/** A stage is some round trips and the other side's work: what takes four times the slowest of the run won't come. */
const times = 4;

const isSilent = (stage: StageResult<unknown>): boolean =>
  stage.status === 'failed' && stage.failure.code.endsWith('.timeout');

/** Whether somebody was waited for in vain. */
export const isRunOut = ({ dns, attempts }: Observation): boolean =>
  [dns, ...attempts.flatMap(({ tcp, tunnel, tls, http }) => [tcp, tunnel, tls, http])].some(isSilent);

/** How long the other side took, by a stage that it answered, well or badly; 0 by any other. */
function answerMs(stage: StageResult<unknown>): number {
  return stage.status === 'skipped' || isSilent(stage) ? 0 : stage.ms;
}

/** Milliseconds that a stage of a follow-up waits, as the answers justify that the run has had so far. */
export function followUpPatience(probes: readonly Observation[]): number {
  let slowest = 0;
  let isAnswered = false;
  for (const { dns, attempts } of probes) {
    slowest = Math.max(slowest, answerMs(dns));
    for (const { tcp, tunnel, tls, http } of attempts) {
      const ms = Math.max(...[tcp, tunnel, tls, http].map(answerMs));
      slowest = Math.max(slowest, ms);
      isAnswered ||= ms > 0;
    }
  }
  const answer = isAnswered ? Math.max(leastAnswer, 2 * slowest) : leastUnknown;
  return Math.min(most, Math.max(resend + answer, times * slowest));
}
