/** Takes notices out of the store and gives them to their ways; what doesn't arrive is tried again, ever more slowly. */
import { harmless } from '../harmless.ts';
import type { Notice } from '../model/incident.ts';
import type { Delivery, Steps } from '../store/store.ts';
import { type Outgoing, type Sender, Undelivered } from './sender.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** After the first failure, the second and so on; the last one from then on. */
const backOffMs: readonly number[] = [minuteMs, 2 * minuteMs, 5 * minuteMs, 15 * minuteMs, 60 * minuteMs];
/** Nobody wants to read of it later. */
const longestMs = 7 * dayMs;
const onceMs = 15_000;
/** Longer than all of {@link most} may take; after a crash they come again. */
const claimMs = 10 * minuteMs;
const most = 20;

export interface DeliverySettings {
  readonly senders: readonly Sender[];
  readonly wall: () => number;
  readonly outgoing: (notice: Notice) => Outgoing;
  /** What did not arrive, for whoever watches the watch. */
  readonly onTrouble: (way: string, why: string, isFinal: boolean) => void;
}

type Outbox = Pick<Steps, 'claimDeliveries' | 'delivered' | 'notDelivered' | 'nextDelivery'>;

/** A message of the runtime may hold the address, which is often the secret itself: its code says enough. */
export function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if (error instanceof Undelivered) return harmless(error.message, 200);
  return harmless('code' in error && typeof error.code === 'string' ? error.code : error.name, 60);
}

/** When to try again; null: never. */
export function nextTry(attempts: number, told: number, now: number, waitMs: number | null): number | null {
  const at = now + Math.max(backOffMs[attempts] ?? backOffMs.at(-1) ?? dayMs, waitMs ?? 0);
  return at - told > longestMs ? null : at;
}

async function sendAll(
  outbox: Outbox,
  deliveries: readonly Delivery[],
  sender: Sender,
  { wall, outgoing, onTrouble }: DeliverySettings,
  ended: AbortSignal,
): Promise<void> {
  let trouble: unknown = null;
  for (const delivery of deliveries) {
    const { notice, attempts } = delivery;
    try {
      // What is behind one that did not arrive waits with it: it stays in order, and nobody is asked twenty times in vain.
      if (trouble !== null) throw trouble;
      await sender.send(outgoing(notice), AbortSignal.any([ended, AbortSignal.timeout(onceMs)]));
      await outbox.delivered(delivery, wall());
    } catch (error) {
      const { waitMs, isFinal } = error instanceof Undelivered ? error : { waitMs: null, isFinal: false };
      const now = wall();
      const at = isFinal ? null : nextTry(attempts, Date.parse(notice.at), now, waitMs);
      await outbox.notDelivered(delivery, whyOf(error), at, now, waitMs !== null);
      if (trouble === null || at === null) onTrouble(sender.name, whyOf(error), at === null);
      if (!isFinal) trouble = error;
    }
  }
}

/** Delivers what is due. When the next delivery is; null where none waits. */
export async function deliver(outbox: Outbox, settings: DeliverySettings, ended: AbortSignal): Promise<number | null> {
  const names = settings.senders.map(({ name }) => name);
  const due = await outbox.claimDeliveries(names, settings.wall(), claimMs, most);
  // One way that hangs holds up no other.
  await Promise.all(
    settings.senders.map((sender) =>
      sendAll(
        outbox,
        due.filter(({ route }) => route === sender.name),
        sender,
        settings,
        ended,
      ),
    ),
  );
  return await outbox.nextDelivery(names, most);
}
