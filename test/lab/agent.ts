/**
 * The process inside the sealed namespaces: builds the lab of one scenario, runs commands on the client, reports.
 * It is the internet itself (its own namespace), so origins and the authority need no process of their own.
 */

import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { closeSync, mkdirSync, openSync, readFileSync, readlinkSync, writeFileSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { type AuthorityFiles, writeAuthority } from './authority-files.ts';
import type { BoxesConfiguration } from './boxes.ts';
import { readCatalog, vendorHosts, writeLabCatalog } from './catalog.ts';
import { forClients, routerRules, steeredPorts } from './firewall.ts';
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
  HIDDEN_RESOLVER,
  hostFiles,
  must,
  onHost,
  PROXY,
  RESOLVER,
  run,
  startOn,
} from './network.ts';
import { type Arrival, startOrigins } from './origins.ts';
import { createLabPki, type LabPki } from './pki.ts';
import { needsSquid, prepareSquid, SQUID_INTERCEPT_PORT } from './squid.ts';
import { catalogNames, createWorld, crowdNames, PUBLIC_RESOLVERS, type World } from './world.ts';

const MACHINE_STORE = '/etc/ssl/certs/ca-certificates.crt';
/** What the desktop's tool says where the proxy is to be found automatically. */
const DISCOVERING_DESKTOP = `#!/bin/sh
echo "org.gnome.system.proxy autoconfig-url ''"
echo "org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1']"
echo "org.gnome.system.proxy mode 'auto'"
`;
const DAY_MS = 86_400_000;

/** Waits until `probe` says yes, every 15 ms, for ten seconds. */
async function until(what: string, probe: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 10_000; performance.now() < end; ) {
    if (await probe()) return;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error(`${what} did not start`);
}

/** Whether a name server at the address answers anything. */
function answersNames(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const done = (yes: boolean) => {
      clearTimeout(timer);
      socket.close();
      resolve(yes);
    };
    const timer = setTimeout(() => done(false), 150);
    socket.once('message', () => done(true));
    socket.once('error', () => done(false));
    const question = Buffer.concat([
      Buffer.from('0001010000010000000000000005', 'hex').subarray(0, 12),
      Buffer.from('\x05proxy\x04corp\x07example\0', 'latin1'),
      Buffer.from([0, 1, 0, 1]),
    ]);
    socket.send(question, 53, address);
  });
}

