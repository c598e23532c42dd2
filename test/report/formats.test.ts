/** What programs read: each format as it must look, for every report of the shared set, and by the rules of who reads it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { loadReporter } from '../../src/report/registry.ts';
import type { Language } from '../../src/words/language.ts';
import { recorded, tenThousand } from './recorded.ts';

const golden = join(import.meta.dirname, '..', 'golden', 'formats');
const formats = {
  junit: 'xml',
  github: 'txt',
  azure: 'txt',
  sarif: 'json',
  tap: 'tap',
  markdown: 'md',
  csv: 'csv',
  prometheus: 'prom',
  nagios: 'txt',
  summary: 'json',
  // A name that ends in .log would be left out of the repository.
  cmtrace: 'txt',
} as const;
const names = Object.keys(formats) as (keyof typeof formats)[];

async function rendered(format: string, report: Report, lang: Language = 'en'): Promise<string> {
  return (await loadReporter(format))(report, { lang, width: 100, colour: false, verbose: false });
}

describe.each(names)('%s', { timeout: 240_000 }, (format) => {
  it.each(Object.keys(recorded) as (keyof typeof recorded)[])(
    'of the report %s is as its golden file',
    async (name) => {
      const text = await rendered(format, recorded[name]());
      await expect(text).toMatchFileSnapshot(join(golden, `${name}.${format}.${formats[format]}`));
    },
  );

  it('of ten thousand targets has as many lines as before', async () => {
    const text = await rendered(format, tenThousand());
    const lines = text.split('\n').length - 1;
    await expect(`${lines} lines, ${Math.ceil(text.length / 100_000) / 10} MB at most\n`).toMatchFileSnapshot(
      join(golden, `ten-thousand.${format}.txt`),
    );
  });

  it('lets no character of a hostile report through that a terminal or a parser obeys', async () => {
    const text = (await rendered(format, recorded.hostile())).replaceAll('\r\n', '\n');
    // XML, JSON and YAML know no other controls; the ends of lines are our own.
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/u);
    expect(text.endsWith('\n')).toBe(true);
  });
});
