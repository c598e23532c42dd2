import { entryOf } from '../../entry.ts';
import type { ProxyFactWords } from '../contract.ts';

/** Why an authentication did not succeed; also why a scheme was passed over. */
const reasons: Readonly<Record<string, string>> = {
  disabled: 'authentication is switched off (--proxy-auth none)',
  'no-challenge': 'the 407 names no scheme',
  unsupported: 'no scheme in common',
  'no-credentials': 'no account is given',
  ticket: 'no ticket could be sent',
  'account-unusable': 'the scheme cannot carry this account',
  'no-continuation': 'the proxy does not go on with the dialogue on its connection',
  'malformed-challenge': 'the challenge cannot be read',
  rejected: 'the proxy refuses it',
  'connection-closed': 'the proxy closes every connection after its 407',
};

const details: Readonly<Record<string, string>> = {
  'not-available': 'the optional package kerberos is not installed',
  'no-ticket': 'this account holds no ticket',
  'ticket-expired': 'the ticket has expired',
  clock: 'the clock is too far from that of the domain controller',
  'unknown-service': 'the directory knows no service of this name for the proxy',
  'no-kdc': 'no domain controller can be reached',
  timeout: 'the domain controller does not answer in time',
};

const reason = (text: string): string => entryOf(reasons, text) ?? entryOf(details, text) ?? text;

/** What is wrong with an entry, in a few words. */
const mistakes: Readonly<Record<string, string>> = {
  'empty-entry': 'an empty entry (two separators in a row) does nothing',
  'star-without-dot': 'a * directly before a name is no pattern',
  'star-in-list': 'a * beside other entries is read as everything by some and as nothing by others',
  'star-inside': 'names are matched by their end, a * in the middle has no effect',
  'star-dot': 'wildcards are not known to all readers',
  'cidr-for-names': 'a network matches addresses, not names',
  'cidr-invalid': 'this is no network',
  'local-token': '<local> has a meaning on Windows only',
  'missing-dot': 'without a leading dot some match the name alone, not what is below it',
  'leading-dot': 'with a leading dot some do not match the name itself',
  port: 'ports are not read by all',
  'url-entry': 'an entry is a name, not a URL',
  'path-entry': 'an entry cannot have a path',
  'wrong-separator': 'the separator is another one here',
  'space-separator': 'some read commas only',
  'too-long': 'the list is longer than what is read',
  'scheme-missing': 'without http:// some take another scheme, https among them',
  quoted: 'the quotes are part of the value',
  'line-end': 'the value ends in a carriage return or line feed, which others take for a part of it',
  'account-unencoded': 'the account holds an @ that is not written as %40',
  'proxy-unencoded':
    'nobody can read the value: #, /, ? and @ in the account have to be written as %23, %2F, %3F and %40',
  'proxy-list': 'the value holds several assignments; nobody reads more than one proxy here',
  'path-ignored': 'the path of a proxy URL is ignored',
  'proxy-invalid': 'the value names no proxy that can be used',
  'pac-url-unusable': 'the automatic configuration address cannot be used',
};

/** Readers of PAC files, by their codes. */
const pacReaderNames: Readonly<Record<string, string>> = {
  winhttp: 'WinHTTP',
  'older-browsers': 'browsers until 2018',
  'pac-resolver': 'pac-resolver of Node.js',
};

const pacReaders = (codes: string): string =>
  codes
    .split(',')
    .map((code) => entryOf(pacReaderNames, code) ?? code)
    .join(', ');

const entryText = (name: string, entry: string): string => (entry === '' ? name : `${name}, entry ${entry}`);

