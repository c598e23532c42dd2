/** How long the program takes to start, and does little. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Figures, timed } from './competitors.ts';
import { inNetwork } from './farm.ts';
import type { BenchmarkRow, Plan } from './plan.ts';
import { inTurn, versionOf } from './turns.ts';

/** `node -e 0` against what is started most often; the server of `check` is in this process, on another processor. */
const starts: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'start-version', args: ['--version'] },
  { name: 'start-help', args: ['--help'] },
  { name: 'start-check', args: ['check', 'URL', '--quiet'] },
];

export async function startUp(plan: Plan, node: string): Promise<readonly BenchmarkRow[]> {
  const server = createServer((_, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const rows: BenchmarkRow[] = [];
  try {
    for (const { name, args } of starts) {
      const commands: Readonly<Record<string, readonly string[]>> = {
        wayclear: [plan.programs.wayclear, ...args.map((arg) => (arg === 'URL' ? url : arg))],
        'node -e 0': ['-e', '0'],
      };
      const run = (competitor: string): Promise<Figures> =>
        timed([...inNetwork('LO', plan.cpus)], [node, ...(commands[competitor] ?? [])], plan.folder, plan.programs);
      const found = await inTurn(Object.keys(commands), plan.quick ? 7 : 15, run);
      rows.push(
        ...found.map((row) => ({ benchmark: name, network: 'none' as const, node: versionOf(node), count: 1, ...row })),
      );
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return rows;
}

/** The executable against `dist/` on the same runtime, each started as often as the other; measured once. */
export async function executableStart(plan: Plan, node: string): Promise<readonly BenchmarkRow[]> {
  const { executable, wayclear } = plan.programs;
  if (executable === null || node !== plan.nodes[0]) return [];
  const server = createServer((_, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const programs: Readonly<Record<string, readonly string[]>> = {
    wayclear: [executable.file],
    'dist/': [executable.node, wayclear],
  };
  const rows: BenchmarkRow[] = [];
  try {
    for (const { name, args } of starts) {
      const given = args.map((arg) => (arg === 'URL' ? url : arg));
      const found = await inTurn(Object.keys(programs), plan.quick ? 7 : 15, (competitor) =>
        timed([...inNetwork('LO', plan.cpus)], [...(programs[competitor] ?? []), ...given], plan.folder, plan.programs),
      );
      const about = { benchmark: name.replace('start', 'executable'), network: 'none', count: 1 } as const;
      rows.push(...found.map((row) => ({ ...about, node: versionOf(executable.node), ...row })));
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return rows;
}
