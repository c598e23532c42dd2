/** Faults of the path as rules of the router: nftables text, iptables text (only it can search in a payload) and ip(8) lines. */
import type { LabMachine } from './job.ts';
import type { Fault, PacketAction, Scope } from './scenario.ts';
import { clientNetwork, prefixesOf, type World } from './world.ts';

interface RouterRules {
  readonly nft: string;
  /** Input of iptables-restore and ip6tables-restore; null if there is nothing to search for. */
  readonly iptables: { readonly 4: string; readonly 6: string } | null;
  /** Lines of `ip -batch` on the router. */
  readonly ip: readonly string[];
  /** Lines of `ip -batch` in the internet's namespace. */
  readonly internetIp: readonly string[];
}

const VERDICT: Readonly<Record<PacketAction, string>> = {
  drop: 'drop',
  reset: 'reject with tcp reset',
  refused: 'reject with icmpx port-unreachable',
  prohibited: 'reject with icmpx admin-prohibited',
  'no-route': 'reject with icmpx no-route',
  'host-unreachable': 'reject with icmpx host-unreachable',
};

/** Matches on the destination, one line a family; none if the scope means no address of it. */
function matches(world: World, scope: Scope, side: 'daddr' | 'saddr', ports: string): readonly string[] {
  return ([4, 6] as const).flatMap((family) => {
    const prefixes = prefixesOf(world, scope, family);
    if (prefixes.length === 0) return [];
    const protocol = family === 4 ? 'ip' : 'ip6';
    const everything = prefixes.some((prefix) => prefix.endsWith('/0'));
    const address = everything
      ? `meta nfproto ${family === 4 ? 'ipv4' : 'ipv6'}`
      : `${protocol} ${side} { ${prefixes.join(', ')} }`;
    return [`${address} ${ports}`.trim()];
  });
}

const portSet = (ports: readonly number[]): string => `{ ${ports.join(', ')} }`;

function packetRules(world: World, fault: Extract<Fault, { kind: 'packets' }>): readonly string[] {
  const scope = fault.to ?? {};
  const protocol = fault.protocol ?? (fault.action === 'reset' || scope.ports !== undefined ? 'tcp' : null);
  const port = (side: 'dport' | 'sport'): string =>
    protocol === null
      ? ''
      : scope.ports === undefined
        ? `meta l4proto ${protocol}`
        : `${protocol} ${side} ${portSet(scope.ports)}`;
  const verdict = VERDICT[fault.action];
  const near = fault.from === 'proxy' ? 'dmz' : 'lan';
  if (fault.percent === undefined) {
    // Prefixes may mean the company's own hosts; everything else means the internet.
    const towards = scope.prefixes === undefined ? 'oifname "wan" ' : '';
    return matches(world, scope, 'daddr', port('dport')).map(
      (match) => `iifname "${near}" ${towards}${match} ${verdict}`,
    );
  }
  const chance = `numgen random mod 1000 < ${Math.round(fault.percent * 10)}`;
  return [
    ...matches(world, scope, 'daddr', port('dport')).map((match) => `iifname "${near}" ${match} ${chance} ${verdict}`),
    ...matches(world, scope, 'saddr', port('sport')).map((match) => `oifname "${near}" ${match} ${chance} ${verdict}`),
  ];
}

function forwardRules(world: World, fault: Fault): readonly string[] {
  switch (fault.kind) {
    case 'packets':
      return packetRules(world, fault);
    case 'large-hello':
      return matches(world, fault.to ?? {}, 'daddr', 'tcp dport 443').map(
        (match) =>
          `iifname "${fault.from === 'proxy' ? 'dmz' : 'lan'}" oifname "wan" ${match} meta length > ${fault.overBytes} drop`,
      );
    case 'narrow-link':
      return fault.from === undefined
        ? []
        : matches(world, fault.from, 'saddr', 'tcp sport 443').map(
            (match) => `iifname "wan" oifname "lan" ${match} meta length > ${fault.mtu} drop`,
          );
    case 'connection-limit':
      return [
        `iifname "lan" tcp flags & (syn | ack) == syn limit rate over ${fault.perSecond}/second burst ${fault.perSecond} packets drop`,
      ];
    case 'intrusion-detector':
      return [
        'iifname "lan" iif @shut-out drop',
        `iifname "lan" tcp flags & (syn | ack) == syn limit rate over ${fault.perSecond}/second burst ${fault.burst} packets add @shut-out { iif } drop`,
      ];
    case 'portal':
      return fault.https === 'own-certificate'
        ? []
        : [`iifname "lan" oifname "wan" tcp dport 443 ${VERDICT[fault.https]}`];
    default:
      return [];
  }
}

/** Ports whose connections a box in the dmz takes over, whatever their destination. */
export function steeredPorts(faults: readonly Fault[]): readonly number[] {
  const ports = new Set<number>();
  for (const fault of faults) {
    if (fault.kind === 'portal') {
      ports.add(80);
      if (fault.https === 'own-certificate') ports.add(443);
    } else if (fault.kind === 'transparent' || fault.kind === 'inspection') ports.add(443);
    else if (fault.kind === 'http-tamper') ports.add(80);
  }
  return [...ports];
}

