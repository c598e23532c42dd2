/** The results as tables for people. */
import type { Results } from './benchmarks.ts';
import { commands, paths } from './pages.ts';
import type { BenchmarkRow } from './plan.ts';

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

/** What a row came to besides its times. */
function figuresOf(rows: readonly BenchmarkRow[]): string {
  const lines = rows.flatMap(({ benchmark, node, figures }) =>
    figures === undefined
      ? []
      : [
          `- ${benchmark}, Node ${node}: ${Object.entries(figures)
            .map(([name, value]) => `${name} ${value}`)
            .join(', ')}`,
        ],
  );
  return lines.length === 0 ? '' : `\n## Figures\n\n${lines.join('\n')}\n`;
}

interface Goal {
  readonly figure: string;
  readonly most: number;
  /** What these rows of one runtime say; undefined where they don't. */
  readonly value: (find: (benchmark: string, competitor: string) => BenchmarkRow | undefined) => number | undefined;
}

const ratio = (
  figure: string,
  [benchmark, competitor]: readonly [string, string],
  pick: 'wallRatio' | 'cpuRatio',
  most: number,
): Goal => ({ figure, most, value: (find) => find(benchmark, competitor)?.[pick] });

const wall = (figure: string, benchmark: string, most: number): Goal => ({
  ...{ figure, most },
  value: (find) => find(benchmark, 'wayclear')?.wallMs,
});

/** As history.ts and pages.ts ask them. */
const historyQuestions = [
  ...['history', 'history of a feature', 'looks', 'look at a time', 'open incidents', 'incidents', 'notices'],
  ...['due deliveries', 'a month of days', 'causes of 500 looks'],
  ...paths.map((path) => `GET ${path}`),
  ...commands.map((words) => `wayclear ${words.join(' ')}`),
];

/** As fleet/month.ts asks them. */
const fleetQuestions = ['SQLite', 'PostgreSQL'].flatMap((engine) =>
  [
    ...['page of the fleet', 'search', '/api/fleet', '/api/messages', '/metrics', '/api/machines'],
    ...['/api/machines.csv', '/api/audit', 'page of a machine', 'reading and explaining the fleet'],
  ].map((question) => `${question}, ${engine}`),
);

/** What each figure is to be at most. */
const goals: readonly Goal[] = [
  ratio('60 targets, 50 ms: wall ÷ minimal Node.js prober', ['few', 'node'], 'wallRatio', 1.15),
  ratio('60 targets, 50 ms: wall ÷ curl --parallel', ['few', 'curl'], 'wallRatio', 1.35),
  ratio('44 targets through an HTTP proxy, 50 ms: wall ÷ curl -x', ['proxied', 'curl'], 'wallRatio', 1.4),
  ratio('check of one loopback target: CPU ÷ node -e 0', ['start-check', 'node -e 0'], 'cpuRatio', 3.4),
  ratio('executable --version: wall ÷ dist/ on the same Node.js', ['executable-version', 'dist/'], 'wallRatio', 1),
  ratio('executable, one loopback target: wall ÷ dist/', ['executable-check', 'dist/'], 'wallRatio', 1),
  ratio('300 targets: CPU ÷ minimal Node.js prober', ['cpu-300', 'node'], 'cpuRatio', 1.7),
  ratio('3,000 targets: CPU ÷ minimal Node.js prober', ['cpu-3000', 'node'], 'cpuRatio', 1.5),
  ratio('3,000 targets, 50 ms: wall ÷ curl', ['many', 'curl'], 'wallRatio', 0.9),
  ratio('3,000 targets, 50 ms: wall ÷ blackbox_exporter', ['many', 'blackbox'], 'wallRatio', 1.2),
  wall('one host, nothing answers the connection: wall, ms', 'one-dropped: connect', 13_000),
  wall('one host, nothing answers the hello: wall, ms', 'one-dropped: hello', 13_000),
  wall('one host, nothing answers the request: wall, ms', 'one-dropped: request', 13_000),
  { figure: '30,000 targets, ndjson: MiB', most: 450, value: (find) => find('most', 'wayclear')?.peakMiB },
  {
    figure: '30,000 targets: CPU per target ÷ that at 3,000',
    most: 1,
    value: (find) => {
      const [many, few] = [find('most', 'wayclear'), find('cpu-3000', 'wayclear')];
      return many && few && many.cpuMs / many.count / (few.cpuMs / few.count);
    },
  },
  wall('diagnosis of 30,000 failing observations: wall, ms', 'diagnosis', 1500),
  {
    figure: 'slowest question to a store of 100,000 looks, page and command that shows it: wall, ms',
    most: 200,
    value: (find) => {
      const asked = historyQuestions.map((question) => find(`history: ${question}`, 'wayclear')?.wallMs);
      return asked.every((ms) => ms !== undefined) ? Math.max(...asked) : undefined;
    },
  },
  {
    figure: 'slowest page, query or list of a fleet of 5,000 machines, its whole program apart: wall, ms',
    most: 300,
    value: (find) => {
      const asked = fleetQuestions.map((question) => find(`fleet: ${question}`, 'wayclear')?.wallMs);
      return asked.every((ms) => ms !== undefined) ? Math.max(...asked) : undefined;
    },
  },
  wall('first DNS question, ms of the process', 'timeline: question', 60),
  wall('first connection, ms of the process', 'timeline: connection', 110),
  {
    figure: 'from the last answer to the written report, 60 targets: ms',
    most: 30,
    value: (find) => {
      const [answer, report] = [find('timeline: answer', 'wayclear'), find('timeline: report', 'wayclear')];
      return answer && report && report.wallMs - answer.wallMs;
    },
  },
];

/** Goals beside what was measured, a column each runtime. */
function goalTable(rows: readonly BenchmarkRow[]): string {
  const nodes = [...new Set(rows.map(({ node }) => node))];
  const shown = (value: number): string => (value >= 100 ? String(Math.round(value)) : value.toFixed(2));
  const lines = goals.flatMap(({ figure, most, value }) => {
    const values = nodes.map((node) =>
      value((benchmark, competitor) =>
        rows.find((row) => row.node === node && row.benchmark === benchmark && row.competitor === competitor),
      ),
    );
    if (values.every((each) => each === undefined)) return [];
    const cells = values.map((each) => (each === undefined ? '' : `${shown(each)}${each <= most ? '' : ' (over)'}`));
    return [[figure, String(most), ...cells]];
  });
  return lines.length === 0 ? '' : `\n## Goals\n\n${table(['figure', 'at most', ...nodes], lines)}`;
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

${table(head, rows.map(rowOf))}${figuresOf(rows)}${goalTable(rows)}${growth.length === 0 ? '' : `\n## Growth\n\n${growth.join('\n')}\n`}`;
}
