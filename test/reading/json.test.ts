import { describe, expect, it } from 'vitest';
import { mostFaults } from '../../src/model/faults.ts';
import { readJson } from '../../src/reading/json.ts';

describe('JSON that somebody wrote', () => {
  it.each([
    ['{"a": [1, {"b": "]}"}], "c\\"": null}'],
    ['[]'],
    ['"a text"'],
    ['{"a": {"a": {"a": 1}}, "b": {"a": 1}}'],
    ['[{"a": 1}, {"a": 2}]'],
  ])('%s is read', (text) => {
    expect(readJson(text, 8)).toEqual({ value: JSON.parse(text) });
  });

  it.each([
    ['{"a": 1, "b": 2, "a": 3}', '/a', { is: 'once', key: 'a' }],
    ['{"a": [0, {"b": 1, "b": 1}]}', '/a/1/b', { is: 'once', key: 'b' }],
    ['{"a": 1, "\\u0061": 2}', '/a', { is: 'once', key: 'a' }],
    ['{"x/y": {"__proto__": 1}}', '/x~1y/__proto__', { is: 'forbidden', key: '__proto__' }],
    ['{"a": {"\\u005f_proto__": 1}}', '/a/__proto__', { is: 'forbidden', key: '__proto__' }],
    [`${'['.repeat(9)}${']'.repeat(9)}`, '', { is: 'nesting', most: 8 }],
    ['{"a":'.repeat(1_000_000), '', { is: 'nesting', most: 8 }],
  ])('%s is refused with the place', (text, pointer, expected) => {
    expect(readJson(text, 8)).toMatchObject({ faults: [{ pointer, expected }] });
  });

  it('has all its faults told, twenty at most', () => {
    const read = readJson('{"a": 1, "__proto__": {}, "b": [{"c": 1, "c": 2}, {}], "a": {"d": 1, "d": 2}}', 8);
    const faults = 'faults' in read ? read.faults : [];
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/__proto__', '/b/0/c', '/a', '/a/d']);
    expect(readJson(`[${'{"a":1,"a":2},'.repeat(50)}0]`, 8)).toMatchObject({ faults: { length: mostFaults } });
  });

  it.each(['', '{', '{"a": 1, "a"', '{a: 1}', '{"a": 1} x', '"', '{"\\'])('%j is no JSON', (text) => {
    expect(readJson(text, 8)).toMatchObject({ problem: expect.any(String) });
  });
});
