/** Name resolution of the lab: what the authority knows, unbound's configuration, and the answers of a faulty resolver. */
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Answer, Answerer, Question } from './name-server.ts';
import { AUTHORITY, HIDDEN_RESOLVER, PROXY, RESOLVER } from './network.ts';
import type { Fault, NameAnswer } from './scenario.ts';
import { NAT64_PREFIX, nameMatches, privateAddressOf, type World, type WorldHost } from './world.ts';

const ROOT_SERVER = 'a.root-servers.example';

type NameFault = Extract<Fault, { kind: 'name' }>;

/** Zone that only the company's resolver knows. */
export const INTERNAL_ZONE = 'corp.example';

const INTERNAL_NAMES: Readonly<Record<string, readonly string[]>> = {
  'proxy.corp.example': [PROXY[4], PROXY[6]],
  'pac.corp.example': [PROXY[4], PROXY[6]],
  'wpad.corp.example': [PROXY[4], PROXY[6]],
  'intranet.corp.example': ['10.77.2.20'],
};

/** unbound can't do these: a name server of the lab's own stands in front of it. */
const NEEDS_BOX = new Set<unknown>(['servfail', 'aaaa-swallowed', 'truncated']);
const AT_AUTHORITY = (answer: NameAnswer): boolean =>
  typeof answer === 'object' && ('cname' in answer || 'rotate' in answer || 'privateLink' in answer);

export function nameFaults(faults: readonly Fault[]): {
  readonly unbound: readonly NameFault[];
  readonly box: readonly NameFault[];
  readonly authority: readonly NameFault[];
} {
  const all = faults.filter((fault) => fault.kind === 'name');
  const authority = all.filter((fault) => fault.by === 'authority' || AT_AUTHORITY(fault.answer));
  const local = all.filter((fault) => !authority.includes(fault));
  const box = local.filter(
    (fault) =>
      NEEDS_BOX.has(fault.answer) ||
      fault.every !== undefined ||
      fault.abovePerSecond !== undefined ||
      (typeof fault.answer === 'object' && 'delayMs' in fault.answer),
  );
  return { authority, box, unbound: local.filter((fault) => !box.includes(fault)) };
}

const means = (fault: NameFault, name: string): boolean =>
  fault.names?.some((pattern) => nameMatches(name, pattern)) ??
  !(name === INTERNAL_ZONE || name.endsWith(`.${INTERNAL_ZONE}`));

const zoneOf = (name: string): string => name.split('.').slice(-2).join('.');

/** What a fault answers; undefined leaves the answer to the healthy path. */
function faulty(fault: NameFault, question: Question): Answer | null | undefined {
  const { answer } = fault;
  const soa = zoneOf(question.name);
  if (answer === 'nxdomain') return { rcode: 3, soa };
  if (answer === 'no-data') return { rcode: 0, soa };
  if (answer === 'refused') return { rcode: 5 };
  if (answer === 'servfail') return { rcode: 2 };
  if (answer === 'silent') return null;
  if (answer === 'null') return { rcode: 0, addresses: ['0.0.0.0', '::'] };
  if (answer === 'aaaa-swallowed') return question.type === 28 ? null : undefined;
  if (answer === 'truncated') return question.transport === 'udp' ? { rcode: 0, truncated: true } : undefined;
  if ('addresses' in answer) return { rcode: 0, addresses: answer.addresses };
  return undefined;
}

