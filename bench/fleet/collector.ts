/** A collector as a process, what it has cost so far, and posts to it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { coverHeader, coverOf } from '../../src/send/message.ts';
import type { SigningKey } from '../../src/signed/keys.ts';
import { cpuMsOf } from './processes.ts';

export interface CollectorProcess {
  readonly child: ChildProcess;
  readonly url: string;
  cpuMs(): number;
  peakMiB(): number;
  close(): Promise<void>;
}

export async function startCollector(
  program: string,
  store: string,
  ...args: readonly string[]
): Promise<CollectorProcess> {
  const all = [program, 'collect', '--listen', ':0', '--store', store, '--accept-new', ...args];
  const child = spawn(process.execPath, all, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString('utf8');
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(said)));
  });
  return {
    ...{ child, url },
    cpuMs: () => cpuMsOf(child.pid ?? 0),
    peakMiB: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export interface Said {
  readonly status: number;
  readonly text: string;
}

export interface Sent {
  readonly key: SigningKey;
  readonly body: Buffer;
}

const headersOf = ({ key, body }: Sent): Readonly<Record<string, string>> => ({
  ...{ 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
  [coverHeader]: coverOf(body, { key, at: new Date().toISOString(), token: null, version: '0.0.0' }),
});

/** Connections that are used again, so many at once. */
export function asker(connections: number): {
  /** With a body, a post of whoever has that key. */
  ask(url: string, sent?: Sent): Promise<Said>;
  close(): void;
} {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    ask: (url, sent) =>
      new Promise((resolve, reject) => {
        const options = sent === undefined ? { agent } : { agent, headers: headersOf(sent), method: 'POST' };
        const asked = request(url, options, (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
          answer.on('error', reject);
        });
        asked.on('error', reject);
        asked.end(sent?.body);
      }),
    close: () => agent.destroy(),
  };
}

/** Does all of it, so many at once. */
export async function atOnce<T>(count: number, all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all].reverse();
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one);
    }),
  );
}
