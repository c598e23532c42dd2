#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Io, Terminal } from './cli/io.ts';
import { version } from './version.ts';

/**
 * The only file that touches the process: arguments, environment, streams, signals, the exit code. The build keeps
 * `./cli/main.js` a bundle of its own, so that the version and the help are told without reading it.
 */

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
  const { UsageError } = await import('./cli/main.js');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) {
      throw new UsageError(`standard input is larger than ${Math.round(mostBytes / 1024)} KiB`, 'Give less of it.');
    }
    chunks.push(chunk);
  }
  const { decoded } = await import('./cli/decode.ts');
  return decoded(Buffer.concat(chunks));
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
  const { main, systemClock } = await import('./cli/main.js');
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
    askSecret,
    interruption,
  };
  return await main(io);
}

/** A bug is loud: it is not the network's fault, and nobody should take it for that. Too few descriptors are this machine's. */
function bug(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EMFILE' || code === 'ENFILE') {
    process.stderr.write(
      `wayclear: too few files may be open at once (${code})\nRaise the limit, as by ulimit -n 1024.\n`,
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
