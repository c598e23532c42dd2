import type { FactWords, Words } from '../contract.ts';
import { place } from '../place.ts';
import { family, naming, share } from './naming.ts';

const bytes = (count: number): string =>
  count === 0 ? 'nothing came back' : `${count} ${count === 1 ? 'byte' : 'bytes'} came back`;

const skew = (seconds: number): string => {
  const size = Math.abs(seconds);
  const text = size < 120 ? `${size} s` : size < 7200 ? `${Math.round(size / 60)} min` : `${Math.round(size / 3600)} h`;
  return seconds >= 0 ? `${text} behind` : `${text} ahead of`;
};

const names: FactWords<'dns'> = {
  'dns.rcode': ({ host, rcode, server, ms }) => `${host}: name server ${server} answers ${rcode} after ${ms} ms`,
  'dns.extended-error': ({ host, code, text }) =>
    `${host}: the name server explains: extended error ${code}${text === '' ? '' : ` «${text}»`}`,
  'dns.no-soa': ({ host, server }) =>
    `${host}: the negative answer of ${server} names no zone (no SOA record), as made-up answers often do`,
  'dns.no-answer': ({ host, server, ms }) => `${host}: no answer from name server ${server} within ${ms} ms`,
  'dns.unreachable': ({ host, server }) => `${host}: name server ${server} cannot be reached`,
  'dns.no-server': ({ host }) => `${host}: no name server is configured on this machine`,
  'dns.malformed': ({ host, server }) => `${host}: the answer of name server ${server} cannot be read`,
  'dns.no-address': ({ host, server }) => `${host}: name server ${server} knows the name and gives no address`,
  'dns.truncated': ({ host, server }) =>
    `${host}: the answer of ${server} did not fit into UDP, and asking again over TCP failed`,
  'dns.system-error': ({ host, error }) => `${host}: the operating system says ${error}`,
  'dns.none-resolve': ({ names: count, servers }) =>
    `None of ${count} public names resolves; name servers that answered: ${servers}`,
  'dns.nobody-answers': ({ names: count, servers }) =>
    `None of ${count} names got any answer; name servers asked: ${servers}`,
  'dns.others-resolve': ({ names: count }) => `${count} other ${count === 1 ? 'name resolves' : 'names resolve'}`,
  'dns.internal-resolve': ({ names: count }) =>
    `${count} internal ${count === 1 ? 'name resolves' : 'names resolve'} on the same name servers`,
  'dns.address': ({ host, address, class: kind }) => `${host}: resolves to ${address} (${kind} address)`,
  'dns.cname': ({ host, chain }) => `${host}: alias chain ${chain}`,
  'dns.privatelink': ({ host, alias }) => `${host}: the alias ${alias} says that a private endpoint is intended`,
  'dns.hosts-entry': ({ host, address }) => `${host}: the hosts file says ${address}`,
  'dns.hosts-differs': ({ host, addresses }) => `${host}: the name servers say ${addresses}`,
  'dns.same-alias': ({ alias, names, sample }) => `${names} names are aliases of ${alias}: ${sample}`,
  'dns.same-address': ({ address, names: count, sample }) =>
    `${address} is the answer for ${count} unrelated domains (${sample})`,
};

