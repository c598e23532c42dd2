/** The screen keeps to its lines: recorded runs of the lab in every language at four widths. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Observations } from '../../src/model/observations.ts';
import type { Report } from '../../src/model/report.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import { renderCheckTable } from '../../src/report/check-table.ts';
import { displayWidth, longestPiece } from '../../src/report/wrap.ts';
import { type Language, languages } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';

interface Recording {
  readonly scenario: string;
  readonly observations: Observations;
}

function recorded(...path: readonly string[]): readonly Recording[] {
  const packed = readFileSync(join(import.meta.dirname, '..', 'golden', ...path));
  return brotliDecompressSync(packed)
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line): Recording => JSON.parse(line));
}

/** Runs without arguments: a root cause each, and a healthy one. */
const defaultRuns = recorded('default-plan.ndjson.br');
const lab = recorded('replay', 'lab.ndjson.br');

const widths = [60, 80, 100, 200] as const;
const everyView = languages.flatMap((lang) => widths.map((width) => [lang, width] as const));

/** Lines of a run with a root cause, of each further one, and of a healthy run. */
const mostLines = (width: number): number => (width < 100 ? 60 : 40);
const eachFurther = 8;
const healthyLines = 15;

function reportOf({ observations }: Recording, lang: Language): Report {
  const diagnosis = diagnose(observations);
  return assembleReport({ observations, diagnosis, words: wordsOf(lang), options: {}, version: '0', machine: null });
}

const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

function holdLines(recording: Recording, lang: Language, width: number): void {
  const report = reportOf(recording, lang);
  const lines = linesOf(renderCheckTable(report, { lang, width, colour: false, verbose: false }));
  const causes = report.rootCauses.length;
  const most = causes === 0 ? healthyLines : mostLines(width) + (causes - 1) * eachFurther;
  const title = `${recording.scenario} in ${lang} at ${width}\n${lines.join('\n')}`;
  if (report.checks.every(({ verdict }) => verdict === 'pass' || verdict === 'untested'))
    expect(lines.length, title).toBeLessThanOrEqual(most);
  // What nothing may cut (a host name, an option) may stick out alone.
  for (const line of lines)
    if (displayWidth(line) > width) expect(longestPiece(line), line).toBeGreaterThan(width - 20);
}

describe('the screen', () => {
  it.each(everyView)('keeps to its lines for runs without arguments in %s at %i columns', (lang, width) => {
    for (const recording of defaultRuns) holdLines(recording, lang, width);
  });

  it.each(languages.flatMap((lang) => [60, 100].map((width) => [lang, width] as const)))(
    'keeps to its lines for every recorded run in %s at %i columns',
    (lang, width) => {
      for (const recording of lab) holdLines(recording, lang, width);
    },
  );

  it.each(widths)('looks in English at %i columns exactly like the golden files', async (width) => {
    for (const recording of defaultRuns) {
      const text = renderCheckTable(reportOf(recording, 'en'), { lang: 'en', width, colour: false, verbose: false });
      const file = `screen.${recording.scenario}.${width}.txt`;
      await expect(text).toMatchFileSnapshot(join(import.meta.dirname, '..', 'golden', file));
    }
  });

  it.each(languages.filter((lang) => lang !== 'en'))('looks in %s exactly like the golden file', async (lang) => {
    const texts = defaultRuns.map((recording) =>
      renderCheckTable(reportOf(recording, lang), { lang, width: 80, colour: false, verbose: false }),
    );
    const file = join(import.meta.dirname, '..', 'golden', `screen.${lang}.80.txt`);
    await expect(texts.join('\n')).toMatchFileSnapshot(file);
  });

  it('says each sentence of evidence once, however many hosts it holds for', () => {
    for (const recording of defaultRuns) {
      const report = reportOf(recording, 'en');
      const text = renderCheckTable(report, { lang: 'en', width: 250, colour: false, verbose: false });
      for (const { deciding = [] } of report.rootCauses)
        for (const sentence of deciding) expect(text.split(sentence).length, sentence).toBeLessThanOrEqual(3);
    }
  });

  it('holds every row, its id, and every check in the verbose view', () => {
    for (const recording of defaultRuns) {
      const report = reportOf(recording, 'en');
      const text = renderCheckTable(report, { lang: 'en', width: 250, colour: false, verbose: true });
      for (const { id, host, untested } of report.targets) {
        expect(text).toContain(host);
        if (untested === null) expect(text).toContain(id);
      }
      for (const check of report.checks) expect(text).toContain(check.id);
    }
  });

  it.each(languages)('is the summary line alone in the quiet view in %s', (lang) => {
    for (const recording of defaultRuns) {
      const report = reportOf(recording, lang);
      const text = renderCheckTable(report, { lang, width: 60, colour: true, verbose: false, quiet: true });
      expect(linesOf(text)).toHaveLength(1);
      expect(text).toContain(String(report.summary.unreachable || report.summary.reachable));
    }
  });

  it('names no target by its id and no feature by its id where the plan has its title', () => {
    for (const recording of defaultRuns) {
      const report = reportOf(recording, 'en');
      const text = renderCheckTable(report, { lang: 'en', width: 100, colour: false, verbose: false });
      for (const { id, feature } of report.targets) {
        expect(text).not.toContain(id);
        if (feature.includes('-')) expect(text).not.toContain(feature);
      }
    }
  });

  it.each([60, 100, 200])('cuts no host name at %i columns', (width) => {
    const lang = 'nl';
    for (const recording of [...defaultRuns, ...lab.slice(0, 40)]) {
      const report = reportOf(recording, lang);
      const text = renderCheckTable(report, { lang, width, colour: false, verbose: true });
      for (const { host } of report.targets) expect(text).toContain(host);
    }
  });
});
