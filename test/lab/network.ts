/**
 * The hosts of the lab as network namespaces, made from inside the sealed wrapper (sealed.ts).
 *
 *   cli 10.77.1.10 ── lan · fw · wan ── (this process's own namespace) the internet, 20.0.0.0/8
 *                           └── dmz ── dmz 10.77.2.10 resolver, .20 boxes on the path, .30 proxy
 *
 * IPv6 runs in parallel: fd77:1::10, fd77:2::10, 2603:1000::/24. The internet answers on every address of its
 * ranges (Linux calls it AnyIP: a `local` route); whatever else is sent there vanishes, as unrouted space does.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { INTERNET_V4, INTERNET_V6, NAT64_PREFIX, PRIVATE_V4, PUBLIC_RESOLVERS } from './world.ts';

/** `cli2`, `cli3` …: further clients of the same router. */
export type HostName = 'cli' | 'fw' | 'dmz' | `cli${number}`;

const CLIENT = { 4: '10.77.1.10', 6: 'fd77:1::10' } as const;
export const RESOLVER = { 4: '10.77.2.10', 6: 'fd77:2::10' } as const;
/** Where the recursive resolver listens while a name server of the lab's own stands in its place. */
export const HIDDEN_RESOLVER = '10.77.2.12';
export const BOX = { 4: '10.77.2.20', 6: 'fd77:2::20' } as const;
export const PROXY = { 4: '10.77.2.30', 6: 'fd77:2::30' } as const;
/** The one authoritative server for every name. */
export const AUTHORITY = '20.255.0.53';

export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly cwd?: string;
}

/** Runs a command to its end; 64 MiB of output at most. Status 128 + signal if it was killed, 127 if it can't start. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(command, args, {
      env: options.env ?? process.env,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs, killSignal: 'SIGKILL' }),
    });
    let [stdout, stderr] = ['', ''];
    const done = (status: number) => resolve({ status, stdout, stderr, ms: performance.now() - started });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.length < 67_108_864) stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < 1_048_576) stderr += text;
    });
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      stderr += error.message;
      done(127);
    });
    child.on('close', (code, signal) => done(code ?? (signal === 'SIGKILL' ? 137 : 143)));
    child.stdin.end(options.input ?? '');
  });
}

/** As `run`, and an error tells what failed. */
export async function must(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await run(command, args, options);
  if (result.status !== 0) {
    const input = options.input === undefined ? '' : `\n${options.input.slice(0, 2000)}`;
    throw new Error(`${command} ${args.join(' ')}: status ${result.status}\n${result.stderr}${input}`);
  }
  return result.stdout;
}

/** Command line that runs something on a host, with that host's resolv.conf, hosts and nsswitch.conf. */
export const onHost = (host: HostName, argv: readonly string[]): readonly [string, readonly string[]] => [
  'ip',
  ['netns', 'exec', host, ...argv],
];

/** A server on a host that runs until the lab ends. */
export function startOn(host: HostName, argv: readonly string[], input = ''): ChildProcess {
  const child = spawn('ip', ['netns', 'exec', host, ...argv], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  return child;
}

/** This runtime with a script, on the internet itself, until the lab ends. */
export const startOnInternet = (argv: readonly string[]): ChildProcess =>
  spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'pipe'] });

const FALLBACK_DEVICES = /^(lo|tunl0|sit0|ip6tnl0|gre0|gretap0|erspan0|ip_vti0|ip6_vti0|ip6gre0)$/;

/**
 * Throws unless this process is alone in a network namespace without any way out: public addresses are used in here.
 * `outside` is what /proc/self/ns/net read as outside the wrapper.
 */
export function assertSealed(outside: string, inside: string): void {
  if (outside === '' || outside === inside) throw new Error('the network lab runs in its own network namespace only');
  const devices = readFileSync('/proc/net/dev', 'utf8')
    .split('\n')
    .slice(2)
    .map((line) => line.split(':')[0]?.trim() ?? '')
    .filter((name) => name !== '');
  const strange = devices.filter((name) => !FALLBACK_DEVICES.test(name));
  if (strange.length > 0) throw new Error(`the lab's namespace is not empty: ${strange.join(' ')}`);
}

type HostFiles = Pick<NetworkOptions, 'resolvers'> & Partial<NetworkOptions>;

