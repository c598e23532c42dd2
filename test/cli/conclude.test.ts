import { describe, expect, it } from 'vitest';
import { judged } from '../../src/cli/conclude.ts';
import { createEnding, type Ending } from '../../src/cli/ending.ts';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import type { Options } from '../../src/cli/options.ts';
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

/** A machine on which each look at the clock finds a turn over, and the end comes with the turn after the hundredth look. */
function machine(end: End): Pick<Io, 'clock' | 'ending' | 'stderr'> {
  let looks = 0;
  const ending = createEnding({ now: () => 0, wall: () => 0 });
  const now = (): number => {
    looks += 1;
    if (looks === 100) setImmediate(() => end(ending));
    return looks * 20;
  };
  return { clock: { now, wall: () => 0 }, ending, stderr: nothing };
}

async function diagnosed(end: End): Promise<{ readonly code: number; readonly report: Report }> {
  let stdout = '';
  const code = await main({
    ...machine(end),
    args: ['diagnose', '-', '--json'],
    ...{ env: {}, cwd: import.meta.dirname, platform: process.platform, secrets: createSecrets() },
    stdout: {
      ...nothing,
      write: async (text) => {
        stdout += text;
      },
    },
    readStdin: async () => renderJson(saved),
  });
  return { code, report: JSON.parse(stdout) };
}

describe('judging', () => {
  it.each<readonly ['interrupted' | 'deadline', number, End]>([
    ['interrupted', 130, (ending) => ending.interrupt()],
    ['deadline', 3, (ending) => ending.setDeadline(0)],
  ])('of what was saved ends with what is judged by then: %s', async (reason, exit, end) => {
    const { code, report: made } = await diagnosed(end);
    expect(code).toBe(exit);
    holdInvariants(made, code);
    const { complete, targets, summary } = made;
    expect({ complete, targets: targets.length }).toEqual({ complete: false, targets: hosts });
    expect(targets[0]?.verdict).toBe('reachable');
    expect(targets.at(-1)).toMatchObject({ verdict: 'untested', untested: { reason }, findings: [] });
    expect(summary.untestedBecause[reason]).toBe(summary.untested);
  });

  it('of what was measured just now hears a signal, and loses nothing', async () => {
    const io = machine((ending) => ending.interrupt());
    const options = { lang: 'en', anonymous: false, labels: {}, used: {} } as unknown as Options;
    const { diagnosis } = await judged(io as Io, options, seen, {});
    expect(io.ending.interrupted()).toBe(true);
    expect(diagnosis.summary).toMatchObject({ reachable: hosts, untested: 0 });
  });
});