/** An exact name as it stands in the extension (RFC 6066 section 3: type 0, length, name), or the end of one. */
function serverName(name: string): string {
  if (name.startsWith('*.')) return `--string "${name.slice(1)}"`;
  return `--hex-string "|00${name.length.toString(16).padStart(4, '0')}|${name}"`;
}

function payloadSearch(faults: readonly Fault[]): RouterRules['iptables'] {
  const rules = payloadRules(faults, 4);
  const rules6 = payloadRules(faults, 6);
  if (rules.length + rules6.length === 0) return null;
  const text = (some: readonly string[]): string =>
    `*filter\n-F FORWARD\n${some.map((rule) => `${rule}\n`).join('')}COMMIT\n`;
  return { 4: text(rules), 6: text(rules6) };
}

function payloadRules(faults: readonly Fault[], family: 4 | 6): readonly string[] {
  return faults.flatMap((fault) =>
    fault.kind !== 'sni' || (fault.family ?? family) !== family
      ? []
      : fault.names.map((name) => {
          const target = fault.action === 'drop' ? 'DROP' : 'REJECT --reject-with tcp-reset';
          const near = fault.from === 'proxy' ? 'dmz' : 'lan';
          return `-A FORWARD -i ${near} -p tcp --dport 443 -m string --algo kmp ${serverName(name)} -j ${target}`;
        }),
  );
}

/** The same rules for every client of the router, whose links are `lan`, `lan2`, `lan3` … */
export function forClients(rules: RouterRules, clients: number): RouterRules {
  if (clients < 2) return rules;
  const links = Array.from({ length: clients }, (_, index) => (index === 0 ? 'lan' : `lan${index + 1}`));
  const plus = (text: string): string => text.replaceAll('-i lan ', '-i lan+ ');
  return {
    ...rules,
    nft: rules.nft.replaceAll('"lan"', '"lan*"'),
    iptables: rules.iptables === null ? null : { 4: plus(rules.iptables[4]), 6: plus(rules.iptables[6]) },
    ip: rules.ip.flatMap((line) =>
      line.includes(' iif lan ') ? links.map((link) => line.replace(' iif lan ', ` iif ${link} `)) : [line],
    ),
  };
}

/** What each client has to itself on the router: what stands on its way, and the address that stands for its own. */
export function ownWays(world: World, machines: readonly LabMachine[]): string {
  const links = machines.map((machine, index) => ({ ...machine, number: index + 1 }));
  const rules = links.flatMap(({ faults = [], number }) =>
    faults.flatMap((fault) =>
      forwardRules(world, fault).map((rule) => rule.replaceAll('"lan"', number === 1 ? '"lan"' : `"lan${number}"`)),
    ),
  );
  const translated = links.flatMap(({ egress, number }) =>
    egress === undefined ? [] : [`ip saddr ${clientNetwork(number)} oifname "wan" snat to ${egress}`],
  );
  const chain = (type: string, own: readonly string[]): readonly string[] => [
    ...[` chain own { type ${type}; policy accept;`, ...own.map((rule) => `  ${rule}`), ' }'],
  ];
  return [
    ...['table inet own-ways {', ...chain('filter hook forward priority 1', rules), '}'],
    ...['table ip ways-out {', ...chain('nat hook postrouting priority 100', translated), '}', ''],
  ].join('\n');
}

/** Everything that the router does for these faults. */
export function routerRules(world: World, faults: readonly Fault[]): RouterRules {
  const forward = faults.flatMap((fault) => forwardRules(world, fault));
  const nft = [
    'table inet lab {',
    '  counter sent { }',
    '  counter opened { }',
    '  counter spoken { }',
    '  set shut-out { type iface_index; flags dynamic, timeout; timeout 1h; }',
    '  chain forward {',
    '    type filter hook forward priority 0; policy accept;',
    '    iifname "lan" counter name "sent"',
    '    iifname "lan" tcp flags & (syn | ack) == syn counter name "opened"',
    '    iifname "lan" tcp flags & (syn | fin | rst | psh) != 0x0 counter name "spoken"',
    '    iifname "lan" meta l4proto udp counter name "spoken"',
    ...forward.map((rule) => `    ${rule}`),
    '  }',
    '}',
    '',
  ].join('\n');
  const steer = steeredPorts(faults);
  const narrows = faults.filter((fault) => fault.kind === 'narrow-link');
  const narrow = narrows.find(({ from }) => from === undefined);
  return {
    nft,
    iptables: payloadSearch(faults),
    ip: [
      ...(steer.length === 0
        ? []
        : [
            'route add default via 10.77.2.20 table 200',
            '-6 route add default via fd77:2::20 table 200',
            ...steer.flatMap((port) => [
              `rule add iif lan ipproto tcp dport ${port} lookup 200`,
              `-6 rule add iif lan ipproto tcp dport ${port} lookup 200`,
            ]),
          ]),
      ...(narrow === undefined ? [] : [`link set wan mtu ${narrow.mtu}`]),
    ],
    // A narrow receiver swallows only real frames: what the kernel would cut up later passes, so it has to cut first.
    internetIp: narrows.length === 0 ? [] : ['link set eth0 gso_max_segs 1'],
  };
}
