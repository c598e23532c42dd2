import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type MessagePort, Worker } from 'node:worker_threads';
import type { QuickJS } from 'quickjs-wasi';
import { insideFile } from '../../single-file.ts';
import type { PacProblem } from './candidates.ts';
import {
  installAddressFunctions,
  installIpv6Functions,
  installNameFunctions,
  installTimeFunctions,
  type PacReading,
} from './functions.ts';

const bounds = {
  /** Memory of the sandbox, in pages of 64 KiB. */
  pages: 1024,
  /** Names that one evaluation may have resolved. */
  lookups: 50,
  /** Calls of one evaluation that are told because other readers take them otherwise. */
  readings: 10,
} as const;

interface ThreadData {
  readonly engine: string;
  readonly wasm: Uint8Array;
  readonly text: string;
  /** Source texts, each of one function of the global object and of what is lent. */
  readonly functions: readonly string[];
  /** Joined by `;`. */
  readonly myIps: string;
  readonly mostReadings: number;
  /** Set to 1 by the main thread when an answer of `dns` waits in the port. */
  readonly answered: Int32Array;
}

/** One question to the script. `now`: milliseconds since 1970-01-01T00:00:00Z. */
export interface PacJob {
  readonly url: string;
  readonly host: string;
  readonly now: number;
}

export type PacOutcome =
  | { readonly value: unknown; readonly readings: readonly PacReading[] }
  | { readonly problem: PacProblem; readonly detail: string }
  /** The engine failed before it saw the file. */
  | { readonly engineError: string };

/** What the file returned, and what Windows would get from its other function, where that differs. */
type EngineReply = { readonly value: unknown; readonly extended: PacReading | null };

/**
 * What a file answers, asked of an engine that has the functions of PAC files already. Source text as well: it uses only
 * its parameters.
 */
function askFile(
  vm: QuickJS,
  text: string,
  job: PacJob,
): EngineReply | Extract<PacOutcome, { readonly problem: PacProblem }> {
  /** The error as its name and words, and the place in the file. */
  const failed = (error: unknown, problem: PacProblem): Extract<PacOutcome, { readonly problem: PacProblem }> => {
    const frame = /at (\S+) \(proxy\.pac:(\d+):(\d+)\)|at proxy\.pac:(\d+):(\d+)/;
    const [, name, inside, column, line = inside, own = column] =
      frame.exec(error instanceof Error ? String(error.stack) : '') ?? [];
    // Inside a function the engine knows the statement, or where the function begins.
    const place =
      line === undefined
        ? ''
        : name === undefined || name === '<eval>'
          ? ` (line ${line}, column ${own})`
          : ` (in ${name}, line ${line})`;
    return { problem, detail: `${String(error)}${place}` };
  };
  try {
    vm.evalCode(text, 'proxy.pac');
  } catch (error) {
    return failed(error, error instanceof Error && error.name === 'SyntaxError' ? 'invalid' : 'threw');
  }
  /** Null: there is no such function. */
  const ask = (name: string): unknown => {
    const find = vm.evalCode(`typeof ${name} === 'function' ? ${name} : null`);
    if (find.isNull) return null;
    const answer = vm.callFunction(find, vm.undefined, vm.newString(job.url), vm.newString(job.host));
    const type = vm.typeof(answer);
    return type === 'string' ? answer.toString().slice(0, 8192) : type === 'number' ? 0 : undefined;
  };
  let plain: unknown;
  try {
    plain = ask('FindProxyForURL');
  } catch (error) {
    return failed(error, 'threw');
  }
  // Windows asks this one where there is one; browsers never do.
  let extended: unknown;
  try {
    extended = ask('FindProxyForURLEx');
  } catch (error) {
    if (plain === null) return failed(error, 'threw');
    extended = String(error);
  }
  if (plain === null && extended === null) return { problem: 'invalid', detail: 'no function FindProxyForURL' };
  if (extended === null || extended === plain) return { value: plain, extended: null };
  const value = plain === null ? 'no function FindProxyForURL' : String(plain);
  const reading: PacReading = {
    call: 'FindProxyForURLEx',
    value,
    readers: ['winhttp'],
    otherwise: String(extended),
  };
  return { value: plain === null ? extended : plain, extended: reading };
}