const certificates: FactWords<'certificate'> = {
  'certificate.missing': ({ host }) => `${host}: the handshake is done, and no certificate was captured`,
  'certificate.issuer': ({ host, issuer }) => `${host}: certificate issued by ${issuer}`,
  'certificate.private-root': ({ host, root, store }) =>
    `${host}: the chain ends in ${root}, which only the ${store} store holds: no public root`,
  'certificate.unknown-root': ({ host, authority }) =>
    `${host}: the chain ends in ${authority}, which no store here and no public set holds`,
  'certificate.recurs': ({ authority, domains, sample }) =>
    `${authority} signs for ${domains} unrelated domains (${sample})`,
  'certificate.recurs-in-domain': ({ authority, hosts, sample }) => `${authority} signs for ${hosts} hosts (${sample})`,
  'certificate.vendor': ({ vendor, subject }) => `The name ${subject} is the one that ${vendor} gives its authority`,
  'certificate.self-signed': ({ host, subject }) => `${host}: the certificate ${subject} is signed by itself`,
  'certificate.incomplete': ({ host, sent, issuer }) =>
    `${host}: ${sent} ${sent === 1 ? 'certificate was' : 'certificates were'} sent, and the issuer ${issuer} is not among them`,
  'certificate.completed': ({ host, root }) => `${host}: with the issuer that was not sent the chain reaches ${root}`,
  'certificate.issuer-seen': ({ host, issuer }) => `${host}: another server sends the missing issuer ${issuer}`,
  'certificate.issuer-named': ({ host, issuer }) => `${host}: the catalog names the missing issuer ${issuer}`,
  'certificate.issuer-listed': ({ host, issuer }) =>
    `${host}: the missing issuer ${issuer} is a public intermediate, by its name and key identifier`,
  'certificate.bad-signature': ({ host, position }) =>
    `${host}: the signature of certificate ${position + 1} of the chain does not verify`,
  'certificate.distrusted': ({ host, root }) => `${host}: ${root} is explicitly distrusted on this machine`,
  'certificate.dates': ({ host, subject, notBefore, notAfter, now }) =>
    `${host}: ${subject} is valid from ${notBefore} to ${notAfter}; this machine's clock said ${now}`,
  'certificate.names': ({ host, names: list }) =>
    list === '' ? `${host}: the certificate names no host` : `${host}: the certificate is for ${list}`,
  'certificate.purpose': ({ host, subject }) => `${host}: ${subject} is not meant for TLS servers`,
  'certificate.weak': ({ host, subject, weakness }) => `${host}: ${subject} is too weak: ${weakness}`,
  'certificate.common-name': ({ host }) =>
    `${host}: it stands only in the common name, where old clients alone look (RFC 9525 section 2)`,
  'certificate.pinned': ({ host }) => `${host}: its client pins the certificate and accepts no other`,
  'certificate.inspection-unsupported': ({ host }) => `${host}: the vendor does not support TLS inspection here`,
  'certificate.inspection-works': ({ host }) => `${host}: the root is trusted on this machine, so the session works`,
  'certificate.no-scts': ({ host }) => `${host}: the certificate carries no proof of certificate transparency`,
  'certificate.revoked': ({ host, subject, at, url }) =>
    `${host}: ${subject} is revoked${at === '' ? '' : ` since ${at}`}, says ${url}`,
  'certificate.root-missing': ({ host, root, sha256 }) =>
    `${host}: the chain needs ${root} (SHA-256 ${sha256}), and the machine store does not hold it`,
  'certificate.root-expired': ({ host, root, notAfter }) => `${host}: the chain needs ${root}, which ended ${notAfter}`,
  'certificate.root-corrupt': ({ host, root, found }) =>
    `${host}: the chain needs ${root}; in its place the machine store holds ${found}`,
};

