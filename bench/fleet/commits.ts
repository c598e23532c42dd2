/**
 * What no number of collectors is faster than: the row of a window, which one transaction has after the other, and the disk
 * that each of them waits for.
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';
import { atOnce } from './collector.ts';
import type { Job } from './fleet.ts';
import { onEach } from './stores.ts';

const syncs = 1000;
const blockBytes = 8192;
const commitsOfEach = 2000;
/** As four collectors have. */
const stores = 4;
const connections = 4;
const plenty = { all: 1_000_000_000, good: 1_000_000_000 };

export async function commits(job: Job): Promise<void> {
  disk(job);
  await onEach(async (engine, fresh, databaseCpuMs) => {
    const address = fresh();
    const all = [await openStore(address)];
    // A file has one writer at a time, and one connection of a collector.
    while (engine !== 'SQLite' && all.length < stores) all.push(await openStore(address));
    const cpu = process.cpuUsage();
    const before = databaseCpuMs();
    const began = performance.now();
    const turns = Array.from({ length: commitsOfEach }, (_, nth) => nth);
    const charged = all.map((store) =>
      atOnce(connections, turns, async () => {
        await store.transaction((steps) => steps.charge(0, 1, 0, plenty));
      }),
    );
    await Promise.all(charged);
    const wallMs = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    const { stored } = await (all[0] ?? (await openStore(address))).window(0);
    for (const store of all) await store.close();
    job.tell({
      ...{ what: `commits that charge one window, ${engine}`, count: stored, wallMs, peakMiB: 0 },
      cpuMs: (user + system) / 1000 + databaseCpuMs() - before,
      figures: { 'commits a second': Math.round(stored / (wallMs / 1000)) },
    });
  });
}

function disk(job: Job): void {
  const folder = mkdtempSync(join(tmpdir(), 'wayclear-fleet-'));
  const file = openSync(join(folder, 'file'), 'w');
  const block = Buffer.alloc(blockBytes, 1);
  const cpu = process.cpuUsage();
  const began = performance.now();
  for (let count = 0; count < syncs; count++) {
    writeSync(file, block);
    fdatasyncSync(file);
  }
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  closeSync(file);
  rmSync(folder, { recursive: true });
  job.tell({
    ...{ what: 'fdatasync of 8 KiB', count: syncs, wallMs, cpuMs: (user + system) / 1000, peakMiB: 0 },
    figures: { 'a second': Math.round(syncs / (wallMs / 1000)) },
  });
}
