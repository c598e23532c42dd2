#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Io, Terminal } from './cli/io.ts';
import { shortageOf } from './shortage.ts';
import { version } from './version.ts';

/** The only file that touches the process: arguments, environment, streams, signals, the exit code. */

/**
 * A reader that went away (`| head`) is no fault: writing goes on into nothing, the exit code stays as
 * judged. Every other error reaches the caller of `write`.
 */
function forgiveClosedReader(stream: NodeJS.WriteStream): void {
  stream.on('error', () => {});
}

function terminal(stream: NodeJS.WriteStream): Terminal {
  return { isTTY: stream.isTTY === true, columns: stream.isTTY === true ? stream.columns : null };
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error?: (Error & { code?: string }) | null) => {
      if (error === null || error === undefined || error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') {
        resolve();
      } else reject(error);
    });
  });
}

async function readStdin(mostBytes: number): Promise<string> {
  const { UsageError } = await import('./cli/main.ts');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) {
      throw new UsageError(`standard input is larger than ${Math.round(mostBytes / 1024)} KiB`, 'Give less of it.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function askSecret(question: string): Promise<string | null> {
  const ask = await import('./cli/ask-secret.ts');
  const answer = await ask.askSecret(process.stdin, process.stderr, question, () =>
    process.kill(process.pid, 'SIGINT'),
  );
  // A terminal that was read from would keep the process waiting for more. Where a file or the null device stands in its
  // place, the stream has no such method.
  if (process.stdin.isTTY) process.stdin.unref();
  return answer;
}

/** The second signal finds the default action in place, which ends the process with what a shell shows as 130 or 143. */
function interruption(lastWords: () => void): AbortSignal {
  const controller = new AbortController();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let first = true;
  for (const signal of signals) {
    process.on(signal, () => {
      if (first) {
        first = false;
        controller.abort('interrupted');
        return;
      }
      lastWords();
      for (const other of signals) process.removeAllListeners(other);
      process.kill(process.pid, signal);
    });
  }
  return controller.signal;
}

/** Loaded when a flag is set: it takes a tenth of the time in which the version is told. */
const setFlag = (flag: string): void => process.getBuiltinModule('node:v8').setFlagsFromString(flag);

/** From so many targets on memory is dearer than a sixth of the processor time. */
const mostTargets = 5000;

/**
 * The heap grows by a third between collections, where the runtime would let it grow to several times what is in use. With
 * most targets what is new gets no more room than it has by then: 171 instead of 227 MiB for 30,000 that are refused.
 */
function beFrugal(targets: number): void {
  setFlag('--heap-growing-percent=30');
  if (targets > mostTargets) setFlag('--semi-space-growth-factor=1');
}

/** For a run that is over before optimising pays. */
function compileLess(): void {
  // undici's parser is WebAssembly. The runtime would compile it a second time, optimised, in the background, and wait
  // for that at the end: 0.1 s and more of two processors for a parser that reads some kilobytes.
  setFlag('--liftoff-only');
  // Before Node 22 the runtime optimises functions that have hardly run, in the background: 300 TLS targets take a quarter
  // less processor time where it waits eight times as long, 1,500 a tenth. Node 22 and 24 count calls, and gain nothing.
  if (process.versions.v8.startsWith('11.')) setFlag('--interrupt-budget=540000');
}

/** Help as the build laid it out, for a command line that asks for nothing else; null where there is none. */
function helpFor(args: readonly string[]): string | null {
  const asks = (word: string | undefined): boolean => word === '--help' || word === '-h';
  const [command, last] = args.length === 1 ? ['', args[0]] : args;
  if (command === undefined || args.length > 2 || !asks(last)) return null;
  try {
    const texts = JSON.parse(readFileSync(join(import.meta.dirname, 'help.json'), 'utf8')) as Record<string, string>;
    return Object.hasOwn(texts, command) ? (texts[command] ?? null) : null;
  } catch {
    return null;
  }
}

async function start(args: readonly string[]): Promise<number> {
  forgiveClosedReader(process.stdout);
  forgiveClosedReader(process.stderr);
  const end = args.indexOf('--');
  if ((end < 0 ? args : args.slice(0, end)).includes('--version')) {
    await write(process.stdout, `${version}\n`);
    return 0;
  }
  const help = helpFor(args);
  if (help !== null) {
    await write(process.stdout, help);
    return 0;
  }
  const { main, systemClock } = await import('./cli/main.ts');
  const io: Io = {
    args,
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    clock: systemClock,
    stdout: { ...terminal(process.stdout), write: (text) => write(process.stdout, text) },
    stderr: {
      ...terminal(process.stderr),
      write: (text) => {
        process.stderr.write(text);
      },
    },
    readStdin,
    beFrugal,
    compileLess,
    askSecret,
    interruption,
  };
  return await main(io);
}

/** A bug is loud: it is not the network's fault, and nobody should take it for that. Too few descriptors are this machine's. */
function bug(error: unknown): void {
  const shortage = shortageOf(error);
  if (shortage !== null) {
    process.stderr.write(
      `wayclear: too few files may be open at once (${shortage})\nRaise the limit, as by ulimit -n 1024.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`wayclear: a fault in wayclear itself, please report it: ${text}\n`);
  process.exitCode = 2;
}

process.on('uncaughtException', bug);
process.on('unhandledRejection', bug);
start(process.argv.slice(2)).then((code) => {
  // A fault that was told already keeps its code.
  process.exitCode ??= code;
}, bug);
