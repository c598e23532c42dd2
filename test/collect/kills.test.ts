import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/signed/keys.ts';
import { openStore } from '../../src/store/open.ts';
import { ensureBuilt, type Started, start } from '../cli/program.ts';
import { goodReport, message } from './world.ts';

const rounds = 4;
const eachRound = 40;

describe('a collector that is killed in the middle of its work', () => {
  let folder = '';
  beforeAll(() => {
    ensureBuilt();
    folder = mkdtempSync(join(tmpdir(), 'wayclear-kills-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A collector, and where it listens. */
  async function collector(store: string): Promise<{ readonly started: Started; readonly url: string }> {
    const started = start(['collect', '--listen', '127.0.0.1:0', '--store', store, '--accept-new']);
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      started.child.stderr?.on('data', (part: Buffer) => {
        said += part.toString('utf8');
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
      void started.ended.then(({ stderr }) => reject(new Error(stderr)));
    });
    return { started, url };
  }

  it('has every message that it acknowledged, once, and goes on with the same store', async () => {
    const store = join(folder, 'fleet.db');
    const keys = Array.from({ length: 4 }, createKey);
    const acknowledged = new Set<string>();
    let seq = 0;
    for (let round = 0; round < rounds; round++) {
      const { started, url } = await collector(store);
      let count = 0;
      const sender = async (key: (typeof keys)[number]): Promise<void> => {
        for (;;) {
          seq += 1;
          const mine = seq;
          const answer = await fetch(`${url}/v1/messages`, {
            method: 'POST',
            headers: { 'content-type': 'application/x-ndjson' },
            body: message(goodReport(), key, mine),
          }).catch(() => null);
          if (answer?.status !== 200) return;
          acknowledged.add(`${key.fingerprint} ${mine}`);
          count += 1;
          if (count === eachRound) started.child.kill('SIGKILL');
        }
      };
      await Promise.all(keys.map(sender));
      expect((await started.ended).signal).toBe('SIGKILL');
    }
    expect(acknowledged.size).toBeGreaterThanOrEqual(rounds * eachRound);
    const opened = await openStore(store);
    expect(await opened.faults()).toEqual([]);
    let kept = 0;
    const found = new Set<string>();
    for await (const { table, rows } of opened.rows()) {
      if (table !== 'messages') continue;
      for (const { key, seq: number } of rows) {
        kept += 1;
        const fingerprint = keys.find((one) => one.key === key)?.fingerprint;
        found.add(`${fingerprint} ${number}`);
      }
    }
    expect(found.size).toBe(kept);
    expect([...acknowledged].filter((one) => !found.has(one))).toEqual([]);
    // What was committed and could not be acknowledged any more is at most what was under way at each kill.
    expect(kept - acknowledged.size).toBeLessThanOrEqual(rounds * keys.length);
    await opened.close();
  }, 120_000);

  it('ends by a signal with 0, and tells what it did', async () => {
    const { started } = await collector(join(folder, 'other.db'));
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
    const { started, url } = await collector(join(folder, 'y.db'));
    expect(await run('--listen', url.slice('http://'.length))).toMatch(/EADDRINUSE/);
    started.child.kill('SIGTERM');
    await started.ended;
  }, 60_000);
});