function accepts(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.setTimeout(200, () => socket.destroy());
    socket.on('connect', () => {
      resolve(true);
      socket.destroy();
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}

/**
 * One-way delay of the client's link; null for a plain wire. A fault that answers by ICMP gets one as well where that is
 * possible: over a plain wire the error arrives while the sender still holds its socket, and Linux then only acts on
 * the error of the next try, a second later.
 */
function delayOf(job: LabJob): number | null {
  const { faults } = job.scenario;
  const asked = faults.find((fault) => fault.kind === 'delay');
  if (asked !== undefined) return asked.ms;
  const byIcmp = faults.some(
    (fault) =>
      fault.kind === 'packets' && fault.action !== 'drop' && fault.action !== 'reset' && fault.percent === undefined,
  );
  return byIcmp && job.delayRouter !== null ? 1 : null;
}

async function startDelay(job: LabJob, ms: number): Promise<void> {
  const child = spawn(job.delayRouter ?? '', ['cli', 'eth0', 'fw', 'lan', String(ms)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the delay router ended: ${said}`)));
    child.stdout.once('data', () => resolve());
  });
}

async function startBoxes(job: LabJob, authorities: readonly AuthorityFiles[], skewMs: number): Promise<void> {
  const { faults } = job.scenario;
  const kinds = new Set(['portal', 'transparent', 'inspection', 'http-tamper', 'proxy', 'pac']);
  if (!faults.some((fault) => kinds.has(fault.kind)) && nameFaults(faults).box.length === 0) return;
  const steered = steeredPorts(faults);
  if (steered.length > 0) {
    // Whatever the router hands over is local here, so the boxes see the addresses that the client meant. IPv4 sends
    // answers only from addresses in the local table itself, so that table is asked for arriving packets alone.
    await configure('dmz', [
      'route add local default dev lo table local',
      'rule add iif eth0 priority 10 lookup local',
      'rule add to 127.0.0.0/8 priority 11 lookup local',
      ...[RESOLVER[4], HIDDEN_RESOLVER, BOX[4], PROXY[4]].map((own) => `rule add to ${own} priority 12 lookup local`),
      'rule del priority 0',
      '-6 route add local default dev lo table 300',
      '-6 rule add iif eth0 priority 10 lookup 300',
    ]);
  }
  const configuration: BoxesConfiguration = { faults, authorities, skewMs };
  const child = startOn('dmz', [process.execPath, job.boxesProgram, 'serve'], JSON.stringify(configuration));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('exit', (code) => reject(new Error(`the boxes ended with status ${code}: ${said}`)));
    child.stdout?.once('data', () => resolve());
  });
  child.removeAllListeners('exit');
}

async function startSquid(job: LabJob, folder: string, authorities: readonly AuthorityFiles[], publicRoots: string) {
  const { faults } = job.scenario;
  if (!needsSquid(faults)) return;
  const company = authorities.find((row) => row.id === 'company') ?? null;
  const command = await prepareSquid(faults, `${folder}/squid`, company, publicRoots);
  if (faults.some((fault) => fault.kind === 'inspection' && fault.by === 'squid')) {
    const table = (family: 'ip' | 'ip6') =>
      `table ${family} squid {\n chain in {\n type nat hook prerouting priority -100;\n iif eth0 tcp dport 443 redirect to :${SQUID_INTERCEPT_PORT}\n }\n}\n`;
    await must('ip', ['netns', 'exec', 'dmz', 'nft', '-f', '-'], { input: table('ip') + table('ip6') });
  }
  const child = startOn('dmz', command);
  let ended = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    ended += text;
  });
  const port = faults.find((fault) => fault.kind === 'squid')?.port ?? 3128;
  await until('squid', () => accepts(port, '10.77.2.30')).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${ended}`);
  });
}

async function applyFaults(
  job: LabJob,
  world: World,
  pki: LabPki,
  authorities: readonly AuthorityFiles[],
): Promise<void> {
  const { faults } = job.scenario;
  const rules = forClients(routerRules(world, faults), job.machines?.length ?? 1);
  await must('ip', ['netns', 'exec', 'fw', 'nft', '-f', '-'], { input: rules.nft });
  if (rules.iptables) {
    await must('ip', ['netns', 'exec', 'fw', 'iptables-restore', '--noflush'], { input: rules.iptables[4] });
    await must('ip', ['netns', 'exec', 'fw', 'ip6tables-restore', '--noflush'], { input: rules.iptables[6] });
  }
  if (rules.ip.length > 0) await configure('fw', rules.ip);
  if (rules.internetIp.length > 0) await configure(null, rules.internetIp);
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
  const { faults } = scenario;
  const options = scenario.world ?? {};
  const families = options.nat64 === true ? ([6] as const) : (options.families ?? ([4, 6] as const));
  const files = job.catalog ?? readCatalog(job.catalogFolder);
  const world = createWorld(catalogNames(files), options);
  const skewMs = (options.skewDays ?? 0) * DAY_MS;
  const internetNow = new Date(Date.now() + skewMs);
  const folder = `${job.folder}/inside`;
  mkdirSync(folder, { recursive: true });
  const delay = delayOf(job);
  const names = nameFaults(faults);
  const hostsFile = faults
    .filter((fault) => fault.kind === 'hosts-file')
    .map((fault) => entriesOf(fault.entries))
    .join('');
  const resolvConf = faults.find((fault) => fault.kind === 'resolv-conf');
  const resolvers = resolvConf?.servers ?? [families.includes(4) ? RESOLVER[4] : RESOLVER[6]];
  const discovers = faults.some((fault) => fault.kind === 'discovery');
  const search = resolvConf?.search ?? (discovers ? [INTERNAL_ZONE] : []);
  // The C library's defaults are 5 s and 2 tries; a lab that asks the system about silent resolvers can't wait that long.
  const resolverOptions = resolvConf?.options ?? ['timeout:1', 'attempts:2'];
  const sources = faults.find((fault) => fault.kind === 'nsswitch')?.hosts ?? 'files dns';
  const naming = { resolvers, hosts: hostsFile, search, resolverOptions, sources };
  const ofNetwork = { ...naming, families, delay: delay !== null };
  const network = createNetwork(ofNetwork);
  const vendors = vendorHosts(files);
  const pki = createLabPki(internetNow, (name) => vendors.has(name), options.expiredRoot === true);
  const authorities = (['company', 'antivirus'] as const).map((id) => writeAuthority(id, folder, internetNow));
  writeFileSync(`${folder}/public-roots.pem`, pki.root.pem + pki.vendorRoot.pem + pki.uncommonRoot.pem);
  writeLabCatalog(files, `${folder}/endpoints`, pki);
  mark('pki');
  await network;
  mark('network');
  writeFileSync(
    `${folder}/unbound.conf`,
    unboundConfiguration(world, names.unbound, { hidden: names.box.length > 0, nat64: options.nat64 === true }),
  );
  const unbound = startOn('dmz', ['unbound', '-d', '-c', `${folder}/unbound.conf`]);
  let unboundSaid = '';
  unbound.stderr?.setEncoding('utf8').on('data', (text: string) => {
    unboundSaid += text;
  });
  const arrivals: Arrival[] = [];
  const listening = [AUTHORITY, ...PUBLIC_RESOLVERS];
  await Promise.all([
    startNameServer(listening, authorityAnswerer(world, names.authority)),
    startOrigins({ world, files, pki, faults, skewMs, arrivals }),
    startBoxes(job, authorities, skewMs),
    startSquid(job, folder, authorities, `${folder}/public-roots.pem`),
    until('unbound', () => answersNames(HIDDEN_RESOLVER)).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${unboundSaid}`);
    }),
  ]);
  mark('servers');
  if (delay !== null) {
    await startDelay(job, delay);
    await clientLink(families, false);
  }
  await applyFaults(job, world, pki, authorities);
  mark('faults');
  arrivals.length = 0;

  const crowd = crowdNames(options.crowd ?? 0).map((name) => `http://${name}/\n`);
  writeFileSync(`${folder}/crowd`, crowd.join(''));
  const values = {
    CROWD: `${folder}/crowd`,
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
