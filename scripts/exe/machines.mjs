// How a program for another kind of machine is run on this one: Windows' by Wine, that of another processor by qemu.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptFolder } from './targets.mjs';

/** Debian keeps it outside of the search path where nothing but the 64-bit part is installed. */
const wine = '/usr/lib/wine/wine64';
const qemu = '/usr/bin/qemu-aarch64-static';
const armLibraries = '/usr/aarch64-linux-gnu';

/** What Wine takes for a Windows machine; only a prefix that is set up whole is used. */
function winePrefix() {
  const prefix = join(keptFolder, 'wine');
  if (existsSync(join(prefix, 'ready'))) return prefix;
  rmSync(prefix, { recursive: true, force: true });
  mkdirSync(keptFolder, { recursive: true });
  const env = { ...process.env, WINEPREFIX: prefix, WINEDEBUG: '-all' };
  const done = spawnSync(wine, ['winecfg', '-v', 'win10'], { env, stdio: 'ignore', timeout: 180_000 });
  if (done.status !== 0) throw new Error(`Wine can't be set up: ${done.error?.message ?? `exit code ${done.status}`}`);
  mkdirSync(join(prefix, 'ready'));
  return prefix;
}

/** What stands before a target's program, and in its environment; or `because`, why it can't run here. */
export function machineFor({ platform, arch }) {
  if (platform === process.platform && arch === process.arch) return { before: [], env: {} };
  if (process.platform === 'linux' && process.arch === 'x64' && platform === 'win32') {
    if (!existsSync(wine)) return { because: `no Wine here (${wine})` };
    return { before: [wine], env: { WINEPREFIX: winePrefix(), WINEDEBUG: '-all' } };
  }
  if (process.platform === 'linux' && platform === 'linux' && arch === 'arm64') {
    for (const path of [qemu, armLibraries]) if (!existsSync(path)) return { because: `no ${path} here` };
    return { before: [qemu, '-L', armLibraries], env: {} };
  }
  return { because: `this is ${process.platform} on ${process.arch}` };
}

/** Runs a target's program to its end. Its output goes to files: under Wine, Node.js can't write to a pipe. */
export function runOn(target, program, args, { cwd, env = {} } = {}) {
  const machine = machineFor(target);
  if ('because' in machine) throw new Error(`${target.name}: ${machine.because}`);
  const folder = mkdtempSync(join(tmpdir(), 'wayclear-run-'));
  const files = ['out', 'err'].map((name) => join(folder, name));
  const handles = files.map((file) => openSync(file, 'w'));
  try {
    const [command, ...rest] = [...machine.before, program, ...args];
    const variables = { ...process.env, ...machine.env, ...env };
    const options = { cwd, env: variables, stdio: ['ignore', ...handles], timeout: 300_000 };
    const { status, error } = spawnSync(command, rest, options);
    const [stdout, stderr] = files.map((file) => readFileSync(file, 'utf8'));
    return { status, stdout, stderr: error === undefined ? stderr : `${error.message}\n${stderr}` };
  } finally {
    for (const handle of handles) closeSync(handle);
    rmSync(folder, { recursive: true, force: true });
  }
}
