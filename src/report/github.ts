import { harmless } from '../harmless.ts';
import type { Severity } from '../model/catalog.ts';
import type { Report } from '../model/report.ts';
import { wordsOf } from '../words/load.ts';
import { annotationsOf } from './annotations.ts';
import { verdictLine } from './verdict-line.ts';
import type { View } from './view.ts';

const commands: Readonly<Record<Severity, string>> = { critical: 'error', warning: 'warning', informational: 'notice' };

/** As the runner turns it back (actions/toolkit, packages/core/src/command.ts: `escapeData`, `escapeProperty`). */
const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/** GitHub shows ten annotations of each kind for a step, and leaves the others out without a word. */
const mostOfKind = 10;

/**
 * Workflow commands of GitHub Actions: an annotation a root cause, with its hosts, evidence and remedies. The last line is
 * for the log. The step summary is the Markdown report, which the command line adds where the runner names a file for it.
 */
export function renderGithub(report: Report, view: View): string {
  const words = wordsOf(view.lang);
  const annotations = annotationsOf(report, words);
  const lines = (['critical', 'warning', 'informational'] as const).flatMap((severity) => {
    const all = annotations.filter((annotation) => annotation.severity === severity);
    const shown = all.length > mostOfKind ? all.slice(0, mostOfKind - 1) : all;
    const rest = all.length - shown.length;
    return [
      ...shown.map(({ title, lines: texts }) => line(severity, title, texts)),
      ...(rest > 0 ? [line(severity, words.labels.more(rest), [])] : []),
    ];
  });
  return [...lines, `wayclear: ${harmless(verdictLine(report, words).text, 1000)}`].map((text) => `${text}\n`).join('');
}

function line(severity: Severity, title: string, texts: readonly string[]): string {
  const shown = harmless(title, 200);
  return `::${commands[severity]} title=${property(shown)}::${data(texts.length === 0 ? shown : texts.join('\n'))}`;
}
