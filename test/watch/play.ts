/** The player's run, whole or killed again and again; and what it has to have told. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { temporaryFolder } from '../real/parts.ts';
import { bundled } from './bundle.ts';

/**
 * Minute, what is told, of what, and of which targets. Looks are five minutes apart, the second one a few seconds early; what
 * breaks between two looks and mends before the second (`tcp.refused`) is never seen. `http.reset` comes and goes; what was
 * told of a proxy stays open while no name resolves.
 */
export const table: readonly string[] = [
  '16 opened dns.timeout f/a',
  '26 opened tcp.dropped f/b',
  '31 closed dns.timeout f/a',
  '31 opened tls.inspection f/d',
  '36 closed tls.inspection f/d',
  '40 worse tcp.dropped f/b f/c',
  '66 closed tcp.dropped f/b f/c',
  '66 opened proxy.auth-required f/f',
  '71 opened http.reset f/g',
  '76 closed http.reset f/g',
  '81 opened http.reset f/g',
  '86 closed http.reset f/g',
  '91 opened http.reset f/g',
  '95 unstable http.reset f/g',
  '100 opened local.clock-skew ',
  '110 closed local.clock-skew ',
  '111 opened tls.expired f/h',
  '130 closed http.reset f/g',
  '146 opened dns.no-resolver f/a f/b f/c f/d f/e f/f f/g f/h f/i',
  '161 closed dns.no-resolver f/a f/b f/c f/d f/e f/f f/g f/h f/i',
  '161 closed tls.expired f/h',
  '162 opened http.block-page f/i',
  '176 closed proxy.auth-required f/f',
];

export const builtPlayer = (): string => bundled('player', join(temporaryFolder().path, 'player.cjs'));

/** Runs it to its end; `killAt`: the step at which each run is killed, in turn. How often it was killed. */
export async function played(player: string, address: string, killAt: readonly number[]): Promise<number> {
  const folder = temporaryFolder();
  const modules = join(import.meta.dirname, '..', '..', 'node_modules');
  let kills = 0;
  try {
    for (let round = 0; ; round += 1) {
      const at = killAt[round] ?? 0;
      const run = spawnSync(process.execPath, [player, address, folder.path, String(at)], {
        ...{ encoding: 'utf8', env: { ...process.env, NODE_PATH: modules } },
      });
      if (run.signal === 'SIGKILL') {
        kills += 1;
        continue;
      }
      expect(run.stderr).toBe('');
      expect(run.status).toBe(0);
      break;
    }
    const log = join(folder.path, 'delivered');
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
    // A kill between delivering and keeping that delivers once more, under the same id.
    const told = new Map(lines.map((line) => line.split('\t') as [string, string]));
    expect([...told.values()]).toEqual(table);
    const store = await openStore(address);
    expect((await store.notices({ most: 1000 })).map(({ id }) => id).sort()).toEqual([...told.keys()].sort());
    expect(await store.faults()).toEqual([]);
    await store.close();
  } finally {
    folder.close();
  }
  return kills;
}

/** Steps at which runs are killed: near each other and far, inside transactions and between them. */
export const killPoints: readonly number[] = [
  ...[3, 8, 15, 21, 22, 34, 41, 55, 60, 77, 13, 29, 90, 64, 37, 48, 71, 18, 26, 83],
];
