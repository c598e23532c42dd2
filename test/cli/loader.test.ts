import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cacheFile, sealedCache } from '../../src/cli/loader.ts';
import { ensureBuilt } from './program.ts';

const root = join(import.meta.dirname, '..', '..');
let copy = '';

/** The program of the copy: all that it says. */
const run = (args: readonly string[], flags: readonly string[] = []): string =>
  execFileSync(process.execPath, [...flags, join(copy, 'dist/cli.js'), ...args], { encoding: 'utf8', timeout: 60_000 });

const folder = (): string => join(copy, 'dist/cli');
/** Whether V8 refuses what the loader gives it; undefined if it is given nothing. A process tells once: it has a cache of its own. */
const refused = (flags: readonly string[] = []): string => {
  const lines = `import { loadProgram } from './dist/lib/cli/loader.js';
    console.log(loadProgram(${JSON.stringify(folder())}).script.cachedDataRejected);`;
  const options = { cwd: copy, encoding: 'utf8', timeout: 60_000 } as const;
  return execFileSync(process.execPath, [...flags, '--input-type=module', '-e', lines], options).trim();
};

beforeAll(() => {
  ensureBuilt();
  copy = mkdtempSync(join(tmpdir(), 'wayclear-loader-'));
  for (const name of ['dist', 'endpoints', 'scripts', 'package.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  for (const name of readdirSync(folder())) if (name.endsWith('.cache')) rmSync(join(folder(), name));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('the program and its code cache', () => {
  it('says the same with the cache, without it, and with one that is damaged, or of other flags, another runtime or program', () => {
    const asked = [['plan', '--format', 'json'], ['explain', 'tls.inspection'], ['--version']];
    const say = (flags: readonly string[] = []): readonly string[] => asked.map((args) => run(args, flags));
    const without = say();
    expect(refused()).toBe('undefined');

    writeFileSync(join(folder(), 'main-v1.0.0-linux-x64.cache'), 'of the build before');
    execFileSync(process.execPath, [join(copy, 'scripts/rehearse.mjs')], { stdio: 'inherit', timeout: 60_000 });
    expect(readdirSync(folder()).filter((name) => name.endsWith('.cache'))).toHaveLength(1);
    const whole = readFileSync(cacheFile(folder()));
    expect(refused()).toBe('false');
    expect(say()).toEqual(without);
    for (const flag of ['--no-opt', '--max-lazy']) {
      expect(refused([flag])).toBe('true');
      expect(say([flag])).toEqual(without);
    }

    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(damaged.length >> 1) ^ 0xff, damaged.length >> 1);
    for (const contents of [damaged, whole.subarray(0, whole.length >> 1), Buffer.alloc(0)]) {
      writeFileSync(cacheFile(folder()), contents);
      expect(refused()).toBe('undefined');
      expect(say()).toEqual(without);
    }

    const source = readFileSync(join(folder(), 'main.js'));
    const cache = Buffer.from(whole.subarray(32));
    // V8's own header: magic number, then the hash of its version.
    const otherRuntime = Buffer.from(cache);
    otherRuntime.writeUInt32LE((otherRuntime.readUInt32LE(4) ^ 0xffff) >>> 0, 4);
    writeFileSync(cacheFile(folder()), sealedCache(source, otherRuntime));
    expect(refused()).toBe('true');
    expect(say()).toEqual(without);

    writeFileSync(cacheFile(folder()), sealedCache(Buffer.from(source.toString().replace('"', "'")), cache));
    expect(refused()).toBe('undefined');
    expect(say()).toEqual(without);
  }, 120_000);
});
