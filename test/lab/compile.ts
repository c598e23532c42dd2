/** Compiles the lab's inner programs, which run without a test runner, into a folder that git ignores. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

function repository(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'tsconfig.build.json'))) folder = dirname(folder);
  return folder;
}

export const REPOSITORY = repository();
const CACHE = join(REPOSITORY, 'node_modules/.cache');
const OUTPUT = join(CACHE, 'wayclear-lab');

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') || file.endsWith('.c'))
      .map((file) => statSync(join(folder, file)).mtimeMs),
  );

let done = false;

/** Compiles what is newer than the last time; returns the output folder. Safe side by side: the result is moved into place. */
export function compileLab(): string {
  if (done) return OUTPUT;
  const stamp = join(OUTPUT, 'package.json');
  const sources = ['test/lab', 'test/servers', 'src/demo', 'src/trust'].map((folder) => join(REPOSITORY, folder));
  if (!existsSync(stamp) || statSync(stamp).mtimeMs < Math.max(...sources.map(newest))) {
    const fresh = `${OUTPUT}-${process.pid}`;
    mkdirSync(fresh, { recursive: true });
    const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
    const args = [compiler, '-p', join(REPOSITORY, 'test/lab/tsconfig.json'), '--noCheck', '--outDir', fresh];
    execFileSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    writeFileSync(join(fresh, 'package.json'), '{ "type": "module" }\n');
    const old = `${fresh}-old`;
    try {
      if (existsSync(OUTPUT)) renameSync(OUTPUT, old);
      renameSync(fresh, OUTPUT);
    } catch (error) {
      // Another process was quicker: its result serves as well.
      if (!existsSync(stamp)) throw error;
    }
    for (const left of [old, fresh]) rmSync(left, { recursive: true, force: true });
  }
  done = true;
  return OUTPUT;
}

/** Path of the compiled delay router; null without a C compiler. */
export function compileDelayRouter(): string | null {
  const source = join(REPOSITORY, 'test/lab/delay-router.c');
  const program = join(CACHE, 'wayclear-delay-router');
  if (!existsSync(program) || statSync(program).mtimeMs < statSync(source).mtimeMs) {
    mkdirSync(CACHE, { recursive: true });
    if (spawnSync('cc', ['--version']).status !== 0) return null;
    execFileSync('cc', ['-O2', '-Wall', '-o', `${program}-${process.pid}`, source], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    renameSync(`${program}-${process.pid}`, program);
  }
  return program;
}
