/** What probes the farm: wayclear, and what somebody would run instead. Everybody does the same work. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { type Farm, inNetwork, type Network, nameOf, PROXY, RESOLVER } from './farm.ts';

export type CompetitorName = 'wayclear' | 'executable' | 'other build' | 'node' | 'c' | 'curl' | 'blackbox';

export interface Figures {
  readonly wallMs: number;
  /** User and system. */
  readonly cpuMs: number;
  readonly peakMiB: number;
}

export interface Programs {
  /** Runtime that wayclear and the Node prober run on. */
  readonly node: string;
  readonly wayclear: string;
  /** Another build of wayclear (its `dist/cli.js`), to be compared with; null for none. */
  readonly against: string | null;
  /** The single executable of this build; null for none. */
  readonly executable: { readonly file: string } | null;
  readonly nodeProber: string;
  readonly cProber: string;
  readonly timed: string;
}

export interface Job {
  readonly farm: Farm;
  readonly programs: Programs;
  readonly network: Network;
  readonly count: number;
  /** Through the farm's HTTP proxy. */
  readonly proxied: boolean;
  /** Processors for the client. */
  readonly cpus: string;
  readonly farmCpus: string;
}

/** What the baseline found to be the knee of each network. */
const atOnce = (network: Network): number => (network === 'LO' ? 64 : 256);

/** A catalog of the farm: its root is an anchor of its endpoints, so that a healthy farm is a healthy report. */
export function catalogFile(farm: Farm, count: number): string {
  const file = join(farm.folder, `catalog-${count}.json`);
  const endpoints = Array.from({ length: count }, (_, index) => ({
    id: `n${index}`,
    pattern: nameOf(index),
    ports: [443],
    importance: 'critical',
    tls: { anchors: ['Farm root'] },
  }));
  const anchors = [{ name: 'Farm root', sha256: farm.rootSha256, pem: readFileSync(farm.root, 'utf8') }];
  writeFileSync(file, JSON.stringify({ schema: 1, feature: 'farm', title: 'Farm', anchors, endpoints }));
  return file;
}

interface Command {
  readonly argv: readonly string[];
  /** Probes that the program itself says succeeded. */
  readonly passed: (stdout: string) => number;
}

const saidOk = (stdout: string): number => Number(/^OK (\d+)$/m.exec(stdout)?.[1] ?? 0);

function command(name: Exclude<CompetitorName, 'blackbox'>, job: Job): Command {
  const { farm, programs, network, count, proxied } = job;
  const parallel = String(atOnce(network));
  if (name === 'wayclear' || name === 'executable' || name === 'other build') {
    const { node, wayclear, against, executable } = programs;
    const program =
      name === 'executable' ? [executable?.file ?? ''] : [node, name === 'wayclear' ? wayclear : (against ?? '')];
    return {
      argv: [
        ...[...program, 'check', '--no-bundled', '--catalog', catalogFile(farm, count)],
        ...['--format', 'ndjson', '--proxy', proxied ? PROXY : 'direct', '--quiet', '--deadline', '30m'],
      ],
      passed: (stdout) => {
        const last = stdout.trimEnd().split('\n').at(-1) ?? '';
        return (JSON.parse(last) as { summary: { reachable: number } }).summary.reachable;
      },
    };
  }
  if (name === 'node')
    return { argv: [programs.node, programs.nodeProber, String(count), parallel, farm.root], passed: saidOk };
  if (name === 'c') return { argv: [programs.cProber, String(count), parallel, farm.root, RESOLVER], passed: saidOk };
  const file = join(farm.folder, `urls-${count}`);
  const lines = Array.from({ length: count }, (_, index) => `url = "https://${nameOf(index)}/"\noutput = "/dev/null"`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return {
    argv: [
      ...[
        'curl',
        '--silent',
        '--show-error',
        '--no-progress-meter',
        '--parallel',
        '--parallel-max',
        parallel,
        '--cacert',
        farm.root,
      ],
      ...(proxied ? ['--proxy', PROXY] : []),
      ...['--max-time', '60', '--write-out', 'OK %{response_code}\\n', '--config', file],
    ],
    passed: (stdout) => stdout.split('\n').filter((line) => line === 'OK 200').length,
  };
}

/** Roots from the environment cost every Node process 0.1 s before its first line; they are not what is measured. */
const environment = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', LC_ALL: 'C' };

function output(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(argv[0] ?? '', argv.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env });
    const parts: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => parts.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < 4000) said += text;
    });
    child.once('error', reject);
    child.once('close', () => {
      if (said !== '') process.stderr.write(said);
      resolve(Buffer.concat(parts).toString('utf8'));
    });
  });
}

