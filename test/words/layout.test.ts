import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CauseId } from '../../src/model/causes.ts';
import type { Report } from '../../src/model/report.ts';
import { renderCheckTable } from '../../src/report/check-table.ts';
import { compareReports } from '../../src/report/compare.ts';
import { renderDiffTable } from '../../src/report/diff-text.ts';
import { renderCause, renderCauseTable } from '../../src/report/explain-text.ts';
import type { View } from '../../src/report/view.ts';
import { displayWidth, fitsTable, longestPiece, wrap } from '../../src/report/wrap.ts';
import { type Language, languages } from '../../src/words/language.ts';
import { labelsOf, wordsOf } from '../../src/words/load.ts';
import { wayclear } from '../cli/in-process.ts';
import { halfReachable, hostile, inspection, reports } from '../report/fixtures.ts';

const others = languages.filter((lang) => lang !== 'en');
const causeIds = Object.keys(wordsOf('en').causes) as CauseId[];

describe('a report in another language', () => {
  const view = (lang: Language, width: number): View => ({ lang, width, colour: false, verbose: false });

  it.each(others)('in %s looks at 80 columns exactly like the golden file', async (lang) => {
    const text = `${renderCheckTable(halfReachable(lang), view(lang, 80))}\n${renderCheckTable(inspection(lang), view(lang, 80))}`;
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, '..', 'golden', `words.${lang}.table-80.txt`));
  });

  it.each(others.flatMap((lang) => [60, 80, 100, 120].map((width) => [lang, width] as const)))(
    'in %s keeps to %i columns wherever its words allow it',
    (lang, width) => {
      for (const made of [halfReachable(lang), inspection(lang)]) {
        const lines = renderCheckTable(made, { ...view(lang, width), verbose: true }).split('\n');
        for (const line of lines) {
          if (displayWidth(line) > width) expect(displayWidth(line)).toBeLessThanOrEqual(longestPiece(line) + 24);
        }
        for (const { host } of made.targets)
          expect(
            lines.some((line) => line.includes(host)),
            host,
          ).toBe(true);
      }
    },
  );

  it.each(others)('in %s differs in words alone: ids, codes and numbers are the same', (lang) => {
    const bare = (made: Report): unknown =>
      JSON.parse(
        JSON.stringify(made, (key, value: unknown) =>
          ['title', 'evidence', 'deciding', 'remedies', 'detail', 'untested'].includes(key) ? null : value,
        ),
      );
    expect(bare(halfReachable(lang))).toEqual(bare(halfReachable()));
    expect(bare(inspection(lang))).toEqual(bare(inspection()));
  });

  it.each(others)('in %s does not differ from the English one of the same run', (lang) => {
    const difference = compareReports(inspection('en'), inspection(lang));
    expect(difference.worse).toBe(false);
    const text = renderDiffTable(difference, 0, view(lang, 80));
    expect(text).toBe(`✓ ${wordsOf(lang).diff.same(difference.compared)}\n`);
  });

  it.each(others)('in %s explains every cause in its own words', (lang) => {
    const table = renderCauseTable(view(lang, 200));
    for (const id of causeIds) {
      expect(table).toContain(wordsOf(lang).causes[id].title);
      const page = renderCause(id, view(lang, 80));
      expect(page).toContain(id);
      for (const line of page.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
    }
  });
});

