/** The program in each of its forms, run the same way: `dist/` on the runtime that executables hold, and the executables. */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..', '..');
const script = (name: string): string => pathToFileURL(join(root, 'scripts', 'exe', name)).href;

interface Target {
  readonly name: string;
  readonly platform: string;
  readonly arch: string;
  readonly program: string;
}
interface Machine {
  readonly before: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}
const { targets, runtimeOf } = (await import(script('targets.mjs'))) as {
  readonly targets: readonly Target[];
  readonly runtimeOf: (target: Target) => string;
};
const { machineFor } = (await import(script('machines.mjs'))) as { readonly machineFor: (target: Target) => Machine };

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Stands for /etc/hosts meanwhile. */
  readonly hosts?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A program that goes on until it is ended. */
export interface Begun {
  /** What it has told on standard error by now. */
  told(): string;
  /** Asks it to end, and waits until it has. */
  end(): Promise<Ended>;
}

export interface Program {
  readonly name: string;
  /** What stands before its arguments where this machine's own shell starts it. */
  readonly command: readonly string[];
  run(args: readonly string[], options?: RunOptions): Promise<Ended>;
  begin(args: readonly string[], options?: RunOptions): Begun;
  /** A file of this machine, as the program knows it. */
  path(file: string): string;
}

/** In a mount namespace of its own, where nobody else sees the other hosts file. */
const withHosts = (hosts: string): readonly string[] => [
  ...['unshare', ...(process.getuid?.() === 0 ? ['-m'] : ['-Urm'])],
  ...['sh', '-c', 'mount --bind "$0" /etc/hosts && exec "$@"', hosts],
];

/** The file of an executable. */
export const executableFile = (name: string): string => join(root, 'dist', 'exe', name);

/** A command line, with an environment that holds little but what is given. */
export const started = (
  command: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = tmpdir(),
): Promise<Ended> => start(command, env, cwd).ended;

/** Output goes to files: under Wine, Node.js can't write to a pipe. */
function start(command: readonly string[], env: Readonly<Record<string, string>>, cwd: string) {
  const folder = mkdtempSync(join(tmpdir(), 'wayclear-run-'));
  const [out = '', err = ''] = ['out', 'err'].map((name) => join(folder, name));
  const handles = [out, err].map((file) => openSync(file, 'w'));
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], HOME: tmpdir(), LANG: 'C.UTF-8', ...env },
    ...{ cwd, stdio: ['ignore', ...handles], timeout: 180_000 },
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, stdout: readFileSync(out, 'utf8'), stderr: readFileSync(err, 'utf8') }),
    );
  }).finally(() => {
    for (const handle of handles) closeSync(handle);
    rmSync(folder, { recursive: true, force: true });
  });
  return { child, ended, told: () => readFileSync(err, 'utf8') };
}

function made(name: string, command: readonly string[], machine: Machine, path: Program['path']): Program {
  const begin = (args: readonly string[], { hosts, env, cwd = tmpdir() }: RunOptions = {}) =>
    start([...(hosts === undefined ? [] : withHosts(hosts)), ...command, ...args], { ...machine.env, ...env }, cwd);
  return {
    name,
    command,
    path,
    run: (args, options) => begin(args, options).ended,
    begin: (args, options) => {
      const { child, ended, told } = begin(args, options);
      const end = (): Promise<Ended> => {
        child.kill('SIGTERM');
        return ended;
      };
      return { told, end };
    },
  };
}

/** An executable of this tree's `dist/exe`, or a copy of it, on the machine it is for. */
export function executable(name: string, file = executableFile(name)): Program {
  const target = targets.find((one) => one.name === name);
  if (target === undefined) throw new Error(`no target ${name}`);
  const machine = machineFor(target);
  const path = target.platform === 'win32' ? (file: string) => `Z:${file.replaceAll('/', '\\')}` : String;
  return made(name, [...machine.before, file], machine, path);
}

/** `node dist/cli.js` on the runtime that an executable for this machine holds. */
export function distribution(): Program {
  const target = targets.find(({ platform, arch }) => platform === process.platform && arch === process.arch);
  if (target === undefined) throw new Error('no runtime for this machine');
  const runtime = join(runtimeOf(target), target.program);
  return made('dist/cli.js', [runtime, join(root, 'dist', 'cli.js')], { before: [], env: {} }, String);
}
