import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DnsValue, StageResult } from '../model/observations.ts';
import { type HostsTable, hostKey } from './dns/hosts-file.ts';
import type { SystemResolver } from './dns/system-resolver.ts';
import { createInterner } from './interned.ts';
import { isDirect, type Measured, type Question } from './measure.ts';
import { onAbort } from './stage/stop.ts';
import {
  type Answered,
  batched,
  type Fetching,
  type FromThread,
  type ThreadSettings,
  type ToThread,
} from './threads.ts';

type Body = Fetching & { readonly keep: (bytes: Buffer) => void };

/** A second thread that measures a share of a run. Each host is one thread's alone, so that its name is asked for once and its cap holds. */
export interface SecondThread {
  /** By the thread that the host belongs to. `here` measures in this one: also what the other one leaves behind if it ends. */
  measure(question: Question, here: () => Promise<Measured>, body?: Body): Promise<Measured>;
  /** A name, as `hostKey` has it, that is the second thread's; null if it is this one's. */
  readonly resolve: (key: string) => Promise<StageResult<DnsValue> | null>;
  close(): Promise<void>;
}

/** As the build lays it out, beside the program's other code; seen from there and from the library. A clone's `src/` has none. */
const places = ['.', '../../chunks'].map((folder) => join(import.meta.dirname, folder, 'thread.js'));

/** Where there is a second processor that this process may use. */
export const threadProgram = (): string | null =>
  availableParallelism() > 1 ? (places.find((file) => existsSync(file)) ?? null) : null;

/** What a question takes here, chains and reports included, for one there. */
const leading = 1.25;

/** What is gone after each answer: by default it grows to 25 MB more, for no gain. */
const maxYoungGenerationSizeMb = 12;

/** For want of these a thread ends, or doesn't start, without fault. */
const shortages = ['ERR_WORKER_OUT_OF_MEMORY', 'ERR_WORKER_INIT_FAILED', 'EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN'];

/** How long the run's end waits for what the thread has under way, which ends at once. */
const lastWordsMs = 5_000;

const strings = createInterner<string>();
const pairs = createInterner<unknown>();

/** What answers have in common kept once, as where they are made; see the interners there. Changes the value itself. */
function compact(value: unknown): unknown {
  if (typeof value === 'string') return value.length > 64 ? value : strings(value, () => value);
  if (typeof value !== 'object' || value === null) return value;
  const parts = value as Record<string, unknown>;
  const keys = Object.keys(parts);
  for (const key of keys) parts[key] = compact(parts[key]);
  const isSmall = keys.length === 2 && keys.every((key) => typeof parts[key] === 'string');
  return isSmall ? pairs(JSON.stringify(value), () => value) : value;
}

/** What the second thread has said of the name of a host that is its own. */
interface There {
  dns: StageResult<DnsValue> | null;
}

/** Null where no thread can be started. Its faults are as loud as this thread's own. `program`: what was built if left out. */
export function startSecondThread(
  program: string | undefined,
  settings: ThreadSettings,
  run: {
    readonly signal: AbortSignal;
    readonly hosts: HostsTable;
    readonly system: SystemResolver | null;
    readonly keepChain: (sent: readonly Buffer[]) => unknown;
  },
): SecondThread | null {
  const file = program ?? threadProgram();
  if (file === null) return null;
  let worker: Worker;
  try {
    worker = new Worker(file, { workerData: settings, resourceLimits: { maxYoungGenerationSizeMb } });
  } catch (error) {
    if (shortages.includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
  const say = batched<ToThread>((messages) => worker.postMessage(messages));
  let over = false;
  let late: NodeJS.Timeout | undefined;
  let busyHere = 0;
  let asked = 0;
  const waiting = new Map<number, (answered: Answered | null, body: Uint8Array<ArrayBuffer> | null) => void>();
  const lookups = new Map<number, AbortController>();
  /** By host: `here`, or there and what its name resolved to once that is known. */
  const hosts = new Map<string, 'here' | There>();

  const end = (): void => {
    over = true;
    forget();
    clearTimeout(late);
    hosts.clear();
    for (const settle of waiting.values()) settle(null, null);
    waiting.clear();
    for (const cut of lookups.values()) cut.abort();
  };
  const forget = onAbort(run.signal, () => {
    say({ end: run.signal.reason });
    late = setTimeout(end, lastWordsMs);
  });
  const lookUp = async (id: number, name: string): Promise<void> => {
    const cut = new AbortController();
    lookups.set(id, cut);
    const answer = (await run.system?.lookup(name, cut.signal)) ?? { addresses: [], error: null };
    lookups.delete(id);
    say({ id, answer });
  };
  const hear = (message: FromThread): void => {
    if ('chain' in message) run.keepChain(message.chain.map((der) => Buffer.from(der.buffer)));
    else if ('lookup' in message) void lookUp(message.id, message.lookup);
    else if ('forget' in message) lookups.get(message.forget)?.abort();
    else {
      waiting.get(message.id)?.(compact(JSON.parse(message.answered)) as Answered, message.body);
      waiting.delete(message.id);
    }
  };
  worker.on('message', (messages: readonly FromThread[]) => {
    for (const message of messages) hear(message);
  });
  worker.on('exit', end);
  worker.on('error', (error: NodeJS.ErrnoException) => {
    end();
    if (!shortages.includes(error.code ?? '')) throw error;
  });

  const ask = (
    owner: There,
    host: string,
    question: Omit<Question, 'route'> | null,
    wanted: Body | null,
  ): Promise<Answered | null> =>
    new Promise((resolve) => {
      const id = asked++;
      waiting.set(id, (answered, body) => {
        owner.dns = answered?.dns ?? owner.dns;
        if (body !== null) wanted?.keep(Buffer.from(body.buffer));
        resolve(answered);
      });
      const fetching = wanted === null ? null : { timeoutMs: wanted.timeoutMs, max: wanted.max };
      say({ id, host, hosts: run.hosts.get(host) ?? [], question, fetching });
    });
  /** The thread with less to do gets a host that nobody had before. This one leads the run as well. */
  const ownerOf = (host: string): 'here' | There => {
    const owner = hosts.get(host) ?? (over || waiting.size >= busyHere * leading ? 'here' : { dns: null });
    hosts.set(host, owner);
    return owner;
  };
  const measureHere = async (here: () => Promise<Measured>): Promise<Measured> => {
    busyHere++;
    return here().finally(() => busyHere--);
  };

  return {
    async measure(question, here, body) {
      const { host, port, scheme, url, method, route } = question;
      if (!isDirect(route)) return measureHere(here);
      const key = hostKey(host);
      const owner = ownerOf(key);
      if (owner === 'here') return measureHere(here);
      const answered = await ask(owner, key, { host, port, scheme, url, method }, body ?? null);
      if (answered?.attempts === undefined || owner.dns === null) return measureHere(here);
      return { host, port, scheme, url, dns: owner.dns, attempts: answered.attempts };
    },
    async resolve(key) {
      const owner = hosts.get(key) ?? 'here';
      hosts.set(key, owner);
      if (owner === 'here') return null;
      if (owner.dns === null) await ask(owner, key, null, null);
      return owner.dns;
    },
    async close() {
      end();
      await worker.terminate();
    },
  };
}