const checks: FactWords<'check'> = {
  'check.root-present': ({ name, usedBy }) => `${name} is in the machine store; chains that end there: ${usedBy}`,
  'check.root-absent': ({ name, usedBy }) => `${name} is not in the machine store; chains that end there: ${usedBy}`,
  'check.root-absent-automatic': ({ name, usedBy }) =>
    `${name} is not in the machine store; automatic root update is on and fetches it when needed; chains that end there: ${usedBy}`,
  'check.root-absent-unneeded': ({ name }) => `${name} is not in the machine store, and no chain of this run needs it`,
  'check.root-absent-retired': ({ name, notAfter, usedBy }) =>
    `${name} is not in the machine store, and need not be (it ended ${notAfter}); chains that end there: ${usedBy}`,
  'check.root-expired': ({ name, notAfter, usedBy }) =>
    `${name} in the machine store ended ${notAfter}; chains that end there: ${usedBy}`,
  'check.root-expired-retired': ({ name, notAfter, usedBy }) =>
    `${name} is in the machine store, ended ${notAfter} and is no longer needed; chains that end there: ${usedBy}`,
  'check.root-corrupt': ({ name, sha256, found }) =>
    `${name}: the machine store holds ${found === '' ? 'another certificate' : found} in place of ${sha256}`,
  'check.root-distrusted': ({ name }) => `${name} is explicitly distrusted on this machine`,
  'check.root-unknown': ({ name }) => `${name}: the machine store cannot be read`,
  'check.clock-right': ({ hosts }) =>
    `The clock agrees with ${hosts} ${hosts === 1 ? 'host' : 'hosts'} within five minutes`,
  'check.clock-wrong': ({ seconds, hosts }) =>
    `The clock is ${skew(seconds)} the time of ${hosts} ${hosts === 1 ? 'host' : 'hosts'}`,
  'check.clock-suspect': ({ hosts }) => `Certificates of ${hosts} unrelated hosts are out of their dates by this clock`,
  'check.clock-untested': () => 'No answer carried a date to compare the clock with',
  'check.network-families': ({ families }) => `Addresses and routes: ${families}`,
  'check.network-none': () => 'No interface that is up has an address',
  'check.network-no-route': ({ families }) => `No default route for ${families}`,
  'check.resolver-answers': ({ servers }) => `Name servers that answer: ${servers}`,
  'check.resolver-silent': ({ servers }) => `No answer from ${servers}`,
  'check.resolver-internal': ({ servers }) => `Name servers answer and know no public name: ${servers}`,
  'check.resolver-none': () => 'No name server is configured',
  'check.content-head': ({ host, by, status, length, documented }) =>
    length === documented
      ? `${host}: GET brings the download (status ${status}), HEAD does not (${by}); programs that ask for the length first will fail`
      : `${host}: HEAD tells ${length} bytes, GET ${documented}; programs that ask for the length first will be misled`,
  'check.content-object': ({ host, status, first, expected, length, documented }) =>
    length === documented
      ? `${host}: under its own certificate something else than the documented object came (status ${status}): it begins with ${first === '' ? 'nothing' : first}, documented is ${expected}`
      : `${host}: under its own certificate the object has ${length} bytes, documented are ${documented}; the vendor may have put a newer one there`,
  'check.cdn-edge-denial': ({ network, hosts, sample, references }) =>
    `The edge of ${network} itself refuses ${hosts} ${hosts === 1 ? 'host' : 'hosts'} (403) under their own certificates: ${sample}. It may refuse the address that this network goes out by; give the vendor ${references === '' ? 'that address and the time' : `this reference: ${references}`}`,
  'check.store-empty': ({ store }) =>
    `The machine store (${store}) holds no certificate at all; what is judged here rests on the bundled public roots, which other programs do not have`,
  'check.resolver-untested': ({ servers }) =>
    servers === '' ? 'No name was asked for' : `No name was asked for; configured: ${servers}`,
  'check.names-differ': ({ names: count, sample }) =>
    `Programs on this machine get other addresses for ${count} ${count === 1 ? 'name' : 'names'} than the name servers give (${sample})`,
  'check.pace-limited': ({ failed, sample }) =>
    `${failed} failed while many were asked at the same time, and worked one after the other: something limits how many at once (${sample})`,
  'check.steadiness-once': ({ what, tried }) => `${what}: one of ${tried} looks failed`,
  'check.revocation-good': ({ addresses }) => `All ${addresses} revocation and issuer addresses of the chains answer`,
  'check.revocation-partly': ({ failed, addresses }) =>
    `${failed} of ${addresses} revocation and issuer addresses of the chains do not answer`,
  'check.revocation-revoked': ({ certificates: count }) =>
    `${count} ${count === 1 ? 'certificate is' : 'certificates are'} revoked`,
  'check.revocation-untested': () => 'No chain named an address that was tested',
};

