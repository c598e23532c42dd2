import { csvOf } from '../report/cells.ts';
import { type RenderAllowList, reasonOf, titles } from './view.ts';

/** A row for each destination, as documented; what failed and is not to be opened has the word `no` in its first column. */
export const renderCsv: RenderAllowList = (list, view) => {
  const head = [
    ...['allow', 'destination', 'kind', 'port', 'protocol', 'direction', 'features', 'importance', 'why'],
    ...['exempt from inspection', 'document', 'document date', 'document URL', 'note'],
  ];
  const { rules: words, causes, request } = view.words;
  const opened = list.rules.map((rule) => {
    const { kind, source, parameters } = rule;
    const note = kind === 'template' || kind === 'invalid' ? words.left[kind](rule.pattern, parameters) : '';
    return [
      ...[kind === 'invalid' || kind === 'template' ? 'no' : 'yes', rule.pattern, kind, rule.port, rule.protocol],
      ...['outbound', titles(list, rule, view).join('; '), rule.importance, reasonOf(rule, view) ?? ''],
      ...[rule.exempt ? 'yes' : 'no', source?.document ?? '', source?.date ?? '', source?.url ?? '', note],
    ];
  });
  const others = list.notOpened.map(({ destination, cause, owner }) => [
    ...['no', destination.replace(/:\d+$/, ''), '', destination.replace(/^.*:/, ''), 'tcp', 'outbound', '', '', ''],
    ...['', '', '', '', words.notOpened(destination, causes[cause].title, request.owners[owner])],
  ]);
  return csvOf([head, ...opened, ...others]);
};
