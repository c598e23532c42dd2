import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, createServer, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, program } from './program.ts';

/** Every wait of the program ends by its deadline and a second, seen from outside. */
const deadlineMs = 2000;
const promisedMs = 1000;
/**
 * What a bare start of the runtime takes at this moment is the machine's, not the program's: a fraction of a second, and never
 * counted as more than one.
 */
const mostMachineMs = 1000;

const folder = mkdtempSync(join(tmpdir(), 'wayclear-deadline-'));
const pipe = join(folder, 'pipe');
const servers: (Server | TcpServer)[] = [];
const ports = { drip: 0, script: 0, spin: 0, slow: 0, stall: 0 };

const listen = (server: Server | TcpServer): Promise<number> =>
  new Promise((resolve) => {
    servers.push(server);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
const pacServer = (text: string): Promise<number> => listen(createHttpServer((_, response) => response.end(text)));

beforeAll(async () => {
  ensureBuilt();
  if (process.platform !== 'win32') execFileSync('mkfifo', [pipe]);
  mkdirSync(join(folder, 'in'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'in', 'wayclear.config.json')]);
  ports.drip = await listen(
    createHttpServer((_, response) => {
      const timer = setInterval(() => response.write('/'), 100);
      response.on('close', () => clearInterval(timer));
    }),
  );
  ports.script = await pacServer('for (;;) {}');
  ports.spin = await pacServer('function FindProxyForURL() { for (;;) {} }');
  ports.slow = await pacServer(
    'function FindProxyForURL() { var end = Date.now() + 3000; while (Date.now() < end); return "DIRECT"; }',
  );
  ports.stall = await listen(createServer((socket) => socket.on('error', () => {}).resume()));
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** After the deadline, without what the machine itself needed to start a program. */
  readonly lateMs: number;
}

async function bareStartMs(): Promise<number> {
  const since = performance.now();
  await promisify(execFile)(process.execPath, ['--eval', '0']);
  return Math.min(mostMachineMs, performance.now() - since);
}

/** Starts it, with an input that never ends; `reads` false: its output is never read. */
async function timed(args: readonly string[], { cwd = folder, reads = true } = {}): Promise<Outcome> {
  const machineMs = await bareStartMs();
  const since = performance.now();
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { PATH: '/nowhere' } });
  let [stdout, stderr] = ['', ''];
  if (reads) child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const guard = setTimeout(() => child.kill('SIGKILL'), 20_000);
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearTimeout(guard);
      child.stdout.destroy();
      child.stdin.destroy();
      resolve({ code, stdout, stderr, lateMs: Math.round(performance.now() - since - deadlineMs - machineMs) });
    });
  });
}

const check = (...args: readonly string[]): readonly string[] => [
  ...['--deadline', '2s', '--dns-server', '127.0.0.1:9', '--format', 'json'],
  ...args,
];
const hosts = ['https://a.test/', 'https://b.test/', 'https://c.test/'];
const pac = (port: number): readonly string[] => [...hosts, '--proxy', `pac+http://127.0.0.1:${port}/proxy.pac`];
// Other programs may keep the machine busy: what is promised is held once out of three.
const unix = { skip: process.platform === 'win32', retry: 2 };

describe('the deadline, counted from outside,', () => {
  it.each([
    ['a server that drips the PAC file', () => pac(ports.drip)],
    ['a PAC file that never ends', () => pac(ports.script)],
    ['a PAC function that never ends', () => pac(ports.spin)],
    ['a PAC function that takes 3 s a target', () => pac(ports.slow)],
    ['a PAC file that is a pipe', () => [...hosts, '--proxy', `pac+file://${pipe}`]],
  ])('ends %s in an incomplete report that blames nobody', unix, async (_, args) => {
    const { code, stdout, lateMs } = await timed(check(...args()));
    expect(code).toBe(3);
    const { complete, rootCauses, summary } = JSON.parse(stdout);
    expect({ complete, rootCauses, deadline: summary.untestedBecause.deadline }).toEqual({
      ...{ complete: false, rootCauses: [], deadline: 3 },
    });
    expect(lateMs).toBeLessThan(promisedMs);
  });

  it.each([
    ['a --config that is a pipe', () => check('a.test', '--config', pipe)],
    ['targets that are a pipe', () => check('--targets', pipe)],
    ['targets of an input that never ends', () => check('--targets', '-')],
    ['an output that is a pipe', () => check('a.test', '--format', `ndjson=${pipe}`)],
    ['a catalog that is a pipe', () => check('--catalog', pipe)],
    ['a password file that is a pipe', () => check('a.test', '--proxy-password-file', pipe)],
    ['roots for a proxy that are a pipe', () => check('a.test', '--proxy-ca', pipe)],
    [
      'a catalog behind a proxy that stalls',
      () => check('--catalog', 'm365:worldwide', '--proxy', `http://127.0.0.1:${ports.stall}`),
    ],
    [
      'a catalog behind a PAC file that never ends',
      () => check('--catalog', 'm365:worldwide', '--proxy', `pac+http://127.0.0.1:${ports.spin}/`),
    ],
  ])('ends %s in one line and exit 2', unix, async (_, args) => {
    const { code, stdout, stderr, lateMs } = await timed(args());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    // And its hint.
    expect(stderr).toMatch(/^wayclear: .*\n.*\n$/);
    expect(lateMs).toBeLessThan(promisedMs);
  });

  it('ends a wayclear.config.json that is a pipe', unix, async () => {
    const { code, stderr, lateMs } = await timed(check('a.test'), { cwd: join(folder, 'in') });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^wayclear: wayclear\.config\.json: .*\n.*\n$/);
    expect(lateMs).toBeLessThan(promisedMs);
  });

  it.each([
    ['diagnose', () => [pipe]],
    ['diff', () => [pipe, pipe]],
    ['list', () => ['--catalog', pipe]],
    ['plan', () => ['--targets', pipe]],
    ['doctor', () => ['--format', `json=${pipe}`]],
  ])('ends a pipe that %s is given', unix, async (command, args) => {
    const { code, stdout, stderr, lateMs } = await timed([command, ...args(), '--deadline', '2s']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^wayclear: .*\n.*\n$/);
    expect(lateMs).toBeLessThan(promisedMs);
  });

  it('ends a reader of standard output who never reads', unix, async () => {
    // A pipe holds 64 KiB, and the socket that stands for one here 200.
    const many = Array.from({ length: 400 }, (_, index) => `https://h${index}.test/`);
    const { code, stderr, lateMs } = await timed(check('--offline', ...many), { reads: false });
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'wayclear: the json output failed: nobody reads it\n' });
    expect(lateMs).toBeLessThan(promisedMs);
  });
});
