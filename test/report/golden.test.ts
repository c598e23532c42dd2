import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadReporter } from '../../src/report/registry.ts';
import { reports } from './fixtures.ts';

const views = {
  'table-80': { format: 'table', width: 80, colour: false, verbose: false },
  'table-120-colour': { format: 'table', width: 120, colour: true, verbose: false },
  'table-120-verbose': { format: 'table', width: 120, colour: false, verbose: true },
  'table-60': { format: 'table', width: 60, colour: false, verbose: false },
  json: { format: 'json', width: 80, colour: false, verbose: false },
  ndjson: { format: 'ndjson', width: 80, colour: false, verbose: false },
} as const;

describe('a report', () => {
  for (const [name, make] of Object.entries(reports)) {
    for (const [title, { format, ...view }] of Object.entries(views)) {
      it(`${name} is rendered as ${title} exactly like the golden file`, async () => {
        const render = await loadReporter(format);
        const text = render(make(), { lang: 'en', ...view });
        const kind = format === 'table' ? 'txt' : format;
        await expect(text).toMatchFileSnapshot(join(import.meta.dirname, '..', 'golden', `${name}.${title}.${kind}`));
      });
    }
  }
});
