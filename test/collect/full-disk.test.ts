/** A disk that is full: of the collector, and of a machine that sends. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/signed/keys.ts';
import { ensureBuilt, wayclear } from '../cli/program.ts';
import { temporaryFolder } from '../real/parts.ts';
import { badReport, message, named, openWorld, post } from './world.ts';

const folder = temporaryFolder();
afterAll(() => folder.close());
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

async function onSmallDisk(name: string, size: string, work: (place: string) => Promise<void>): Promise<void> {
  const place = join(folder.path, name);
  mkdirSync(place);
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place]).status).toBe(0);
  try {
    await work(place);
  } finally {
    spawnSync('umount', ['-l', place]);
  }
}

describe.skipIf(!mayMount)('a full disk', () => {
  it(
    'of a collector acknowledges nothing, keeps what it has, and goes on when there is room',
    () =>
      onSmallDisk('collector', '2m', async (place) => {
        const world = await openWorld({}, (store) => store, join(place, 'fleet.db'));
        const one = (): string => message(named(badReport(), 'bonn-1'), createKey(), 1, { detail: 'full' });
        let acknowledged = 0;
        let waits = '';
        while (waits === '') {
          const body = one();
          const { status, retryAfter } = await post(world.url, body);
          if (status === 200) acknowledged += 1;
          else {
            expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: 60 });
            waits = body;
          }
        }
        expect(acknowledged).toBeGreaterThan(0);
        expect(world.troubles.at(-1)?.message).toMatch(/the disk is full|does not read or write/);
        expect((await world.collector.fleet()).senders).toHaveLength(acknowledged);
        spawnSync('mount', ['-o', 'remount,size=20m', place]);
        expect((await post(world.url, waits)).results).toEqual(['stored']);
        world.time.wall += 10_000;
        expect((await world.collector.fleet()).senders).toHaveLength(acknowledged + 1);
        expect(await world.store.count()).toBe(acknowledged + 1);
        expect(await world.store.faults()).toEqual([]);
        expect(world.faults).toEqual([]);
        await world.close();
      }),
    180_000,
  );

  it(
    'of a machine that sends is told in one line, loses nothing that waits, and is over when there is room',
    () =>
      onSmallDisk('sender', '1m', async (place) => {
        ensureBuilt();
        const state = join(place, 'state');
        const sent = join(folder.path, 'sent');
        mkdirSync(sent);
        const check = ['check', 'http://127.0.0.1:1/', '--proxy', 'direct', '--fail-on', 'never', '--state', state];
        const waiting = (): number =>
          readdirSync(join(state, 'spool')).filter((name) => /\.(bad|good)$/.test(name)).length;
        expect(await wayclear([...check, '--send', 'http://127.0.0.1:1/'])).toMatchObject({ code: 0 });
        expect(waiting()).toBe(1);
        const filler = join(place, 'filler');
        for (let size = 1024 * 1024; size >= 1024; size /= 2) {
          try {
            writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
          } catch {
            // A smaller piece may fit.
          }
        }
        const full = await wayclear([...check, '--send', 'http://127.0.0.1:1/']);
        expect(full.code).toBe(2);
        expect(full.stdout).not.toBe('');
        expect(full.stderr).toMatch(/can't write to the state folder .* \(ENOSPC\)/);
        expect(full.stderr).not.toMatch(/\n {4}at /);
        expect(waiting()).toBe(1);
        expect(readdirSync(join(state, 'spool')).filter((name) => name.endsWith('.part'))).toEqual([]);
        rmSync(filler);
        expect(await wayclear([...check, '--send', sent])).toMatchObject({ code: 0 });
        expect(waiting()).toBe(0);
        expect(readdirSync(sent)).toHaveLength(2);
      }),
    180_000,
  );
});
