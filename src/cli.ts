#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { createEnding } from './cli/ending.ts';
import type { Given, Terminal } from './cli/io.ts';
import { languageOfArguments } from './cli/spoken-language.ts';
import { ensureStream, streamWriter } from './cli/stream-writer.ts';
import { systemClock } from './clock.ts';
import { answerNames } from './probe/dns/name-child.ts';
import { insideFile, isSingleFile, namesEntry } from './single-file.ts';
import { version } from './version.ts';
import { noticesOf } from './words/notices.ts';

/**
 * The only file that touches the process: arguments, environment, streams, signals, the exit code. The build keeps
 * `./cli/main.ts` a bundle of its own, so that the version and the help are told without reading it.
 */

const ending = createEnding(systemClock);

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

/** For what is left to end by itself once all is written, in milliseconds. */
const lingerMs = 500;

let stdinTaken = false;

let loaded: typeof import('./cli/main.ts') | null = null;

/** The program itself, which the version and the help are told without. */
async function theProgram(): Promise<typeof import('./cli/main.ts')> {
  const { loadProgram } = await import('./cli/loader.ts');
  loaded ??= loadProgram(join(import.meta.dirname, 'cli')).program;
  return loaded;
}

async function readStdin(mostBytes: number): Promise<string> {
  const { UsageError } = await theProgram();
  if (stdinTaken) throw new UsageError('file.stdin-twice');
  stdinTaken = true;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of addAbortSignal(ending.work, process.stdin) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > mostBytes) {
        throw new UsageError('file.stdin-large', { kib: Math.round(mostBytes / 1024) });
      }
      chunks.push(chunk);
    }
  } catch (error) {
    if (!ending.work.aborted) throw error;
    throw new UsageError('file.stdin-late');
  }
  const { decoded } = await import('./cli/decode.ts');
  return decoded(Buffer.concat(chunks));
}

async function attend(mostBytes: number): Promise<string> {
  stdinTaken = true;
  return await (await theProgram()).attend(process.stdin, mostBytes, ending);
}

async function askSecret(question: string): Promise<string | null> {
  const ask = await import('./cli/ask-secret.ts');
  const answer = await ask.askSecret(process.stdin, process.stderr, question, ending);
  // A terminal that was read from would keep the process waiting for more. Where a file or the null device stands in its
  // place, the stream has no such method.
  if (process.stdin.isTTY) process.stdin.unref();
  return answer;
}

/** So close together, two signals are one: npm passes on to the program the Ctrl-C that it had from the terminal already. */
const sameKeyMs = 50;

/**
 * The first signal ends the work; the second one finds the default action in place, which ends the process with what a shell
 * shows as 130 or 143.
 */
function obeySignals(): void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let firstAt: number | null = null;
  for (const signal of signals) {
    process.on(signal, () => {
      const now = systemClock.now();
      if (firstAt === null) {
        firstAt = now;
        process.exitCode = 130;
        ending.interrupt();
        return;
      }
      if (now - firstAt < sameKeyMs) return;
      ending.tidy();
      for (const other of signals) process.removeAllListeners(other);
      process.kill(process.pid, signal);
    });
  }
}

/** Help as the build laid it out, for a command line that asks for nothing else; null where there is none. */
function helpFor(given: readonly string[]): string | null {
  const { lang, others: args } = languageOfArguments(given, process.env);
  const asks = (word: string | undefined): boolean => word === '--help' || word === '-h';
  const [command, last] = args.length === 1 ? ['', args[0]] : args;
  if (command === undefined || args.length > 2 || !asks(last)) return null;
  try {
    const name = `help.${lang}.json`;
    const file = insideFile(name) ?? readFileSync(join(import.meta.dirname, name));
    const texts = JSON.parse(file.toString()) as Record<string, string>;
    return Object.hasOwn(texts, command) ? (texts[command] ?? null) : null;
  } catch {
    return null;
  }
}

/** For what is told of a fault: its stack may quote what was read. */
let withoutSecrets = (text: string): string => text;

async function start(args: readonly string[]): Promise<number> {
  ensureStream(process, 'stdout');
  ensureStream(process, 'stderr');
  forgiveClosedReader(process.stdout);
  forgiveClosedReader(process.stderr);
  const write = streamWriter(process.stdout, ending.work);
  const end = args.indexOf('--');
  if ((end < 0 ? args : args.slice(0, end)).some((word) => word === '--version' || word === '-V')) {
    await write(`${version}\n`);
    return 0;
  }
  const help = helpFor(args);
  if (help !== null) {
    await write(help);
    return 0;
  }
  const { main, createSecrets } = await theProgram();
  const secrets = createSecrets();
  withoutSecrets = (text) => secrets.scan(text, () => '');
  const tell = streamWriter(process.stderr, ending.work);
  const io: Given = {
    args,
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    clock: systemClock,
    stdout: { ...terminal(process.stdout), write },
    stderr: {
      ...terminal(process.stderr),
      write: (text) => {
        tell(text).catch(() => {});
      },
    },
    readStdin,
    attend,
    askSecret,
    secrets,
    ending,
  };
  const code = await main(io);
  const knew = ending.interrupted();
  await tell('').catch(() => {});
  // A signal that came while nothing waited is seen by the next turn of the loop.
  await new Promise(setImmediate);
  return ending.interrupted() && !knew ? 130 : code;
}

/** What is told of a fault, in the language that the command line or the machine says. */
const notices = () => noticesOf(languageOfArguments(process.argv.slice(2), process.env).lang);

/** A bug is loud: it is not the network's fault, and nobody should take it for that. Too few descriptors are this machine's. */
function bug(error: unknown): void {
  process.exitCode = 2;
  const words = notices();
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EMFILE' || code === 'ENFILE') {
    process.stderr.write(`wayclear: ${words.tooFewFiles.line(code)}\n${words.tooFewFiles.hint}\n`);
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`wayclear: ${words.fault(null, withoutSecrets(text))}\n`);
}

let settled = false;

function run(): void {
  obeySignals();
  process.on('exit', () => ending.tidy());
  process.on('uncaughtException', bug);
  process.on('unhandledRejection', bug);
  // Where nothing is left that could still happen, the process ends with 0, as if all were well.
  process.once('beforeExit', () => {
    if (!settled) bug(new Error(notices().stuck));
  });
  start(process.argv.slice(2))
    .then((code) => {
      // A fault that was told already keeps its code; what an interruption means, the command says.
      if (process.exitCode === undefined || process.exitCode === 130) process.exitCode = code;
    }, bug)
    .finally(() => {
      settled = true;
      // What was given up (a name being asked for, a reader that never reads) may hold on to the process: nobody waits for it.
      setTimeout(() => process.exit(), ending.work.aborted ? 0 : lingerMs).unref();
    });
}

// An executable has no runtime beside it to start: it is started once more itself.
if (isSingleFile && process.argv[2] === namesEntry) {
  import('node:dns').then(({ lookup }) => answerNames({ lookup, process }));
} else {
  run();
}
