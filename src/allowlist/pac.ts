import { grouped } from '../grouped.ts';
import type { Rule } from './rules.ts';
import { preface, type RenderAllowList, sorted } from './view.ts';

/** By destination, the ports of it. */
function portsBy(rules: readonly Rule[], key: (rule: Rule) => string): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(grouped(rules.map((rule) => [key(rule), rule.port] as const)));
}

/** What is looked up at run time. Old engines read it too: no newer syntax, no pattern made of a name. */
const program = `
function FindProxyForURL(url, host) {
  host = host.toLowerCase();
  var scheme = url.substring(0, url.indexOf(':')).toLowerCase();
  var authority = url.substring(url.indexOf('://') + 3).split('/')[0].split('?')[0].split('#')[0];
  var colon = authority.lastIndexOf(':');
  var port = colon > authority.lastIndexOf(']') ? Number(authority.substring(colon + 1)) : 0;
  if (port === 0) port = scheme === 'https' || scheme === 'wss' ? 443 : scheme === 'http' || scheme === 'ws' ? 80 : 0;
  return isListed(host, port) ? 'DIRECT' : elsewhere;
}

function has(ports, port) {
  for (var i = 0; i < ports.length; i += 1) if (ports[i] === port) return true;
  return false;
}

function isListed(host, port) {
  if (Object.prototype.hasOwnProperty.call(names, host) && has(names[host], port)) return true;
  for (var dot = host.indexOf('.', 1); dot > 0; dot = host.indexOf('.', dot + 1)) {
    var suffix = host.substring(dot);
    if (Object.prototype.hasOwnProperty.call(suffixes, suffix) && has(suffixes[suffix], port)) return true;
  }
  for (var i = 0; i < networks.length; i += 1) {
    if (/^\\d+\\.\\d+\\.\\d+\\.\\d+$/.test(host) && isInNet(host, networks[i][0], networks[i][1]) && has(networks[i][2], port)) return true;
  }
  return false;
}
`;

/** The mask of an IPv4 prefix. */
const mask = (bits: number): string =>
  [0, 8, 16, 24].map((shift) => 256 - 2 ** (8 - Math.min(8, Math.max(0, bits - shift)))).join('.');

/**
 * A PAC file that sends the destinations directly and everything else to the proxy.
 * @throws TypeError where no proxy is named
 */
export const renderPac: RenderAllowList = (list, view) => {
  const { proxy } = view;
  if (proxy === null) throw new TypeError('a PAC file needs a proxy for everything else');
  const { expressed, left } = sorted(list.rules, ({ kind, pattern, protocol }) => {
    if (protocol === 'udp') return 'udp';
    if (kind === 'network') return pattern.includes(':') ? 'network' : null;
    return kind === 'wildcard' && (!pattern.startsWith('*.') || pattern.lastIndexOf('*') > 0) ? 'wildcard' : null;
  });
  const exact = expressed.filter(({ kind }) => kind === 'exact' || kind === 'address');
  const wild = expressed.filter(({ kind }) => kind === 'wildcard');
  const networks = Object.entries(
    portsBy(
      expressed.filter(({ kind }) => kind === 'network'),
      (rule) => rule.pattern,
    ),
  ).map(([pattern, ports]) => {
    const [address = '', bits = '32'] = pattern.split('/');
    return [address, mask(Number(bits)), ports];
  });
  const comments = [...preface(list, left, view), view.words.rules.pac(proxy)].map((line) => `// ${line}`);
  const lines = (values: readonly string[], [open, close]: readonly [string, string]): string =>
    values.length === 0 ? `${open}${close}` : `${open}\n${values.map((value) => `  ${value}`).join(',\n')}\n${close}`;
  const table = (ports: Readonly<Record<string, readonly number[]>>): string =>
    lines(
      Object.entries(ports).map(([key, numbers]) => `${JSON.stringify(key)}: [${numbers.join(', ')}]`),
      ['{', '}'],
    );
  return `${comments.join('\n')}
var elsewhere = ${JSON.stringify(proxy)};
var names = ${table(portsBy(exact, ({ pattern }) => pattern))};
var suffixes = ${table(portsBy(wild, ({ pattern }) => pattern.slice(1)))};
var networks = ${lines(
    networks.map((network) => JSON.stringify(network)),
    ['[', ']'],
  )};
${program}`;
};
