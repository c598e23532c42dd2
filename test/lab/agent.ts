/**
 * The process inside the sealed namespaces: builds the lab of one scenario, runs commands on the client, reports.
 * It is the internet itself (its own namespace), so origins and the authority need no process of their own.
 */

import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readlinkSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type AuthorityFiles, readAuthority, writeAuthority } from './authority-files.ts';
import { readCatalog, vendorHosts, writeLabCatalog } from './catalog.ts';
import { startCollector } from './collector.ts';
import { ownWays } from './firewall.ts';
import type { JobResult, LabJob, LabMachine } from './job.ts';
import { machineStore } from './machine-store.ts';
import { runOnMachines } from './machines.ts';
import { startNameServer } from './name-server.ts';
import { authorityAnswerer, INTERNAL_ZONE, nameFaults, unboundConfiguration } from './names.ts';
import {
  AUTHORITY,
  addClient,
  assertSealed,
  BOX,
  clientLink,
  configure,
  createNetwork,
  hostFiles,
  must,
  onHost,
  RESOLVER,
  run,
} from './network.ts';
import { type Arrival, startOrigins } from './origins.ts';
import { createLabPki, type LabPki } from './pki.ts';
import type { Fault } from './scenario.ts';
import { createBoxes, createResolver, createRouter, delayOf, startDelay, startSquid } from './starters.ts';
import { createStory } from './story.ts';
import { catalogNames, createWorld, crowdNames, PUBLIC_RESOLVERS } from './world.ts';

const MACHINE_STORE = '/etc/ssl/certs/ca-certificates.crt';
/** What the desktop's tool says where the proxy is to be found automatically. */
const DISCOVERING_DESKTOP = `#!/bin/sh
echo "org.gnome.system.proxy autoconfig-url ''"
echo "org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1']"
echo "org.gnome.system.proxy mode 'auto'"
`;
const DAY_MS = 86_400_000;

/** What the client itself has: its tables, its ports, its certificate store. */
async function prepareClient(job: LabJob, pki: LabPki, authorities: readonly AuthorityFiles[]): Promise<void> {
  const { faults } = job.scenario;
  const client = faults.filter((fault) => fault.kind === 'client-ip').flatMap((fault) => fault.commands);
  if (client.length > 0) await configure('cli', client);
  const ports = job.scenario.world?.localPorts;
  if (ports !== undefined) {
    const range = '/proc/sys/net/ipv4/ip_local_port_range';
    await must('ip', ['netns', 'exec', 'cli', 'sh', '-ec', `echo "40000 ${40_000 + ports - 1}" > ${range}`]);
  }
  const store = machineStore(job.publicRoots, faults, pki.root.pem + pki.uncommonRoot.pem, (id) => {
    const files = authorities.find((row) => row.id === id);
    return files === undefined ? '' : readFileSync(files.certificateFile, 'utf8');
  });
  mkdirSync(dirname(MACHINE_STORE), { recursive: true });
  // Where a distribution keeps a link there, the link is to a file of the same private copy.
  writeFileSync(MACHINE_STORE, store);
}

const entriesOf = (entries: Readonly<Record<string, string>>): string =>
  Object.entries(entries)
    .map(([name, address]) => `${address} ${name}\n`)
    .join('');

/** Text of a command's argument with the lab's own paths and addresses in place. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/@([A-Z0-9_]+)@/g, (whole, name: string) => values[name] ?? whole);
}

/** Packets that the client sent through the router, those that say something, and connections among them. */
async function counters(): Promise<{ readonly sent: number; readonly spoken: number; readonly opened: number }> {
  const text = await must('ip', ['netns', 'exec', 'fw', 'nft', 'list', 'counters', 'table', 'inet', 'lab']);
  const packets = (name: string): number =>
    Number(new RegExp(`counter ${name} \\{\\s*packets (\\d+)`).exec(text)?.[1] ?? 0);
  return { sent: packets('sent'), spoken: packets('spoken'), opened: packets('opened') };
}

