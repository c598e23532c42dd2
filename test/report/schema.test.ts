import { describe, expect, it } from 'vitest';
import { printedSchema } from '../../src/cli/commands/printed-schemas.ts';
import { report } from '../../src/model/report.ts';
import { faultsOf } from '../../src/reading/faults.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderNdjson } from '../../src/report/ndjson.ts';
import { validatorOf } from '../model/validator.ts';
import { allGood, dnsDead, reports } from './fixtures.ts';

const [problems, problemsOfRecord] = [validatorOf('report'), validatorOf('report', 'record')];

describe('the schema of the report', () => {
  it.each(Object.keys(reports))('describes the report %s', (name) => {
    const text = renderJson((reports[name] as typeof allGood)());
    expect([faultsOf(report, JSON.parse(text)), problems(JSON.parse(text))]).toEqual([[], []]);
  });

  it.each(Object.keys(reports))('describes each record of the report %s', (name) => {
    const lines = renderNdjson((reports[name] as typeof allGood)())
      .trimEnd()
      .split('\n');
    for (const line of lines) expect(problemsOfRecord(JSON.parse(line))).toEqual([]);
  });

  const broken: readonly (readonly [string, (report: Record<string, unknown>) => unknown, string])[] = [
    ['another schema version', (report) => ({ ...report, schema: 2 }), '/schema'],
    ['no observations', ({ observations: _, ...rest }) => rest, '/observations'],
    ['observations of a wrong type', (report) => ({ ...report, observations: [] }), '/observations'],
    [
      'a missing probe list',
      (report) => ({ ...report, observations: { ...(report['observations'] as object), probes: null } }),
      '/observations/probes',
    ],
    [
      'an unknown cause',
      (report) => ({ ...report, rootCauses: [{ ...(dnsDead().rootCauses[0] as object), cause: 'dns.dead' }] }),
      '/rootCauses/0/cause',
    ],
    [
      'an unknown verdict',
      (report) => ({ ...report, targets: [{ ...(allGood().targets[0] as object), verdict: 'fine' }] }),
      '/targets/0/verdict',
    ],
    ['a list', () => [], ''],
    ['a text', () => 'report', ''],
  ];
  it.each(broken)('refuses %s and says where', (_, change, pointer) => {
    const value = change(JSON.parse(renderJson(allGood())) as Record<string, unknown>);
    expect(faultsOf(report, value)[0]?.pointer).toBe(pointer);
    expect(problems(value)).not.toEqual([]);
  });

  it('names a cause for every id of the model, and no other', async () => {
    const { causeIds } = await import('../../src/report/explain-text.ts');
    const { $defs: defs } = JSON.parse(printedSchema('report')) as {
      readonly $defs: Readonly<Record<string, { readonly enum: readonly string[] }>>;
    };
    expect([...(defs['cause']?.enum ?? [])].sort()).toEqual([...causeIds].sort());
  });
});
