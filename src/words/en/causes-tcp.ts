import type { CauseWordsOf } from '../contract.ts';

/** English words of the causes whose ids begin with `tcp`. */
export const tcp: CauseWordsOf<'tcp'> = {
  'tcp.dropped': {
    title: 'A firewall drops the packets silently',
    meaning: 'No answer comes to the connection attempt, while other destinations answer.',
    evidence: 'A timeout on every address of the host.',
    remedies: [
      'Ask the firewall owner to allow outbound TCP from this machine to these hosts and ports (by name rather than by address, since addresses change).',
    ],
  },
  'tcp.egress-blocked': {
    title: 'Direct connections out of this network are blocked',
    meaning: 'No outside destination can be connected to directly. Such networks usually allow a web proxy only.',
    evidence: 'Different addresses all fail in the same stage, and none connects.',
    remedies: [
      "Run again with the site's web proxy: --proxy URL, and configure the product for it.",
      'If no proxy is meant to be used: ask the firewall owner to allow outbound TCP 443 and 80 from this machine to the listed hosts.',
    ],
  },
  'tcp.refused': {
    title: 'The connection is refused',
    meaning:
      'Something answers that nobody listens: a closed port at the destination, a wrong address, or a firewall that rejects.',
    evidence: 'A reset or an ICMP port-unreachable message in answer to the connection attempt.',
    remedies: [
      'Ask the firewall owner whether a rule rejects outbound TCP to these hosts and ports.',
      'If not, ask the owner of the service whether it listens there.',
    ],
  },
  'tcp.prohibited': {
    title: 'A router says the destination is prohibited',
    meaning:
      'A router or firewall answers at once with an ICMP message that the host cannot be reached or is administratively prohibited.',
    evidence: 'A quick «host unreachable» for an address behind the gateway.',
    remedies: ['Ask the owner of the router or firewall to permit outbound TCP to these hosts and ports.'],
  },
  'tcp.no-route': {
    title: 'There is no route to the destination',
    meaning: "This machine's routing table or a router on the way has no route to the address.",
    evidence: '«Network unreachable», or no neighbour that answers for the address.',
    remedies: ['Ask the network owner for a route to the destination, and check gateway and VPN of this machine.'],
  },
  'tcp.ipv6-broken': {
    title: 'IPv6 does not work, IPv4 does',
    meaning:
      'This machine has IPv6, but nothing is reached over it. Programs wait for it before they fall back to IPv4.',
    evidence: 'All IPv6 addresses fail where the IPv4 addresses of the same names work.',
    remedies: ['Ask the network owner to repair IPv6 (route, firewall, MTU), or to stop announcing it.'],
  },
  'tcp.partly-blocked': {
    title: 'Some addresses of the host are blocked',
    meaning:
      'The host works over some of its addresses and fails over others: a rule by address that lacks some, or a broken node.',
    evidence: 'The result of each address of the name.',
    remedies: [
      'Ask the firewall owner to allow the host by name or by its whole published range, not by single addresses.',
    ],
  },
  'tcp.intercepted': {
    title: 'Something near answers in place of every address',
    meaning:
      'Connections succeed even to addresses where nobody can answer: a transparent proxy or firewall completes them itself.',
    evidence: 'A connection to a documentation address succeeds.',
    remedies: [
      'Trust only authenticated TLS results on this network. Ask the network owner which device terminates TCP, and to let these hosts through.',
    ],
  },
};
