/** A file in the spool that is no message keeps no other one back, and none goes without being counted and told. */
import { mkdirSync, readFileSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '../../src/send/deliver.ts';
import { mostUnpacked } from '../../src/send/message.ts';
import { openSpool, type Spool, usualBounds } from '../../src/send/spool.ts';
import { createKey } from '../../src/signed/keys.ts';
import { goodReport, machine, message, openWorld, type World } from '../collect/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  expect(world.faults).toEqual([]);
  await world.close();
});

/** Of bad news, which goes first. */
const first = '0000000000000001.bad';
const inSpool = (name: string): string => join(world.folder, 'spool-bonn-1', name);
const stored = async (): Promise<number> => (await world.store.window(world.time.wall)).stored;
const whole = (): string => message(goodReport(), createKey(), 1);

describe('a file in the spool', () => {
  it.each<[string, () => string]>([
    ['is empty', () => ''],
    ['is garbage', () => 'x\n'],
    ['has no signature', () => `${whole().split('\n').slice(0, 2).join('\n')}\n`],
    ['is cut off', () => whole().slice(0, -20)],
    ['was changed', () => whole().replace('"sequence":1', '"sequence":2')],
    ['is two messages', () => whole() + whole()],
    ['is a signature alone', () => `${whole().trimEnd().split('\n').at(-1)}\n`],
    ['is no text', () => '\u0000\ufffd'.repeat(100)],
  ])('that %s goes, is counted and told, and the others arrive', async (_what, text) => {
    const bonn = machine(world, 'bonn-1', [world.url]);
    writeFileSync(inSpool(first), text());
    bonn.put(goodReport());
    bonn.put(goodReport());
    const told = [{ place: world.url, why: 'no-message' }];
    expect(await bonn.send()).toEqual({ sent: 2, refused: 1, waiting: 0, troubles: told });
    expect(await stored()).toBe(2);
    expect(bonn.spool.dropped()).toBe(1);
  });

  it('that lies there alone goes as well', async () => {
    const bonn = machine(world, 'bonn-1', [world.url]);
    writeFileSync(inSpool(first), whole().replace('"sequence":1', '"sequence":2'));
    expect(await bonn.send()).toMatchObject({ sent: 0, refused: 1, waiting: 0 });
  });

  it.each([
    ['without its last line end', (text: string) => text.trimEnd()],
    ['with line ends of a copy', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with empty lines behind it', (text: string) => `${text}\n\n`],
  ])('that is a message %s arrives, as does the one behind it', async (_how, changed) => {
    const bonn = machine(world, 'bonn-1', [world.url]);
    bonn.put(goodReport());
    const [name = ''] = bonn.spool.waiting().map((one) => one.name);
    writeFileSync(inSpool(name), changed(readFileSync(inSpool(name), 'utf8')));
    bonn.put(goodReport());
    expect(await bonn.send()).toEqual({ sent: 2, refused: 0, waiting: 0, troubles: [] });
  });

  it('that is larger than any message is not even read', async () => {
    const bonn = machine(world, 'bonn-1', [world.url]);
    writeFileSync(inSpool(first), '');
    truncateSync(inSpool(first), mostUnpacked + 1);
    bonn.put(goodReport());
    const told = [{ place: world.url, why: 'message-too-large' }];
    expect(await bonn.send()).toEqual({ sent: 1, refused: 1, waiting: 0, troubles: told });
  });

  it('that is more than the whole spool may hold pushes no message out', () => {
    const bonn = machine(world, 'bonn-1', [world.url]);
    bonn.put(goodReport());
    writeFileSync(inSpool('9000000000000000.bad'), '');
    truncateSync(inSpool('9000000000000000.bad'), usualBounds.mostBytes + 1);
    bonn.put(goodReport());
    expect(bonn.spool.waiting()).toHaveLength(2);
    expect(bonn.spool.dropped()).toBe(1);
  });

  it('that the disk does not give stays and is told, the others go past it', async () => {
    const bonn = machine(world, 'bonn-1', ['-']);
    for (let count = 0; count < 3; count += 1) bonn.put(goodReport());
    const failing = (code: string): Spool => ({
      ...bonn.spool,
      waiting: () =>
        bonn.spool.waiting().map((one, index) => ({
          ...one,
          read: () => {
            if (index > 0) return one.read();
            throw Object.assign(new Error(code), { code });
          },
        })),
    });
    const host = { output: async () => undefined } as unknown as Parameters<typeof deliver>[4];
    const said = await deliver(
      failing('EIO'),
      [{ place: { kind: 'output' }, shown: '-' }],
      bonn.key.fingerprint,
      { now: () => 0, wall: () => world.time.wall },
      host,
    );
    expect(said).toEqual({ sent: 2, refused: 0, waiting: 1, troubles: [{ place: '-', why: 'unreadable' }] });
    expect(bonn.spool.dropped()).toBe(0);
  });

  it('that is a folder or leads elsewhere is none', async () => {
    const bonn = machine(world, 'bonn-1', [world.url]);
    mkdirSync(inSpool(first));
    // There an account needs a right for that.
    if (process.platform !== 'win32') symlinkSync('0000000000000002.good', inSpool('0000000000000002.good'));
    bonn.put(goodReport());
    expect(await bonn.send()).toEqual({ sent: 1, refused: 0, waiting: 0, troubles: [] });
  });

  it('that is half written goes after a day, and is counted if it would be a message', () => {
    machine(world, 'bonn-1', [world.url]);
    const names = [`.${first}.7.part`, '.state.json.7.part', '.0000000000000002.good.8.part'];
    for (const [index, name] of names.entries()) {
      writeFileSync(inSpool(name), '{"way');
      const at = world.time.wall / 1000 - (index < 2 ? 86_401 : 60);
      utimesSync(inSpool(name), at, at);
    }
    const clock = { now: () => 0, wall: () => world.time.wall };
    const spool = openSpool(join(world.folder, 'spool-bonn-1'), clock);
    expect(spool.put(spool.nextSeq(), whole(), false)).toBe(1);
    expect(spool.dropped()).toBe(1);
    expect(names.map((name) => readableAs(name))).toEqual([null, null, '{"way']);
  });
});

const readableAs = (name: string): string | null => {
  try {
    return readFileSync(inSpool(name), 'utf8');
  } catch {
    return null;
  }
};

describe('a message of a key that the machine no longer has', () => {
  it('is taken where the collector knows that key', async () => {
    const bonn = machine(world, 'bonn-1', [world.url]);
    writeFileSync(inSpool(first), whole());
    bonn.put(goodReport());
    expect(await bonn.send()).toEqual({ sent: 2, refused: 0, waiting: 0, troubles: [] });
  });

  it('goes where that key was never let in, and keeps the machine itself from nothing', async () => {
    const closed = await openWorld({ acceptNew: false });
    const bonn = machine(closed, 'bonn-1', [closed.url]);
    bonn.spool.setOutside(true);
    writeFileSync(join(closed.folder, 'spool-bonn-1', first), whole());
    bonn.put(goodReport());
    expect(await bonn.send()).toMatchObject({
      ...{ sent: 0, refused: 1, waiting: 1 },
      troubles: [{ why: 'other-key' }, { why: 'waiting' }],
    });
    // It is the machine that is in the list, to be let in.
    const listed = await closed.store.senders({ state: 'waiting', most: 10 });
    expect(listed.map(({ fingerprint }) => fingerprint)).toContain(bonn.key.fingerprint);
    await closed.close();
  });
});
