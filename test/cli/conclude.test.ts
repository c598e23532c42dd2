import { describe, expect, it } from 'vitest';
import { judged } from '../../src/cli/conclude.ts';
import { createEnding, type Ending } from '../../src/cli/ending.ts';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import type { Options } from '../../src/cli/options.ts';
import { readReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Report } from '../../src/model/report.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import { renderJson } from '../../src/report/json.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { wordsOf } from '../../src/words/load.ts';
import { run } from '../diagnose/observations.ts';
import { holdInvariants } from '../report/invariants.ts';

const hosts = 200;
const seen = run(
  Array.from({ length: hosts }, (_, index) => ({
    host: `h${index}.d${index}.example`,
    at: [{ address: `198.51.100.${index}` }],
  })),
);
const saved = assembleReport({
  ...{ observations: seen, diagnosis: diagnose(seen), words: wordsOf('en'), options: {}, version: '0' },
});
const nothing = { isTTY: false, columns: null, write: () => undefined };

type End = (ending: Ending) => void;

/** A machine on which each look at the clock finds a turn over, and the end comes with the turn after so many looks. */
function machine(end: End, after = 100): Pick<Io, 'clock' | 'ending' | 'stderr'> & { readonly looks: () => number } {
  let looks = 0;
  const ending = createEnding({ now: () => 0, wall: () => 0 });
  const now = (): number => {
    looks += 1;
    if (looks === after) setImmediate(() => end(ending));
    return looks * 20;
  };
  return { clock: { now, wall: () => 0 }, ending, stderr: nothing, looks: () => looks };
}

type Watched = Io & { readonly looks: () => number };

/** Looks at the clock until the report is read. */
async function looksOfReading(): Promise<number> {
  const io = { ...machine(() => undefined), readStdin: async () => renderJson(saved) } as unknown as Watched;
  await readReport(io, 'diagnose', '-');
  return io.looks();
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function read(args: readonly string[], end: End, after: number): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  const write = (text: string): void => {
    stderr += text;
  };
  const code = await main({
    ...machine(end, after),
    ...{ args, stderr: { ...nothing, write } },
    ...{ env: {}, cwd: import.meta.dirname, platform: process.platform, secrets: createSecrets() },
    stdout: {
      ...nothing,
      write: async (text) => {
        stdout += text;
      },
    },
    readStdin: async () => renderJson(saved),
  });
  return { code, stdout, stderr };
}

describe('judging', () => {
  it.each<readonly ['interrupted' | 'deadline', number, End]>([
    ['interrupted', 130, (ending) => ending.interrupt()],
    ['deadline', 3, (ending) => ending.setDeadline(0)],
  ])('of what was saved ends with what is judged by then: %s', async (reason, exit, end) => {
    const { code, stdout } = await read(['diagnose', '-', '--json'], end, (await looksOfReading()) + hosts);
    const made: Report = JSON.parse(stdout);
    expect(code).toBe(exit);
    holdInvariants(made, code);
    const { complete, targets, summary } = made;
    expect({ complete, targets: targets.length }).toEqual({ complete: false, targets: hosts });
    expect(targets[0]?.verdict).toBe('reachable');
    expect(targets.at(-1)).toMatchObject({ verdict: 'untested', untested: { reason }, findings: [] });
    expect(summary.untestedBecause[reason]).toBe(summary.untested);
  });

  it.each<readonly ['interrupted' | 'deadline', number, RegExp, End]>([
    ['interrupted', 130, /^$/, (ending) => ending.interrupt()],
    [
      'deadline',
      2,
      /^wayclear: diagnose: "-": the time was over .*\n.*--deadline.*\n$/,
      (ending) => ending.setDeadline(0),
    ],
  ])('tells nothing of a report that is read half: %s', async (_, exit, told, end) => {
    const looks = await looksOfReading();
    for (const after of [3, looks >> 2, looks >> 1, looks - 3]) {
      const { code, stdout, stderr } = await read(['diagnose', '-', '--json'], end, after);
      expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
      expect(stderr).toMatch(told);
    }
  });

  it('of what was measured just now hears a signal, and loses nothing', async () => {
    const io = machine((ending) => ending.interrupt());
    const options = { lang: 'en', anonymous: false, labels: {}, used: {} } as unknown as Options;
    const { diagnosis } = await judged(io as unknown as Io, options, seen, {});
    expect(io.ending.interrupted()).toBe(true);
    expect(diagnosis.summary).toMatchObject({ reachable: hosts, untested: 0 });
  });
});
