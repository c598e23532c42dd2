import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { languages } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';

const folder = join(import.meta.dirname, '..', '..', 'endpoints');
const bundled = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as { feature?: string; title?: string })
  .flatMap(({ feature, title }) => (feature === undefined || title === undefined ? [] : [title]));
const demo = 'Servers on this machine, healthy and broken';

it.each(languages.filter((lang) => lang !== 'en'))(
  'every bundled feature has a title in %s, and nothing else has',
  (lang) => {
    expect(Object.keys(wordsOf(lang).features).sort()).toEqual([...bundled, demo].sort());
  },
);
