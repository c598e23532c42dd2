import { expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { renderListTable, renderOverview } from '../../src/report/list-text.ts';
import { displayWidth } from '../../src/report/wrap.ts';

const { features } = await loadCatalog();
const listed = features.map((feature) => ({ feature, parameters: feature.default ? ['tenantId'] : [] }));

it.each(['en', 'fr', 'ja', 'nl'] as const)('gives the catalog a line a feature in %s, as wide as the view', (lang) => {
  for (const width of [60, 80, 100, 120]) {
    const lines = renderOverview(listed, { lang, width, colour: false, verbose: false }).split('\n');
    expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
    if (width === 120 && lang === 'en') expect(lines.indexOf('') - 2).toBe(features.length);
  }
});

it('counts what is critical, says what it needs, and which date its newest document has', () => {
  const overview = renderOverview(listed, { lang: 'en', width: 120, colour: false, verbose: false });
  expect(overview).toMatch(/^Tenant attach +tenant-attach +3 +12 +tenantId +2026-06-08 *$/m);
  expect(overview).toContain('wayclear list FEATURE');
});

it('names the address of the document with the endpoints of a feature', () => {
  const one = features.filter(({ feature }) => feature === 'tenant-attach');
  const table = renderListTable(one, { lang: 'en', width: 200, colour: false, verbose: false });
  expect(table).toContain(one[0]?.endpoints[0]?.source?.url);
});

it('keeps a title that is called as what every object inherits', () => {
  const called = features.slice(0, 1).map((feature) => ({ ...feature, title: 'constructor' }));
  for (const lang of ['en', 'fr'] as const) {
    const view = { lang, width: 200, colour: false, verbose: false };
    const overview = renderOverview(
      called.map((feature) => ({ feature, parameters: [] })),
      view,
    );
    for (const text of [overview, renderListTable(called, view)]) expect(text).toMatch(/\bconstructor\b(?! *\{)/);
  }
});
