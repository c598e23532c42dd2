/**
 * Real servers for tests on loopback, started as children with configuration of their own in a temporary folder. Nothing
 * of the machine's own configuration is read or written.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provide } from '../lab/requirements.ts';

export const PATH = `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`;

/** Why a test with these programs can't run here; null if it can. Under CI=true there is no such reason: it throws. */
export function lacking(programs: Readonly<Record<string, string>>, root = false): string | null {
  const reason =
    process.platform !== 'linux'
      ? `it needs Linux, this is ${process.platform}`
      : root && process.getuid?.() !== 0
        ? 'it needs root'
        : provide(programs);
  if (reason === null) return null;
  if (process.env['CI'] === 'true') throw new Error(`under CI nothing may be skipped: ${reason}`);
  process.stderr.write(`tests: skipped, for ${reason}\n`);
  return reason;
}

export interface Folder {
  readonly path: string;
  close(): void;
}

export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'wayclear-'));
  return { path, close: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Runs a program to its end; its output if it succeeds. */
export function must(
  program: string,
  parameters: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
): string {
  const done = spawnSync(program, [...parameters], {
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, PATH, ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  if (done.status !== 0) throw new Error(`${program}: ${done.error?.message ?? ''} ${done.stderr} ${done.stdout}`);
  return done.stdout;
}

/** A port that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export interface Part {
  /** What it wrote by now. */
  output(): string;
  close(): Promise<void>;
}

/** Starts a server in a process group of its own, and waits until `ready` holds. */
export async function startPart(
  command: readonly string[],
  ready: (() => boolean | Promise<boolean>) | number,
  env: Readonly<Record<string, string>> = {},
): Promise<Part> {
  const [program = '', ...parameters] = command;
  let output = '';
  let over = false;
  const child: ChildProcess = spawn(program, parameters, {
    env: { ...process.env, PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000);
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      over = true;
      resolve();
    });
    child.once('close', () => {
      over = true;
      resolve();
    });
  });
  const signal = (name: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // It is gone already.
    }
  };
  const part: Part = {
    output: () => output,
    close: async () => {
      signal('SIGTERM');
      const timer = setTimeout(() => signal('SIGKILL'), 3000);
      await ended;
      clearTimeout(timer);
      signal('SIGKILL');
    },
  };
  const check = typeof ready === 'number' ? () => accepts(ready) : ready;
  for (let tries = 0; tries < 600; tries += 1) {
    if (over) break;
    if (await check()) return part;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await part.close();
  throw new Error(`${command.join(' ')} did not start: ${output}`);
}

export interface Relay {
  readonly address: string;
  readonly port: number;
  /** Connections that were taken. */
  count(): number;
  /** Values of Proxy-Authorization that went through. */
  authorizations(): readonly string[];
  close(): Promise<void>;
}

/** A TCP relay in front of a server on this machine, that counts and listens: one connection here is one there. */
export async function countingRelay(to: number): Promise<Relay> {
  let connections = 0;
  let heard = '';
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections += 1;
    const out = connect({ host: '127.0.0.1', port: to });
    for (const one of [socket, out]) {
      sockets.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        socket.destroy();
        out.destroy();
        sockets.delete(one);
      });
    }
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
    });
    socket.pipe(out).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    address: '127.0.0.1',
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    count: () => connections,
    authorizations: () => [...heard.matchAll(/^proxy-authorization: *(.*?)\r$/gim)].map(([, value = '']) => value),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
