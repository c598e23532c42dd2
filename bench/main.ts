/**
 * npm run bench [-- --quick] [--node FILE]... [--only NAME,NAME] [--out FOLDER] [--against FILE]
 *
 * With --against, another build's dist/cli.js, both builds do the same work in turn, and nothing else is measured unless
 * --only names it. Otherwise measures wayclear against what somebody would run instead, on the same work, in turn, in network namespaces that
 * it makes. No packet leaves the machine. Needs Linux, root, a C compiler and the Debian packages that it installs.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { benchmarks, type Results } from './benchmarks.ts';
import { markdownOf } from './markdown.ts';
import type { BenchmarkRow, Plan } from './plan.ts';

const packages: Readonly<Record<string, string>> = {
  curl: 'curl',
  nginx: 'nginx-light',
  unbound: 'unbound',
  'prometheus-blackbox-exporter': 'prometheus-blackbox-exporter',
  openssl: 'openssl',
  ip: 'iproute2',
  taskset: 'util-linux',
  cc: 'gcc libc6-dev libssl-dev',
  pg_ctlcluster: 'postgresql-15',
};

const path = `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`;
process.env['PATH'] = path;

/** Installs what is missing from Debian; services that packages bring are not started. */
function installPeers(): void {
  const missing = Object.keys(packages).filter(
    (program) => !path.split(':').some((folder) => existsSync(join(folder, program))),
  );
  if (!existsSync('/usr/include/openssl/ssl.h') && !missing.includes('cc')) missing.push('cc');
  if (missing.length === 0) return;
  const names = missing.flatMap((program) => packages[program]?.split(' ') ?? []);
  process.stderr.write(`bench: installing ${names.join(' ')}\n`);
  const lines = `made=; if [ ! -e /usr/sbin/policy-rc.d ]; then printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d; made=1; fi
trap '[ -z "$made" ] || rm -f /usr/sbin/policy-rc.d' EXIT
apt-get update -qq || true
apt-get install -y -qq --no-install-recommends "$@"`;
  execFileSync('bash', ['-ec', lines, 'install', ...names], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 400_000,
  });
}

function repository(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'tsconfig.build.json'))) folder = dirname(folder);
  return folder;
}

/** The executable of this tree and its runtime; null, and a word about it, where `npm run build:exe` made none. */
async function executableOf(root: string): Promise<Plan['programs']['executable']> {
  const file = join(root, 'dist/exe/wayclear-linux-x64');
  if (!existsSync(file) || process.arch !== 'x64') {
    process.stderr.write('bench: no executable here (npm run build:exe), so its start is not measured\n');
    return null;
  }
  interface Targets {
    readonly targets: readonly { readonly name: string; readonly program: string }[];
    readonly runtimeOf: (target: Targets['targets'][number]) => string;
  }
  const script = pathToFileURL(join(root, 'scripts/exe/targets.mjs')).href;
  const { targets, runtimeOf } = (await import(script)) as Targets;
  const target = targets.find(({ name }) => file.endsWith(name));
  return target === undefined ? null : { file, node: join(runtimeOf(target), target.program) };
}

function compile(folder: string, source: string, libraries: readonly string[]): string {
  const program = join(folder, source.replace(/^.*\/|\.c$/g, ''));
  execFileSync('cc', ['-O2', '-o', program, join(repository(), source), ...libraries], { timeout: 60_000 });
  return program;
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    node: { type: 'string', multiple: true, default: [] },
    only: { type: 'string' },
    out: { type: 'string' },
    against: { type: 'string' },
    sealed: { type: 'string' },
  },
});

/** Runs inside the namespaces that `seal` made. */
async function inside(file: string): Promise<void> {
  const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
  const rows: BenchmarkRow[] = [];
  await benchmarks(plan, (row) => {
    rows.push(row);
    process.stderr.write(`${JSON.stringify(row)}\n`);
  });
  writeFileSync(join(plan.folder, 'rows.json'), JSON.stringify(rows));
}

