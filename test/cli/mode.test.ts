import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wayclear } from './in-process.ts';

const home = mkdtempSync(join(tmpdir(), 'wayclear-offline-'));
const cwd = join(home, 'cwd');
const local = join(cwd, 'wayclear.config.json');
let hits = 0;
let web = '';
const server = createServer((_, answer) => {
  hits += 1;
  answer.end('here');
});
beforeAll(async () => {
  mkdirSync(cwd);
  mkdirSync(join(home, '.config', 'wayclear'), { recursive: true });
  writeFileSync(join(home, 'on.json'), '{"mode":"online"}');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  web = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
beforeEach(() => {
  hits = 0;
});
afterEach(() => rmSync(local, { force: true }));
afterAll(() => {
  server.close();
  rmSync(home, { recursive: true });
});

const run = (args: readonly string[], stdin = '{"mode":"online"}') =>
  wayclear(args, { cwd, stdin, env: { HOME: home, WAYCLEAR_MODE: 'online' } });
const elsewhere = 'postgres://127.0.0.1:1/looks';

/** Other sources that say online, each as somebody gives it. */
const others: readonly (readonly [string, readonly string[]])[] = [
  ['nothing else', []],
  ['--mode online', ['--mode', 'online']],
  ['another file', ['--config', '../on.json']],
  ['standard input', ['--config', '-']],
];

describe('a machine that the file of the folder puts offline sends nothing, though it is said online by', () => {
  beforeEach(() => writeFileSync(local, '{"mode":"offline"}'));

  it.each(
    others.flatMap(([by, more]) =>
      [
        ['check', () => [web]],
        ['watch', () => ['watch', web, '--once', '--store', join(home, 'looks.db')]],
        ['carry connect', () => ['carry', 'connect', 'request.txt', '--out', 'result.txt']],
        ['check --on', () => ['check', '--on', 'ssh://scp01', web]],
      ].map(([command, words]) => [by, command, words, more] as [string, string, () => string[], readonly string[]]),
    ),
  )('%s: %s', async (_, __, words, more) => {
    const { code, stderr } = await run([...words(), ...more]);
    expect({ code, hits }, stderr).toEqual({ code: 2, hits: 0 });
    expect(stderr).toMatch(/wayclear\.config\.json: "mode" is offline, and .* sends packets/);
  });

  it.each([
    ['history', ['--config', '../on.json']],
    ['incidents', ['--config', '-']],
    ['diff 2026-11-01 2026-11-02', []],
    ['store check', []],
    ['collect machines', []],
  ])('nobody, to a store that is elsewhere: %s', async (command, more) => {
    const place = command === 'store check' ? [elsewhere] : ['--store', elsewhere];
    const { code, stderr } = await run([...command.split(' '), ...place, ...more]);
    expect(code).toBe(2);
    const [line, hint] = stderr.trim().split('\n');
    expect(line).toMatch(
      /wayclear\.config\.json: "mode" is offline, and the store postgres:\/\/127\.0\.0\.1:1\/looks is/,
    );
    expect(hint).toContain('store copy');
  });

  it('nobody, to a collector', async () => {
    const { code, stderr } = await run(['collect', '--store', join(home, 'fleet.db'), '--listen', '127.0.0.1:0']);
    expect(code).toBe(2);
    expect(stderr).toContain('"mode" is offline, and collect sends packets');
  });

  it('whoever attends it', async () => {
    const told = `${JSON.stringify({ flags: { what: [web], mode: 'online' }, config: { mode: 'online' } })}\n`;
    const args = ['check', '--attended', '--config', '-', '--format', 'ndjson'];
    for (const file of [local, join(home, '.config', 'wayclear', 'config.json')]) {
      rmSync(local, { force: true });
      writeFileSync(file, '{"mode":"offline"}');
      const { code, stderr } = await run(args, told);
      rmSync(file);
      expect({ code, hits }, stderr).toEqual({ code: 2, hits: 0 });
      expect(stderr).toContain('"mode" is offline');
    }
    expect((await run(args, told)).code).toBe(0);
    expect(hits).toBe(1);
  });
});

describe('of a file of the folder, where another is named', () => {
  it.each([
    ['says what only a person may say', '{"proxy":"http://evil.example","mode":"online"}'],
    ['has a key that this version does not know', '{"later":true}'],
  ])('nothing but the mode counts, whatever else it says: it %s', async (_, text) => {
    writeFileSync(local, text);
    expect((await run([web])).code).toBe(2);
    for (const more of [
      ['--config', '../on.json'],
      ['--config', '-'],
    ])
      expect(await run([web, ...more, '--quiet'])).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['is no JSON', '{"mode":"offline",', 'JSON'],
    ['says a mode that there is not', '{"mode":"of"}', 'mode'],
  ])(
    'one that %s may have been meant to say offline: it is refused in the same line as ever',
    async (_, text, told) => {
      writeFileSync(local, text);
      const alone = await run([web]);
      expect(alone).toMatchObject({ code: 2, stderr: expect.stringContaining(told) });
      expect(await run([web, '--config', '../on.json'])).toEqual(alone);
      expect(hits).toBe(0);
    },
  );
});
