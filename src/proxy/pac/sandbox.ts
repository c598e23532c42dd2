import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type MessagePort, Worker } from 'node:worker_threads';
import type { QuickJS } from 'quickjs-wasi';
import type { PacProblem } from './candidates.ts';
import { installPacFunctions } from './functions.ts';

const bounds = {
  /** Memory of the sandbox, in pages of 64 KiB. */
  pages: 1024,
  /** Names that one evaluation may have resolved. */
  lookups: 50,
} as const;

interface ThreadData {
  readonly engine: string;
  readonly wasm: Uint8Array;
  readonly text: string;
  readonly functions: string;
  readonly myIp: string;
  /** Set to 1 by the main thread when an answer of `dns` waits in the port. */
  readonly answered: Int32Array;
}

/** One question to the script. `now`: milliseconds since 1970-01-01T00:00:00Z. */
export interface PacJob {
  readonly url: string;
  readonly host: string;
  readonly now: number;
}

export type PacOutcome = { readonly value: unknown } | { readonly problem: PacProblem; readonly detail: string };

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
): void {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => object } };
  // Compiled once a thread: an instance of it costs a few milliseconds.
  const wasm = new WebAssembly.Module(data.wasm);
  const run = async (job: PacJob): Promise<PacOutcome> => {
    const vm = await engine.create({ wasm });
    const lend = (name: string, give: (argument: string) => string | number | null): void => {
      const callback = vm.newFunction(name, (argument) => {
        const value = give(argument === undefined ? '' : argument.toString());
        return value === null ? vm.null : typeof value === 'number' ? vm.newNumber(value) : vm.newString(value);
      });
      vm.setProp(vm.global, name, callback);
    };
    lend('__resolve', (name) => {
      Atomics.store(data.answered, 0, 0);
      port.postMessage({ resolve: name.slice(0, 255) });
      Atomics.wait(data.answered, 0, 0);
      return receive() as string | null;
    });
    lend('__myIp', () => data.myIp);
    lend('__now', () => job.now);
    try {
      vm.evalCode(
        `(${data.functions})(globalThis, { resolve: globalThis.__resolve, myIp: globalThis.__myIp, now: globalThis.__now });
         delete globalThis.__resolve; delete globalThis.__myIp; delete globalThis.__now;`,
        'functions',
      );
    } catch (error) {
      return { problem: 'threw', detail: String(error) };
    }
    try {
      vm.evalCode(data.text, 'proxy.pac');
    } catch (error) {
      const syntax = error instanceof Error && error.name === 'SyntaxError';
      return { problem: syntax ? 'invalid' : 'threw', detail: String(error) };
    }
    const find = vm.evalCode("typeof FindProxyForURL === 'function' ? FindProxyForURL : null");
    if (find.isNull) return { problem: 'invalid', detail: 'no function FindProxyForURL' };
    try {
      const answer = vm.callFunction(find, vm.undefined, vm.newString(job.url), vm.newString(job.host));
      const type = vm.typeof(answer);
      return { value: type === 'string' ? answer.toString().slice(0, 8192) : type === 'number' ? 0 : undefined };
    } catch (error) {
      return { problem: 'threw', detail: String(error) };
    }
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
  (${pacThread.toString()})(QuickJS, parentPort, workerData, () => receiveMessageOnPort(workerData.answers).message);
  parentPort.postMessage({ ready: true });
});`;

/** The engine's files: loaded when the first PAC file is evaluated, 3 MB. */
async function engineFiles(): Promise<{ readonly engine: string; readonly wasm: Uint8Array }> {
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
export function withMemoryLimit(module: Uint8Array, pages: number): Uint8Array {
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
  /** Null if it did not answer in time, or ended. */
  run(job: PacJob, deadlineMs: number): Promise<PacOutcome | null>;
  end(): Promise<void>;
}

type ThreadMessage = { readonly ready?: true; readonly resolve?: string; readonly outcome?: PacOutcome };

/** Starts the engine's thread for one script. Rejects if it does not start. */
export async function startPacThread(
  text: string,
  myIp: string,
  lookUp: (name: string) => Promise<string | null>,
): Promise<PacThread> {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const functions = installPacFunctions.toString();
  const data = { ...(await engineFiles()), text, functions, myIp, answered, answers: port2 };
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
      const answer = lookups > bounds.lookups ? Promise.resolve(null) : lookUp(message.resolve);
      answer.then((address) => {
        port1.postMessage(address);
        Atomics.store(answered, 0, 1);
        Atomics.notify(answered, 0);
      });
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      reject(new Error('the engine ended'));
      settle(null);
    });
  });
  await ready;
  // Idle, the thread does not keep the process alive.
  worker.unref();
  return {
    run: (job, deadlineMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => settle(null), deadlineMs);
        settle = (outcome) => {
          clearTimeout(timer);
          worker.unref();
          resolve(outcome);
        };
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
