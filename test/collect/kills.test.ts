import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { ensureBuilt, start } from '../cli/program.ts';
import { fleetOf, keptBy } from './load.ts';
import { startCollector } from './program.ts';

const rounds = 25;
const eachRound = 12;

describe('a collector that is killed in the middle of its work', () => {
  let folder = '';
  beforeAll(() => {
    ensureBuilt();
    folder = mkdtempSync(join(tmpdir(), 'wayclear-kills-'));
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`has every message that it acknowledged, once, after ${rounds} kills, and goes on with the same store`, async () => {
    const store = join(folder, 'fleet.db');
    const fleet = fleetOf(4);
    for (let round = 0; round < rounds; round++) {
      const { started, url } = await startCollector(store, '--limit', '1000000');
      const enough = fleet.acknowledged.size + eachRound;
      await fleet.send([url], () => {
        if (fleet.acknowledged.size >= enough) started.child.kill('SIGKILL');
        return started.child.killed;
      });
      expect((await started.ended).signal).toBe('SIGKILL');
    }
    expect(fleet.acknowledged.size).toBeGreaterThanOrEqual(rounds * eachRound);
    const opened = await openStore(store);
    expect(await opened.faults()).toEqual([]);
    const kept = await keptBy(opened);
    expect(new Set(kept.messages).size).toBe(kept.messages.length);
    expect(kept.messages.length).toBe(kept.counted);
    expect([...fleet.acknowledged].filter((one) => !kept.messages.includes(one))).toEqual([]);
    // What was committed and could not be acknowledged any more is at most what was under way at each kill.
    expect(kept.messages.length - fleet.acknowledged.size).toBeLessThanOrEqual(rounds * fleet.size);
    await opened.close();
  }, 600_000);

  it('ends by a signal with 0, and tells what it did', async () => {
    const { started } = await startCollector(join(folder, 'other.db'));
    started.child.kill('SIGTERM');
    const { code, stderr } = await started.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/takes 10000 messages in 1h from all machines together/);
    expect(stderr).toMatch(/stopped; 0 messages stored, 0 refused/);
  }, 60_000);

  it('does not begin beyond this machine without TLS, with half a certificate, or where somebody listens', async () => {
    const run = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr } = await start(['collect', '--store', join(folder, 'x.db'), ...args]).ended;
      expect(code).toBe(2);
      return stderr;
    };
    expect(await run()).toMatch(/--listen is missing/);
    expect(await run('--listen', '0.0.0.0:0')).toMatch(/is beyond this machine, and nothing encrypts/);
    expect(await run('--listen', ':0', '--tls-cert', 'c.pem')).toMatch(/belong together/);
    expect(await run('--listen', 'nowhere')).toMatch(/is no address to listen on/);
    const { started, url } = await startCollector(join(folder, 'y.db'));
    expect(await run('--listen', url.slice('http://'.length))).toMatch(/another program has the address/);
    started.child.kill('SIGTERM');
    await started.ended;
  }, 60_000);
});