/**
 * What runs in the thread, as source text: it uses only its parameters. One fresh engine an evaluation, so that
 * nothing a file keeps for itself makes the answer depend on the order of the targets. The script runs as in browsers,
 * synchronously: a name is resolved while this thread stands still.
 */
function pacThread(
  engine: typeof QuickJS,
  port: Pick<MessagePort, 'on' | 'postMessage'>,
  data: ThreadData,
  receive: () => unknown,
  ask: typeof askFile,
): void {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => object } };
  // Compiled once a thread: an instance of it costs a few milliseconds.
  const wasm = new WebAssembly.Module(data.wasm);
  const run = async (job: PacJob): Promise<PacOutcome> => {
    const made = await engine.create({ wasm }).catch((error: unknown) => ({ engineError: String(error) }));
    if ('engineError' in made) return made;
    const vm = made;
    const readings = new Map<string, PacReading>();
    const lend = (name: string, give: (argument: string) => string | number): void => {
      const callback = vm.newFunction(name, (argument) => {
        const value = give(argument === undefined ? '' : argument.toString());
        return typeof value === 'number' ? vm.newNumber(value) : vm.newString(value);
      });
      vm.setProp(vm.global, name, callback);
    };
    lend('__resolve', (name) => {
      Atomics.store(data.answered, 0, 0);
      port.postMessage({ resolve: name.slice(0, 255) });
      Atomics.wait(data.answered, 0, 0);
      return receive() as string;
    });
    lend('__myIps', () => data.myIps);
    lend('__now', () => job.now);
    lend('__differs', (text) => {
      const [call = '', value = '', readers = '', otherwise = ''] = text.slice(0, 1000).split('\n');
      if (readings.size < data.mostReadings)
        readings.set(text, { call, value, readers: readers.split(',') as PacReading['readers'], otherwise });
      return '';
    });
    const lent = ['resolve', 'myIps', 'now', 'differs'];
    const host = lent.map((name) => `${name}: globalThis.__${name}`).join(', ');
    const taken = lent.map((name) => `delete globalThis.__${name};`).join(' ');
    try {
      const install = data.functions.map((text) => `(${text})(globalThis, host);`).join('\n');
      vm.evalCode(`{ const host = { ${host} }; ${install} } ${taken}`, 'functions');
    } catch (error) {
      return { engineError: String(error) };
    }
    const answer = ask(vm, data.text, job);
    if ('problem' in answer) return answer;
    const { value, extended } = answer;
    return { value, readings: [...readings.values(), ...(extended === null ? [] : [extended])] };
  };
  port.on('message', (job: PacJob) => {
    run(job).then(
      (outcome) => port.postMessage({ outcome }),
      (error: unknown) => port.postMessage({ outcome: { problem: 'threw', detail: String(error) } }),
    );
  });
}

const bootstrap = `
const { parentPort, workerData, receiveMessageOnPort } = require('node:worker_threads');
import(workerData.engine).then(({ QuickJS }) => {
  const receive = () => receiveMessageOnPort(workerData.answers).message;
  (${pacThread.toString()})(QuickJS, parentPort, workerData, receive, ${askFile.toString()});
  parentPort.postMessage({ ready: true });
});`;

/** The engine's files: loaded when the first PAC file is evaluated, 3 MB. */
async function engineFiles(): Promise<{ readonly engine: string; readonly wasm: Uint8Array }> {
  const [code, binary] = [insideFile('packages/quickjs-wasi.mjs'), insideFile('packages/quickjs.wasm')];
  if (code !== null && binary !== null) {
    const engine = `data:text/javascript;base64,${code.toString('base64')}`;
    return { engine, wasm: withMemoryLimit(binary, bounds.pages) };
  }
  const require = createRequire(import.meta.filename);
  const entry = require.resolve('quickjs-wasi/package.json').replace(/package\.json$/, '');
  const wasm = await readFile(`${entry}quickjs.wasm`);
  return { engine: pathToFileURL(`${entry}dist/index.js`).href, wasm: withMemoryLimit(wasm, bounds.pages) };
}

