import { entryOf } from '../entry.ts';
import type { Report } from '../model/report.ts';
import type { RequestKind, Words } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { code, csvOf, plain } from './cells.ts';
import { type RequestRow, type RequestSection, requestsOf } from './requests.ts';
import { incompleteness } from './verdict-line.ts';
import type { View } from './view.ts';

/** What a rule has to do for a destination, in a word that a script can look for. */
const actions: Readonly<Record<RequestKind, string>> = {
  open: 'allow',
  'let-through': 'allow at the proxy',
  exempt: 'exempt from inspection',
  path: 'no rule',
  resolve: 'no rule',
  proxy: 'no rule',
  settings: 'no rule',
  machine: 'no rule',
  service: 'no rule',
  unknown: 'no rule yet',
};

const reasonOf = ({ importanceReason }: RequestRow, { importance }: Words): string =>
  importanceReason === null ? '' : (entryOf(importance, importanceReason) ?? importanceReason);

const csvHead = [
  ...['source', 'source addresses', 'destination', 'documented as', 'family', 'addresses', 'port', 'protocol'],
  ...['direction', 'via', 'action', 'request to', 'cause', 'confidence', 'importance', 'why', 'feature'],
  ...['exempt from inspection', 'document', 'document date', 'document URL', 'evidence', 'do not'],
];

function csvRows(report: Report, { root, kind, owner, rows, deciding }: RequestSection, words: Words) {
  const sources = report.machine?.addresses ?? [];
  return rows.flatMap((row) => {
    const families = ([4, 6] as const).filter((family) => row.addresses[family].length > 0);
    return (families.length === 0 ? [null] : families).map((family) => {
      const own = sources.filter((address) => family === null || address.includes(':') === (family === 6));
      const { source } = row;
      return [
        ...[report.machine?.name ?? '', own.join(' '), row.host, row.pattern],
        ...[family === null ? '' : `IPv${family}`, family === null ? '' : row.addresses[family].join(' ')],
        ...[row.port, 'tcp', 'outbound', row.route, actions[kind], owner, root.cause, root.confidence],
        ...[row.importance, reasonOf(row, words), row.features.join('; '), row.exempt ? 'yes' : 'no'],
        ...[
          source?.document ?? '',
          source?.date ?? '',
          source?.url ?? '',
          deciding.join('; '),
          words.request.not[kind],
        ],
      ];
    });
  });
}

/** Documents of the rows, each once, in the order of naming. */
function documentsOf(rows: readonly RequestRow[]): readonly string[] {
  return [...new Set(rows.flatMap(({ source }) => (source === null ? [] : [documentText(source)])))];
}

const documentText = ({ document, date, url }: NonNullable<RequestRow['source']>): string =>
  [document, date, url].flatMap((part) => part ?? []).join(', ');

function tableOf(rows: readonly RequestRow[], documents: readonly string[], words: Words): readonly string[] {
  const { columns, outbound, through, yes, no } = words.request;
  const { importances } = words.labels;
  const heads = [columns.host, columns.pattern, columns.addresses, columns.port, columns.direction];
  const head = [...heads, columns.purpose, columns.exempt, columns.document];
  return [
    `| ${head.join(' | ')} |`,
    `|${' --- |'.repeat(head.length)}`,
    ...rows.map((row) => {
      const addresses = [...row.addresses[4], ...row.addresses[6]];
      const direction =
        row.route === 'direct' ? outbound : `${outbound}, ${through(code(row.route.replace(/^proxy:/, '')))}`;
      const reason = reasonOf(row, words);
      const purpose = `${row.features.map(plain).join(', ')} (${importances[row.importance]})${reason === '' ? '' : `: ${plain(reason)}`}`;
      const document = row.source === null ? '-' : `[${documents.indexOf(documentText(row.source)) + 1}]`;
      const shown = addresses.length === 0 ? '-' : addresses.map(code).join(', ');
      const cells = [code(row.host), code(row.pattern), shown, `TCP ${row.port}`, direction, purpose];
      return `| ${[...cells, row.exempt ? yes : no, document].join(' | ')} |`;
    }),
  ];
}

/**
 * What is asked for because of one root cause, in Markdown.
 * @param most rows of the table; the others are counted
 */
export function sectionText(section: RequestSection, words: Words, most = Number.POSITIVE_INFINITY): string {
  const { number, root, kind, owner, deciding } = section;
  const { request, labels } = words;
  const rows = section.rows.slice(0, most);
  const documents = documentsOf(rows);
  const bullets = (title: string, items: readonly string[]): readonly string[] =>
    items.length === 0
      ? []
      : ['', `${title}${labels.punctuation.colon.trimEnd()}`, '', ...items.map((line) => `- ${plain(line)}`)];
  const { colon } = labels.punctuation;
  const lines = [
    `## ${number}. ${plain(root.title)} (\`${root.cause}\`, ${labels.confident(root.confidence)})`,
    '',
    `${request.to}${colon}**${request.owners[owner]}**`,
    ...(rows.length === 0 ? [] : ['', request.asks[kind], '', ...tableOf(rows, documents, words)]),
    ...(section.rows.length > rows.length ? ['', request.more(section.rows.length - rows.length)] : []),
    '',
    `**${request.not[kind]}**`,
    ...bullets(request.evidence, deciding),
    ...bullets(request.remedies, root.remedies),
    ...(documents.length === 0
      ? []
      : [
          '',
          `${request.documents}${colon.trimEnd()}`,
          '',
          ...documents.map((text, index) => `${index + 1}. ${plain(text)}`),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Whose request it is: machine, account, addresses, and when it was measured. */
export function requestHead(report: Report, words: Words): string {
  const { request, labels } = words;
  const { machine } = report;
  const { colon } = labels.punctuation;
  const field = (name: string, value: string | null): string =>
    `- ${name}${colon}${value === null || value === '' ? request.unnamed : plain(value)}`;
  return [
    request.made(report.tool.version, report.startedAt),
    '',
    field(request.machine, machine?.name ?? null),
    field(request.account, machine?.account ?? null),
    field(request.sources, (machine?.addresses ?? []).join(', ')),
    '',
  ].join('\n');
}

/**
 * What to ask for, for exactly the failed endpoints, as it can be filed: Markdown for people, or rows of CSV alone, one
 * for each destination and address family, where the output file's name ends in `.csv`.
 */
export function renderFirewallRequest(report: Report, view: View): string {
  const words = wordsOf(view.lang);
  const all = requestsOf(report, words);
  if (view.file?.toLowerCase().endsWith('.csv'))
    return csvOf([csvHead, ...all.flatMap((section) => csvRows(report, section, words))]);
  const { request } = words;
  // Whoever files it is to know that there may be more to ask for.
  const missing = incompleteness(report, words);
  const head = [`# ${request.title}\n`, ...(missing === null ? [] : [`**${plain(missing)}**\n`])];
  if (all.length === 0) return [...head, `${request.nothing}\n`].join('\n');
  return [...head, requestHead(report, words), ...all.map((section) => sectionText(section, words))].join('\n');
}