export const proxyFacts: ProxyFactWords = {
  'proxy.source': ({ proxy, source, why }) => `The proxy ${proxy} comes from ${why} (${source})`,
  'proxy.name': ({ proxy, failure, server }) =>
    `The name in ${proxy} does not resolve (${failure}${server === '' ? '' : `, name server ${server}`})`,
  'proxy.connect': ({ proxy, address, failure }) => `${proxy} at ${address}: no connection (${failure})`,
  'proxy.own-machine': ({ proxy }) =>
    `${proxy} is on this machine: a setting that an uninstalled agent left behind looks like this`,
  'proxy.others-reached': ({ proxy, tunnels }) =>
    `${proxy} leads to ${tunnels} other ${tunnels === 1 ? 'target' : 'targets'} in this run`,
  'proxy.refuses-tunnel': ({ host, proxy, status }) =>
    `${host}: ${proxy} answers ${status} to CONNECT for this host as well: the answer is its own`,
  'proxy.same-for-address': ({ proxy, address }) =>
    `${proxy} answers for the bare address ${address} as it does for names: names are not the trouble`,
  'proxy.other-for-address': ({ proxy, address }) =>
    `${proxy} does try the bare address ${address}: it is names that it finds no address for`,
  'proxy.same-answer': ({ host, proxy, other }) =>
    `${host}: ${proxy} gives the answer that it gave to CONNECT for ${other}: it is its own`,
  'proxy.status': ({ host, proxy, status, reason: text }) =>
    `${host}: the proxy ${proxy} answers ${status}${text === '' ? '' : ` ${text}`}`,
  'proxy.header': ({ proxy, name, value }) => `${proxy}: answer header ${name}: ${value}`,
  'proxy.body': ({ proxy, text }) => `${proxy}: the page begins «${text}»`,
  'proxy.vendor': ({ proxy, vendor }) => `${proxy}: the answer bears the marks of ${vendor}`,
  'proxy.silent': ({ host, proxy, ms }) =>
    `${host}: the proxy ${proxy} takes the connection and says nothing in ${ms} ms`,
  'proxy.ended': ({ host, proxy, failure }) =>
    `${host}: the proxy ${proxy} ends the connection without an answer (${failure})`,
  'proxy.not-http': ({ proxy, text }) => `${proxy}: the first bytes are of another protocol: «${text}»`,
  'proxy.speaks-tls': ({ proxy }) => `${proxy}: TLS answers there: the scheme may have to be https`,
  'proxy.page-for-tunnel': ({ proxy }) => `${proxy} answers CONNECT with a page, and no session went through it`,
  'proxy.overflow': ({ proxy }) => `${proxy}: the headers of the answer do not end within the bound`,
  'proxy.tls': ({ proxy, problem }) => `${proxy}: the TLS session to the proxy fails (${problem})`,
  'proxy.certificate': ({ proxy, subject, issuer }) =>
    `${proxy}: shows the certificate ${subject}, issued by ${issuer}`,
  'proxy.offers': ({ proxy, schemes }) => `${proxy}: asks for authentication and offers ${schemes}`,
  'proxy.offers-nothing': ({ proxy }) => `${proxy}: asks for authentication and names no scheme`,
  'proxy.auth': ({ proxy, scheme, legs, reason: why, detail }) =>
    `${proxy}: ${scheme === '' ? '' : `${scheme}, after ${legs} ${legs === 1 ? 'answer' : 'answers'}: `}${reason(why)}${detail === '' || detail === why ? '' : ` (${reason(detail)})`}`,
  'proxy.auth-skipped': ({ proxy, scheme, why }) => `${proxy}: ${scheme} was not tried: ${reason(why)}`,
  'proxy.auth-once': ({ proxy, scheme, host }) =>
    `${proxy}: asks for the account (${scheme}); it was sent once, for ${host}, and not taken, and not sent again in this run, so as not to lock it`,
  'proxy.socks': ({ host, proxy, reply, name }) => `${host}: the SOCKS proxy ${proxy} replies ${reply} (${name})`,
  'proxy.passed-over': ({ proxy, failure }) => `The PAC file names ${proxy} first, which is of no use (${failure})`,
  'proxy.granted': ({ host, proxy }) => `${host}: the proxy ${proxy} makes the way; what fails comes after that`,
  'proxy.direct-works': ({ host }) => `${host}: the direct path works`,
  'proxy.direct-fails': ({ host, failure }) => `${host}: the direct path fails (${failure})`,
  'proxy.bypassed': ({ host, entry }) => `${host} goes past the proxy by the entry ${entry} of the bypass list`,
  'proxy.other-works': ({ host, proxy }) => `${host}: the configured proxy ${proxy} reaches it`,
  'proxy.intended': ({ host, entry }) =>
    `${host} goes through the proxy, although the entry ${entry} of the bypass list seems to mean it`,
  'proxy.network-entry': ({ host, address, entry }) =>
    `${host} has the address ${address}, which is in ${entry} of the bypass list: a network there matches addresses, not names`,
  'proxy.unlisted': ({ host, address }) => `${host} has the private address ${address} and goes through the proxy`,
  'proxy.direct-closed': ({ targets, sample }) =>
    `The direct path is closed for ${targets} ${targets === 1 ? 'target' : 'targets'} that the proxy leads to (${sample})`,
  'proxy.mistakes': ({ name, entry, code, dialects, more }) =>
    `${proxyFacts['proxy.mistake']({ name, entry, code, dialects })}${more === 0 ? '' : `; ${more} more of this kind`}`,
  'proxy.client-name': ({ proxy, name }) =>
    `${proxy}: was asked by the client name ${name}; a proxy that admits known programs only takes another one (--user-agent)`,
  'proxy.pac': ({ url, detail }) => `PAC file ${url}: ${detail}`,
  'proxy.pac-answer': ({ host, answer }) => `The PAC file answers «${answer}» for ${host}`,
  'proxy.pac-reading': ({ call, value, readers, otherwise }) =>
    `In the PAC file, ${call} is ${value} for today's browsers and here, and ${otherwise} for ${pacReaders(readers)}`,
  'proxy.readers-differ': ({ call, value, readers, otherwise, more }) =>
    `${proxyFacts['proxy.pac-reading']({ call, value, readers, otherwise })}${more === 0 ? '' : `; ${more} further ${more === 1 ? 'call differs' : 'calls differ'} as well`}: programs of this machine may go different ways`,
  'proxy.mistake': ({ name, entry, code, dialects }) =>
    `${entryText(name, entry)}: ${entryOf(mistakes, code) ?? code}${dialects === '' ? '' : ` (read otherwise by ${dialects})`}`,
  'proxy.differs': ({ host, entry, dialects, bypass }) =>
    bypass === 1
      ? `${host} goes past the proxy by ${entry}; ${dialects} would use the proxy`
      : `${host} goes through the proxy; ${dialects} would go past it`,
};
