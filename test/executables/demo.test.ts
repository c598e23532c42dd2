import { describe, expect, inject, it } from 'vitest';
import { distribution, executable, type Program } from './programs.ts';
import { judgement, withoutKeys, withoutTimes } from './reports.ts';

const lacks = inject('lacks');

type Report = Parameters<typeof judgement>[0];

/** What the demo finds, but for what a run has of its own. The observations are full of keys, and judged by what is left. */
async function demo(program: Program): Promise<Report> {
  const { code, stdout, stderr } = await program.run(['demo', '--format', 'json']);
  expect(code, stderr).toBe(0);
  const { observations: _, ...rest } = JSON.parse(stdout) as { readonly observations: unknown };
  return withoutTimes(JSON.parse(withoutKeys(JSON.stringify(rest))));
}

/** Verdicts and causes: under Wine there is time for fewer experiments. */
function withoutConfidence(report: Report) {
  const { targets, ...rest } = judgement(report);
  return {
    ...rest,
    targets: targets.map(({ findings, ...one }) => ({ ...one, causes: findings.map(({ cause }) => cause) })),
  };
}

// The demo ends by a deadline of its own, and what experiments add to it depends on what else the machine has to do.
describe.skipIf(lacks.linux !== null)('the demo finds the same', { retry: 2, timeout: 120_000 }, () => {
  it('in the Linux executable as in dist/', async () => {
    const own = await demo(executable('wayclear-linux-x64'));
    expect(own).toEqual(await demo(distribution()));
  });

  it.skipIf(lacks.windows !== null)('in the Windows executable, under Wine', async () => {
    const own = await demo(executable('wayclear-win-x64.exe'));
    expect(withoutConfidence(own)).toEqual(withoutConfidence(await demo(distribution())));
  });
});
