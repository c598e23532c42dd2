import type { FactWords, TellingWords } from '../contract.ts';

/** English sentences about what programs on this machine get for a name. */
export const naming: FactWords<'naming'> = {
  'naming.searched': ({ host, name, addresses, search, ndots }) =>
    `${host}: programs on this machine ask for ${name} and get ${addresses} (resolv.conf: search ${search}, ndots ${ndots})`,
  'naming.suffix': ({ host, name, addresses, suffixes }) =>
    `${host}: programs on this machine ask for ${name} and get ${addresses} (DNS suffixes: ${suffixes})`,
  'naming.rule': ({ host, rule, from, servers, answer }) =>
    `${host}: a rule of the Name Resolution Policy Table (${from === 'policy' ? 'group policy' : 'this machine'}, «${rule}») asks ${servers}; the answer there: ${answer}`,
  'naming.servers-say': ({ host, answer }) => `${host}: of the name itself the name servers say ${answer}`,
  'naming.sources': ({ host, sources }) =>
    `${host}: programs on this machine look in «${sources}» (nsswitch.conf) and get nothing`,
  'naming.too-late': ({ host, server, ms, waitMs, attempts }) =>
    `${host}: ${server} answered after ${ms} ms; programs on this machine wait ${waitMs} ms (resolv.conf), and ${attempts} more questions got no answer within that time`,
  'naming.over-tcp': ({ servers }) => `Programs on this machine ask ${servers} over TCP alone (resolv.conf: use-vc)`,
  'naming.turn': ({ host, server, answer }) =>
    `${host}: whoever begins with ${server} gets ${answer} (resolv.conf: rotate)`,
};

/** English sentences about address families that don't meet. */
export const family: FactWords<'family'> = {
  'family.only': ({ host, family, machine }) =>
    `${host}: the name has IPv${family} addresses alone, and this machine has IPv${machine} alone`,
};

/** English sentences about what fails at times. */
export const share: FactWords<'share'> = {
  'share.failed': ({ what, failed, tried }) => `${what}: ${failed} of ${tried} looks failed, one after the other`,
};

/** English titles and remedies of root causes of which a fact says more than the cause. */
export const telling: TellingWords = {
  'naming.searched': {
    title: 'The search list sends the name elsewhere',
    remedies: [
      "Take the domain off this machine's search list, or lower ndots, in resolv.conf or where it is made (DHCP, pod settings).",
      'Or ask the DNS owner to remove the wildcard record of that domain.',
    ],
  },
  'naming.suffix': {
    title: 'A DNS suffix sends the name elsewhere',
    remedies: [
      'Take the suffix off the list of this machine: the policy «DNS suffix search list», the settings of the adapter, or DHCP.',
      'Or ask the DNS owner to remove the wildcard record of that domain.',
    ],
  },
  'naming.rule': {
    title: 'A name resolution policy sends the name to other servers',
    remedies: [
      'Ask who manages the policy (VPN, DirectAccess, group policy; Get-DnsClientNrptPolicy lists it) to leave this name out of the rule.',
      'Or ask the DNS owner of the servers in the rule to answer for the name.',
    ],
  },
  'naming.sources': {
    title: 'Programs on this machine do not find the name',
    remedies: [
      'Correct the hosts line of /etc/nsswitch.conf: «files dns» asks the hosts file and then the name servers.',
    ],
  },
  'naming.too-late': {
    title: 'The name server answers later than programs wait',
    remedies: [
      'Ask the DNS owner why the server takes so long.',
      'Until then raise the options timeout and attempts in resolv.conf.',
    ],
  },
  'naming.over-tcp': {
    title: 'No name server answers over TCP',
    remedies: [
      'Ask the firewall owner to allow TCP port 53 from this machine to its name servers, or the DNS owner to serve TCP.',
      'Or take «options use-vc» out of resolv.conf.',
    ],
  },
  'naming.turn': {
    title: 'One of the name servers knows less than the others',
    remedies: [
      'Take that server out of resolv.conf, or ask the DNS owner to forward public names there.',
      'Without «options rotate» programs would begin with the first server always.',
    ],
  },
  'family.only': {
    title: 'The name and this machine have no address family in common',
    remedies: [
      'Where the names have IPv4 alone: ask the network owner for NAT64 with DNS64, or for IPv4.',
      'Where they have IPv6 alone: ask the network owner for IPv6.',
      'Or use a proxy that has both: --proxy URL.',
    ],
  },
  'share.failed': {
    title: 'It works at times and fails at times',
    remedies: [
      'Ask the owner of what answers there for its machines one by one: one of them may be broken or overloaded.',
      'Tell them the share and the time: a single test will often pass.',
    ],
  },
  'proxy.pac-answer': {
    title: 'The PAC file sends targets the wrong way',
    remedies: [
      'Ask the owner of the PAC file to correct what it answers for these hosts: the proxy where the direct path is closed, DIRECT for hosts inside that the proxy does not lead to. Nothing has to be opened for it.',
    ],
  },
  'tcp.refused-here': {
    title: 'Nothing listens on this port of this machine',
    remedies: ['Start the service that should answer there, or correct the address: no firewall is on the way to it.'],
  },
};
