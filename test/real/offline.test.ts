/** A machine that is offline sends nothing: packets counted by the kernel, in a namespace whose network would take them. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandName } from '../../src/cli/flags.ts';
import { ensureBuilt, program } from '../cli/program.ts';
import { recorded } from '../report/recorded.ts';
import { lacking, PATH } from './parts.ts';

const missing = lacking({ ip: 'iproute2', unshare: 'util-linux' }, true);
const folder = mkdtempSync(join(tmpdir(), 'wayclear-offline-'));
afterAll(() => rmSync(folder, { recursive: true }));

const web = ['https://a.example/', 'http://10.9.0.9/', '10.9.0.9:443'];
const state = ['--state', 'state'];

interface Lines {
  /** What does its work without a packet. */
  readonly done?: readonly (readonly string[])[];
  /** What would send one: refused, with 2 and a line that says what carries instead. */
  readonly refused?: readonly (readonly string[])[];
  /** What would reach for a store that is elsewhere. */
  readonly unreached?: readonly (readonly string[])[];
}

const elsewhere = ['--store', 'postgres://u:p@10.9.0.9/w'];
const service = ['--catalog', 'm365:worldwide', '--deadline', '5s'];
const sends = ['--send', 'https://10.9.0.9:8443', ...state];
const lines: Readonly<Record<CommandName, Lines>> = {
  check: {
    refused: [
      [...web, '--timeout', '1s'],
      ['tenant-attach', '--proxy', 'pac+http://10.9.0.9/proxy.pac', '--timeout', '1s'],
      ['tenant-attach', ...service],
      [...web, '--timeout', '1s', ...sends],
    ],
    done: [
      ['tenant-attach', '--offline', '--fail-on', 'never'],
      ['tenant-attach', '--offline', '--fail-on', 'never', ...sends],
    ],
  },
  plan: {
    refused: [['tenant-attach', ...service]],
    done: [['tenant-attach', '--proxy', 'pac+http://10.9.0.9/proxy.pac']],
  },
  list: { refused: [service], done: [[]] },
  allowlist: { refused: [service], done: [['tenant-attach']] },
  watch: {
    refused: [
      ['tenant-attach', '--once', '--store', 'w.db'],
      ['tenant-attach', '--once', '--store', 'w.db', ...sends],
    ],
    done: [['--print', 'cron']],
  },
  history: { unreached: [elsewhere], done: [['--store', 'looks.db']] },
  incidents: { unreached: [elsewhere], done: [['--store', 'looks.db']] },
  store: { unreached: [['check', 'postgres://u:p@10.9.0.9/w']], done: [['check', 'looks.db']] },
  explain: { done: [['tls.inspection']] },
  diagnose: { done: [['report.json', '--fail-on', 'never']] },
  diff: { done: [['report.json', 'report.json']] },
  doctor: { done: [[]] },
  // To this machine alone: the kernel sees it on the loopback interface, which is not counted.
  demo: { done: [['--quiet']] },
  'carry key': { done: [state] },
  'carry prepare': { done: [[...web, '--out', 'other.txt', ...state]] },
  'carry show': { done: [['request.txt']] },
  'carry connect': { refused: [['request.txt', '--out', 'other.txt', ...state]] },
  'carry import': { done: [['result.txt', '--fail-on', 'never', ...state]] },
  'collect token': { unreached: [elsewhere], done: [['--store', 'fleet.db']] },
  'collect tokens': { unreached: [elsewhere], done: [['--store', 'fleet.db']] },
  'collect withdraw': { unreached: [['0123456789ab', ...elsewhere]] },
  'collect machines': { unreached: [elsewhere], done: [['--store', 'fleet.db']] },
  'collect audit': { unreached: [elsewhere], done: [['--store', 'fleet.db']] },
  'collect admit': { unreached: [['0123456789abcdef', ...elsewhere]] },
  'collect revoke': { unreached: [['0123456789abcdef', ...elsewhere]] },
  collect: { refused: [['--listen', ':0', '--store', 'fleet.db']] },
  schema: { done: [['report']] },
  completion: { done: [['bash']] },
  version: { done: [[]] },
};
const linesOf = (kind: keyof Lines): readonly (readonly [string, readonly string[]])[] =>
  Object.entries(lines).flatMap(([command, some]) =>
    (some[kind] ?? []).map((words) => {
      const line = [...command.split(' '), ...words];
      return [line.join(' '), line] as const;
    }),
  );

interface Ran {
  readonly status: number;
  readonly stderr: string;
  readonly packets: number;
}

/**
 * A namespace with one interface that takes whatever is sent, and a neighbour that never answers. The kernel's own packets (router
 * solicitations and the like) are off. How many packets left while a command ran is what its interface counted.
 */
const network = `set -e
ip link set lo up
ip link add out type veth peer name nobody
echo 1 > /proc/sys/net/ipv6/conf/out/disable_ipv6
echo 1 > /proc/sys/net/ipv6/conf/nobody/disable_ipv6
ip link set nobody up
ip link set out address 02:00:00:00:00:01 up
ip address add 10.9.0.2/24 dev out
ip neighbour add 10.9.0.1 lladdr 02:00:00:00:00:02 dev out
ip neighbour add 10.9.0.9 lladdr 02:00:00:00:00:09 dev out
ip route add default via 10.9.0.1
mount --bind resolv.conf /etc/resolv.conf
sent() { awk '$1 == "out:" { print $11 }' /proc/net/dev; }
before=$(sent); set +e
"$@" > stdout 2> stderr; status=$?
echo "$status $(( $(sent) - before ))"`;

