import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { holdInvariants } from '../report/invariants.ts';

const root = join(import.meta.dirname, '..', '..');
const sources: readonly string[] = ['src', 'endpoints', 'scripts'].map((name) => join(root, name));
export const program: string = join(root, 'dist', 'cli.js');

/** Builds `dist/` if a source file is newer than it, so that a test never runs yesterday's program. */
export function ensureBuilt(): void {
  const newest = Math.max(
    ...sources.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => statSync(join(folder, file)).mtimeMs),
    ),
  );
  if (existsSync(program) && statSync(program).mtimeMs >= newest) return;
  try {
    execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: 'pipe' });
  } catch (error) {
    if (!existsSync(program)) throw error;
  }
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ReturnType<typeof spawn>;
  readonly ended: Promise<Ended>;
}

interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Null: the null device, as services and schedulers give it. */
  readonly input?: string | null;
  /** In a process group of its own, which a signal can be sent to. Left out: no. */
  readonly group?: boolean;
}

/** Whatever a test asks the program for: the report that comes out contradicts itself nowhere. */
function holdReport(args: readonly string[], code: number | null, stdout: string): void {
  if (!/^\{\s*"schema": ?1,\s*"tool"/.test(stdout)) return;
  const options = args.includes('--fail-on') || args[0] === 'demo' ? undefined : (code ?? undefined);
  holdInvariants(JSON.parse(stdout), code === 2 ? undefined : options);
}

/** Starts the built program with an environment that holds nothing but what is given. */
export function start(args: readonly string[], options: StartOptions = {}): Started {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd ?? import.meta.dirname,
    env: { PATH: process.env['PATH'] ?? '', ...options.env },
    detached: options.group === true,
    stdio: [options.input === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.input ?? '');
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      try {
        if (args.includes('json')) holdReport(args, code, stdout);
        resolve({ code, signal, stdout, stderr });
      } catch (error) {
        reject(error);
      }
    });
  });
  return { child, ended };
}

export const wayclear = (args: readonly string[], options: StartOptions = {}): Promise<Ended> =>
  start(args, options).ended;
