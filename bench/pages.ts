/** Times what people and programs see of a store: pages of the built program's watch by HTTP on loopback, and its commands. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';

export interface Timed {
  readonly question: string;
  /** The first time: nothing of it is at hand yet. */
  readonly firstMs: number;
  /** Median of those after it. */
  readonly wallMs: number;
  /** Processor time of one of those, of the process that answers. */
  readonly cpuMs: number;
}

const runs = 15;
/** Of the kernel's clock, in milliseconds. */
const tickMs = 10;

/** Processor time of a process so far, from /proc. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Asks sixteen times, one after the other; `pid` answers. */
export async function timed(question: string, pid: number, ask: () => Promise<unknown>): Promise<Timed> {
  const once = async (): Promise<number> => {
    const began = performance.now();
    await ask();
    return performance.now() - began;
  };
  const firstMs = await once();
  const cpu = cpuOf(pid);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await once());
  const [wallMs = 0] = times.sort((one, other) => one - other).slice(Math.floor(runs / 2));
  return { question, firstMs, wallMs, cpuMs: (cpuOf(pid) - cpu) / runs };
}

function fetched(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, (answer) => {
      answer.resume();
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`${url}: ${answer.statusCode}`)),
      );
    }).on('error', reject);
  });
}

const languages = ['en', 'fr', 'ja', 'nl'] as const;
export const paths: readonly string[] = [
  ...languages.map((lang) => `/?lang=${lang}`),
  ...languages.map((lang) => `/report?lang=${lang}`),
  ...['/metrics', '/healthz', '/api/report', '/api/incidents', '/api/history'],
];

/** Each page of a watch that has the store, and nothing to look at. */
export async function timedPages(program: string, store: string): Promise<readonly Timed[]> {
  const args = ['watch', '127.0.0.1:1', '--proxy', 'direct', '--store', store, '--listen', '127.0.0.1:0'];
  const watch = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const base = await new Promise<string>((resolve, reject) => {
      let said = '';
      watch.once('close', () => reject(new Error(`the watch ended: ${said}`)));
      watch.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [, address] = /(http:\/\/127\.0\.0\.1:\d+)\//.exec(said) ?? [];
        if (address !== undefined) resolve(address);
      });
    });
    const rows: Timed[] = [];
    for (const path of paths) rows.push(await timed(`GET ${path}`, watch.pid ?? 0, () => fetched(`${base}${path}`)));
    return rows;
  } finally {
    watch.kill('SIGTERM');
  }
}

export const commands: readonly (readonly string[])[] = [
  ...[['history'], ['history', 'feature-3'], ['incidents'], ['incidents', '--lang', 'ja']],
];

/** The start of the program is part of them. */
export async function timedCommands(program: string, store: string): Promise<readonly Timed[]> {
  const rows: Timed[] = [];
  for (const words of commands) {
    const run = async (): Promise<void> => {
      const { status, stderr } = spawnSync(process.execPath, [program, ...words, '--store', store], {
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`);
    };
    const { cpuMs: _, ...row } = await timed(`wayclear ${words.join(' ')}`, process.pid, run);
    rows.push({ ...row, cpuMs: 0 });
  }
  return rows;
}
