import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, createServer, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdInvariants } from '../report/invariants.ts';
import { ensureBuilt, program } from './program.ts';

/** Beside files the line that says it all, and nothing else. */
const summary = /^[✓!✗?] .*\n$/;

const folder = mkdtempSync(join(tmpdir(), 'wayclear-signals-'));
const servers: (Server | TcpServer)[] = [];
const ports = { pac: 0, spin: 0, origin: 0, stall: 0 };
const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const listen = (server: Server | TcpServer): Promise<number> =>
  new Promise((resolve) => {
    servers.push(server);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

beforeAll(async () => {
  ensureBuilt();
  ports.pac = await listen(
    createHttpServer((_, response) => {
      setTimeout(() => response.end('function FindProxyForURL() { return "DIRECT"; }'), 150);
    }),
  );
  ports.spin = await listen(createHttpServer((_, response) => response.end('for (;;) {}')));
  ports.origin = await listen(createHttpServer((_, response) => setTimeout(() => response.end('ok'), 100)));
  ports.stall = await listen(createServer((socket) => socket.on('error', () => {}).resume()));
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run in a folder of its own. `caught` resolves when the first line of the program has run. */
function begin(args: readonly string[], reads = true) {
  const cwd = mkdtempSync(join(folder, 'run-'));
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { PATH: '/nowhere' } });
  let [stdout, stderr] = ['', ''];
  if (reads) child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const guard = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const ended = new Promise<Outcome>((resolve) => {
    child.on('exit', (code, signal) => {
      clearTimeout(guard);
      child.stdin.destroy();
      if (!reads) child.stdout.destroy();
      setImmediate(() => resolve({ code, signal, stdout, stderr }));
    });
  });
  const caught = async (): Promise<void> => {
    // The runtime itself catches the other two; SIGHUP is the last that the program asks for.
    const catches = (status: string): boolean =>
      (Number.parseInt(/^SigCgt:\s*[0-9a-f]*?([0-9a-f])$/m.exec(status)?.[1] ?? '0', 16) & 1) === 1;
    while (child.exitCode === null && !catches(readFileSync(`/proc/${child.pid}/status`, 'utf8'))) await wait(2);
  };
  return { child, cwd, ended, caught };
}

/** PAC file, probes, a stage that times out, an experiment, a report to a file: some 1.5 s where nothing else runs. */
const whole = (): readonly string[] => [
  ...[`http://127.0.0.1:${ports.origin}/`, `https://127.0.0.1:${ports.stall}/`, 'https://127.0.0.1:9/'],
  ...['--proxy', `pac+http://127.0.0.1:${ports.pac}/proxy.pac`, '--timeout', '300ms', '--dns-server', '127.0.0.1:9'],
  ...['--format', 'json=report.json', '--format', 'ndjson=report.ndjson'],
];

describe.skipIf(process.platform !== 'linux')('a signal', () => {
  it('at any of sixty instants leaves a valid report and nothing beside it', { timeout: 240_000 }, async () => {
    const first = begin(whole());
    await first.caught();
    const since = performance.now();
    expect((await first.ended).code).toBe(1);
    const tookMs = performance.now() - since;
    const atOnce = pLimit(2);
    const partial = await atOnce.map(
      Array.from({ length: 60 }, (_, index) => index),
      async (index) => {
        const { child, cwd, ended, caught } = begin(whole());
        await caught();
        await wait((index * tookMs) / 60);
        const sent = child.kill(names[index % 3]);
        const { code, stderr } = await ended;
        const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'));
        const records = readFileSync(join(cwd, 'report.ndjson'), 'utf8').trimEnd().split('\n');
        for (const record of records) JSON.parse(record);
        holdInvariants(report);
        expect(readdirSync(cwd).sort()).toEqual(['report.json', 'report.ndjson']);
        expect(stderr).toMatch(summary);
        // Whoever was done before has its own code.
        // And while the runtime takes itself down, after all is written, nobody can catch a signal.
        if (sent && code === null) expect(report.observations.ended).toBeNull();
        else if (sent && code !== 1) expect(code).toBe(130);
        return code === 130;
      },
    );
    expect(partial.filter(Boolean).length).toBeGreaterThan(45);
  });

  it.each([
    ['a PAC file runs', () => ['a.test', '--proxy', `pac+http://127.0.0.1:${ports.spin}/`], 1],
    ['a catalog is fetched', () => ['--catalog', 'm365:worldwide', '--proxy', `http://127.0.0.1:${ports.stall}`], 0],
    ['standard input goes on', () => ['--targets', '-'], 0],
  ] as const)('while %s leaves a report of what was planned', async (_, args, targets) => {
    const { child, cwd, ended, caught } = begin([...args(), '--format', 'json=report.json']);
    await caught();
    await wait(800);
    child.kill('SIGTERM');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(summary);
    expect(readdirSync(cwd)).toEqual(['report.json']);
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'));
    holdInvariants(report, 130);
    expect(report).toMatchObject({ complete: false, observations: { ended: 'interrupted' } });
    expect(report.targets).toHaveLength(targets);
  });

  it('while nobody reads ends the wait, and a second one ends the program at once', async () => {
    const many = Array.from({ length: 400 }, (_, index) => `https://h${index}.test/`);
    const args = ['--offline', '--format', 'json', '--format', 'ndjson=report.ndjson', ...many];
    const once = begin(args, false);
    await once.caught();
    await wait(1500);
    once.child.kill('SIGINT');
    expect((await once.ended).code).toBe(130);
    const twice = begin(args, false);
    await twice.caught();
    await wait(1500);
    twice.child.kill('SIGINT');
    await wait(200);
    twice.child.kill('SIGINT');
    // Unless the first had ended it by then.
    const { code, signal } = await twice.ended;
    expect([code, signal]).toEqual(signal === null ? [130, null] : [null, 'SIGINT']);
    expect(readdirSync(twice.cwd).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.each([['list'], ['plan'], ['doctor']])('ends %s, which says nothing more', async (command) => {
    const { child, ended, caught } = begin([command]);
    await caught();
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stderr: '' });
  });
});
