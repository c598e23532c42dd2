import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEnding } from '../../src/cli/ending.ts';
import type { Io } from '../../src/cli/io.ts';
import { createLooker } from '../../src/cli/look.ts';
import { resolveOptions } from '../../src/cli/options.ts';
import { systemClock } from '../../src/clock.ts';
import { createCredentialGuard } from '../../src/proxy/lockout.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';

const home = mkdtempSync(join(tmpdir(), 'wayclear-mode-'));
let hits = 0;
const server = createServer((_, answer) => {
  hits += 1;
  answer.end('here');
});
beforeAll(async () => {
  mkdirSync(join(home, '.config', 'wayclear'), { recursive: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  rmSync(home, { recursive: true });
});

it('a mode that changes acts at the next look of a watch, and is lifted at the one after', async () => {
  const io = {
    ...{ args: [], env: { HOME: home }, cwd: home, platform: 'linux', clock: systemClock },
    stdout: { isTTY: false, columns: null, write: async () => {} },
    stderr: { isTTY: false, columns: null, write: () => {} },
    ...{ readStdin: async () => '', secrets: createSecrets(), ending: createEnding(systemClock) },
    guard: createCredentialGuard(),
  } as Io;
  const { port } = server.address() as AddressInfo;
  const flags = { source: 'flag', values: { timeout: '5s', proxy: 'direct' }, where: (name: string) => name } as const;
  const options = resolveOptions({
    ...{ command: 'watch', what: [`http://127.0.0.1:${port}/`], flags, configs: [], env: {}, formats: ['table'] },
  });
  const looker = createLooker(io, options, () => {});
  const mode = (text: string): void =>
    writeFileSync(join(home, '.config', 'wayclear', 'config.json'), JSON.stringify({ mode: text }));
  const summary = async (): Promise<unknown> => (await looker.look(null))?.report.summary.reachable;

  expect(await summary()).toBe(1);
  const before = hits;
  mode('offline');
  await expect(looker.look(null)).rejects.toThrow(/is offline, and watch sends packets/);
  await expect(looker.look(null)).rejects.toThrow(/is offline/);
  expect(hits).toBe(before);
  mode('online');
  expect(await summary()).toBe(1);
});
