import { describe, expect, it } from 'vitest';
import { mostFaults } from '../../src/model/faults.ts';
import { atOnce } from '../../src/pieces.ts';
import { readingJson, readJson } from '../../src/reading/json.ts';

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

  it('comes to the same in pieces, whatever a letter of it is changed to', () => {
    const long = 'x'.repeat(600);
    const entry = { long, list: [1, [{ long }], '"]}'], '{"': null };
    const value = { a: [entry, 7, entry, []], b: { 'c\\"/': { d: { e: entry, f: { g: 1 } } }, h: [entry] }, i: entry };
    const text = JSON.stringify(value, null, 1);
    const same = (changed: string): void => {
      let isSame = true;
      const [whole, parts] = [readJson(changed, 16), atOnce(readingJson(changed, 16))];
      if ('problem' in whole) isSame &&= 'problem' in parts;
      else isSame &&= JSON.stringify(parts) === JSON.stringify(whole);
      if (!isSame) throw new Error(changed);
    };
    same(text);
    for (let at = 0; at < text.length; at += 3) {
      if (text.slice(at - 3, at + 3) === 'xxxxxx') continue;
      for (const other of ['', '0', '{}', '[', ']', '}', ',', '"', '\\'])
        same(text.slice(0, at) + other + text.slice(at + 1));
    }
  });

  it('rests again and again', () => {
    const text = JSON.stringify(Array.from({ length: 2000 }, () => ({ a: 'x'.repeat(600) })));
    const work = readingJson(text, 8);
    let rests = 0;
    while (work.next().done !== true) rests += 1;
    expect(rests).toBeGreaterThan(2000);
  });
});