/** Most connections within one second. */
function peak(arrivals: readonly Arrival[]): number {
  let most = 0;
  let first = 0;
  arrivals.forEach((arrival, index) => {
    while ((arrivals[first]?.atMs ?? 0) < arrival.atMs - 1000) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

async function perform(job: LabJob): Promise<JobResult> {
  const started = performance.now();
  const marks: Record<string, number> = {};
  const mark = (name: string) => {
    marks[name] = Math.round(performance.now() - started);
  };
  assertSealed(job.outsideNamespace, readlinkSync('/proc/self/ns/net'));
  const { scenario } = job;
  const story = job.story === undefined ? null : createStory(job.story, scenario.faults);
  const faults = story?.faultsAt(0) ?? scenario.faults;
  const options = scenario.world ?? {};
  const families = options.nat64 === true ? ([6] as const) : (options.families ?? ([4, 6] as const));
  const files = job.catalog ?? readCatalog(job.catalogFolder);
  const world = createWorld(catalogNames(files), options);
  let offsetMs = (options.skewDays ?? 0) * DAY_MS;
  const now = (): Date => new Date(Date.now() + offsetMs);
  const internetNow = now();
  const folder = `${job.folder}/inside`;
  mkdirSync(folder, { recursive: true });
  const delay = delayOf(job);
  const discovers = faults.some((fault) => fault.kind === 'discovery');
  const hostsFile = faults
    .filter((fault) => fault.kind === 'hosts-file')
    .map((fault) => entriesOf(fault.entries))
    .join('');
  const namingOf = (some: readonly Fault[]) => {
    const resolvConf = some.find((fault) => fault.kind === 'resolv-conf');
    return {
      resolvers: resolvConf?.servers ?? [families.includes(4) ? RESOLVER[4] : RESOLVER[6]],
      hosts: hostsFile,
      search: resolvConf?.search ?? (discovers ? [INTERNAL_ZONE] : []),
      // The C library's defaults are 5 s and 2 tries; a lab that asks the system about silent resolvers can't wait that long.
      resolverOptions: resolvConf?.options ?? ['timeout:1', 'attempts:2'],
      sources: some.find((fault) => fault.kind === 'nsswitch')?.hosts ?? 'files dns',
    };
  };
  const ofNetwork = { ...namingOf(faults), families, delay: delay !== null };
  const network = createNetwork(ofNetwork);
  const vendors = vendorHosts(files);
  const company = writeAuthority('company', folder, internetNow);
  const authorities = [company, writeAuthority('antivirus', folder, internetNow)];
  const isVendors = (name: string): boolean => vendors.has(name);
  const pki = createLabPki(internetNow, isVendors, readAuthority(company), options.expiredRoot === true);
  writeFileSync(`${folder}/public-roots.pem`, pki.root.pem + pki.vendorRoot.pem + pki.uncommonRoot.pem);
  writeLabCatalog(files, `${folder}/endpoints`, pki);
  mark('pki');
  await network;
  mark('network');
  const serveNames = createResolver(folder);
  const serveBoxes = createBoxes(job.boxesProgram, authorities, offsetMs);
  const route = createRouter(world, job.machines?.length ?? 1);
  const provideNames = (some: readonly Fault[]): Promise<void> => {
    const { unbound, box } = nameFaults(some);
    const how = { hidden: box.length > 0, nat64: options.nat64 === true };
    return serveNames(unboundConfiguration(world, unbound, how));
  };
  let authority = authorityAnswerer(world, nameFaults(faults).authority);
  const arrivals: Arrival[] = [];
  const arrived = (arrival: Arrival): void => {
    arrivals.push(arrival);
    story?.arrived();
  };
  const [origins] = await Promise.all([
    startOrigins({ world, files, pki, faults, now, arrived, receiver: story?.receiver ?? null }),
    startNameServer([AUTHORITY, ...PUBLIC_RESOLVERS], (question) => authority(question)),
    serveBoxes(faults),
    startSquid(job, folder, authorities, `${folder}/public-roots.pem`),
    provideNames(faults),
  ]);
  mark('servers');
  if (delay !== null) {
    await startDelay(job, delay);
    await clientLink(families, false);
  }
  await route(faults);
  if (job.machines !== undefined) {
    await must('ip', ['netns', 'exec', 'fw', 'nft', '-f', '-'], { input: ownWays(world, job.machines) });
  }
  const collector = job.collects === true ? await startCollector(job.program, folder, internetNow) : null;
  await prepareClient(job, pki, authorities);
  mark('faults');
  arrivals.length = 0;

  const crowd = crowdNames(options.crowd ?? 0).map((name) => `http://${name}/\n`);
  writeFileSync(`${folder}/crowd`, crowd.join(''));
  const values = {
    CROWD: `${folder}/crowd`,
    CONTROL: `${folder}/control`,
    CATALOG: `${folder}/endpoints`,
    ROOTS: `${folder}/public-roots.pem`,
    COMPANY: `${folder}/company.pem`,
    ANTIVIRUS: `${folder}/antivirus.pem`,
    FOLDER: folder,
    BOX: BOX[4],
  };
  mkdirSync(`${folder}/home`, { recursive: true });
  const tools = `${folder}/bin`;
  mkdirSync(tools, { recursive: true });
  if (discovers) {
    mkdirSync(`${folder}/home/.config/dconf`, { recursive: true });
    writeFileSync(`${tools}/gsettings`, DISCOVERING_DESKTOP, { mode: 0o755 });
  }
  const env = {
    PATH: `${tools}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: `${folder}/home`,
    LANG: 'C.UTF-8',
    ...Object.fromEntries(Object.entries(scenario.env ?? {}).map(([name, value]) => [name, fill(value, values)])),
  };
  const commands = [];
  if (job.interactive === true) {
    const setup = `${folder}/bashrc`;
    const wayclear = `wayclear() { "${process.execPath}" "${job.program}" "$@"; }`;
    writeFileSync(setup, `PS1='${scenario.name} \\w\\$ '\n${wayclear}\n`);
    const [command, args] = onHost('cli', ['bash', '--rcfile', setup, '-i']);
    const child = spawn(command, args, {
      stdio: 'inherit',
      env: { ...env, ...values, TERM: process.env['TERM'] ?? 'dumb' },
      cwd: `${folder}/home`,
    });
    await new Promise((resolve) => child.once('exit', resolve));
  }
  if (job.machines !== undefined) {
    const fileOf = ({ hosts }: LabMachine): string => (hosts === undefined ? hostsFile : entriesOf(hosts));
    const run = await runOnMachines(
      job.machines,
      async (machine, number) => {
        const own = { ...ofNetwork, hosts: fileOf(machine) };
        if (number > 1) return await addClient(number, own);
        hostFiles('cli', own);
        return 'cli';
      },
      { env, timeoutMs: job.commandTimeoutMs, cwd: `${folder}/home` },
      (text) => fill(text, values),
    );
    commands.push(...run);
  }
  const fleet = collector === null ? undefined : await collector.fleet(job.machines?.length ?? 0);
  /** Breaks the network otherwise, and mends what is no more. */
  const change = async (next: readonly Fault[]): Promise<void> => {
    authority = authorityAnswerer(world, nameFaults(next).authority);
    origins.change(next);
    hostFiles('cli', { ...ofNetwork, ...namingOf(next) });
    await provideNames(next);
    await serveBoxes(next);
    await route(next);
  };
  const setOffset = (ms: number): void => {
    offsetMs = ms;
  };
  const told =
    story === null
      ? undefined
      : await story.play(
          { change, setOffset },
          (job.story?.command ?? []).map((text) => fill(text, values)),
          values.CONTROL,
          { env, cwd: `${folder}/home`, timeoutMs: job.commandTimeoutMs },
        );
  for (const argv of job.machines === undefined ? job.commands : []) {
    const filled = argv.map((text) => fill(text, values));
    const limit = options.openFiles;
    const [command, args] = onHost(
      'cli',
      limit === undefined ? filled : ['sh', '-c', `ulimit -n ${limit}; exec "$@"`, 'limited', ...filled],
    );
    commands.push(await run(command, args, { env, timeoutMs: job.commandTimeoutMs, cwd: `${folder}/home` }));
  }
  mark('commands');
  return {
    marks,
    commands,
    ...(told === undefined ? {} : { story: told }),
    ...(fleet === undefined ? {} : { fleet }),
    traffic: { ...(await counters()), arrived: arrivals.length, peakPerSecond: peak(arrivals) },
    arrivals: arrivals.map(({ host, port }) => `${host}:${port}`),
  };
}

const [, , jobFile = '', resultFile = ''] = process.argv;
const job = JSON.parse(readFileSync(jobFile, 'utf8')) as LabJob;
const result = await perform(job).catch(
  (error: unknown): JobResult => ({
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    marks: {},
    commands: [],
    traffic: { sent: 0, spoken: 0, opened: 0, arrived: 0, peakPerSecond: 0 },
    arrivals: [],
  }),
);
const out = openSync(resultFile, 'w');
const bytes = Buffer.from(JSON.stringify(result));
for (let offset = 0; offset < bytes.length; ) offset += writeSync(out, bytes, offset);
closeSync(out);
// The first process of its pid namespace: when it ends the kernel ends all others in it.
process.exit(result.error === undefined ? 0 : 1);
