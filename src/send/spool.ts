/**
 * Messages that wait on the disk of the machine until somebody has taken them: a file each, written whole or not at all, named
 * by number, by how many that were let go of it tells, and by whether it is bad news. Bounds by age and by size; the oldest good news goes first, and is counted.
 */
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { codeOf } from '../error-code.ts';
import { makeFolder } from '../make-folder.ts';
import { UsageError } from '../usage-error.ts';
import { writeWhole } from '../whole-file.ts';

export interface SpoolBounds {
  readonly mostBytes: number;
  readonly mostAgeMs: number;
}

export const usualBounds: SpoolBounds = { mostBytes: 64 * 1024 * 1024, mostAgeMs: 30 * 86_400_000 };

export interface Waiting {
  readonly name: string;
  readonly seq: number;
  /** Let go of before it, as it tells. */
  readonly told: number;
  readonly critical: boolean;
  readonly bytes: number;
  /** When it was kept, by the clock of then. */
  readonly at: number;
  read(): string;
}

export interface Spool {
  /** Numbers rise, whatever the clock does; one is never used twice. */
  nextSeq(): number;
  /** Messages that were let go of and no message that is left tells, for the next one to tell. */
  dropped(): number;
  /** Keeps a message, which tells that so many were let go of, and lets go of what is too old or too much; how many went. */
  put(seq: number, text: string, critical: boolean, told?: number): number;
  /** What waits: bad news first, else the oldest first. */
  waiting(): readonly Waiting[];
  /** It was taken. */
  remove(name: string): void;
  /** Nobody ever takes it. */
  letGo(name: string): void;
  /** Not before, as a collector asked; 0: now. */
  notBefore(): number;
  waitUntil(at: number): void;
  /** A collector knows this machine, and has not let it in yet. */
  isOutside(): boolean;
  setOutside(outside: boolean): void;
}

/** `SEQ.bad`, `SEQ.good`, or `SEQ.TOLD.bad`; the number filled up, so that names sort as numbers do. */
const nameOf = (seq: number, critical: boolean, told: number): string =>
  [String(seq).padStart(16, '0'), ...(told === 0 ? [] : [told]), critical ? 'bad' : 'good'].join('.');

/** Of a message's name; null for any other one. */
const nameParts = (name: string): RegExpExecArray | null => /^(\d{16})(?:\.(\d{1,9}))?\.(bad|good)$/.exec(name);

interface State {
  readonly seq: number;
  readonly dropped: number;
  readonly notBefore: number;
  readonly outside: boolean;
}

const stateFile = 'state.json';

/** What a name holds, and a collector takes: a message that tells of more would be refused for good. */
const mostTold = 999_999_999;

function readState(folder: string): State {
  const number = (value: unknown): number => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0);
  try {
    const said = JSON.parse(readFileSync(join(folder, stateFile), 'utf8')) as Partial<State>;
    return {
      seq: number(said.seq),
      dropped: Math.min(number(said.dropped), mostTold),
      notBefore: number(said.notBefore),
      outside: said.outside === true,
    };
  } catch {
    // Not there yet, or no JSON any more: what it says is of use, and nothing hangs on it.
    return { seq: 0, dropped: 0, notBefore: 0, outside: false };
  }
}

const writeState = (folder: string, change: Partial<State>): void =>
  writeWhole(folder, stateFile, JSON.stringify({ ...readState(folder), ...change }), 0o600);

function listOf(folder: string): readonly Waiting[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const parts = nameParts(name);
      const facts = parts === null ? undefined : lstatSync(join(folder, name), { throwIfNoEntry: false });
      if (parts === null || facts === undefined || !facts.isFile()) return [];
      const read = (): string => readFileSync(join(folder, name), 'utf8');
      const [, seq, told = 0, kind] = parts;
      return [
        {
          name,
          seq: Number(seq),
          told: Number(told),
          critical: kind === 'bad',
          bytes: facts.size,
          at: facts.mtimeMs,
          read,
        },
      ];
    })
    .sort((a, b) => a.seq - b.seq);
}

/** Before this program was made: no clock that was right has said so. */
const earliest = Date.parse('2026-01-01T00:00:00Z');