function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  const { stdout, stderr } = spawnSync(
    'unshare',
    [
      '--net',
      '--mount',
      '--propagation',
      'private',
      'sh',
      '-c',
      network,
      'offline',
      process.execPath,
      program,
      ...words,
    ],
    { cwd: folder, env: { PATH, HOME: folder, LANG: 'C', ...env }, encoding: 'utf8', timeout: 60_000 },
  );
  const [status, packets] = stdout.trim().split(' ').map(Number);
  if (status === undefined || packets === undefined || Number.isNaN(packets)) throw new Error(`no network: ${stderr}`);
  return { status, packets, stderr: readFileSync(join(folder, 'stderr'), 'utf8') };
}

const offline = { WAYCLEAR_MODE: 'offline' };

describe.skipIf(missing !== null)('offline', { timeout: 120_000 }, () => {
  beforeAll(() => {
    ensureBuilt();
    writeFileSync(join(folder, 'report.json'), JSON.stringify(recorded['dns-dead']()));
    writeFileSync(join(folder, 'resolv.conf'), 'nameserver 10.9.0.1\noptions timeout:1 attempts:1\n');
    run(['carry', 'prepare', ...web, '--out', 'request.txt', ...state]);
    run(['carry', 'connect', 'request.txt', '--out', 'result.txt', '--timeout', '1s', ...state]);
    run(['check', '10.9.0.9:443', '--store', 'looks.db', '--timeout', '1s']);
  });

  it.each([
    ['check', [...web, '--timeout', '1s']],
    ['list, for a catalog', ['list', '--catalog', 'm365:worldwide', '--deadline', '5s', '--no-bundled']],
    ['carry connect', ['carry', 'connect', 'request.txt', '--out', 'other.txt', '--timeout', '1s', ...state]],
  ])('the packets of an online machine are counted: %s', (_, words) => {
    expect(run(words).packets).toBeGreaterThan(0);
  });

  it.each(linesOf('refused'))('no packet leaves, and what carries instead is told: %s', (_, words) => {
    const { status, stderr, packets } = run(words, offline);
    expect([status, packets], stderr).toEqual([2, 0]);
    const [line, hint] = stderr.trim().split('\n');
    expect(line).toMatch(/^wayclear: WAYCLEAR_MODE is offline, and /);
    expect(hint).toMatch(/carry prepare|carry connect|connected machine/);
  });

  it.each(linesOf('unreached'))('no packet leaves for a store that is elsewhere: %s', (_, words) => {
    const { status, stderr, packets } = run(words, offline);
    expect([status, packets], stderr).toEqual([2, 0]);
    expect(stderr).toMatch(
      /^wayclear: WAYCLEAR_MODE is offline, and the store \S+ is reached over the network\n.*store copy/,
    );
  });

  it.each(linesOf('done'))('no packet leaves, and all is done: %s', (_, words) => {
    const { status, stderr, packets } = run(words, offline);
    expect(packets, stderr).toBe(0);
    // Whether the demonstration's own servers were all explained in time is not asked here.
    expect(words[0] === 'demo' ? Math.min(status, 0) : status, stderr).toBe(0);
  });

  it.each([
    ['--mode offline', ['--mode', 'offline'], {}, null],
    ['its own configuration', [], { XDG_CONFIG_HOME: folder }, 'wayclear/config.json'],
    ['a file that is named', ['--config', 'named.json'], {}, 'named.json'],
    ['the file of the folder', [], {}, 'wayclear.config.json'],
    ['the file of the folder, though another file is named', ['--config', 'online.json'], {}, 'wayclear.config.json'],
    [
      'its own configuration, though another file is named',
      ['--config', 'online.json'],
      { XDG_CONFIG_HOME: folder },
      'wayclear/config.json',
    ],
    [
      'its own configuration, though everybody else says online',
      ['--mode', 'online'],
      { XDG_CONFIG_HOME: folder, WAYCLEAR_MODE: 'online' },
      'wayclear/config.json',
    ],
  ])('a machine is offline by %s', (_, flags, env, file) => {
    spawnSync('mkdir', ['-p', join(folder, 'wayclear')]);
    writeFileSync(join(folder, 'online.json'), '{"mode":"online"}');
    const path = file === null ? null : join(folder, file);
    if (path !== null) writeFileSync(path, '{"mode":"offline"}');
    const { status, packets, stderr } = run([...web, ...flags], env);
    if (path !== null && existsSync(path)) rmSync(path);
    expect([status, packets], stderr).toEqual([2, 0]);
  });

  it('what a collector would get waits on the disk', () => {
    const own = (): number =>
      readdirSync(join(folder, 'spooled', 'spool')).filter((name) => /\.(bad|good)$/.test(name)).length;
    const place = [...sends.slice(0, 2), '--state', 'spooled'];
    for (const env of [{}, offline]) {
      const { status, packets, stderr } = run(['tenant-attach', '--offline', '--fail-on', 'never', ...place], env);
      expect([status, packets], stderr).toEqual([0, 0]);
      expect(stderr).toMatch(/waits? in the spool/);
    }
    expect(own()).toBe(2);
  });

  it('a file of the folder does not put it online', () => {
    writeFileSync(join(folder, 'wayclear.config.json'), '{"mode":"online"}');
    const { status, packets } = run(web, offline);
    rmSync(join(folder, 'wayclear.config.json'));
    expect([status, packets]).toEqual([2, 0]);
  });
});
