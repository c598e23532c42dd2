/** The results as tables for people. */
import type { BenchmarkRow, Results } from './benchmarks.ts';

const ms = (value: number): string => (value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');

function rowOf(row: BenchmarkRow): readonly string[] {
  const alone = row.competitor === 'wayclear';
  return [
    row.benchmark,
    row.network,
    row.node,
    String(row.count),
    row.competitor,
    ms(row.wallMs),
    ms(row.cpuMs),
    row.peakMiB === 0 ? '' : `${Math.round(row.peakMiB)} MiB`,
    alone ? '' : row.wallRatio.toFixed(2),
    alone ? '' : row.cpuRatio.toFixed(2),
    String(row.runs),
  ];
}

/** What ten times the targets cost a target more, in processor time and memory: the rows of 3,000 beside those of 30,000. */
function growthOf(rows: readonly BenchmarkRow[]): readonly string[] {
  const own = rows.filter(({ competitor }) => competitor === 'wayclear');
  const pairs = [
    ['healthy', 'cpu-3000', 'most'],
    ['refused', 'refused', 'refused'],
  ] as const;
  return pairs.flatMap(([what, small, large]) =>
    own
      .filter(({ benchmark, count }) => benchmark === large && count === 30_000)
      .flatMap((many) => {
        const few = own.find((row) => row.benchmark === small && row.count === 3000 && row.node === many.node);
        if (few === undefined) return [];
        const ratio = many.cpuMs / many.count / (few.cpuMs / few.count);
        const bytes = ((many.peakMiB - few.peakMiB) * 1024) / (many.count - few.count);
        return [
          `- ${what}, Node ${many.node}: CPU per target at 30,000 ÷ at 3,000 = ${ratio.toFixed(2)}; peak ${Math.round(many.peakMiB)} MiB; each further target ${bytes.toFixed(1)} KiB, its plan, evidence and verdict together (chains are kept once)`,
        ];
      }),
  );
}

export function markdownOf({ date, machine, versions, quick, rows }: Results): string {
  const head = ['benchmark', 'network', 'Node', 'targets', 'program', 'wall', 'CPU', 'peak', 'wall ÷', 'CPU ÷', 'runs'];
  const growth = growthOf(rows);
  return `# Speed, ${date}

${machine.processors} × ${machine.model}, Linux ${machine.kernel}, load before the run ${machine.loadBefore}; curl ${versions.curl}, blackbox_exporter ${versions.blackbox}, OpenSSL ${versions.openssl}${quick ? '; **quick run: few rounds**' : ''}.

Client on one processor, farm and resolver on the other. Medians; «÷» is wayclear's figure divided by the program's in the
row, the median of runs made in turn. Everybody does DNS, TCP, a full TLS 1.3 handshake with verification, GET, the whole
answer, close; a run counts only if all probes passed and the server saw one connection and one request for each.
blackbox_exporter is a server that is up already: its start and its scraper are in none of its CPU figures.

${table(head, rows.map(rowOf))}${growth.length === 0 ? '' : `\n## Growth\n\n${growth.join('\n')}\n`}`;
}
