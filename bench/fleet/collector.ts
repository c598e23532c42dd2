/** A collector as a process, what it has cost so far, and posts to it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

export interface CollectorProcess {
  readonly child: ChildProcess;
  readonly url: string;
  cpuMs(): number;
  peakMiB(): number;
  close(): Promise<void>;
}

const tickMs = 10;

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
  const proc = (file: string): string => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
  return {
    ...{ child, url },
    cpuMs() {
      // After the name, which may hold spaces: state is the first, user and system time the 12th and 13th.
      const fields = proc('stat').split(') ').at(-1)?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * tickMs;
    },
    peakMiB: () => Number(/VmHWM:\s+(\d+)/.exec(proc('status'))?.[1]) / 1024,
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

/** Connections that are used again, so many at once. */
export function asker(connections: number): {
  ask(url: string, body?: Buffer): Promise<Said>;
  close(): void;
} {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
  return {
    ask: (url, body) =>
      new Promise((resolve, reject) => {
        const options = body === undefined ? { agent } : { agent, headers, method: 'POST' };
        const asked = request(url, options, (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
          answer.on('error', reject);
        });
        asked.on('error', reject);
        asked.end(body);
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