/** English sentences of all facts, except those that quote the other words. */
export const facts: Omit<Words['facts'], 'experiment' | 'http.status-meaning' | `tried.${string}` | `proxy.${string}`> =
  {
    ...names,
    ...naming,
    ...family,
    ...share,
    ...certificates,
    ...checks,
    'tcp.timeout': (a) => `${place(a)}: no answer to the connection attempt within ${a.ms} ms`,
    'tcp.refused': (a) => `${place(a)}: connection refused after ${a.ms} ms`,
    'tcp.refused-here': (a) => `${place(a)}: an address of this machine, where no program listens on the port`,
    'tcp.reset': (a) => `${place(a)}: connection reset while opening, after ${a.ms} ms`,
    'tcp.host-unreachable': (a) => `${place(a)}: host unreachable, said after ${a.ms} ms`,
    'tcp.network-unreachable': (a) => `${place(a)}: a router says network unreachable, after ${a.ms} ms`,
    'tcp.no-route': (a) => `${place(a)}: this machine has no route to the address`,
    'tcp.refused-near': (a) =>
      `${place(a)}: the refusal came after ${a.ms} ms, and no other host answers in less than ${a.quickest} ms: it comes from near here`,
    'tcp.permission': (a) => `${place(a)}: the operating system denies the connection (permission error)`,
    'tcp.nothing-connects': ({ addresses, targets }) =>
      `None of ${addresses} outside addresses (${targets} targets) can be connected to`,
    'tcp.others-connect': ({ addresses }) => `${addresses} other addresses connect`,
    'address.failed': (a) => `${place(a)}: fails in stage ${a.stage} (${a.failure})`,
    'address.works': ({ host, working, tried }) => `${host}: ${working} of ${tried} addresses work`,
    'ipv6.all-fail': ({ addresses, hosts }) =>
      `All ${addresses} IPv6 addresses fail, and IPv4 works for the same ${hosts} ${hosts === 1 ? 'host' : 'hosts'}`,
    'tunnel.failed': ({ host, proxy, failure }) => `${host}: the proxy ${proxy} gives no tunnel (${failure})`,
    'tls.reset': (a) =>
      `${place(a)}: the connection is reset ${a.ms} ms into the TLS handshake; ${bytes(a.bytesRead)} before`,
    'tls.closed': (a) =>
      `${place(a)}: the connection is closed ${a.ms} ms into the TLS handshake; ${bytes(a.bytesRead)} before`,
    'tls.before-hello': (a) => `${place(a)}: it ended before the ClientHello was sent`,
    'tls.timeout': (a) =>
      `${place(a)}: the TLS handshake stops; ${a.bytesRead === 0 ? 'no byte' : `only ${a.bytesRead} bytes`} came within ${a.ms} ms`,
    'tls.hello-size': ({ host, bytes: count }) => `${host}: the ClientHello had ${count} bytes`,
    'tls.alert': (a) => `${place(a)}: TLS alert ${a.alert} (${a.name})`,
    'tls.not-tls': (a) =>
      `${place(a)}: ${a.text === '' ? 'what answers is no TLS' : `the first bytes are no TLS: «${a.text}»`}`,
    'tls.old-version': (a) => `${place(a)}: answers with ${a.version}`,
    'tls.protocol': (a) => `${place(a)}: the TLS answer is not acceptable${a.detail === '' ? '' : ` (${a.detail})`}`,
    'revocation.unreachable': ({ host, url, failure }) => `${host}: ${url} cannot be reached (${failure})`,
    'revocation.refused': ({ host, url, status }) => `${host}: ${url} is refused with status ${status}`,
    'revocation.block-page': ({ host, url }) => `${host}: ${url} answers with a web page instead of revocation data`,
    'http.status': ({ host, status, reason }) => `${host}: HTTP status ${status}${reason === '' ? '' : ` ${reason}`}`,
    'http.header': ({ host, name, value }) => `${host}: answer header ${name}: ${value}`,
    'http.page': ({ host, vendor }) => `${host}: the answer bears the marks of ${vendor}`,
    'http.body': ({ host, text }) => `${host}: the page begins «${text}»`,
    'http.plain': ({ host }) => `${host}: the path is not encrypted, so anybody on it can answer`,
    'http.content': ({ host, status, bytes, first }) =>
      first === ''
        ? `${host}: status ${status}, nothing of the object came`
        : `${host}: status ${status}, ${bytes} bytes that begin with ${first}`,
    'http.truncated': ({ host, bytes, expected, how }) => {
      const end = how === 'stalled' ? 'the body stands still' : 'the connection ends';
      return expected < 0
        ? `${host}: ${end} after ${bytes} bytes`
        : `${host}: ${end} after ${bytes} of ${expected} bytes`;
    },
    'http.expected-bytes': ({ host, expected }) => `${host}: the object is documented to begin with ${expected}`,
    'http.range-ignored': ({ host }) => `${host}: the range that was asked for is ignored`,
    'http.content-length': ({ host, length, documented }) =>
      `${host}: the object has ${length} bytes, documented are ${documented}`,
    'http.content-hash': ({ host, sha256 }) => `${host}: the object has another hash than documented: ${sha256}`,
    'http.cdn': ({ host, header }) => `${host}: the service's own front end answered (header ${header})`,
    'http.redirect': ({ host, location }) => `${host}: redirected to ${location}`,
    'http.same-page': ({ host, domains }) =>
      `${host} answers plain HTTP as ${domains} unrelated domains do: one demand to sign in`,
    'http.shared-page': ({ host, domains }) =>
      `${host} answers plain HTTP with the page that ${domains} unrelated domains give`,
    'http.same-redirect': ({ location, domains }) => `${location} is where ${domains} unrelated domains are sent`,
    'http.added-header': ({ name, value, domains }) =>
      `Every plain HTTP answer (${domains} unrelated domains) bears the header ${name}: ${value}, and no answer over TLS does`,
    'http.expected-status': ({ host, status, expected }) =>
      `${host}: the service is documented to answer ${expected}, not ${status}`,
    'http.expected-header': ({ host, name }) => `${host}: the header ${name}, which the service sends, is missing`,
    'http.timeout': (a) => `${place(a)}: no HTTP answer within ${a.ms} ms`,
    'http.reset': (a) => `${place(a)}: the connection is reset ${a.ms} ms after the request`,
    'http.closed': (a) => `${place(a)}: the connection is closed ${a.ms} ms after the request, without an answer`,
    'http.malformed': (a) => `${place(a)}: the answer is not valid HTTP${a.detail === '' ? '' : ` (${a.detail})`}`,
    'http.overflow': (a) => `${place(a)}: the headers of the answer do not end within the bound`,
    'http.hop': ({ host, hop, cause }) => `${host}: redirects to ${hop}, which fails (${cause})`,
    'local.no-address': () => 'No interface that is up has an address besides loopback',
    'local.no-default-route': () => 'There is no default route in any address family',
    'local.nothing-leaves': ({ targets }) => `Not one of ${targets} targets outside this machine gave any answer`,
    'local.resources': ({ host, error }) => `${host}: not tested, since this machine said ${error}`,
    'local.fault': ({ host, error }) => `${host}: a fault in wayclear itself, not in the network: ${error}`,
    'clock.offset': ({ seconds, hosts }) =>
      `The clock is ${skew(seconds)} the time of ${hosts} ${hosts === 1 ? 'host' : 'hosts'}`,
    'clock.dates': ({ hosts }) => `Certificates of ${hosts} unrelated hosts are out of their dates by this clock`,
    'failure.raw': ({ host, stage, failure, message }) => `${host}: stage ${stage} ends with ${failure}: ${message}`,
  };
