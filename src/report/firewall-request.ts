import { type CauseId, causes } from '../model/causes.ts';
import type { Report, ReportTarget } from '../model/report.ts';

import { wordsOf } from '../words/load.ts';
import { cell, code, plain } from './cells.ts';
import type { View } from './view.ts';

interface Row {
  readonly target: ReportTarget;
  readonly addresses: readonly string[];
}

interface Section {
  readonly root: Report['rootCauses'][number];
  readonly rows: readonly Row[];
}

/** The proxy's policy is proven to refuse the documented wildcard, so that no list of single names would do. */
const isRefused = (report: Report, cause: CauseId, { pattern, port, route }: ReportTarget): boolean =>
  (cause === 'proxy.denied' || cause === 'proxy.socks-refused') &&
  (report.wildcards ?? []).some(
    (proof) =>
      proof.policy === 'refuses' &&
      proof.pattern === pattern &&
      proof.port === port &&
      route === `proxy:${proof.proxy}`,
  );

/** Root causes with the failed targets that each explains; a destination comes once in each. */
function sections(report: Report): readonly Section[] {
  const failed = new Map(
    report.targets
      .filter(({ verdict }) => verdict === 'unreachable' || verdict === 'degraded')
      .map((target) => [target.id, target]),
  );
  return report.rootCauses.flatMap((root) => {
    const seen = new Set<string>();
    const rows = root.targets.flatMap((id) => {
      const target = failed.get(id);
      const key = `${target?.host}:${target?.port}`;
      if (target === undefined || seen.has(key)) return [];
      seen.add(key);
      const addresses = [...new Set(target.attempts.flatMap(({ address }) => address ?? []))];
      const whole = { ...target, host: target.pattern };
      const pattern = `${whole.host}:${whole.port}`;
      const first =
        isRefused(report, root.cause, target) && !seen.has(pattern) ? [{ target: whole, addresses: [] }] : [];
      if (first.length > 0) seen.add(pattern);
      return [...first, { target, addresses }];
    });
    return rows.length === 0 ? [] : [{ root, rows }];
  });
}

const sourcesOf = (report: Report): readonly string[] =>
  report.environment.families.flatMap(({ addresses }) => addresses);

function csv(report: Report): string {
  const head =
    'source,destination,documented as,addresses,port,protocol,direction,importance,cause,confidence,request to,feature,evidence';
  const source = sourcesOf(report).join(' ');
  const lines = sections(report).flatMap(({ root, rows }) =>
    rows.map(({ target, addresses }) =>
      [
        source,
        target.host,
        target.pattern,
        addresses.join(' '),
        target.port,
        'tcp',
        'outbound',
        target.importance,
        root.cause,
        root.confidence,
        causes[root.cause].owner,
        target.feature,
        root.evidence.filter((line) => line.startsWith(target.host)).join('; ') || (root.evidence[0] ?? ''),
      ]
        .map(cell)
        .join(','),
    ),
  );
  return [head, ...lines].map((line) => `${line}\r\n`).join('');
}

function markdown(report: Report, view: View): string {
  const words = wordsOf(view.lang).request;
  const { columns } = words;
  const lines = [`# ${words.title}`, ''];
  const all = sections(report);
  if (all.length === 0) return `${[...lines, words.nothing].join('\n')}\n`;
  const sources = sourcesOf(report).join(', ') || '-';
  lines.push(plain(words.intro(report.tool.version, report.startedAt, sources)), '');
  all.forEach(({ root, rows }, index) => {
    const owner = causes[root.cause].owner;
    lines.push(`## ${index + 1}. ${plain(root.title)} (\`${root.cause}\`)`, '');
    lines.push(`${words.to}: **${words.owners[owner]}**`, '', words.asks[owner], '');
    const head = [
      columns.host,
      columns.pattern,
      columns.addresses,
      columns.port,
      columns.direction,
      columns.importance,
    ];
    lines.push(`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`);
    for (const { target, addresses } of rows) {
      const shown = addresses.length === 0 ? '-' : addresses.map(code).join(', ');
      lines.push(
        `| ${code(target.host)} | ${code(target.pattern)} | ${shown} | TCP ${target.port} | ${words.outbound} | ${target.importance} |`,
      );
    }
    lines.push('', `${words.evidence}:`, '', ...root.evidence.map((line) => `- ${plain(line)}`));
    lines.push('', `${words.remedies}:`, '', ...root.remedies.map((line) => `- ${plain(line)}`), '');
  });
  return `${lines.join('\n')}\n`;
}

/**
 * What to ask for, for exactly the failed endpoints: Markdown for people with the same rows as CSV
 * behind it, or the CSV alone where the output file's name ends in `.csv`.
 */
export function renderFirewallRequest(report: Report, view: View): string {
  if (view.file?.toLowerCase().endsWith('.csv')) return csv(report);
  const text = markdown(report, view);
  if (sections(report).length === 0) return text;
  return `${text}\`\`\`csv\n${csv(report).replace(/\r\n/g, '\n').replace(/`/g, "'")}\`\`\`\n`;
}