/** A network, process and mount namespace of its own, with private /run and /etc: when it ends everything in it is gone. */
const prepare = `mount -t tmpfs none /run; mkdir -p /run/netns; mkdir "$1/etc"; mount -t tmpfs none "$1/etc"
cp -r /etc/. "$1/etc/"; rm -rf "$1/etc/netns"; mkdir -p "$1/etc/netns"; mount --bind "$1/etc" /etc; shift; exec "$@"`;

function seal(argv: readonly string[], folder: string): Promise<number> {
  const unshare = ['--net', '--mount', '--pid', '--fork', '--propagation', 'private', '--kill-child', '--mount-proc'];
  const child = spawn('unshare', [...unshare, 'sh', '-ec', prepare, 'bench', folder, ...argv], { stdio: 'inherit' });
  const limit = setTimeout(() => child.kill('SIGKILL'), 3_600_000);
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve(code ?? 1);
    });
  });
}

/** A program that start.mjs made beside this one. */
const bundled = (name: string): string => fileURLToPath(new URL(`${name}.mjs`, import.meta.url));

async function outside(): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) throw new Error('the benchmarks need Linux and root');
  installPeers();
  const root = repository();
  const folder = mkdtempSync(join(tmpdir(), 'wayclear-bench-'));
  try {
    const load = loadavg()[0] ?? 0;
    const two = availableParallelism() > 1;
    const plan: Plan = {
      folder,
      quick: values.quick,
      only: values.only?.split(',') ?? null,
      nodes: [process.execPath, ...values.node],
      programs: {
        ...{ diagnosis: bundled('diagnosis'), history: bundled('history'), fleet: bundled('fleet') },
        wayclear: join(root, 'dist/cli.js'),
        against: values.against === undefined ? null : resolve(values.against),
        nodeProber: join(root, 'bench/peers/node-prober.mjs'),
        timeline: join(root, 'bench/timeline.cjs'),
        proxy: join(root, 'bench/peers/connect-proxy.mjs'),
        executable: await executableOf(root),
        cProber: compile(folder, 'bench/peers/c-prober.c', ['-lssl', '-lcrypto']),
        timed: compile(folder, 'bench/timed.c', []),
      },
      router: existsSync('/dev/net/tun') ? compile(folder, 'test/lab/delay-router.c', []) : null,
      cpus: '0',
      farmCpus: two ? '1' : '0',
    };
    // As a user's own build does on his runtime.
    const runtimes = [...plan.nodes, ...(plan.programs.executable === null ? [] : [plan.programs.executable.node])];
    for (const node of runtimes) execFileSync(node, [join(root, 'scripts/rehearse.mjs')], { stdio: 'inherit' });
    const file = join(folder, 'plan.json');
    writeFileSync(file, JSON.stringify(plan));
    const program = process.argv[1] ?? '';
    const status = await seal([process.execPath, program, '--sealed', file], folder);
    if (status !== 0) throw new Error(`the benchmarks ended with status ${status}`);
    const version = (argv: readonly string[]): string =>
      execFileSync(argv[0] ?? '', argv.slice(1), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
    const results: Results = {
      date: new Date().toISOString().slice(0, 10),
      machine: {
        processors: availableParallelism(),
        model: cpus()[0]?.model.replace(/\s+/g, ' ').trim() ?? 'unknown',
        kernel: release().replace(/-.*/, ''),
        loadBefore: Math.round(load * 10) / 10,
      },
      versions: {
        nodes: plan.nodes.map((node) => version([node, '--version'])),
        curl: version(['curl', '--version']).split(' ')[1] ?? '',
        blackbox:
          /version (\S+)/
            .exec(version(['sh', '-c', 'prometheus-blackbox-exporter --version 2>&1']))?.[1]
            ?.replace(/,$/, '') ?? '',
        openssl: version(['openssl', 'version']).split(' ')[1] ?? '',
      },
      quick: plan.quick,
      rows: JSON.parse(readFileSync(join(folder, 'rows.json'), 'utf8')) as BenchmarkRow[],
    };
    const markdown = markdownOf(results);
    const out = values.out ?? join(root, 'bench/results');
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${results.date}.json`), `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(join(out, `${results.date}.md`), markdown);
    process.stdout.write(markdown);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  await (values.sealed === undefined ? outside() : inside(values.sealed));
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
// Servers that still run end with the namespace.
process.exit();
