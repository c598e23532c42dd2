import { groupedBy } from '../grouped.ts';
import { code, plain } from '../report/cells.ts';
import { preface, type RenderAllowList, reasonOf, sorted, titles } from './view.ts';

/** For people: a table for each feature, with the document that asks for it. */
export const renderMarkdown: RenderAllowList = (list, view) => {
  const { expressed, left } = sorted(list.rules, () => null);
  const { rules: words, labels } = view.words;
  const groups = groupedBy(expressed, (rule) => titles(list, rule, view).join(', '));
  const head = [
    words.columns.destination,
    words.columns.port,
    labels.text.importance,
    words.columns.exempt,
    words.columns.document,
  ];
  const tables = [...groups].flatMap(([title, rules]) => [
    `## ${plain(title)}`,
    '',
    `| ${head.join(' | ')} |`,
    `|${' --- |'.repeat(head.length)}`,
    ...rules.map((rule) => {
      const { pattern, protocol, port, importance, exempt, source } = rule;
      const why = reasonOf(rule, view);
      const reason = why === null ? '' : `: ${plain(why)}`;
      const document =
        source === null
          ? ''
          : [source.document, source.date, source.url]
              .flatMap((part) => part ?? [])
              .map(plain)
              .join(', ');
      const cells = [
        ...[code(pattern), `${protocol.toUpperCase()} ${port}`, `${labels.importances[importance]}${reason}`],
        ...[exempt ? words.yes : words.no, document],
      ];
      return `| ${cells.join(' | ')} |`;
    }),
    '',
  ]);
  const notes = preface(list, left, view).flatMap((line) => [plain(line), '']);
  return `${[`# ${words.title}`, '', ...notes, ...tables].join('\n').trimEnd()}\n`;
};
