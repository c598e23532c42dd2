/**
 * The last look of a machine, so that a fleet is read at once: machines of one catalog see the same endpoints, mostly with
 * the same outcome, so a look says by a digest which list of endpoints it saw, and is small without it. Pure.
 */
import { createHash } from 'node:crypto';
import type { Look } from '../model/fleet.ts';

export interface LastLook {
  /** Of the list of endpoints. */
  readonly endpoints: string;
  /** JSON: the look without them. */
  readonly rest: string;
}

export function lastLookOf({ endpoints, ...rest }: Look): LastLook {
  const digest = createHash('sha256').update(JSON.stringify(endpoints)).digest('base64url');
  return { endpoints: digest, rest: JSON.stringify(rest) };
}

/** From report to report, as its machine said; null for one that keeps no interval. */
export const everyMsOf = ({ rest }: LastLook): number | null =>
  (JSON.parse(rest) as Pick<Look, 'everyMs'>).everyMs ?? null;

/** The look again, with the list that its digest names. */
export const lookFrom = ({ rest }: LastLook, endpoints: Look['endpoints']): Look => ({
  ...(JSON.parse(rest) as Omit<Look, 'endpoints'>),
  endpoints,
});
