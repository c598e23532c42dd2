import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/cli/config-file.ts';
import { mostFaults } from '../../src/model/faults.ts';
import * as z from '../../src/model/shape.ts';
import { faultsOf } from '../../src/reading/faults.ts';
import { UsageError } from '../../src/usage-error.ts';
import { languages } from '../../src/words/language.ts';
import { loadWords } from '../../src/words/load.ts';
import { validatorOf } from '../model/validator.ts';

const pointers = (shape: z.ZodMiniType, value: unknown): readonly string[] =>
  faultsOf(shape, value).map(({ pointer }) => pointer);

describe('faults', () => {
  it('are all told, unknown keys first', () => {
    const shape = z.strictObject({ a: z.string(), b: z.list(z.number()), c: z.optional(z.boolean()) });
    expect(pointers(shape, { a: 1, b: [1, 'x', 'y'], d: 1, 'e/f': 2 })).toEqual(['/d', '/e~1f', '/a', '/b/1', '/b/2']);
    expect(pointers(shape, { a: '', b: [] })).toEqual([]);
  });

  it('of a key that is none name the nearest key', () => {
    const [fault] = faultsOf(z.strictObject({ timeout: z.optional(z.string()) }), { timout: '' });
    expect(fault?.expected).toEqual({ is: 'memberOf', keys: ['timeout'], any: true, key: 'timout', near: 'timeout' });
  });

  it('end after twenty, whatever the length of lists', () => {
    const shape = z.object({ a: z.list(z.list(z.number())), b: z.dictionary(z.number()) });
    const many = Array.from({ length: 300_000 }, () => ['x']);
    expect(pointers(shape, { a: many, b: Object.fromEntries(many.entries()) })).toHaveLength(mostFaults);
  });

  it('are told where a union is told apart by a member', () => {
    const shape = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a') }),
      z.object({ kind: z.literal('b'), more: z.number() }),
    ]);
    expect(pointers(shape, { kind: 'b' })).toEqual(['/more']);
    expect(faultsOf(shape, { kind: 'c' })).toEqual([
      {
        pointer: '/kind',
        expected: { is: 'choice', of: ['"a"', '"b"'], near: 'a' },
        got: { is: 'value', json: '"c"' },
      },
    ]);
  });

  it('tell a number that JSON holds and JavaScript can not', () => {
    expect(faultsOf(z.number(), JSON.parse('1e400'))).toMatchObject([{ got: { is: 'value', json: 'Infinity' } }]);
  });

  it('show no account of an address', () => {
    const [fault] = faultsOf(z.number(), 'https://me:s3cr3t@example.com/');
    expect(JSON.stringify(fault)).not.toContain('s3cr3t');
  });
});

describe('a file that is not as it should be', () => {
  const error = ((): UsageError => {
    try {
      parseConfig('{"timout": "5s", "offline": 1, "only": [[]]}', 'x.json');
    } catch (refused) {
      if (refused instanceof UsageError) return refused;
    }
    throw new Error('nothing was refused');
  })();

  it('has every fault told, a line each', () => {
    expect([error.message, ...error.more]).toEqual([
      'x.json: /timout: unknown key "timout"; did you mean "timeout"?',
      'x.json: /only/0: expected a text, got an empty list',
      'x.json: /offline: expected true or false, got 1',
    ]);
  });

  it('has values told that the command line would refuse', () => {
    const wrong = {
      ...{ timeout: 5, deadline: 'x', concurrency: 'many', catalog: [1], set: ['a'], what: [1], repeat: 1, lang: 'xx' },
      ...{ 'max-age': '91', label: ['site=a', 'b'], keep: '9999d' },
    };
    const told = ((): readonly string[] => {
      try {
        return Object.keys(parseConfig(JSON.stringify(wrong), 'x.json').values);
      } catch (refused) {
        return refused instanceof UsageError ? [refused.message, ...refused.more] : [];
      }
    })();
    expect(told.toSorted()).toEqual([
      'x.json: /catalog/0: expected a text, got 1',
      'x.json: /concurrency: expected a whole number from 1 to 4096, got "many"',
      'x.json: /deadline: expected a duration such as 500ms, 10s or 2m, at most 1d, got "x"',
      'x.json: /keep: expected a duration such as 500ms, 10s or 2m, at most 3660d, got "9999d"',
      'x.json: /label/1: expected NAME=VALUE, got "b"',
      'x.json: /lang: expected "en", "fr", "ja", "nl", got "xx"',
      'x.json: /max-age: expected a whole number from 1 to 90, got "91"',
      'x.json: /repeat: expected a whole number from 2 to 100, got 1',
      'x.json: /set/0: expected NAME=VALUE, got "a"',
      'x.json: /timeout: expected a duration such as 500ms, 10s or 2m, at most 1h, got 5',
      'x.json: /what/0: expected a text, got 1',
    ]);
    const validate = validatorOf('config');
    for (const bad of [
      { timeout: 5 },
      { deadline: 'x' },
      { concurrency: 1e99 },
      { concurrency: 'many' },
      { set: ['a'] },
    ])
      expect(validate(bad), JSON.stringify(bad)).not.toEqual([]);
    expect(validate({ proxy: 'x'.repeat(100_000) })).toEqual(['/proxy']);
    expect(validate({ timeout: '5s', concurrency: 8, repeat: '3', set: ['a=b'], lang: 'fr_FR.UTF-8' })).toEqual([]);
  });

  it.each(languages)('is told in %s', async (lang) => {
    const { refusals, shapes } = await loadWords(lang);
    const { message, more, hint } = error.tell(refusals);
    const lines = [message, ...more, hint ?? ''];
    expect(lines).toHaveLength(4);
    expect(message).toContain('"timout"');
    if (lang !== 'en') expect(lines.filter((line) => /\b(the|must|did you)\b/.test(line))).toEqual([]);
    expect(Object.keys(shapes.plain).sort()).toEqual(Object.keys((await loadWords('en')).shapes.plain).sort());
  });
});
