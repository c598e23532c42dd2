import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import { renderNdjson } from '../../src/report/ndjson.ts';
import { firstMismatch, reportSchema } from '../../src/report/schema.ts';
import { allGood, dnsDead, reports } from './fixtures.ts';

const schema = reportSchema(
  readFileSync(join(import.meta.dirname, '..', '..', 'endpoints', 'report.schema.json'), 'utf8'),
);
const record = { $ref: '#/$defs/record' };

describe('the schema of the report', () => {
  it.each(Object.keys(reports))('describes the report %s', (name) => {
    const text = renderJson((reports[name] as typeof allGood)());
    expect(firstMismatch(JSON.parse(text), schema)).toBeNull();
  });

  it.each(Object.keys(reports))('describes each record of the report %s', (name) => {
    const lines = renderNdjson((reports[name] as typeof allGood)())
      .trimEnd()
      .split('\n');
    for (const line of lines) expect(firstMismatch(JSON.parse(line), record, schema)).toBeNull();
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
    const report = JSON.parse(renderJson(allGood())) as Record<string, unknown>;
    expect(firstMismatch(change(report), schema)?.pointer).toBe(pointer);
  });

  it('names a cause for every id of the model, and no other', async () => {
    const { causeIds } = await import('../../src/report/explain-text.ts');
    const defs = schema['$defs'] as Record<string, { readonly enum: readonly string[] }>;
    expect([...(defs['cause']?.enum ?? [])].sort()).toEqual([...causeIds].sort());
  });

  it('ends on a value that is nested without end', () => {
    let nested: unknown = 1;
    for (let depth = 0; depth < 5000; depth += 1) nested = { a: nested };
    const self = { type: 'object', additionalProperties: { $ref: '#/$defs/self' } };
    expect(firstMismatch(nested, self, { $defs: { self } })?.expected).toBe('less nesting');
  });
});