/** Thirty thousand targets take minutes on a busy machine. */
const limitSeconds = 1800;

/** One program run to its end; throws unless it passed all probes. */
async function runCommand(name: Exclude<CompetitorName, 'blackbox'>, job: Job): Promise<Figures> {
  const { argv, passed } = command(name, job);
  const file = join(job.farm.folder, 'timed.json');
  const place = inNetwork(job.network, job.cpus);
  const stdout = await output([...place, job.programs.timed, file, String(limitSeconds), ...argv], environment);
  const good = passed(stdout);
  if (good !== job.count) throw new Error(`${name}: ${good} of ${job.count} probes passed`);
  return figuresOf(file);
}

/** Runs a command of wayclear's own to its end; throws if it ends with another status. */
export async function timed(
  place: readonly string[],
  argv: readonly string[],
  folder: string,
  programs: Pick<Programs, 'timed'>,
  statuses: readonly number[] = [0],
  variables: Readonly<Record<string, string>> = {},
): Promise<Figures> {
  const file = join(folder, 'timed.json');
  await output([...place, programs.timed, file, String(limitSeconds), ...argv], { ...environment, ...variables });
  const { status } = JSON.parse(readFileSync(file, 'utf8')) as { status: number };
  if (!statuses.includes(status)) throw new Error(`${argv.join(' ')}: status ${status}`);
  return figuresOf(file);
}

/** What timed.c wrote. */
function figuresOf(file: string): Figures {
  const { wallMs, userMs, systemMs, peakKiB } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  return { wallMs: wallMs ?? 0, cpuMs: (userMs ?? 0) + (systemMs ?? 0), peakMiB: (peakKiB ?? 0) / 1024 };
}

/** User and system time of a process and all its threads, ms, and its largest resident set. */
function processFigures(pid: number): { readonly cpuMs: number; readonly peakMiB: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  // In ticks of 10 ms (USER_HZ is 100 on every Linux).
  return { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, peakMiB: Number(peak) / 1024 };
}

/** blackbox_exporter is a server: a fresh one a run, scraped side by side; its start is not in its figures. */
async function runBlackbox(job: Job): Promise<Figures> {
  const { farm, network, count, cpus } = job;
  const config = join(farm.folder, 'blackbox.yml');
  writeFileSync(
    config,
    `modules:
  farm:
    prober: http
    timeout: 30s
    http: { preferred_ip_protocol: ip4, ip_protocol_fallback: false, fail_if_not_ssl: true, tls_config: { ca_file: "${farm.root}" } }
`,
  );
  const host = network === 'LO' ? '127.0.0.1' : '10.99.0.2';
  const place = inNetwork(network, cpus);
  const flags = [`--config.file=${config}`, `--web.listen-address=${host}:9115`, '--log.level=error'];
  const exporter: ChildProcess = spawn(place[0] ?? '', [...place.slice(1), 'prometheus-blackbox-exporter', ...flags], {
    stdio: 'ignore',
    env: { ...environment, GOMAXPROCS: '1' },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce(network) });
  const scrape = (path: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const asked = get({ host, port: 9115, path, agent, timeout: 60_000 }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => resolve(text));
      });
      asked.once('error', reject);
    });
  try {
    for (let tries = 0; (await scrape('/-/healthy').catch(() => '')) === ''; tries++) {
      if (tries > 100) throw new Error('blackbox_exporter does not start');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const pid = exporter.pid ?? 0;
    const before = processFigures(pid);
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: count }, (_, index) => scrape(`/probe?module=farm&target=https://${nameOf(index)}/`)),
    );
    const wallMs = performance.now() - began;
    const after = processFigures(pid);
    const good = answers.filter((text) => /^probe_success 1$/m.test(text)).length;
    if (good !== count) throw new Error(`blackbox: ${good} of ${count} probes passed`);
    return { wallMs, cpuMs: after.cpuMs - before.cpuMs, peakMiB: after.peakMiB };
  } finally {
    agent.destroy();
    exporter.kill('SIGKILL');
  }
}

/** One run of one competitor; throws unless all its probes passed, each with one connection and one request. */
export async function compete(name: CompetitorName, job: Job): Promise<Figures> {
  const before = await job.farm.seen();
  const figures = name === 'blackbox' ? await runBlackbox(job) : await runCommand(name, job);
  const after = await job.farm.seen();
  // The second question to nginx is in its own count.
  const connections = after.connections - before.connections - 1;
  const requests = after.requests - before.requests - 1;
  if (connections !== job.count || requests !== job.count) {
    throw new Error(`${name}: ${job.count} probes, ${connections} connections and ${requests} requests at the server`);
  }
  return figures;
}