/** The files of a host that say how it looks names up. */
export function hostFiles(host: HostName, options: HostFiles): void {
  const { resolvers, hosts = '', search = [], resolverOptions = [], sources = 'files dns' } = options;
  mkdirSync(`/etc/netns/${host}`, { recursive: true });
  writeFileSync(
    `/etc/netns/${host}/resolv.conf`,
    resolvers.map((server) => `nameserver ${server}\n`).join('') +
      (resolvers.length > 0 && resolverOptions.length > 0 ? `options ${resolverOptions.join(' ')}\n` : '') +
      (search.length === 0 ? '' : `search ${search.join(' ')}\n`),
  );
  writeFileSync(`/etc/netns/${host}/hosts`, `127.0.0.1 localhost\n::1 localhost\n${hosts}`);
  writeFileSync(`/etc/netns/${host}/nsswitch.conf`, `hosts: ${sources}\n`);
}

export interface NetworkOptions {
  readonly families: readonly (4 | 6)[];
  readonly resolvers: readonly string[];
  /** Further lines of the client's hosts file. */
  readonly hosts: string;
  /** The client's search list, options of `resolv.conf`, and sources of names in `nsswitch.conf`. */
  readonly search: readonly string[];
  readonly resolverOptions: readonly string[];
  readonly sources: string;
  /** The client is joined to the router by the delay router instead of a wire. */
  readonly delay: boolean;
}

const SYSCTL =
  'for i in all default; do echo 0 > /proc/sys/net/ipv6/conf/$i/accept_dad; echo 0 > /proc/sys/net/ipv6/conf/$i/accept_ra; echo 0 > /proc/sys/net/ipv4/conf/$i/rp_filter; done 2>/dev/null; ' +
  'echo "1024 65535" > /proc/sys/net/ipv4/ip_local_port_range 2>/dev/null; ' +
  'echo 0 > /proc/sys/net/ipv4/icmp_ratelimit 2>/dev/null; echo 0 > /proc/sys/net/ipv6/icmp/ratelimit 2>/dev/null; ';

/** Lines of ip(8), as one process; those that start with `-6 ` (which a batch doesn't know) as a second one after them. */
async function batch(host: HostName | null, lines: readonly string[]): Promise<void> {
  for (const flag of ['', '-6 ']) {
    const own = lines.filter((line) => line.startsWith('-6 ') === (flag !== '')).map((line) => line.slice(flag.length));
    if (own.length === 0) continue;
    const args = [...(host === null ? [] : ['-n', host]), ...(flag === '' ? [] : ['-6']), '-batch', '-'];
    await must('ip', args, { input: `${own.join('\n')}\n` });
  }
}

const mac = (link: number, end: 'host' | 'router'): string => `02:00:00:00:0${link}:0${end === 'host' ? 2 : 1}`;

const wire = (host: HostName | null, device: string, link: number): string =>
  `link add eth0 ${host === null ? '' : `netns ${host} `}address ${mac(link, 'host')} type veth peer name ${device} address ${mac(link, 'router')} netns fw`;

/** Known neighbours: discovery in a fresh IPv6 link would make the first packet wait for a second. */
const neighbours = (device: string, address: string, addresses: readonly string[]): readonly string[] =>
  addresses.map((neighbour) => `neigh replace ${neighbour} lladdr ${address} dev ${device} nud permanent`);

/** The client's and the router's ends of the link between them; devices must be there. */
export async function clientLink(families: readonly (4 | 6)[], wired: boolean): Promise<void> {
  const four = families.includes(4);
  const six = families.includes(6);
  await batch('fw', [
    'addr add 10.77.1.1/24 dev lan',
    'addr add fd77:1::1/64 dev lan nodad',
    'link set lan up txqueuelen 10000',
    'route replace 10.77.1.0/24 dev lan',
    ...(wired ? neighbours('lan', mac(1, 'host'), [CLIENT[4], CLIENT[6]]) : []),
  ]);
  await batch('cli', [
    ...(four ? [`addr add ${CLIENT[4]}/24 dev eth0`] : []),
    ...(six ? [`addr add ${CLIENT[6]}/64 dev eth0 nodad`] : []),
    'link set eth0 up txqueuelen 10000',
    ...(wired ? neighbours('eth0', mac(1, 'router'), ['10.77.1.1', 'fd77:1::1']) : []),
    ...(four ? ['route add default via 10.77.1.1'] : []),
    ...(six ? ['-6 route add default via fd77:1::1'] : []),
  ]);
}

