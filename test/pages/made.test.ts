import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogPage } from '../../scripts/pages/catalog-page.ts';
import { causePages } from '../../scripts/pages/cause-pages.ts';
import { manPage } from '../../scripts/pages/man-page.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { commandNames, flags } from '../../src/cli/flags.ts';
import { wordsOf } from '../../src/words/load.ts';

/** Pages that nobody writes: `npm run pages` makes them, and these tests see that they are as fresh as what they are made of. */
const docs = join(import.meta.dirname, '..', '..', 'docs');
const words = wordsOf('en');

describe('docs/ holds', () => {
  const causes = causePages(words);

  it.each([...causes])('the page of each cause: %s', async (name, text) => {
    await expect(text).toMatchFileSnapshot(join(docs, 'causes', name));
  });

  it('no page of a cause that is gone', () => {
    expect(readdirSync(join(docs, 'causes')).filter((name) => !causes.has(name))).toEqual([]);
  });

  it('the catalog', async () => {
    await expect(catalogPage(await loadCatalog())).toMatchFileSnapshot(join(docs, 'catalog.md'));
  });

  it('the manual page', async () => {
    await expect(manPage(words)).toMatchFileSnapshot(join(docs, 'wayclear.1'));
  });
});

describe('the manual page', () => {
  const page = manPage(words).replaceAll('\\-', '-');

  it('has every command and option', () => {
    for (const name of commandNames) expect(page).toContain(`\\fBwayclear\\fP ${name}`);
    for (const { name } of flags) expect(page).toContain(`\\fB--${name}\\fP`);
  });

  it('begins no line of text as a request', () => {
    const requests = page.split('\n').flatMap((line) => /^[.'](\S*)/.exec(line)?.[1] ?? []);
    expect([...new Set(requests)].sort()).toEqual(['EE', 'EX', 'SH', 'SS', 'TH', 'TP', '\\"', 'br']);
  });
});
