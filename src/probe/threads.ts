import type { Plan } from '../model/plan.ts';
import type { ResolverSettings } from './dns/resolve.ts';
import type { SystemAnswer, SystemResolver } from './dns/system-resolver.ts';
import { isDirect, type Measured, type Question } from './measure.ts';
import type { StageContext } from './stage/stage.ts';

/** For fewer, a thread's start takes too much of what it saves (bench/results/worker-threads.md). */
const fewest = 600;
/** With more, the 40 MB of a second thread would be those that the run lacks to stay within 200. */
const most = 10_000;
/** Fewer than that at a time wait for the network, not for a processor. */
const leastAtOnce = 16;

/** Whether a second thread is worth its start. Proxies have accounts and sessions, which are one thread's. */
export function isWorthwhile(limits: Plan['limits'], targets: Plan['targets']): boolean {
  const isLarge = targets.length >= fewest && targets.length <= most && limits.concurrency >= leastAtOnce;
  return isLarge && targets.every(({ route }) => isDirect(route));
}

/** What a thread has to know of the run before it measures. */
export interface ThreadSettings
  extends Pick<StageContext, 'startedAt' | 'timeoutMs'>,
    Pick<ResolverSettings, 'servers' | 'families'> {
  readonly userAgent: string;
  readonly tlsHello: Plan['tlsHello'];
  /** See `createPace`; of both threads together. */
  readonly most: { readonly names: number; readonly connections: number };
  /** Null: the operating system is never asked. */
  readonly scope: SystemResolver['scope'] | null;
}

/** Where the body of an answer is wanted too, of at most `max` bytes. */
export interface Fetching {
  readonly timeoutMs: number;
  readonly max: number;
}

/** To the thread. */
export type ToThread =
  | {
      readonly id: number;
      /** As `hostKey` has it. */
      readonly host: string;
      /** Its row of the hosts file. */
      readonly hosts: readonly string[];
      /** To be measured by the direct path; null where only the name is asked for. */
      readonly question: Omit<Question, 'route'> | null;
      readonly fetching: Fetching | null;
    }
  /** To a `lookup`. */
  | { readonly id: number; readonly answer: SystemAnswer }
  /** The run's end, and the reason that its signal has. */
  | { readonly end: unknown };

/** From the thread. */
export type FromThread =
  /** `Answered` as JSON: quicker than a structured clone, and smaller once it is read. */
  | { readonly id: number; readonly answered: string; readonly body: Uint8Array<ArrayBuffer> | null }
  /** In DER, leaf first; each chain once, and before the answer that names it. */
  | { readonly chain: readonly Uint8Array<ArrayBuffer>[] }
  /** What the operating system says for a name, and that nobody waits for it any more. */
  | { readonly id: number; readonly lookup: string }
  | { readonly forget: number };

/** The resolution of a host's name is said once, with the first answer about that host. */
export type Answered = Partial<Pick<Measured, 'dns' | 'attempts'>>;

/** Collects what is said in one turn of the event loop: a message costs more than what it holds. */
export function batched<T>(post: (messages: readonly T[]) => void): (message: T) => void {
  let batch: T[] = [];
  return (message) => {
    if (batch.length === 0)
      setImmediate(() => {
        const messages = batch;
        batch = [];
        post(messages);
      });
    batch.push(message);
  };
}