describe('Japanese lines', () => {
  const long = Object.values(wordsOf('ja').causes).flatMap(({ meaning, remedies }) => [meaning, ...remedies]);

  it.each([20, 33, 40, 59, 80])('of %i columns begin with no closing mark and end with no opening one', (width) => {
    for (const text of long) {
      for (const line of wrap(text, width)) {
        expect(line).not.toMatch(/^[、。」）ーッャュョァィゥェォっゃゅょ)\]]/);
        expect(line).not.toMatch(/[「（([]$/);
        expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(width, longestPiece(text)));
      }
    }
  });

  it('lose nothing but the spaces that they break at', () => {
    for (const text of long) expect(wrap(text, 24).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });

  it('never break a host name, a number or a flag beside wide characters', () => {
    const host = 'gateway.manage.example.com:8443';
    for (let width = 20; width < 60; width += 1) {
      const lines = wrap(`このホスト${host}は--concurrencyで1024回まで試せます。`, width);
      for (const whole of [host, '--concurrency', '1024'])
        expect(
          lines.some((line) => line.includes(whole)),
          `${whole} at ${width}`,
        ).toBe(true);
    }
  });

  it('count two columns a wide character and none a combining one', () => {
    expect(displayWidth('ネーム サーバー')).toBe(15);
    expect(displayWidth('가나')).toBe(4);
    expect(displayWidth('cafe\u0301')).toBe(4);
    // The voiced sound mark as a character of its own belongs to the kana before it.
    expect(displayWidth('か\u3099')).toBe(2);
    expect(displayWidth('\u{1f600}')).toBe(2);
  });

  it('keep combining characters with what they belong to', () => {
    for (const width of [2, 3, 4, 5]) {
      for (const line of wrap('か\u3099き\u3099く\u3099け\u3099', width)) {
        expect(line).not.toMatch(/^\p{M}/u);
        expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(2, width));
      }
    }
  });

  it('are not cut by a table where the library counts columns otherwise than a terminal', () => {
    const name = 'ก\u0e31\u0e49น\u0e31\u0e49.example.com';
    const made = halfReachable();
    const changed = { ...made, targets: made.targets.map((one) => ({ ...one, host: name })) };
    const text = renderCheckTable(changed, { lang: 'ja', width: 80, colour: false, verbose: false });
    expect(text).toContain(name);
    expect(text).not.toContain('…');
  });
});

describe('the width of a text', () => {
  const root = join(import.meta.dirname, '..', '..');
  it.each(['src/words', 'src/words/en', 'src/words/fr', 'src/words/ja', 'src/words/nl', 'test/golden'])(
    'is the same for a table and a terminal in every line of %s',
    (folder) => {
      const files = readdirSync(join(root, folder)).filter((name) => /\.(ts|txt|ndjson)$/.test(name));
      const lines = files.flatMap((name) => readFileSync(join(root, folder, name), 'utf8').split('\n'));
      expect(lines.length).toBeGreaterThan(100);
      expect(lines.filter((line) => !fitsTable(line.replace(/\u001b\[\d+m/g, '')))).toEqual([]);
    },
  );

  it('is not the same where a script has marks of its own', () => {
    expect(fitsTable('ที่')).toBe(false);
    expect(fitsTable('か\u3099')).toBe(false);
    expect(fitsTable('cafe\u0301')).toBe(true);
  });
});

describe('hostile text', () => {
  it.each(others)('stays harmless in %s', (lang) => {
    const text = renderCheckTable(hostile(), { lang, width: 100, colour: false, verbose: true });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('keeps its own spaces where French puts other ones around it', () => {
    const quoted = wordsOf('fr').facts['http.body']({ host: 'a.example', text: 'Denied ; « blocked » !' });
    expect(quoted).toBe('a.example\u00a0: la page commence par «\u00a0Denied ; « blocked » !\u00a0»');
  });
});

describe('--lang', () => {
  it.each(['xx', 'de', 'de-FR', 'japanese', ''])(
    '%j is refused in one line and a hint that names the choices',
    async (lang) => {
      const { code, stdout, stderr } = await wayclear(['explain', '--lang', lang]);
      expect(code).toBe(2);
      expect(stdout).toBe('');
      const [first = '', ...rest] = stderr.trimEnd().split('\n');
      expect(first).toMatch(/^wayclear: .*--lang/);
      expect(rest.length).toBeLessThanOrEqual(1);
      expect(stderr).toContain('en, fr, ja or nl');
    },
  );

  it.each(languages)('%s chooses the words of a command', async (lang) => {
    const { code, stdout } = await wayclear(['explain', 'tls.inspection', '--lang', lang]);
    expect(code).toBe(0);
    expect(stdout).toContain(wordsOf(lang).causes['tls.inspection'].title.split(' ')[0]);
    expect(stdout).toContain(labelsOf(lang).text.remedies);
  });

  it.each([
    ['fr', 'vouliez-vous dire tls.inspection\u00a0?'],
    ['ja', 'tls.inspection のことですか?'],
    ['nl', 'bedoelde u tls.inspection?'],
  ])('%s tells mistakes', async (lang, question) => {
    const { stderr } = await wayclear(['explain', 'tls.inspektion', '--lang', lang]);
    expect(stderr).toContain(question);
  });
});

it('every report of the fixtures can be drawn in every language', () => {
  for (const make of Object.values(reports)) {
    for (const lang of languages)
      expect(renderCheckTable(make(), { lang, width: 80, colour: true, verbose: true })).not.toBe('');
  }
});
