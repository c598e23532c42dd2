import type { CauseWordsOf } from '../contract.ts';

/** English words of the causes whose ids begin with `proxy`. */
export const proxy: CauseWordsOf<'proxy'> = {
  'proxy.name-not-found': {
    title: "The proxy's name does not resolve",
    meaning: 'The name of the configured proxy is unknown.',
    evidence: "The name server's answer for the proxy.",
    remedies: ['Correct the proxy setting, or ask the DNS owner for the record.'],
  },
  'proxy.unreachable': {
    title: 'The proxy cannot be reached',
    meaning: 'The connection to the proxy itself fails.',
    evidence: 'How the connection to the proxy ends.',
    remedies: [
      'Check proxy host and port, and that the proxy runs. A local port without a listener is often left over from a removed agent.',
    ],
  },
  'proxy.auth-required': {
    title: 'The proxy wants credentials',
    meaning: 'The proxy answers 407 and none were given.',
    evidence: 'The 407 answer and the schemes that it offers.',
    remedies: [
      'Ask the proxy owner to let these hosts through without authentication for this machine, or give a proxy account (--proxy-user NAME).',
    ],
  },
  'proxy.auth-rejected': {
    title: 'The proxy rejects the credentials',
    meaning: 'The proxy answers 407 again after credentials were sent.',
    evidence: 'The second 407 answer.',
    remedies: ['Correct user name (--proxy-user), password or account, and check the clock for Kerberos.'],
  },
  'proxy.auth-unsupported': {
    title: 'No authentication scheme in common with the proxy',
    meaning: 'The proxy offers only schemes that cannot be used here.',
    evidence: 'The schemes that it offers.',
    remedies: ['Ask the proxy owner for an exemption for these hosts, or for a scheme that the product supports.'],
  },
  'proxy.denied': {
    title: 'The proxy denies access to the host',
    meaning: 'The proxy refuses the tunnel by policy.',
    evidence: "The proxy's answer to CONNECT.",
    remedies: ['Ask the proxy owner to allow the listed hosts and ports for this machine.'],
  },
  'proxy.upstream-dns': {
    title: 'The proxy cannot resolve the host',
    meaning: 'The proxy says that it finds no address for the name.',
    evidence: "The proxy's answer and its error code.",
    remedies: ["Ask the proxy owner to check the proxy's own name servers."],
  },
  'proxy.upstream-unreachable': {
    title: 'The proxy cannot reach the host',
    meaning: 'The proxy says that its connection to the host fails.',
    evidence: "The proxy's answer and its error code.",
    remedies: ["Ask the proxy owner to check the firewall rules and parent proxy for the proxy's own connections."],
  },
  'proxy.timeout': {
    title: 'The proxy does not answer in time',
    meaning: 'The proxy accepts the connection and gives no answer, or says that the host did not answer it.',
    evidence: 'A timeout in the tunnel stage, or the gateway timeout that the proxy sent.',
    remedies: ['Ask the proxy owner to look at load and upstream of the proxy.'],
  },
  'proxy.tls-failed': {
    title: 'The TLS session to the proxy fails',
    meaning: 'The connection to the proxy itself is to be encrypted, and that fails.',
    evidence: 'How the handshake with the proxy ends.',
    remedies: ['Check the scheme in the proxy setting (http or https) and give its root by --proxy-ca.'],
  },
  'proxy.not-a-proxy': {
    title: 'What answers is not a proxy',
    meaning: 'The configured address answers, but not as a proxy does.',
    evidence: 'The answer to CONNECT.',
    remedies: ['Correct host, port and scheme of the proxy setting (here: --proxy URL).'],
  },
  'proxy.required': {
    title: 'Direct connections fail, the proxy works',
    meaning: 'The direct path is closed, and a configured proxy reaches the host.',
    evidence: 'Both paths, measured side by side.',
    remedies: [
      'Configure the product for the proxy (here: --proxy URL; where only HTTPS_PROXY is set, HTTP_PROXY beside it).',
    ],
  },
  'proxy.bypass-mistake': {
    title: 'A proxy setting is mistaken',
    meaning: 'A bypass list, a PAC file or a proxy variable sends targets the wrong way, or cannot be read.',
    evidence: 'The setting as it is, and that the other way works.',
    remedies: [
      'Correct the setting that the evidence names: the bypass list so that it names the hosts, the PAC file so that it gives them the right way, or the variable so that it can be read. Nothing has to be opened for it.',
    ],
  },
  'proxy.pac-unreachable': {
    title: 'The proxy configuration file cannot be read',
    meaning: 'The address of the PAC file gives no file.',
    evidence: 'How the fetch fails.',
    remedies: ['Correct the PAC address, or ask its owner to publish the file.'],
  },
  'proxy.pac-invalid': {
    title: 'The proxy configuration file is broken',
    meaning: 'The PAC file is no valid script or gives no usable answer.',
    evidence: 'What the evaluation says.',
    remedies: ['Ask the owner of the PAC file to correct it.'],
  },
  'proxy.socks-refused': {
    title: 'The SOCKS proxy refuses the connection',
    meaning: 'The SOCKS proxy answers with an error.',
    evidence: 'Its reply code.',
    remedies: ['Ask the proxy owner to allow the listed hosts and ports for this machine.'],
  },
};