/**
 * A WebAssembly module whose one memory may grow to `pages` pages of 64 KiB and no further. The engine's own limit does
 * not do it: quickjs-ng can't ask WASI's allocator for block sizes and counts 8 bytes for each (quickjs-wasi 2.2.0).
 * Rewrites the memory section (id 5: count, flags, minimum, maximum; numbers in LEB128).
 */
function withMemoryLimit(module: Uint8Array, pages: number): Uint8Array {
  let offset = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[offset++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  };
  const encoded = (value: number): readonly number[] =>
    value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...encoded(value >>> 7)];
  while (offset < module.length) {
    const start = offset;
    const id = number();
    const size = number();
    const end = offset + size;
    if (id === 5) {
      const [count, , minimum] = [number(), number(), number()];
      if (count !== 1) throw new Error('the PAC engine has not one memory');
      const body = [1, 1, ...encoded(minimum), ...encoded(pages)];
      const section = [5, ...encoded(body.length), ...body];
      return Buffer.concat([module.subarray(0, start), Uint8Array.from(section), module.subarray(end)]);
    }
    offset = end;
  }
  throw new Error('the PAC engine has no memory');
}

export interface PacThread {
  /** Null if it did not answer in time, or ended. `signal` ends the wait earlier. */
  run(job: PacJob, deadlineMs: number, signal?: AbortSignal): Promise<PacOutcome | null>;
  end(): Promise<void>;
}

type ThreadMessage = { readonly ready?: true; readonly resolve?: string; readonly outcome?: PacOutcome };

/** What an evaluation comes to whose thread ended. Its memory beside the sandbox's own is filled by what a file answers alone. */
const endingBy = (error: Error & { readonly code?: string }): PacOutcome =>
  error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? { problem: 'threw', detail: 'out of memory' }
    : { engineError: String(error) };

/** Starts the engine's thread for one script. Rejects if it does not start. */
export async function startPacThread(
  text: string,
  myIps: readonly string[],
  lookUp: (name: string) => Promise<readonly string[]>,
): Promise<PacThread> {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const installs = [installNameFunctions, installAddressFunctions, installIpv6Functions, installTimeFunctions];
  const data = {
    ...{ ...(await engineFiles()), text, functions: installs.map(String) },
    ...{ myIps: myIps.join(';'), mostReadings: bounds.readings, answered, answers: port2 },
  };
  const worker = new Worker(bootstrap, {
    eval: true,
    workerData: data,
    transferList: [port2],
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 128, stackSizeMb: 4 },
  });
  let settle: (outcome: PacOutcome | null) => void = () => undefined;
  let lookups = 0;
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: ThreadMessage) => {
      if (message.ready === true) resolve();
      if (message.outcome !== undefined) settle(message.outcome);
      if (message.resolve === undefined) return;
      lookups += 1;
      const answer = lookups > bounds.lookups ? Promise.resolve([]) : lookUp(message.resolve);
      answer.then((addresses) => {
        port1.postMessage(addresses.join(';'));
        Atomics.store(answered, 0, 1);
        Atomics.notify(answered, 0);
      });
    });
    let ending: PacOutcome | null = null;
    worker.on('error', (error: Error) => {
      reject(error);
      ending = endingBy(error);
    });
    worker.on('exit', () => {
      reject(new Error('the engine ended'));
      settle(ending);
    });
  });
  await ready;
  // Idle, the thread does not keep the process alive.
  worker.unref();
  return {
    run: (job, deadlineMs, signal) =>
      new Promise((resolve) => {
        const giveUp = (): void => settle(null);
        const timer = setTimeout(giveUp, deadlineMs);
        settle = (outcome) => {
          // What comes later must not let go of a thread whose end is awaited: the process would end with it.
          settle = () => undefined;
          clearTimeout(timer);
          signal?.removeEventListener('abort', giveUp);
          worker.unref();
          resolve(outcome);
        };
        if (signal?.aborted === true) return giveUp();
        signal?.addEventListener('abort', giveUp, { once: true });
        lookups = 0;
        worker.ref();
        worker.postMessage(job);
      }),
    end: async () => {
      port1.close();
      await worker.terminate();
    },
  };
}
