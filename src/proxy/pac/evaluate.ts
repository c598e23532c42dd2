import type { Clock } from '../../clock.ts';
import { harmless } from '../../harmless.ts';
import { UsageError } from '../../usage-error.ts';
import { type PacEvaluation, type PacProblem, pacEvaluation } from './candidates.ts';
import { pacBound } from './download.ts';
import { type PacThread, startPacThread } from './sandbox.ts';

const bounds = {
  /** Evaluations that may run into the deadline before the file is given up. */
  timeouts: 2,
  /** What an evaluation takes up to here (milliseconds, names left out) is what evaluating costs. */
  freeMs: 100,
  /** Whatever all evaluations take beyond that may make so many deadlines before the file is given up. */
  slowDeadlines: 2,
} as const;

export interface PacOptions {
  /** For one evaluation with everything in it, in milliseconds. */
  readonly deadlineMs: number;
  /** Addresses of a name, IPv4 ones first. Must end by itself; it is not waited for beyond the deadline. */
  readonly dns: (host: string) => Promise<readonly string[]>;
  /** Addresses of this machine, IPv4 ones first. */
  readonly myIps: readonly string[];
  readonly clock: Clock;
  /** Ends evaluations, as a timeout. Left out: nothing but `close` does. */
  readonly signal?: AbortSignal | undefined;
}

export interface PacEvaluator {
  /**
   * What the file says of a target. One evaluation at a time; later ones wait.
   * @throws UsageError where the engine can't start, which is no fault of the file
   */
  evaluate(url: string, host: string): Promise<PacEvaluation>;
  /** Ends the engine. Evaluations under way end as `timeout`. */
  close(): Promise<void>;
}

/**
 * What a PAC file is asked with: browsers hide the path of https URLs, and user information and fragments always.
 * A bare port is asked for as https.
 */
export function pacUrlFor(target: {
  readonly scheme: 'https' | 'http' | 'tcp';
  readonly host: string;
  readonly port: number;
  readonly url: string | null;
}): string {
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  if (target.scheme === 'http' && target.url !== null && URL.canParse(target.url)) {
    const url = new URL(target.url);
    return `${url.origin}${url.pathname}${url.search}`;
  }
  const scheme = target.scheme === 'http' ? 'http' : 'https';
  return `${scheme}://${host}${target.port === (scheme === 'http' ? 80 : 443) ? '' : `:${target.port}`}/`;
}

function notStarted(error: unknown): never {
  // Too few descriptors: the command line tells of them.
  if (error instanceof Error && 'code' in error && error.code === 'EMFILE') throw error;
  throw new UsageError('proxy.engine', { error: harmless(String(error), 200) });
}

const failed = (problem: PacProblem, detail: string): PacEvaluation => ({
  answer: '',
  candidates: [],
  problem,
  detail: harmless(detail),
  readings: [],
});

/**
 * An evaluator for one PAC file. The script runs in QuickJS compiled to WebAssembly (no access to this process, the
 * network or the disk) in a thread of its own: built-in loops of the engine can't be interrupted from within, so a
 * script that does not answer in time is ended together with its thread.
 */
export function createPacEvaluator(text: string, options: PacOptions): PacEvaluator {
  const unusable =
    Buffer.byteLength(text, 'utf8') > pacBound
      ? failed('invalid', 'larger than 1 MiB')
      : /^\s*</.test(text)
        ? failed('invalid', 'markup instead of a script')
        : null;
  let thread: Promise<PacThread> | null = null;
  let timeouts = 0;
  let slowMs = 0;
  let lookupMs = 0;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();
  const addresses = new Map<string, Promise<readonly string[]>>();

  const { clock, deadlineMs, signal } = options;
  /** The script stands still meanwhile: what names take is not its fault. */
  const lookUp = async (name: string): Promise<readonly string[]> => {
    const since = clock.now();
    const answer = addresses.get(name) ?? options.dns(name).catch(() => []);
    addresses.set(name, answer);
    const found = await answer;
    lookupMs += clock.now() - since;
    return found;
  };
  const end = async (): Promise<void> => {
    const ending = thread;
    thread = null;
    await ending?.then((running) => running.end()).catch(() => undefined);
  };
  const once = async (url: string, host: string): Promise<PacEvaluation> => {
    if (unusable !== null) return unusable;
    const givenUp = timeouts >= bounds.timeouts || slowMs > bounds.slowDeadlines * deadlineMs;
    if (closed || givenUp || signal?.aborted === true) return failed('timeout', 'given up');
    thread ??= startPacThread(text, options.myIps, lookUp);
    const running = await thread.catch(notStarted);
    const since = clock.now();
    lookupMs = 0;
    const outcome = await running.run({ url, host, now: clock.wall() }, deadlineMs, signal);
    slowMs += Math.max(0, clock.now() - since - lookupMs - bounds.freeMs);
    if (outcome === null) {
      timeouts += 1;
      await end();
      return failed('timeout', `no answer in ${deadlineMs} ms`);
    }
    if ('engineError' in outcome) return notStarted(outcome.engineError);
    return 'problem' in outcome
      ? failed(outcome.problem, outcome.detail)
      : pacEvaluation(outcome.value, outcome.readings);
  };
  return {
    evaluate: (url, host) => {
      const evaluation = last.then(() => once(url, host));
      last = evaluation.catch(() => {});
      return evaluation;
    },
    close: async () => {
      closed = true;
      await end();
    },
  };
}
