import { harmless } from '../harmless.ts';
import type { Report } from '../model/report.ts';
import { wordsOf } from '../words/load.ts';
import { annotationsOf } from './annotations.ts';
import { verdictLine } from './verdict-line.ts';
import type { View } from './view.ts';

/** As the agent turns it back (microsoft/azure-pipelines-task-lib, node/taskcommand.ts: `escapedata`, `escape`). */
const data = (text: string): string => text.replace(/%/g, '%AZP25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/\]/g, '%5D').replace(/;/g, '%3B');

/** Logging commands of Azure Pipelines: an issue a root cause, with its hosts, evidence and remedies. Informational causes are lines of the log. */
export function renderAzure(report: Report, view: View): string {
  const words = wordsOf(view.lang);
  const lines = annotationsOf(report, words).map(({ severity, code, title, lines: texts }) => {
    const text = data([harmless(title, 300), ...texts].join('\n'));
    // The agent finds a command anywhere in a line that does not begin with one.
    if (severity === 'informational') return `##[debug]${text.replace(/##/g, '# #')}`;
    const type = severity === 'critical' ? 'error' : 'warning';
    return `##vso[task.logissue type=${type};code=${property(code)}]${text}`;
  });
  return [...lines, `wayclear: ${harmless(verdictLine(report, words).text, 1000)}`].map((text) => `${text}\n`).join('');
}
