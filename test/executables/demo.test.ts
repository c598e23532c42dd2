import { describe, expect, inject, it } from 'vitest';
import { distribution, executable, type Program } from './programs.ts';
import { judgement, withoutKeys, withoutTimes } from './reports.ts';

const lacks = inject('lacks');

type Report = Parameters<typeof judgement>[0];

interface Demo {
  /** Whether it ended before the demo's own deadline of ten seconds, with every experiment. */
  readonly inTime: boolean;
  readonly report: Report;
}

/** What the demo finds, but for what a run has of its own. The observations are full of keys, and judged by what is left. */
async function demo(program: Program): Promise<Demo> {
  const { code, stdout, stderr } = await program.run(['demo', '--format', 'json']);
  expect(code, stderr).toBe(0);
  const { observations: _, ...rest } = JSON.parse(stdout) as { readonly observations: unknown; durationMs: number };
  return { inTime: rest.durationMs < 9500, report: withoutTimes(JSON.parse(withoutKeys(JSON.stringify(rest)))) };
}

/** Verdicts and causes: how sure they are, experiments say, and for some of those there may be no time. */
function found({ report }: Demo) {
  const { summary, targets } = judgement(report);
  return {
    summary,
    targets: targets.map(({ findings, ...one }) => ({ ...one, causes: findings.map((f) => f.cause) })),
  };
}

describe.skipIf(lacks.linux !== null)('the demo finds the same', { retry: 2, timeout: 120_000 }, () => {
  it('in the Linux executable as in dist/', async () => {
    const [own, other] = [await demo(executable('wayclear-linux-x64')), await demo(distribution())];
    expect(found(own)).toEqual(found(other));
    if (own.inTime && other.inTime) expect(own.report).toEqual(other.report);
  });

  it.skipIf(lacks.windows !== null)('in the Windows executable, under Wine', async () => {
    expect(found(await demo(executable('wayclear-win-x64.exe')))).toEqual(found(await demo(distribution())));
  });
});
