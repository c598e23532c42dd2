/** One question to several resolvers, in the order and with the patience of a stub resolver. */
import type { Clock } from '../../clock.ts';
import { onAbort } from '../stage/stop.ts';
import type { DnsServer, Exchange, Reply } from './exchange.ts';
import { startExchange } from './exchange.ts';
import type { RecordType } from './message.ts';

export interface AskSettings {
  /** One at least. */
  readonly servers: readonly DnsServer[];
  readonly clock: Clock;
  /** Ends the question; servers that are still silent then have timed out. */
  readonly stop: AbortSignal;
  /** Until the next server (or the same again) is asked, ms; doubles each time. */
  readonly waitMs: number;
  /** `use-vc`: not by UDP at all. */
  readonly overTcp: boolean;
}

interface Settled {
  /** In order of ending; one for each server that answered, failed, or was passed over in silence. */
  readonly replies: readonly Reply[];
  /** The one of `replies` that settles the name: an answer, NXDOMAIN, or no address. Null if there was none. */
  readonly decisive: Reply | null;
}

const settles = ({ answer, message }: Reply): boolean =>
  message !== null && (answer.failure === null || ['dns.not-found', 'dns.malformed'].includes(answer.failure.code));

const stopped = (running: ReadonlyMap<number, Exchange>): readonly (readonly [number, Reply])[] =>
  [...running].map(([index, exchange]) => [index, exchange.stop()] as const);

/**
 * The first usable answer wins. A server that fails or refuses hands over to the next at once, a silent
 * one after `waitMs`; SERVFAIL everywhere gets one more round, as getaddrinfo gives it, because an
 * overloaded resolver answers so for a moment. Ends when nothing is left to wait for or it is stopped.
 */
export function askServers(
  question: { readonly name: string; readonly type: RecordType },
  settings: AskSettings,
): Promise<Settled> {
  const { servers, clock, stop, waitMs } = settings;
  const transport = settings.overTcp ? 'tcp' : 'udp';
  return new Promise((resolve) => {
    const running = new Map<number, Exchange>();
    const waiting = new Set(servers.keys());
    const replies: Reply[] = [];
    /** Those whose time ran out while they were asked. By the timer, which may ring a little early by the clock. */
    const silent = new Set<number>();
    let turn = 0;
    let wait = waitMs;
    const overloaded = new Set<number>();
    let secondRound = false;
    let timer: NodeJS.Timeout | undefined;
    let forget = (): void => {};

    const settle = (decisive: Reply | null): void => {
      clearTimeout(timer);
      forget();
      const patience = (index: number): number => (decisive === null || silent.has(index) ? 0 : waitMs);
      const passedOver = stopped(running).filter(([index, { answer }]) => answer.ms >= patience(index));
      replies.push(...passedOver.map(([, reply]) => reply), ...(decisive === null ? [] : [decisive]));
      resolve({ replies, decisive });
    };

    const waited = (): void => {
      for (const index of running.keys()) silent.add(index);
      step();
    };
    const start = (index: number): void => {
      const server = servers[index];
      if (server === undefined) return;
      waiting.delete(index);
      turn = index + 1;
      const ended = (reply: Reply): void => {
        running.delete(index);
        if (settles(reply)) {
          settle(reply);
          return;
        }
        replies.push(reply);
        if (reply.answer.rcode === 'SERVFAIL') overloaded.add(index);
        if (waiting.size > 0) step();
        else if (running.size === 0 && (secondRound || overloaded.size === 0)) settle(null);
        else if (running.size === 0) {
          secondRound = true;
          for (const again of overloaded) waiting.add(again);
          clearTimeout(timer);
          timer = setTimeout(step, waitMs);
        }
      };
      running.set(index, startExchange({ ...question, server, transport }, clock, ended));
    };
    const step = (): void => {
      clearTimeout(timer);
      timer = setTimeout(waited, wait);
      wait *= 2;
      const order = [...servers.keys()].map((offset) => (turn + offset) % servers.length);
      const index = order.find((at) => waiting.has(at)) ?? order.find((at) => running.has(at));
      if (index === undefined) return;
      turn = index + 1;
      if (running.has(index)) running.get(index)?.resend();
      else start(index);
    };

    step();
    if (stop.aborted) settle(null);
    else forget = onAbort(stop, () => settle(null));
  });
}
