/** Tells an Alertmanager what is wrong in the fleet, again and again: whichever collector of a store has its turn. */
import type { PostedAlert } from '../notify/alertmanager.ts';
import { nextTry, whyOf } from '../notify/deliver.ts';
import { Undelivered } from '../notify/sender.ts';
import type { Store } from '../store/store.ts';
import { type Alert, arrived, postedOf, type Told, turned } from './alerts.ts';

export interface AlertingSettings {
  /** Names the Alertmanager in the store, without its address. */
  readonly name: string;
  /** Of this process. */
  readonly holder: string;
  /** Whether a holder is no more. */
  isGone(holder: string): boolean;
  readonly everyMs: number;
  readonly wall: () => number;
  /** What is wrong now. */
  alerts(): Promise<readonly Alert[]>;
  post(alerts: readonly PostedAlert[], signal: AbortSignal): Promise<void>;
  onTrouble(why: string): void;
}

interface Kept {
  readonly told: Told;
  /** Posts that failed, one after the other. */
  readonly failures: number;
  readonly nextAt: number;
}

/** Longer than a turn takes; after a crash the next one has it then. */
const lockMs = 120_000;
const onceMs = 15_000;
/** All of it is posted each time, so that nothing is won by waiting longer than the third time. */
const mostFailures = 2;

/** Nobody is asked to wait longer, unless the clock was set back since. */
const farthestMs = 2 * 86_400_000;
const isDue = ({ nextAt }: Kept, now: number): boolean => nextAt <= now || nextAt > now + farthestMs;

/**
 * One turn, if it is time for one. What ended is kept until the Alertmanager has it, and what goes on is posted again:
 * one that was away or restarted knows all of it after the next turn.
 */
export async function tellAlerts(store: Store, settings: AlertingSettings, ended: AbortSignal): Promise<void> {
  const { name, holder, wall, isGone } = settings;
  const setting = `alerts:${name}`;
  const read = async (): Promise<Kept> =>
    ((await store.setting(setting)) ?? { told: {}, failures: 0, nextAt: 0 }) as Kept;
  if (!isDue(await read(), wall()) || !(await store.takeLock(setting, holder, wall(), lockMs, isGone))) return;
  try {
    const kept = await read();
    const now = wall();
    // Another one may have had its turn meanwhile.
    if (!isDue(kept, now)) return;
    const told = turned(kept.told, await settings.alerts(), now);
    // Before it is posted, or a crash between the two would leave an alert that nobody ends.
    await store.putSetting(setting, { ...kept, told });
    await store.putSetting(setting, await posted(told, kept, settings, ended));
  } finally {
    await store.releaseLock(setting, holder);
  }
}

async function posted(
  told: Told,
  { failures }: Kept,
  { everyMs, wall, post, onTrouble }: AlertingSettings,
  ended: AbortSignal,
): Promise<Kept> {
  if (Object.keys(told).length === 0) return { told, failures: 0, nextAt: wall() + everyMs };
  try {
    await post(postedOf(told, wall()), AbortSignal.any([ended, AbortSignal.timeout(onceMs)]));
    return { told: arrived(told), failures: 0, nextAt: wall() + everyMs };
  } catch (error) {
    const waitMs = error instanceof Undelivered ? error.waitMs : null;
    const now = wall();
    if (!ended.aborted) onTrouble(whyOf(error));
    const nextAt = nextTry(Math.min(failures, mostFailures), now, now, waitMs) ?? now + everyMs;
    return { told, failures: failures + 1, nextAt };
  }
}
