import { beforeAll, describe, expect, it } from 'vitest';
import { demoCases } from '../../src/demo/cases.ts';
import { compareDemo } from '../../src/demo/demo.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { Report } from '../../src/model/report.ts';
import { ensureBuilt, wayclear } from '../cli/program.ts';

describe('the demo', () => {
  beforeAll(ensureBuilt);

  it('is broken in at least fifteen ways, and healthy in some', () => {
    expect(new Set(demoCases.flatMap(({ cause }) => cause ?? [])).size).toBeGreaterThanOrEqual(15);
    expect(demoCases.some(({ cause }) => cause === null)).toBe(true);
  });

  // Again if need be: its stages are two seconds long, and other tests may hold the processor longer than that.
  it('explains every server as it was built, offline and by the real prober', { retry: 2 }, async () => {
    const { code, stdout, stderr } = await wayclear(['demo', '--format', 'json']);
    const { rootCauses } = JSON.parse(stdout) as Report;
    expect(compareDemo({ rootCauses } as unknown as Diagnosis).filter(({ right }) => !right)).toEqual([]);
    expect(stderr).toContain(`${demoCases.length} of ${demoCases.length}`);
    expect(code).toBe(0);
  });

  it('counts a server that is explained as something else, twice or not at all as wrong', () => {
    const [first] = demoCases.filter(({ cause }) => cause !== null);
    const root = (cause: string, id: string) => ({ cause, targets: [`demo/${id}`] });
    const judged = (...rootCauses: readonly unknown[]) =>
      compareDemo({ rootCauses } as unknown as Diagnosis).find(({ id }) => id === first?.id)?.right;
    expect(judged(root(first?.cause ?? '', first?.id ?? ''))).toBe(true);
    expect(judged()).toBe(false);
    expect(judged(root('tcp.dropped', first?.id ?? ''))).toBe(false);
    expect(judged(root(first?.cause ?? '', first?.id ?? ''), root('tcp.dropped', first?.id ?? ''))).toBe(false);
  });
});
