import { reporterNames } from '../report/registry.ts';
import type { TopicWords } from '../words/contract.ts';
import { languages } from '../words/language.ts';
import type { TopicName } from './usage.ts';

function formatRows(purposes: TopicWords['purposes']): string {
  const widest = Math.max(...reporterNames.map((name) => name.length));
  return reporterNames.map((name) => `  ${name.padEnd(widest)}  ${purposes[name] ?? ''}`.trimEnd()).join('\n');
}

/** A topic of the help, for eyes. */
export const topicText = (name: TopicName, { texts, purposes }: TopicWords): string =>
  `${texts[name](languages.join(', '), formatRows(purposes))}\n`;
