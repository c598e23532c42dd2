/** The thread that measures a share of a large run; the entry of a file of its own. `second-thread.ts` starts it. */
import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../clock.ts';
import { chainId } from './chains.ts';
import { createResolver } from './dns/resolve.ts';
import type { SystemAnswer, SystemResolver } from './dns/system-resolver.ts';
import { type Measured, measureAddresses } from './measure.ts';
import { prepareHttp } from './stage/http.ts';
import { createPace } from './stage/pace.ts';
import type { StageContext } from './stage/stage.ts';
import { onAbort } from './stage/stop.ts';
import { type Answered, batched, type FromThread, type ThreadSettings, type ToThread } from './threads.ts';

/** The operating system is asked by way of the main thread: one child process is enough for all. */
function relay(say: (message: FromThread) => void) {
  const waiting = new Map<number, (answer: SystemAnswer) => void>();
  let asked = 0;
  const lookup: SystemResolver['lookup'] = (name, signal) =>
    new Promise((resolve) => {
      const id = asked++;
      say({ id, lookup: name });
      const stay = onAbort(signal, () => say({ forget: id }));
      if (signal.aborted) say({ forget: id });
      waiting.set(id, (answer) => {
        stay();
        resolve(answer);
      });
    });
  const answer = (id: number, said: SystemAnswer): void => {
    waiting.get(id)?.(said);
    waiting.delete(id);
  };
  return { lookup, answer };
}

async function serve(port: NonNullable<typeof parentPort>, settings: ThreadSettings): Promise<void> {
  const { startedAt, timeoutMs, servers, families, userAgent, tlsHello, most, scope } = settings;
  await prepareHttp();
  const say = batched<FromThread>((messages) => port.postMessage(messages));
  const ending = new AbortController();
  const { signal } = ending;
  const { lookup, answer } = relay(say);
  const hosts = new Map<string, readonly string[]>();
  const pace = createPace(most, systemClock, 2);
  const context: StageContext = { clock: systemClock, startedAt, timeoutMs, signal, pace };
  const system = scope === null ? null : { scope, lookup, close: () => {} };
  const resolver = createResolver({ ...context, servers, families, hosts, system, pace });

  const chains = new Set<string>();
  const keepChain = (sent: readonly Buffer[]): string => {
    const id = chainId(sent);
    // Copied: what is a part of a larger buffer would be sent with the whole of it.
    if (!chains.has(id)) say({ chain: sent.map((der) => new Uint8Array(der)) });
    chains.add(id);
    return id;
  };
  const attempt = { userAgent, tls: { hello: tlsHello }, keepChain };

  const told = new WeakSet<Measured['dns']>();
  const news = (dns: Measured['dns']): Answered => {
    if (told.has(dns)) return {};
    told.add(dns);
    return { dns };
  };
  const answerTo = async (asked: Extract<ToThread, { host: string }>): Promise<void> => {
    const { id, host, question, fetching } = asked;
    if (asked.hosts.length > 0) hosts.set(host, asked.hosts);
    let body: Uint8Array<ArrayBuffer> | null = null;
    const answer = (answered: Answered): void => say({ id, answered: JSON.stringify(answered), body });
    if (question === null) return answer(news(await resolver.resolve(host, signal)));
    const keep = (bytes: Buffer): void => {
      body = new Uint8Array(bytes);
    };
    const { dns, attempts } = await measureAddresses(question, {
      context: fetching === null ? context : { ...context, timeoutMs: fetching.timeoutMs },
      resolver,
      attempt: fetching === null ? attempt : { ...attempt, body: { max: fetching.max, keep } },
    });
    answer({ ...news(dns), attempts });
  };
  port.on('message', (messages: readonly ToThread[]) => {
    for (const message of messages) {
      if ('end' in message) ending.abort(message.end);
      else if ('answer' in message) answer(message.id, message.answer);
      else void answerTo(message);
    }
  });
}

if (parentPort !== null) void serve(parentPort, workerData as ThreadSettings);
