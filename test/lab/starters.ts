/** Starts what stands between the client and the internet, anew where other faults want it otherwise. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { AuthorityFiles } from './authority-files.ts';
import type { BoxesConfiguration } from './boxes.ts';
import { forClients, routerRules, steeredPorts } from './firewall.ts';
import type { LabJob } from './job.ts';
import { nameFaults } from './names.ts';
import { BOX, configure, HIDDEN_RESOLVER, must, PROXY, RESOLVER, startOn } from './network.ts';
import type { Fault } from './scenario.ts';
import { needsSquid, prepareSquid, SQUID_INTERCEPT_PORT } from './squid.ts';
import type { World } from './world.ts';

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

/** What a child writes to standard error, for whoever has to say why it did not start. */
function saidBy(child: ChildProcess): () => string {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return () => said;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/**
 * One-way delay of the client's link; null for a plain wire. A fault that answers by ICMP gets one as well where that is
 * possible: over a plain wire the error arrives while the sender still holds its socket, and Linux then only acts on
 * the error of the next try, a second later.
 */
export function delayOf(job: LabJob): number | null {
  const { faults } = job.scenario;
  const asked = faults.find((fault) => fault.kind === 'delay');
  if (asked !== undefined) return asked.ms;
  const byIcmp = faults.some(
    (fault) =>
      fault.kind === 'packets' && fault.action !== 'drop' && fault.action !== 'reset' && fault.percent === undefined,
  );
  return byIcmp && job.delayRouter !== null ? 1 : null;
}

export async function startDelay(job: LabJob, ms: number): Promise<void> {
  const child = spawn(job.delayRouter ?? '', ['cli', 'eth0', 'fw', 'lan', String(ms)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = saidBy(child);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`the delay router ended: ${said()}`)));
    child.stdout.once('data', () => resolve());
  });
}

/** The company's recursive resolver. With another configuration it starts anew, with nothing remembered. */
export function createResolver(folder: string): (configuration: string) => Promise<void> {
  let running: { readonly child: ChildProcess; readonly configuration: string } | null = null;
  return async (configuration) => {
    if (running?.configuration === configuration) return;
    if (running !== null) await end(running.child);
    const file = `${folder}/unbound.conf`;
    writeFileSync(file, configuration);
    const child = startOn('dmz', ['unbound', '-d', '-c', file]);
    running = { child, configuration };
    const said = saidBy(child);
    await until('unbound', () => answersNames(HIDDEN_RESOLVER)).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${said()}`);
    });
  };
}

const boxed = new Set<Fault['kind']>(['portal', 'transparent', 'inspection', 'http-tamper', 'proxy', 'pac']);

/** Whatever the router hands over is local here, so the boxes see the addresses that the client meant. */
const takeOver = (): Promise<void> =>
  // IPv4 sends answers only from addresses in the local table itself, so that table is asked for arriving packets alone.
  configure('dmz', [
    'route add local default dev lo table local',
    'rule add iif eth0 priority 10 lookup local',
    'rule add to 127.0.0.0/8 priority 11 lookup local',
    ...[RESOLVER[4], HIDDEN_RESOLVER, BOX[4], PROXY[4]].map((own) => `rule add to ${own} priority 12 lookup local`),
    'rule del priority 0',
    '-6 route add local default dev lo table 300',
    '-6 rule add iif eth0 priority 10 lookup 300',
  ]);

/** The process of the boxes that these faults want; none where they want none. */
export function createBoxes(
  program: string,
  authorities: readonly AuthorityFiles[],
  skewMs: number,
): (faults: readonly Fault[]) => Promise<void> {
  let running: { readonly child: ChildProcess; readonly wanted: string } | null = null;
  let takesOver = false;
  return async (faults) => {
    const concerned = [...faults.filter(({ kind }) => boxed.has(kind)), ...nameFaults(faults).box];
    const wanted = JSON.stringify(concerned);
    if (running?.wanted === wanted) return;
    if (running !== null) await end(running.child);
    running = null;
    if (concerned.length === 0) return;
    if (steeredPorts(faults).length > 0 && !takesOver) {
      takesOver = true;
      await takeOver();
    }
    const configuration: BoxesConfiguration = { faults: concerned, authorities, skewMs };
    const child = startOn('dmz', [process.execPath, program, 'serve'], JSON.stringify(configuration));
    running = { child, wanted };
    const said = saidBy(child);
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the boxes ended with status ${code}: ${said()}`)));
      child.stdout?.once('data', () => resolve());
    });
    child.removeAllListeners('exit');
  };
}

export async function startSquid(
  { scenario: { faults } }: LabJob,
  folder: string,
  authorities: readonly AuthorityFiles[],
  publicRoots: string,
): Promise<void> {
  if (!needsSquid(faults)) return;
  const company = authorities.find((row) => row.id === 'company') ?? null;
  const command = await prepareSquid(faults, `${folder}/squid`, company, publicRoots);
  if (faults.some((fault) => fault.kind === 'inspection' && fault.by === 'squid')) {
    const table = (family: 'ip' | 'ip6') =>
      `table ${family} squid {\n chain in {\n type nat hook prerouting priority -100;\n iif eth0 tcp dport 443 redirect to :${SQUID_INTERCEPT_PORT}\n }\n}\n`;
    await must('ip', ['netns', 'exec', 'dmz', 'nft', '-f', '-'], { input: table('ip') + table('ip6') });
  }
  const said = saidBy(startOn('dmz', command));
  const port = faults.find((fault) => fault.kind === 'squid')?.port ?? 3128;
  await until('squid', () => accepts(port, '10.77.2.30')).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${said()}`);
  });
}

/** The router's rules for these faults, in place of those before. */
export function createRouter(world: World, clients: number): (faults: readonly Fault[]) => Promise<void> {
  let before = '';
  let back: readonly string[] = [];
  let searches = false;
  return async (faults) => {
    const rules = forClients(routerRules(world, faults), clients);
    if (JSON.stringify(rules) === before) return;
    before = JSON.stringify(rules);
    const fresh = 'add table inet lab\ndelete table inet lab\n';
    await must('ip', ['netns', 'exec', 'fw', 'nft', '-f', '-'], { input: fresh + rules.nft });
    if (rules.iptables !== null || searches) {
      const none = '*filter\n-F FORWARD\nCOMMIT\n';
      const [four, six] = [rules.iptables?.[4] ?? none, rules.iptables?.[6] ?? none];
      await must('ip', ['netns', 'exec', 'fw', 'iptables-restore', '--noflush'], { input: four });
      await must('ip', ['netns', 'exec', 'fw', 'ip6tables-restore', '--noflush'], { input: six });
      searches = rules.iptables !== null;
    }
    if (back.length > 0) await configure('fw', back);
    if (rules.ip.length > 0) await configure('fw', rules.ip);
    if (rules.internetIp.length > 0) await configure(null, rules.internetIp);
    back = rules.ip.filter((line) => line.includes(' add ')).map((line) => line.replace(' add ', ' del '));
  };
}
