/** Tokens that were handed out: who sees them, what became of them, and how one is taken back. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CollectedToken, collectedToken } from '../../src/model/collected.ts';
import { faultsOf } from '../../src/reading/faults.ts';
import { parseToken } from '../../src/send/message.ts';
import { createKey } from '../../src/signed/keys.ts';
import { languages } from '../../src/words/language.ts';
import { loadCollectWords } from '../../src/words/load-collect.ts';
import { wayclear } from '../cli/in-process.ts';
import { goodReport, message, named, openWorld, post, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld({ acceptNew: false });
  // The commands have the clock of this machine.
  world.time.wall = Date.now();
});
afterEach(() => world.close());

const collect = (...words: readonly string[]) =>
  wayclear(['collect', ...words, '--store', join(world.folder, 'fleet.db')]);

async function made(): Promise<NonNullable<ReturnType<typeof parseToken>>> {
  const token = parseToken((await collect('token')).stdout);
  if (token === null) throw new Error('no token was made');
  return token;
}

const listed = async (): Promise<readonly CollectedToken[]> =>
  JSON.parse((await collect('tokens', '--json')).stdout) as readonly CollectedToken[];

const audited = async (): Promise<readonly (readonly string[])[]> =>
  (await world.store.audits({ most: 99 })).map(({ what, detail }) => [what, detail]);

describe('tokens', () => {
  it('are listed with what became of them, and without what makes them good', async () => {
    const [used, open] = [await made(), await made()];
    const key = createKey();
    const report = named(goodReport(), 'bonn-1');
    expect((await post(world.url, message(report, key, 1, { token: used }))).results).toEqual(['stored']);
    const tokens = await listed();
    for (const token of tokens) expect(faultsOf(collectedToken, token)).toEqual([]);
    const [{ at, actor } = { at: 0, actor: '' }] = (await world.store.audits({ most: 99 })).filter(
      ({ detail }) => detail === open.id,
    );
    expect(tokens).toMatchObject([
      { token: open.id, state: 'open', made: { at: new Date(at).toISOString(), actor }, used: null, withdrawn: null },
      { token: used.id, state: 'used', used: { fingerprint: key.fingerprint, name: 'bonn-1' }, withdrawn: null },
    ]);
    for (const lang of languages) {
      const { stdout } = await collect('tokens', '--lang', lang);
      const { tokenStates } = await loadCollectWords(lang);
      for (const text of [open.id, used.id, key.fingerprint, tokenStates.open, tokenStates.used])
        expect(stdout).toContain(text);
      for (const { secret } of [open, used]) expect(stdout + JSON.stringify(tokens)).not.toContain(secret);
    }
  });

  it('that were withdrawn let nobody in, which who shows one is told, and stand in the account', async () => {
    const token = await made();
    expect(await collect('withdraw', token.id)).toMatchObject({ code: 0, stdout: expect.stringContaining(token.id) });
    // Once more is no mistake, and nothing new.
    expect(JSON.parse((await collect('withdraw', `wce-${token.id}`, '--json')).stdout)).toEqual({
      ...{ token: token.id, state: 'ended' },
    });
    world.time.wall = Date.now();
    const posted = await post(world.url, message(goodReport(), createKey(), 1, { token }));
    expect(posted).toMatchObject({ status: 403, results: ['token-ended'] });
    expect(await listed()).toMatchObject([
      { token: token.id, state: 'withdrawn', withdrawn: { at: expect.anything() } },
    ]);
    const account = await audited();
    expect(account).toEqual([
      ['withdrawn', token.id],
      ['token', token.id],
    ]);
    expect((await collect('audit')).stdout).toContain('token withdrawn');
    expect(await (await fetch(`${world.url}/audit`)).text()).toContain('token withdrawn');
  });

  it('are no way back for a machine that is in: it is named, to be shut out', async () => {
    const [token, key] = [await made(), createKey()];
    await post(world.url, message(goodReport(), key, 1, { token }));
    const { code, stderr } = await collect('withdraw', token.id);
    expect(code).toBe(2);
    expect(stderr).toContain(`was used already, by ${key.fingerprint}`);
    expect(stderr).toContain(`wayclear collect revoke ${key.fingerprint}`);
    // The collector's clock stands still meanwhile.
    expect((await audited()).map(([what]) => what).sort()).toEqual(['enrolled', 'token']);
  });

  it.each([
    ['ba9876543210', 'there is no token ba9876543210'],
    ['0123456789abcdef', 'is no name of a token'],
    [`wce-0123456789ab.${'x'.repeat(32)}`, 'is no name of a token'],
  ])('are not mistaken for %s', async (text, said) => {
    const { code, stderr } = await collect('withdraw', text);
    expect([code, stderr.includes(said)]).toEqual([2, true]);
  });

  it('are none where none was made', async () => {
    expect((await collect('tokens')).stdout).toBe('There is no token\n');
  });
});
