import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cacheFile, sealedCache } from '../../src/cli/loader.ts';
import { type Json, withoutTimes } from '../executables/reports.ts';
import { ensureBuilt } from './program.ts';

const root = join(import.meta.dirname, '..', '..');
const { targets, runtimeOf } = (await import(pathToFileURL(join(root, 'scripts/exe/targets.mjs')).href)) as {
  readonly targets: readonly Record<'platform' | 'arch' | 'program', string>[];
  readonly runtimeOf: (target: Record<'program', string>) => string;
};
let copy = '';

const server = createServer((_, answer) => answer.end('yes'));

/** The program of the copy: all that it says. */
const run = async (args: readonly string[], flags: readonly string[] = []): Promise<string> => {
  const command = [...flags, join(copy, 'dist/cli.js'), ...args];
  const options = { encoding: 'utf8', timeout: 60_000, env: { PATH: process.env['PATH'] ?? '' } } as const;
  return (await promisify(execFile)(process.execPath, command, options)).stdout;
};

/** What the program says without asking anybody, and its report of two targets of this machine, of which one is closed. */
async function say(flags: readonly string[] = []): Promise<readonly unknown[]> {
  const asked = [['plan', '--format', 'json'], ['explain', 'tls.inspection'], ['--version']];
  const urls = [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 'http://127.0.0.1:9/'];
  const how = ['--proxy', 'direct', '--format', 'json', '--fail-on', 'never', '--quiet'];
  const report = JSON.parse(await run(['check', ...urls, ...how], flags)) as Record<string, Json>;
  expect(report['summary']).toMatchObject({ reachable: 1, unreachable: 1 });
  return [withoutTimes(report), ...(await Promise.all(asked.map((args) => run(args, flags))))];
}

/** Another Node.js, out of the registry's package of it; null where it can't be had, or is the one that runs. */
function otherRuntime(): string | null {
  const target = targets.find(({ platform, arch }) => platform === process.platform && arch === process.arch);
  if (target === undefined) return null;
  vi.stubEnv('npm_config_fetch_retries', '0');
  vi.stubEnv('npm_config_fetch_timeout', '30000');
  try {
    const file = join(runtimeOf(target), target.program);
    const v8 = execFileSync(file, ['-p', 'process.versions.v8'], { encoding: 'utf8', timeout: 60_000 }).trim();
    return v8 === process.versions.v8 ? null : file;
  } catch {
    return null;
  } finally {
    vi.unstubAllEnvs();
  }
}

/** Makes the cache for this runtime, by a runtime and with flags of its own. */
const rehearse = (runtime: string, flags: readonly string[] = []): Buffer =>
  execFileSync(runtime, [...flags, join(copy, 'scripts/rehearse.mjs'), cacheFile(folder())], {
    stdio: 'inherit',
    timeout: 60_000,
  });

const folder = (): string => join(copy, 'dist/cli');
/** Whether V8 refuses what the loader gives it; undefined if it is given nothing. A process tells once: it has a cache of its own. */
const refused = (flags: readonly string[] = []): string => {
  const lines = `import { loadProgram } from './dist/lib/cli/loader.js';
    console.log(loadProgram(${JSON.stringify(folder())}).script.cachedDataRejected);`;
  const options = { cwd: copy, encoding: 'utf8', timeout: 60_000 } as const;
  return execFileSync(process.execPath, [...flags, '--input-type=module', '-e', lines], options).trim();
};

beforeAll(async () => {
  ensureBuilt();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  copy = mkdtempSync(join(tmpdir(), 'wayclear-loader-'));
  for (const name of ['dist', 'endpoints', 'scripts', 'package.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  for (const name of readdirSync(folder())) if (name.endsWith('.cache')) rmSync(join(folder(), name));
});

afterAll(() => {
  server.close();
  rmSync(copy, { recursive: true, force: true });
});

const limitMs = 180_000;

describe('the program and its code cache', () => {
  it(
    'says the same with the cache, without it, and with one that is damaged, or of other flags or another program',
    async () => {
      const without = await say();
      expect(refused()).toBe('undefined');

      writeFileSync(join(folder(), 'main-v1.0.0-linux-x64.cache'), 'of the build before');
      rehearse(process.execPath);
      expect(readdirSync(folder()).filter((name) => name.endsWith('.cache'))).toHaveLength(1);
      const whole = readFileSync(cacheFile(folder()));
      expect(refused()).toBe('false');
      expect(await say()).toEqual(without);
      expect(refused(['--no-opt'])).toBe('true');
      expect(await say(['--no-opt'])).toEqual(without);

      rehearse(process.execPath, ['--max-lazy']);
      expect(refused()).toBe('true');
      expect(await say()).toEqual(without);

      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(damaged.length >> 1) ^ 0xff, damaged.length >> 1);
      for (const contents of [damaged, whole.subarray(0, whole.length >> 1), Buffer.alloc(0)]) {
        writeFileSync(cacheFile(folder()), contents);
        expect(refused()).toBe('undefined');
        expect(await say()).toEqual(without);
      }

      const source = readFileSync(join(folder(), 'main.js')).toString().replace('"', "'");
      writeFileSync(cacheFile(folder()), sealedCache(Buffer.from(source), whole.subarray(32)));
      expect(refused()).toBe('undefined');
      expect(await say()).toEqual(without);
    },
    limitMs,
  );

  it(
    'says the same with a cache that another runtime made',
    async (context) => {
      const other = otherRuntime();
      if (other === null) return context.skip('no other Node.js can be had for this machine');
      rmSync(cacheFile(folder()), { force: true });
      const without = await say();
      rehearse(other);
      expect(refused()).toBe('true');
      expect(await say()).toEqual(without);
    },
    limitMs,
  );
});
