import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Place, parsePlace } from '../../src/send/place-text.ts';
import { openSpool, type Spool } from '../../src/send/spool.ts';
import { badReport, goodReport, machine } from '../collect/world.ts';

let folder = '';
const time = { wall: Date.parse('2026-11-30T08:00:00Z') };
const clock = { now: () => 0, wall: () => time.wall };
const bounds = { mostBytes: 1000, mostAgeMs: 3_600_000 };
const open = (): Spool => openSpool(join(folder, 'spool'), clock, bounds);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayclear-spool-'));
  time.wall = Date.parse('2026-11-30T08:00:00Z');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a spool', () => {
  it('keeps messages from process to process, bad news first, else the oldest first', () => {
    const spool = open();
    for (const [index, critical] of [false, true, false].entries()) spool.put(spool.nextSeq(), `m${index}`, critical);
    expect(
      open()
        .waiting()
        .map((one) => one.read()),
    ).toEqual(['m1', 'm0', 'm2']);
  });

  it('never uses a number twice, whatever the clock does, and however many take one', () => {
    const [one, other] = [open(), open()];
    const seqs = [one.nextSeq(), other.nextSeq(), one.nextSeq()];
    time.wall -= 86_400_000;
    seqs.push(other.nextSeq(), one.nextSeq());
    expect(new Set(seqs).size).toBe(5);
    expect([...seqs].sort((a, b) => a - b)).toEqual(seqs);
  });

  it('lets go of the oldest good news first, and counts it', () => {
    const spool = open();
    const put = (text: string, critical: boolean): number => spool.put(spool.nextSeq(), text.repeat(400), critical);
    expect(put('b', true) + put('g', false)).toBe(0);
    expect(put('h', false)).toBe(1);
    expect(spool.waiting().map((one) => one.read()[0])).toEqual(['b', 'h']);
    expect(put('c', true)).toBe(1);
    expect(put('d', true)).toBe(1);
    expect(spool.waiting().map((one) => one.read()[0])).toEqual(['c', 'd']);
    expect(spool.dropped()).toBe(3);
  });

  it('forgets of none that it let go of it before somebody was told', () => {
    const spool = open();
    const put = (text: string, critical: boolean): number => {
      const told = spool.dropped();
      spool.put(spool.nextSeq(), text.repeat(400), critical, told);
      return told;
    };
    expect([put('a', false), put('b', false), put('c', false)]).toEqual([0, 0, 0]);
    // The one that tells of the first one goes itself.
    expect([put('d', false), put('e', true), put('f', true)]).toEqual([1, 1, 1]);
    expect(spool.waiting().map((one) => [one.read()[0], one.told])).toEqual([
      ['e', 1],
      ['f', 1],
    ]);
    expect(open().dropped()).toBe(2);
  });

  it('lets go of what is too old', () => {
    const spool = open();
    spool.put(spool.nextSeq(), 'old', true);
    time.wall += 3_600_001;
    spool.put(spool.nextSeq(), 'new', false);
    expect(spool.waiting().map((one) => one.read())).toEqual(['new']);
  });

  it('takes what a clock that was wrong kept for as old as it knows it, whatever its number', () => {
    const right = time.wall;
    for (const wrong of ['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z']) {
      time.wall = Date.parse(wrong);
      const spool = open();
      spool.put(spool.nextSeq(), wrong, true);
    }
    time.wall = right;
    // Its number is ahead from now on, and says nothing of its age.
    const spool = open();
    spool.put(spool.nextSeq(), 'now', false);
    const texts = (): readonly string[] => spool.waiting().map((one) => one.read());
    expect(texts()).toEqual(['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z', 'now']);
    time.wall += 3_600_001;
    spool.put(spool.nextSeq(), 'later', false);
    expect(texts()).toEqual(['later']);
    expect(spool.dropped()).toBe(3);
  });

  it('overlooks what else lies there, and a state that is no JSON', () => {
    const spool = open();
    spool.put(spool.nextSeq(), 'm', false);
    for (const name of ['.0000000000000001.good.7.part', 'notes.txt', '12.good'])
      writeFileSync(join(folder, 'spool', name), 'x');
    writeFileSync(join(folder, 'spool', 'state.json'), '{');
    expect(open().waiting()).toHaveLength(1);
    expect(open().dropped()).toBe(0);
    // A collector would refuse the message that tells of it.
    for (const [dropped, read] of [
      ['-1', 0],
      ['"2"', 0],
      ['2', 2],
      ['5e9', 999_999_999],
    ] as const) {
      writeFileSync(join(folder, 'spool', 'state.json'), `{ "dropped": ${dropped} }`);
      expect(open().dropped()).toBe(read);
    }
  });

  it('is refused where it can not be', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openSpool(join(folder, 'file'), clock)).toThrow(/can't write to the state folder/);
  });
});

describe('a place', () => {
  it.each<[string, Place['kind'] | null]>([
    ['https://collector.example', 'collector'],
    ['http://127.0.0.1:8080/', 'collector'],
    ['http://collector.example', null],
    ['https://me:secret@collector.example', null],
    ['ftp://collector.example', null],
    ['/mnt/reports', 'folder'],
    ['\\\\server\\share', 'folder'],
    ['-', 'output'],
    ['', null],
  ])('%s is %s', (text, kind) => {
    expect(parsePlace(text)?.kind ?? null).toBe(kind);
  });

  it('takes whole files into a folder, and the next one stands in for one that is out of reach', async () => {
    const output: string[] = [];
    const world = { time, folder };
    const bonn = machine(world, 'bonn-1', ['http://127.0.0.1:1/', join(folder, 'gone'), folder, '-'], output);
    bonn.put(goodReport());
    bonn.put(badReport());
    const said = await bonn.send();
    expect(said).toMatchObject({ sent: 2, waiting: 0, refused: 0 });
    expect(said.troubles.map(({ why }) => why)).toEqual(['ECONNREFUSED', 'no-folder']);
    expect(readdirSync(folder).filter((name) => name.endsWith('.ndjson'))).toHaveLength(2);
    expect(output).toEqual([]);
  });

  it('that nobody reaches leaves everything in the spool', async () => {
    const bonn = machine({ time, folder }, 'bonn-1', ['http://127.0.0.1:1/']);
    bonn.put(goodReport());
    expect(await bonn.send()).toMatchObject({ sent: 0, waiting: 1 });
  });

  it('writes to standard output', async () => {
    const output: string[] = [];
    const bonn = machine({ time, folder }, 'bonn-1', ['-'], output);
    bonn.put(badReport());
    expect(await bonn.send()).toMatchObject({ sent: 1, waiting: 0 });
    expect(output[0]?.split('\n')).toHaveLength(4);
  });
});
