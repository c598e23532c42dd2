import type { CauseId } from '../../model/causes.ts';
import type { CauseWords } from '../contract.ts';

type Row = readonly [title: string, meaning: string, evidence: string, ...remedies: [string, ...string[]]];
type NetworkCause = Extract<CauseId, `local.${string}` | `dns.${string}` | `tcp.${string}`>;

const rows: Readonly<Record<NetworkCause, Row>> = {
  'local.no-network': [
    'This machine has no network',
    'No interface that is up has an address, or there is no route out of the local network, so nothing can be reached.',
    'The list of interfaces and routes, and not one answer from outside this machine.',
    'Connect this machine to the network: check cable, Wi-Fi, VPN and virtual switch.',
    'Check that it gets an address and a default gateway (DHCP or the static settings).',
  ],
  'local.blocked-by-host': [
    'Something on this machine blocks the connection',
    'The operating system refused to open the connection: a host firewall or an endpoint protection agent denies it to this program.',
    'The connection fails at once with a permission error, before a packet leaves.',
    'Ask the owner of the host firewall or endpoint protection to allow outbound TCP to these hosts for this program and for the service that needs them.',
    'Compare with another program on the same machine: if that one connects, the rule is bound to the program.',
  ],
  'local.resources': [
    'This machine ran out of sockets, ports or memory',
    'The machine could not open more connections, so some targets were not tested. This says nothing about them.',
    'The operating system reports too many open files, no buffer space or no free port.',
    'Run again with a lower --concurrency, or raise the open-file limit of the shell (ulimit -n).',
    'Look for a program that holds many connections or ports.',
  ],
  'local.clock-skew': [
    "This machine's clock is wrong",
    'The clock differs from the time of several servers by minutes or more. Valid certificates look expired or not yet valid, and Kerberos and token sign-in fail beyond five minutes.',
    'The Date header of several hosts, or certificates of unrelated hosts that are all out of their dates.',
    'Set the clock right and repair time synchronisation (w32tm /resync, chronyc makestep, timedatectl set-ntp true).',
    'On a virtual machine, check the time synchronisation with its host.',
  ],
  'local.root-missing': [
    "A public root certificate is missing from this machine's store",
    'A server presents a valid public chain, but this machine does not hold its root, so programs that rely on the machine store refuse it.',
    'The chain ends in a public root that the machine store, which could be read, does not hold.',
    "Import the named root into the machine's trusted root store (Local Computer > Trusted Root Certification Authorities; update-ca-certificates on Debian).",
    'On Windows, allow automatic root update: reachability of ctldl.windowsupdate.com and no policy that turns it off.',
  ],
  'local.root-expired': [
    'A root certificate on this machine is past its date',
    'The machine store holds a root that chains here need, and its validity has ended.',
    "The root's own dates against this machine's clock.",
    'Replace the expired root by its successor in the machine store, and remove the old copy.',
    'Check the clock of this machine.',
  ],
  'local.root-corrupt': [
    'A root certificate on this machine is not the real one',
    'The machine store holds a certificate with the name or key of a public root, but with another fingerprint.',
    'The fingerprint found, next to the published one.',
    'Remove the false certificate from the machine store and import the real root from its issuer.',
    'Find out who put it there: it may be a failed import or an attempt to pass for the root.',
  ],
  'dns.no-resolver': [
    'No name server answers',
    'Not one name resolves and no configured name server gives any answer.',
    'Every question to every server ends in silence or in an unreachable address.',
    'Check the name servers configured on this machine, and that they run.',
    'Ask the firewall owner to allow UDP and TCP port 53 from this machine to its name servers.',
  ],
  'dns.timeout': [
    'The name server does not answer for this name',
    'Other names resolve, but the question for this one gets no answer in time.',
    'No answer for this name, while the same server answers for others.',
    'Ask the DNS owner to check forwarding for this domain, and filters that drop such questions.',
    'Ask the firewall owner to allow TCP port 53 to the name servers beside UDP.',
  ],
  'dns.not-found': [
    'The name does not exist, says the name server',
    'The server answers NXDOMAIN for this name. The host is retired or misspelt, or a DNS policy or an internal zone of the same domain hides it.',
    'An NXDOMAIN answer, while other names resolve.',
    'Ask the DNS owner whether a policy or an internal copy of this domain hides the name, and to forward it to the public DNS.',
    'If another network does not know it either, the entry is out of date: take it off the list.',
  ],
  'dns.no-address': [
    'The name has no address',
    'The server knows the name, but gives no address of a family that this machine can use.',
    'NOERROR answers without A and AAAA records.',
    'Ask the DNS owner to check the zone that answers: a private zone may lack the record.',
    'If the name has IPv6 addresses only, give this machine IPv6 or a proxy.',
  ],
  'dns.server-failure': [
    'The name server fails on this name',
    'The server answers SERVFAIL or another error: it cannot reach the authority, validation fails, or a policy says so.',
    "The server's response code, and its own explanation where it sends one.",
    "Ask the DNS owner to check the server's forwarders, its way to the internet and its DNSSEC validation.",
    'If the extended error says blocked, censored or filtered, ask for an exception for this name.',
  ],
  'dns.refused': [
    'The name server refuses to answer',
    'The server does not resolve for this machine: wrong server, or an access list leaves it out.',
    'REFUSED answers.',
    "Ask the DNS owner to allow recursion for this machine's address, or configure the right name server.",
  ],
  'dns.internal-only': [
    'The name servers know no public names',
    'The servers answer at once, but no public name resolves: they serve internal names only and have no forwarder. Where a proxy resolves names, this is intended.',
    'Every public name fails alike, with prompt answers.',
    'If this machine must connect directly: ask the DNS owner for a forwarder to public DNS for these names.',
    'If a web proxy is to be used: run again with --proxy URL, and the proxy resolves the names.',
    'Check that this machine has a way to the internet at all.',
  ],
  'dns.sinkhole': [
    'A DNS filter answers with a dead address',
    'The name resolves to an address such as 0.0.0.0 or 127.0.0.1 that leads nowhere: a DNS filter blocks it.',
    'The address in the answer, and no authenticated session for the name there.',
    'Ask the owner of the DNS filter to allow this name.',
  ],
  'dns.redirected': [
    'DNS sends unrelated names to one address',
    'Many unrelated names resolve to one address that cannot prove to be any of them: a redirecting name server, a portal or a block page.',
    'One address for unrelated names, with wrong certificates or pages.',
    'Ask the DNS owner why the name server answers so, and for true answers for these names.',
    'On a guest network, sign in to its portal first.',
  ],
  'dns.private-address': [
    'A public name resolves to a private address',
    'The answer is an address of a private network, and what is there is not the service: a private endpoint that is not reachable from here, an internal zone, or a hijacked answer.',
    'A private address for a public name, and a path that fails there.',
    'Ask the DNS owner why this name has a private address on this network.',
    'If a private endpoint is intended, ask the network owner for a route and a rule to it.',
  ],
  'dns.hosts-file': [
    'The hosts file sends the name elsewhere',
    'An entry in the hosts file of this machine decides the address, and the path to it fails.',
    'The entry, next to what the name servers say.',
    "Remove the entry for this name from this machine's hosts file: service addresses change.",
  ],
  'dns.large-answers-blocked': [
    'Large DNS answers are cut off',
    'The answer did not fit into a UDP datagram and the repetition over TCP port 53 failed.',
    'A truncated UDP answer, then a TCP question that fails.',
    'Ask the firewall owner to allow TCP port 53 beside UDP from this machine to its name servers.',
  ],
  'tcp.dropped': [
    'A firewall drops the packets silently',
    'No answer comes to the connection attempt, while other destinations answer.',
    'A timeout on every address of the host.',
    'Ask the firewall owner to allow outbound TCP from this machine to these hosts and ports (by name rather than by address, since addresses change).',
  ],
  'tcp.egress-blocked': [
    'Direct connections out of this network are blocked',
    'No outside destination can be connected to directly. Such networks usually allow a web proxy only.',
    'Different addresses all fail in the same stage, and none connects.',
    "Run again with the site's web proxy: --proxy URL, and configure the product for it.",
    'If no proxy is meant to be used: ask the firewall owner to allow outbound TCP 443 and 80 from this machine to the listed hosts.',
  ],
  'tcp.refused': [
    'The connection is refused',
    'Something answers that nobody listens: a closed port at the destination, a wrong address, or a firewall that rejects.',
    'A reset or an ICMP port-unreachable message in answer to the connection attempt.',
    'Ask the firewall owner whether a rule rejects outbound TCP to these hosts and ports.',
    'If not, ask the owner of the service whether it listens there.',
  ],
  'tcp.prohibited': [
    'A router says the destination is prohibited',
    'A router or firewall answers at once with an ICMP message that the host cannot be reached or is administratively prohibited.',
    'A quick «host unreachable» for an address behind the gateway.',
    'Ask the owner of the router or firewall to permit outbound TCP to these hosts and ports.',
  ],
  'tcp.no-route': [
    'There is no route to the destination',
    "This machine's routing table or a router on the way has no route to the address.",
    '«Network unreachable», or no neighbour that answers for the address.',
    'Ask the network owner for a route to the destination, and check gateway and VPN of this machine.',
  ],
  'tcp.ipv6-broken': [
    'IPv6 does not work, IPv4 does',
    'This machine has IPv6, but nothing is reached over it. Programs wait for it before they fall back to IPv4.',
    'All IPv6 addresses fail where the IPv4 addresses of the same names work.',
    'Ask the network owner to repair IPv6 (route, firewall, MTU), or to stop announcing it.',
  ],
  'tcp.partly-blocked': [
    'Some addresses of the host are blocked',
    'The host works over some of its addresses and fails over others: a rule by address that lacks some, or a broken node.',
    'The result of each address of the name.',
    'Ask the firewall owner to allow the host by name or by its whole published range, not by single addresses.',
  ],
  'tcp.intercepted': [
    'Something near answers in place of every address',
    'Connections succeed even to addresses where nobody can answer: a transparent proxy or firewall completes them itself.',
    'A connection to a documentation address succeeds.',
    'Trust only authenticated TLS results on this network. Ask the network owner which device terminates TCP, and to let these hosts through.',
  ],
};

/** Words of the causes in this machine, name resolution and connection. */
export const networkCauses: Readonly<Record<NetworkCause, CauseWords>> = named(rows);

/** Rows as cause words. */
export function named<C extends CauseId>(table: Readonly<Record<C, Row>>): Readonly<Record<C, CauseWords>> {
  const entries = Object.entries(table as Readonly<Record<string, Row>>);
  const words: Readonly<Record<string, CauseWords>> = Object.fromEntries(
    entries.map(([id, [title, meaning, evidence, ...remedies]]) => [id, { title, meaning, evidence, remedies }]),
  );
  return words as Record<C, CauseWords>;
}