/** What was kept by a clock that was wrong is as old as this is known: the number says nothing of it, and neither does the time. */
function stamp(folder: string, name: string, now: number): void {
  try {
    utimesSync(join(folder, name), now / 1000, now / 1000);
  } catch (error) {
    // Somebody else has sent it meanwhile.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Lets go of what is too old, then of the oldest until the rest is small enough, good news before bad. */
function trim(folder: string, now: number, { mostAgeMs, mostBytes }: SpoolBounds): number {
  const all = listOf(folder);
  const isWrong = ({ at }: Waiting): boolean => at < earliest || at > now;
  for (const one of all.filter(isWrong)) stamp(folder, one.name, now);
  // One that is more than all may be together pushes no other one out.
  const isLost = (one: Waiting): boolean => one.bytes > mostBytes || (!isWrong(one) && now - one.at > mostAgeMs);
  const going = new Set(all.filter(isLost));
  let bytes = all.reduce((sum, one) => sum + (going.has(one) ? 0 : one.bytes), 0);
  for (const one of [...all.filter(({ critical }) => !critical), ...all.filter(({ critical }) => critical)]) {
    if (bytes <= mostBytes) break;
    if (going.has(one)) continue;
    going.add(one);
    bytes -= one.bytes;
  }
  letGoOf(folder, [...going]);
  return going.size + sweep(folder, now);
}

/** Nobody writes one file for so long. */
const longestWriteMs = 86_400_000;

/** Lets go of what is half written because its program was ended in the middle of it; how many of them would be messages. */
function sweep(folder: string, now: number): number {
  let count = 0;
  for (const name of readdirSync(folder)) {
    const written = /^\.(.{1,100})\.\d{1,20}\.part$/.exec(name)?.[1];
    const facts = written === undefined ? undefined : lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (written === undefined || facts?.isFile() !== true) continue;
    if (Math.abs(now - facts.mtimeMs) <= longestWriteMs) continue;
    rmSync(join(folder, name), { force: true });
    if (nameParts(written) !== null) count += 1;
  }
  if (count > 0) writeState(folder, { dropped: readState(folder).dropped + count });
  return count;
}

function letGoOf(folder: string, going: readonly Waiting[]): void {
  if (going.length === 0) return;
  for (const { name } of going) rmSync(join(folder, name), { force: true });
  // What one would have told is for another one to tell.
  const untold = going.reduce((sum, { told }) => sum + 1 + told, 0);
  writeState(folder, { dropped: readState(folder).dropped + untold });
}

/** True if nobody else took this number. */
function reserve(folder: string, seq: number): boolean {
  try {
    closeSync(openSync(join(folder, `.${seq}.taken`), 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  for (const name of readdirSync(folder)) {
    const taken = /^\.(\d+)\.taken$/.exec(name);
    if (taken !== null && Number(taken[1]) < seq) rmSync(join(folder, name), { force: true });
  }
  return true;
}

/** The spool in a folder, made where there is none. @throws UsageError where it can't be */
export function openSpool(folder: string, clock: Clock, bounds: SpoolBounds = usualBounds): Spool {
  try {
    makeFolder(folder, 0o700);
  } catch (error) {
    throw new UsageError('state.unwritable', { folder, why: codeOf(error, 'unknown') });
  }
  return {
    nextSeq() {
      // Of two programs that take one at the same time, each has its own.
      for (let seq = Math.max(readState(folder).seq + 1, clock.wall()); ; seq++) {
        if (!reserve(folder, seq)) continue;
        writeState(folder, { seq });
        return seq;
      }
    },
    dropped: () => readState(folder).dropped,
    put(seq, text, critical, told = 0) {
      const name = nameOf(seq, critical, told);
      writeWhole(folder, name, text, 0o600);
      stamp(folder, name, clock.wall());
      if (told > 0) writeState(folder, { dropped: Math.max(0, readState(folder).dropped - told) });
      return trim(folder, clock.wall(), bounds);
    },
    waiting: () => {
      const all = listOf(folder);
      return [...all.filter(({ critical }) => critical), ...all.filter(({ critical }) => !critical)];
    },
    remove: (name) => rmSync(join(folder, name), { force: true }),
    letGo: (name) =>
      letGoOf(
        folder,
        listOf(folder).filter((one) => one.name === name),
      ),
    notBefore: () => readState(folder).notBefore,
    waitUntil: (at) => writeState(folder, { notBefore: at }),
    isOutside: () => readState(folder).outside,
    setOutside: (outside) => {
      if (readState(folder).outside !== outside) writeState(folder, { outside });
    },
  };
}