/** The authority for every name there is. Parents of existing names exist and are empty. */
export function authorityAnswerer(world: World, faults: readonly NameFault[]): Answerer {
  const parents = new Set<string>(['']);
  for (const { name } of world.hosts) {
    const labels = name.split('.');
    for (let from = 1; from < labels.length; from++) parents.add(labels.slice(from).join('.'));
  }
  let turn = 0;
  const healthy = (host: WorldHost, type: number): Answer => {
    const addresses = type === 1 ? host.v4 : type === 28 ? host.v6 : [];
    return addresses.length > 0 ? { rcode: 0, addresses } : { rcode: 0, soa: zoneOf(host.name) };
  };
  return (question) => {
    const fault = faults.find((candidate) => means(candidate, question.name));
    const wrong = fault === undefined ? undefined : faulty(fault, question);
    if (wrong !== undefined) return wrong;
    // A recursive resolver begins by asking who serves the root.
    if (question.name === '') return { rcode: 0, server: { name: ROOT_SERVER, address: AUTHORITY } };
    if (question.name === ROOT_SERVER) return { rcode: 0, addresses: [AUTHORITY] };
    const linked = faults.some((one) => typeof one.answer === 'object' && 'privateLink' in one.answer);
    const host = world.byName.get(linked ? question.name.replace('.privatelink.', '.') : question.name);
    const special = typeof fault?.answer === 'object' ? fault.answer : null;
    if (host === undefined) {
      return { rcode: parents.has(question.name) ? 0 : 3, soa: zoneOf(question.name) };
    }
    if (special !== null && 'cname' in special && question.type !== 5) return { rcode: 0, cname: special.cname };
    if (linked && (special !== null || question.name !== host.name)) {
      const cname = question.name === host.name ? { cname: host.name.replace('.', '.privatelink.') } : {};
      return { rcode: 0, ...cname, addresses: [privateAddressOf(host)] };
    }
    if (special !== null && 'rotate' in special && (question.type === 1 || question.type === 28)) {
      turn = (turn + 1) % 100;
      const last = turn + 100;
      const address =
        question.type === 1
          ? host.v4.map((text) => text.replace(/\.\d+$/, `.${last}`))
          : host.v6.map((text) => text.replace(/::.*$/, `::${last.toString(16)}`));
      return { rcode: 0, ttl: 0, addresses: address.slice(0, 1) };
    }
    const answer = healthy(host, question.type);
    return special !== null && 'delayMs' in special ? { ...answer, delayMs: special.delayMs } : answer;
  };
}

/** Whether a fault that acts on a share of the questions, or beyond a rate, lets this one pass. */
function limits(): (fault: NameFault) => boolean {
  const counts = new Map<NameFault, number>();
  const second: number[] = [];
  return (fault) => {
    if (fault.every !== undefined) {
      const count = counts.get(fault) ?? 0;
      counts.set(fault, count + 1);
      return count % fault.every !== 0;
    }
    if (fault.abovePerSecond === undefined) return false;
    const now = performance.now();
    while (second[0] !== undefined && second[0] < now - 1000) second.shift();
    if (second.length >= fault.abovePerSecond) return false;
    second.push(now);
    return true;
  };
}

/** The faulty resolver: its own answers for the names concerned, the recursive resolver's for all else. */
export function boxAnswerer(faults: readonly NameFault[]): Answerer {
  const passes = limits();
  return async (question) => {
    const fault = faults.find((candidate) => means(candidate, question.name));
    const wrong = fault === undefined || passes(fault) ? undefined : faulty(fault, question);
    if (wrong !== undefined) return wrong;
    const delayMs = typeof fault?.answer === 'object' && 'delayMs' in fault.answer ? fault.answer.delayMs : 0;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    return forward(question);
  };
}

function forward(question: Question): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const done = (answer: Buffer | null) => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    const timer = setTimeout(() => done(null), 5_000);
    socket.once('message', (message) => done(message));
    socket.once('error', () => done(null));
    // Only the question goes on, without its additional records.
    const plain = Buffer.from(question.message);
    plain.writeUInt16BE(0, 6);
    plain.writeUInt16BE(0, 8);
    plain.writeUInt16BE(0, 10);
    socket.send(plain, 53, HIDDEN_RESOLVER);
  });
}

const ZONE_TYPE: Readonly<Record<string, string>> = {
  nxdomain: 'always_nxdomain',
  'no-data': 'always_nodata',
  refused: 'always_refuse',
  silent: 'always_deny',
  null: 'always_null',
};