/** Makes the hosts and the links between them. Takes about a tenth of a second. */
export async function createNetwork(options: NetworkOptions): Promise<void> {
  hostFiles('cli', options);
  hostFiles('fw', { resolvers: [] });
  hostFiles('dmz', { resolvers: [RESOLVER[4]] });
  await batch(null, ['netns add fw', 'netns add cli', 'netns add dmz', 'link set lo up']);
  await Promise.all([
    must('sh', ['-c', SYSCTL]),
    must('ip', ['netns', 'exec', 'cli', 'sh', '-c', SYSCTL]),
    must('ip', ['netns', 'exec', 'dmz', 'sh', '-c', SYSCTL]),
    must('ip', [
      'netns',
      'exec',
      'fw',
      'sh',
      '-c',
      `${SYSCTL} echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding`,
    ]),
  ]);
  await batch(null, [
    wire(null, 'wan', 2),
    wire('dmz', 'dmz', 3),
    ...(options.delay ? [] : [wire('cli', 'lan', 1)]),
    'addr add 20.255.255.2/30 dev eth0',
    'addr add 2603:10ff:ffff::2/64 dev eth0 nodad',
    'link set eth0 up',
    ...neighbours('eth0', mac(2, 'router'), ['20.255.255.1', '2603:10ff:ffff::1']),
    'route add default via 20.255.255.1',
    '-6 route add default via 2603:10ff:ffff::1',
    `route add local ${INTERNET_V4} dev lo`,
    `route add local ${PRIVATE_V4} dev lo`,
    `-6 route add local ${INTERNET_V6} dev lo`,
    `-6 route add local ${NAT64_PREFIX} dev lo`,
    ...PUBLIC_RESOLVERS.map((address) =>
      address.includes(':') ? `addr add ${address}/128 dev lo nodad` : `addr add ${address}/32 dev lo`,
    ),
  ]);
  await Promise.all([
    batch('fw', [
      'link set lo up',
      'addr add 10.77.2.1/24 dev dmz',
      'addr add fd77:2::1/64 dev dmz nodad',
      'link set dmz up',
      ...neighbours('dmz', mac(3, 'host'), [
        RESOLVER[4],
        HIDDEN_RESOLVER,
        BOX[4],
        PROXY[4],
        RESOLVER[6],
        BOX[6],
        PROXY[6],
      ]),
      'addr add 20.255.255.1/30 dev wan',
      'addr add 2603:10ff:ffff::1/64 dev wan nodad',
      'link set wan up',
      ...neighbours('wan', mac(2, 'host'), ['20.255.255.2', '2603:10ff:ffff::2']),
      'route add default via 20.255.255.2',
      '-6 route add default via 2603:10ff:ffff::2',
    ]),
    batch('dmz', [
      'link set lo up',
      ...[RESOLVER[4], HIDDEN_RESOLVER, BOX[4], PROXY[4]].map((address) => `addr add ${address}/24 dev eth0`),
      ...[RESOLVER[6], BOX[6], PROXY[6]].map((address) => `addr add ${address}/64 dev eth0 nodad`),
      'link set eth0 up',
      ...neighbours('eth0', mac(3, 'router'), ['10.77.2.1', 'fd77:2::1']),
      'route add default via 10.77.2.1',
      '-6 route add default via fd77:2::1',
    ]),
    batch('cli', ['link set lo up']),
  ]);
  if (!options.delay) await clientLink(options.families, true);
}

/** A further client, `cli2` and on, with a network of its own behind the router: 10.77.12.0/24 and fd77:12::/64 for the second. */
export async function addClient(number: number, options: NetworkOptions): Promise<HostName> {
  const host: HostName = `cli${number}`;
  const [four, six] = [`10.77.${10 + number}`, `fd77:${10 + number}:`];
  const has = (family: 4 | 6): boolean => options.families.includes(family);
  hostFiles(host, options);
  await batch(null, [`netns add ${host}`]);
  await must('ip', ['netns', 'exec', host, 'sh', '-c', SYSCTL]);
  await batch(null, [`link add eth0 netns ${host} type veth peer name lan${number} netns fw`]);
  await batch('fw', [
    `addr add ${four}.1/24 dev lan${number}`,
    `addr add ${six}:1/64 dev lan${number} nodad`,
    `link set lan${number} up txqueuelen 10000`,
  ]);
  await batch(host, [
    'link set lo up',
    ...(has(4) ? [`addr add ${four}.10/24 dev eth0`] : []),
    ...(has(6) ? [`addr add ${six}:10/64 dev eth0 nodad`] : []),
    'link set eth0 up txqueuelen 10000',
    ...(has(4) ? [`route add default via ${four}.1`] : []),
    ...(has(6) ? [`-6 route add default via ${six}:1`] : []),
  ]);
  return host;
}

/** Applies lines of ip(8) on a host. */
export const configure = (host: HostName | null, lines: readonly string[]): Promise<void> => batch(host, lines);
