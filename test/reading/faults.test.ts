import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/cli/config-file.ts';
import { mostFaults } from '../../src/model/faults.ts';
import * as z from '../../src/model/shape.ts';
import { faultsOf } from '../../src/reading/faults.ts';
import { UsageError } from '../../src/usage-error.ts';
import { languages } from '../../src/words/language.ts';
import { loadWords } from '../../src/words/load.ts';

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
      'x.json: unknown key "timout"; did you mean "timeout"?',
      'x.json: "only" must be a text',
      'x.json: "offline" must be true or false',
    ]);
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
