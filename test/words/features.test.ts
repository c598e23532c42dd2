import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { languages } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';

interface CatalogFile {
  readonly feature?: string;
  readonly title?: string;
  readonly endpoints?: readonly { readonly importanceReason?: string | null }[];
}

const folder = join(import.meta.dirname, '..', '..', 'endpoints');
const bundled = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CatalogFile);
const titles = bundled.flatMap(({ feature, title }) => (feature === undefined || title === undefined ? [] : [title]));
const reasons = bundled.flatMap(({ endpoints = [] }) =>
  endpoints.flatMap(({ importanceReason }) => importanceReason ?? []),
);
const demo = 'Servers on this machine, healthy and broken';

it.each(languages.filter((lang) => lang !== 'en'))(
  'every bundled feature has a title in %s, and nothing else has',
  (lang) => {
    expect(Object.keys(wordsOf(lang).features).sort()).toEqual([...titles, demo].sort());
  },
);

it.each(languages.filter((lang) => lang !== 'en'))(
  'every reason of importance in the catalog is said in %s, and nothing else is',
  (lang) => {
    expect(Object.keys(wordsOf(lang).importance).sort()).toEqual([...new Set(reasons)].sort());
  },
);
