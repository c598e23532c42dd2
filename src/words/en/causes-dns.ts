import type { CauseWordsOf } from '../contract.ts';

/** English words of the causes whose ids begin with `dns`. */
export const dns: CauseWordsOf<'dns'> = {
  'dns.no-resolver': {
    title: 'No name server answers',
    meaning: 'Not one name resolves and no configured name server gives any answer.',
    evidence: 'Every question to every server ends in silence or in an unreachable address.',
    remedies: [
      'Check the name servers configured on this machine, and that they run.',
      'Ask the firewall owner to allow UDP and TCP port 53 from this machine to its name servers.',
    ],
  },
  'dns.timeout': {
    title: 'The name server does not answer for this name',
    meaning: 'Other names resolve, but the question for this one gets no answer in time.',
    evidence: 'No answer for this name, while the same server answers for others.',
    remedies: [
      'Ask the DNS owner to check forwarding for this domain, and filters that drop such questions.',
      'Ask the firewall owner to allow TCP port 53 to the name servers beside UDP.',
    ],
  },
  'dns.not-found': {
    title: 'The name does not exist, says the name server',
    meaning:
      'The server answers NXDOMAIN for this name. The host is retired or misspelt, or a DNS policy or an internal zone of the same domain hides it.',
    evidence: 'An NXDOMAIN answer, while other names resolve.',
    remedies: [
      'Ask the DNS owner whether a policy or an internal copy of this domain hides the name, and to forward it to the public DNS.',
      'If another network does not know it either, the entry is out of date: take it off the list.',
    ],
  },
  'dns.no-address': {
    title: 'The name has no address',
    meaning: 'The server knows the name, but gives no address of a family that this machine can use.',
    evidence: 'NOERROR answers without A and AAAA records.',
    remedies: [
      'Ask the DNS owner to check the zone that answers: a private zone may lack the record.',
      'If the name has IPv6 addresses only, give this machine IPv6 or a proxy.',
    ],
  },
  'dns.server-failure': {
    title: 'The name server fails on this name',
    meaning:
      'The server answers SERVFAIL or another error: it cannot reach the authority, validation fails, or a policy says so.',
    evidence: "The server's response code, and its own explanation where it sends one.",
    remedies: [
      "Ask the DNS owner to check the server's forwarders, its way to the internet and its DNSSEC validation.",
      'If the extended error says blocked, censored or filtered, ask for an exception for this name.',
    ],
  },
  'dns.refused': {
    title: 'The name server refuses to answer',
    meaning: 'The server does not resolve for this machine: wrong server, or an access list leaves it out.',
    evidence: 'REFUSED answers.',
    remedies: ["Ask the DNS owner to allow recursion for this machine's address, or configure the right name server."],
  },
  'dns.internal-only': {
    title: 'The name servers know no public names',
    meaning:
      'The servers answer at once, but no public name resolves: they serve internal names only and have no forwarder. Where a proxy resolves names, this is intended.',
    evidence: 'Every public name fails alike, with prompt answers.',
    remedies: [
      'If this machine must connect directly: ask the DNS owner for a forwarder to public DNS for these names.',
      'If a web proxy is to be used: run again with --proxy URL, and the proxy resolves the names.',
      'Check that this machine has a way to the internet at all.',
    ],
  },
  'dns.sinkhole': {
    title: 'A DNS filter answers with a dead address',
    meaning: 'The name resolves to an address such as 0.0.0.0 or 127.0.0.1 that leads nowhere: a DNS filter blocks it.',
    evidence: 'The address in the answer, and no authenticated session for the name there.',
    remedies: ['Ask the owner of the DNS filter to allow this name.'],
  },
  'dns.redirected': {
    title: 'DNS sends unrelated names to one address',
    meaning:
      'Many unrelated names resolve to one address that cannot prove to be any of them: a redirecting name server, a portal or a block page.',
    evidence: 'One address for unrelated names, with wrong certificates or pages.',
    remedies: [
      'Ask the DNS owner why the name server answers so, and for true answers for these names.',
      'On a guest network, sign in to its portal first.',
    ],
  },
  'dns.private-address': {
    title: 'A public name resolves to a private address',
    meaning:
      'The answer is an address of a private network, and what is there is not the service: a private endpoint that is not reachable from here, an internal zone, or a hijacked answer.',
    evidence: 'A private address for a public name, and a path that fails there.',
    remedies: [
      'Ask the DNS owner why this name has a private address on this network.',
      'If a private endpoint is intended, ask the network owner for a route and a rule to it.',
    ],
  },
  'dns.hosts-file': {
    title: 'The hosts file sends the name elsewhere',
    meaning: 'An entry in the hosts file of this machine decides the address, and the path to it fails.',
    evidence: 'The entry, next to what the name servers say.',
    remedies: ["Remove the entry for this name from this machine's hosts file: service addresses change."],
  },
  'dns.large-answers-blocked': {
    title: 'Large DNS answers are cut off',
    meaning: 'The answer did not fit into a UDP datagram and the repetition over TCP port 53 failed.',
    evidence: 'A truncated UDP answer, then a TCP question that fails.',
    remedies: ['Ask the firewall owner to allow TCP port 53 beside UDP from this machine to its name servers.'],
  },
};