/** Addresses that a resolver is told to answer. */
function addressesIn(world: World, answer: Exclude<NameAnswer, string>): readonly string[] {
  if ('addresses' in answer) return answer.addresses;
  const host = 'privateOf' in answer ? world.byName.get(answer.privateOf) : undefined;
  return host === undefined ? [] : [privateAddressOf(host)];
}

function localZones(world: World, fault: NameFault): readonly string[] {
  const zones =
    fault.names === undefined
      ? ['']
      : fault.names.flatMap((pattern) =>
          pattern.startsWith('*.')
            ? world.hosts.filter((host) => nameMatches(host.name, pattern)).map((host) => host.name)
            : [pattern],
        );
  // A local zone covers what is below it: names of their own there stay as they are.
  const below = zones.flatMap((zone) =>
    zone === '' ? [] : world.hosts.filter((host) => host.name.endsWith(`.${zone}`) && !zones.includes(host.name)),
  );
  const untouched = [...new Set(below.map((host) => `local-zone: "${host.name}." always_transparent`))];
  const changed = zones.flatMap((zone) => {
    if (typeof fault.answer === 'string') return [`local-zone: "${zone}." ${ZONE_TYPE[fault.answer]}`];
    const addresses = addressesIn(world, fault.answer);
    return [
      `local-zone: "${zone}." redirect`,
      ...addresses.map((address) => `local-data: "${zone}. 60 IN ${isIPv6(address) ? 'AAAA' : 'A'} ${address}"`),
    ];
  });
  return [...changed, ...untouched];
}

/** unbound as the company's recursive resolver. `hidden`: the faulty resolver stands in front. */
export function unboundConfiguration(
  world: World,
  faults: readonly NameFault[],
  options: { readonly hidden: boolean; readonly nat64: boolean },
): string {
  const lines = [
    'directory: "/run"',
    'chroot: ""',
    'username: ""',
    'pidfile: ""',
    'use-syslog: no',
    'do-daemonize: no',
    'verbosity: 0',
    'num-threads: 1',
    `interface: ${HIDDEN_RESOLVER}`,
    ...(options.hidden ? [] : [`interface: ${RESOLVER[4]}`, `interface: ${RESOLVER[6]}`]),
    'access-control: 0.0.0.0/0 allow',
    'access-control: ::/0 allow',
    'do-not-query-localhost: no',
    'qname-minimisation: no',
    'harden-below-nxdomain: no',
    'prefer-ip6: no',
    'outgoing-range: 1024',
    'num-queries-per-thread: 2048',
    'so-rcvbuf: 0',
    `module-config: "${options.nat64 ? 'dns64 ' : ''}iterator"`,
    ...(options.nat64 ? [`dns64-prefix: ${NAT64_PREFIX}`, 'dns64-synthall: yes'] : []),
    ...['test.', 'example.', 'invalid.', 'onion.'].map((zone) => `local-zone: "${zone}" nodefault`),
    `local-zone: "${INTERNAL_ZONE}." static`,
    `local-data: "${INTERNAL_ZONE}. 60 IN SOA ns.${INTERNAL_ZONE}. hostmaster.${INTERNAL_ZONE}. 1 3600 600 86400 60"`,
    ...Object.entries(INTERNAL_NAMES).flatMap(([name, addresses]) =>
      addresses.map((address) => `local-data: "${name}. 60 IN ${isIPv6(address) ? 'AAAA' : 'A'} ${address}"`),
    ),
    ...faults.flatMap((fault) => localZones(world, fault)),
  ];
  return [
    'server:',
    ...lines.map((line) => `  ${line}`),
    'remote-control:',
    '  control-enable: no',
    'stub-zone:',
    '  name: "."',
    `  stub-addr: ${AUTHORITY}`,
    '',
  ].join('\n');
}
