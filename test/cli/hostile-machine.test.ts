import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Origin } from '../../src/demo/listen.ts';
import { silent } from '../../src/demo/origins-tcp.ts';

const run = promisify(execFile);
const repository = join(import.meta.dirname, '..', '..');
let folder: string;
let origin: Origin;

/** A process of its own, because descriptors are a process's: it uses them all up, then makes one attempt. */
const child = `
import { closeSync, openSync } from 'node:fs';
import { attempt } from './probe/attempt.js';
const held = [];
let code;
while (code === undefined) try { held.push(openSync('/dev/null')); } catch (error) { code = error.code; }
const clock = { now: () => performance.now(), wall: () => Date.now() };
const context = { clock, startedAt: clock.now(), timeoutMs: 2000, signal: new AbortController().signal };
const port = Number(process.argv[2]);
const target = { host: 'h', port, scheme: 'https', url: 'https://h/', method: 'GET' };
const result = await attempt(target, { address: '127.0.0.1', family: 4 }, context, { userAgent: 'x', keepChain: () => 'c' });
for (const one of held) closeSync(one);
console.log(JSON.stringify({ code, held: held.length, result }));
`;

/** The same for the child that asks the system's resolver: no pipe to it can be opened. */
const asking = `
import { openSync } from 'node:fs';
import { createSystemResolver } from './probe/dns/system-resolver.js';
let code;
while (code === undefined) try { openSync('/dev/null'); } catch (error) { code = error.code; }
const resolver = createSystemResolver({ environment: {}, scope: 'every-name' });
const answer = await resolver.lookup('localhost', new AbortController().signal);
resolver.close();
process.stdout.write(JSON.stringify(answer));
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayclear-test-'));
  origin = await silent();
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'child.js'), child);
  await writeFile(join(folder, 'asking.js'), asking);
  const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  await run(process.execPath, [compiler, '-p', join(repository, 'tsconfig.build.json'), '--outDir', folder]);
});

afterAll(async () => {
  await origin.close();
  await rm(folder, { recursive: true, force: true });
});

it('a process without a free file descriptor says that its own resources are the cause', async () => {
  const command = `ulimit -n 48 && exec "$0" "$1" "$2"`;
  const { stdout } = await run('sh', ['-c', command, process.execPath, join(folder, 'child.js'), String(origin.port)]);
  expect(JSON.parse(stdout)).toMatchObject({
    code: 'EMFILE',
    result: {
      tcp: { status: 'failed', failure: { code: 'local.resources', raw: { code: 'EMFILE' } } },
      tls: { status: 'skipped', because: 'tcp' },
      http: { status: 'skipped', because: 'tcp' },
    },
  });
  expect(origin.counts.connections).toBe(0);
});

it('a process without a free file descriptor gets no answer of the system resolver, and says why', async () => {
  const { stdout } = await run('sh', [
    '-c',
    'ulimit -n 48 && exec "$0" "$1"',
    process.execPath,
    join(folder, 'asking.js'),
  ]);
  expect(JSON.parse(stdout)).toEqual({ addresses: [], error: 'EMFILE' });
});
