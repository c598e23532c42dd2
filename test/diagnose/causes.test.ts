import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CauseId, causes } from '../../src/model/causes.ts';
import { attributeWords, sentence, untestedWords } from '../../src/words/contract.ts';
import { en } from '../../src/words/en/index.ts';

const ids = Object.keys(en.causes) as readonly CauseId[];

describe('the cause table', () => {
  it('has a row for every cause that has words, and no other', () => {
    expect(Object.keys(causes).sort()).toEqual([...ids].sort());
  });

  it.each(ids)('%s has title, meaning, evidence, a remedy and an experiment with words', (id) => {
    const { title, meaning, evidence, remedies } = en.causes[id];
    expect(title).toMatch(/^\S.*[^.]$/);
    for (const text of [meaning, evidence, ...remedies]) expect(text).toMatch(/^\S.*[.)]$/);
    expect(remedies.length).toBeGreaterThanOrEqual(1);
    expect(en.experiments[causes[id].experiment]).toMatch(/\S/);
  });

  it('lets a cause touch its row, its rule, its words and its scenario: nothing else names one', () => {
    const cause = 'http.tampered';
    const root = join(import.meta.dirname, '..', '..');
    const naming = ['src', 'endpoints', 'test'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
        .filter((file) => /\.(ts|mjs|json)$/.test(file) && readFileSync(join(root, file), 'utf8').includes(cause)),
    );
    const words = ['en', 'fr', 'ja', 'nl'].map((lang) => `src/words/${lang}/causes-http.ts`);
    // `propose` may ask for an experiment because of a cause, and tests may expect one.
    const others = naming.filter(
      (file) => !/^src\/diagnose\/(rules|propose)\/|^test\/(lab\/scenarios|diagnose|probe)\//.test(file),
    );
    expect(others.sort()).toEqual(['src/model/causes.ts', ...words].sort());
  });

  it('explains no cause away by itself, directly or in a circle', () => {
    const above = (id: CauseId, seen: readonly CauseId[]): void => {
      expect(seen).not.toContain(id);
      for (const after of causes[id].after) above(after, [...seen, id]);
    };
    for (const id of ids) above(id, []);
  });
});

describe('words', () => {
  it('makes a sentence of a fact, and keeps the code of a fact of another version', () => {
    expect(sentence(en, { code: 'dns.no-server', args: { host: 'a.example.com' } })).toContain('a.example.com');
    expect(sentence(en, { code: 'constructor', args: { a: 1 } })).toBe('constructor {"a":1}');
  });

  it('says why a target is untested and what would make it testable', () => {
    const { reason, remedy } = untestedWords(en, { code: 'parameter', parameters: ['tenantId', 'region'] });
    expect(reason).toContain('tenantId, region');
    expect(remedy).toContain('--set tenantId=VALUE --set region=VALUE');
  });

  it('names what targets share, and keeps an attribute of another version', () => {
    expect(attributeWords(en, 'resolver')).toBe('name server');
    expect(attributeWords(en, 'toString')).toBe('toString');
  });
});
