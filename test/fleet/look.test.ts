import { expect, it } from 'vitest';
import { type Lookable, lookOf } from '../../src/fleet/look.ts';

it('takes for nothing that machines share what a summary leaves out', () => {
  const summary = {
    startedAt: '2026-11-30T08:00:00.000Z',
    tool: { name: 'wayclear', version: '1.2.3' },
    environment: { platform: { os: '', release: '', arch: '' }, families: [], resolvers: [' '] },
    machine: null,
    complete: true,
    ...{ rootCauses: [], targets: [], observations: { durationMs: 5 }, labels: { site: '  ' } },
  } as unknown as Lookable;
  expect(lookOf(summary).traits).toEqual([{ attribute: 'version', value: '1.2.3' }]);
});
