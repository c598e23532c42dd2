import { BlockList } from 'node:net';
import { isIP } from '../addresses.ts';
import { harmless } from '../harmless.ts';
import { globMatches } from '../text-bounds.ts';
import type { BypassDialect, BypassList, Mistake, MistakeCode } from './setting.ts';

/** Who else reads NO_PROXY, and differently. WinINET and WinHTTP do not read it. */
type Dialect = 'curl' | 'proxy-from-env' | 'undici' | 'go';

/** `host`: lower case, no trailing dot, an IPv6 address without brackets. `scheme` of the request, for Windows' `http://host` entries. */
interface BypassTarget {
  readonly host: string;
  readonly port: number;
  readonly scheme?: 'http' | 'https' | 'tcp';
}

/** With the family of its address, 0 for a name: told once, for as many entries as there may be. */
type AskedTarget = BypassTarget & { readonly family: number };

interface BypassAnswer {
  readonly bypass: boolean;
  /** The entry that matched, as written and made harmless; null if none did. */
  readonly entry: string | null;
  /** Readers that would decide otherwise for this host. Empty for lists that only their own system reads. */
  readonly differs: readonly { readonly dialect: Dialect; readonly answer: boolean }[];
}

/** No host name with a scheme and a port is as long as the longest entry that is read. */
const bound = { characters: 65_536, entries: 4096, entry: 300 } as const;

interface BypassEntry {
  readonly text: string;
  readonly host: string;
  readonly port: number | null;
}

/** What each separator's last list was read as: all targets of a run ask the same lists. */
const lastRead = new Map<string | RegExp, { readonly text: string; readonly entries: readonly BypassEntry[] }>();

/** Entries of a list, split where its readers split, at most 4,096; empty ones and overlong ones left out. */
function entriesOf(text: string, separator: string | RegExp): readonly BypassEntry[] {
  const last = lastRead.get(separator);
  if (last?.text === text) return last.entries;
  const entries = readEntries(text, separator);
  lastRead.set(separator, { text, entries });
  return entries;
}

function readEntries(text: string, separator: string | RegExp): readonly BypassEntry[] {
  return text
    .slice(0, bound.characters)
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '' && part.length <= bound.entry)
    .slice(0, bound.entries)
    .map((part) => {
      const lower = part.toLowerCase();
      const bracketed = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(lower);
      const plain = isIP(lower) === 6 ? null : /^([^:]*):(\d{1,5})$/.exec(lower);
      const [, host = lower, port] = bracketed ?? plain ?? [];
      return { text: part, host, port: port === undefined ? null : Number(port) };
    });
}

/** Whether an address is in a network written as `10.0.0.0/8`; false for anything that is no network of its family. */
function inNetwork({ host, family }: AskedTarget, network: string): boolean {
  const [, base = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(network) ?? [];
  if (family === 0 || isIP(base) !== family || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(base, Number(bits), kind);
  return list.check(host, kind);
}

function sameAddress(target: AskedTarget, other: string): boolean {
  return target.family === 4 ? target.host === other : inNetwork(target, `${other}/128`);
}

const withinDomain = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
const withoutDot = (name: string): string => name.replace(/\.$/, '');
const portFits = (entry: BypassEntry, target: AskedTarget): boolean =>
  entry.port === null || entry.port === target.port;

/** NO_PROXY as its authors mean it: curl's rules, with ports and a leading `*.`, which most other readers know. */
function meantEntry(entry: BypassEntry, target: AskedTarget): boolean {
  if (!portFits(entry, target)) return false;
  if (target.family !== 0) return sameAddress(target, entry.host) || inNetwork(target, entry.host);
  const domain = withoutDot(entry.host.replace(/^\*?\./, ''));
  return domain !== '' && withinDomain(target.host, domain);
}

/** lib/noproxy.c of curl 8: no ports, no wildcards. */
function curlEntry(entry: BypassEntry, target: AskedTarget): boolean {
  const text = entry.text.toLowerCase();
  if (target.family !== 0) return sameAddress(target, text) || inNetwork(target, text);
  return text !== '.' && withinDomain(target.host, withoutDot(text).replace(/^\./, ''));
}

/** proxy-from-env 2.1: exact unless it begins with `.` or `*`, then the end of the host as text. */
function proxyFromEnvEntry(entry: BypassEntry, target: AskedTarget): boolean {
  const host = target.family === 6 ? `[${target.host}]` : target.host;
  const [, name = entry.text, port] = /^(.+):(\d+)$/.exec(entry.text) ?? [];
  if (port !== undefined && Number(port) !== 0 && Number(port) !== target.port) return false;
  const lower = name.toLowerCase();
  return /^[.*]/.test(lower) ? host.endsWith(lower.replace(/^\*/, '')) : host === lower;
}

/** undici 7 EnvHttpProxyAgent: a leading `.` or `*.` is dropped, then the domain and what is below it. */
function undiciEntry(entry: BypassEntry, target: AskedTarget): boolean {
  const host = target.family === 6 ? `[${target.host}]` : target.host;
  const [, name = entry.text, port] = /^(.+):(\d+)$/.exec(entry.text) ?? [];
  if (port !== undefined && Number(port) !== 0 && Number(port) !== target.port) return false;
  return withinDomain(host, name.toLowerCase().replace(/^\*?\./, ''));
}

/** golang.org/x/net/http/httpproxy: `.contoso.com` is what lies below alone; loopback never goes by proxy. */
function goEntry(entry: BypassEntry, target: AskedTarget): boolean {
  if (entry.host === '*') return true;
  if (!portFits(entry, target)) return false;
  if (target.family !== 0) return sameAddress(target, entry.host) || inNetwork(target, entry.host);
  const name = entry.host.replace(/^\*\./, '.');
  return name.startsWith('.') ? target.host.endsWith(name) : withinDomain(target.host, name);
}

/** WinINET and WinHTTP: whole-name patterns with `*`, an optional scheme and port, `<local>` for names without a dot. */
function windowsEntry(entry: BypassEntry, target: AskedTarget): boolean {
  const text = entry.text.toLowerCase();
  if (text === '<local>') return target.family === 0 && !target.host.includes('.');
  const [, scheme, rest = text] = /^(?:([a-z]+):\/\/)?(.*)$/.exec(text) ?? [];
  if (scheme !== undefined && target.scheme !== undefined && scheme !== target.scheme) return false;
  const bare = isIP(rest) === 6 ? rest : null;
  const [, name = rest, port] = bare === null ? (/^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(rest) ?? []) : [null, bare];
  if (port !== undefined && Number(port) !== target.port) return false;
  return globMatches(name.replace(/^\[|\]$/g, ''), target.host);
}

/** macOS exceptions: patterns, and networks whose trailing zero octets may be left out (`169.254/16`). */
function macEntry(entry: BypassEntry, target: AskedTarget): boolean {
  const short = /^(\d+(?:\.\d+){0,3})\/(\d+)$/.exec(entry.text);
  if (!short) return windowsEntry(entry, target);
  const octets = [...(short[1] ?? '').split('.'), '0', '0', '0'].slice(0, 4).join('.');
  return inNetwork(target, `${octets}/${short[2]}`);
}

const loopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

const blanksAndCommas = /[,\s]+/;
const semicolonsAndBlanks = /[;\s]+/;
const anySeparator = /[,;\s]+/;

const readers: Readonly<Record<Dialect, (text: string, target: AskedTarget) => boolean>> = {
  curl: (text, target) => text === '*' || entriesOf(text, blanksAndCommas).some((entry) => curlEntry(entry, target)),
  'proxy-from-env': (text, target) =>
    text === '*' || entriesOf(text, blanksAndCommas).some((entry) => proxyFromEnvEntry(entry, target)),
  undici: (text, target) =>
    text === '*' || entriesOf(text, blanksAndCommas).some((entry) => undiciEntry(entry, target)),
  go: (text, target) => loopback(target.host) || entriesOf(text, ',').some((entry) => goEntry(entry, target)),
};

const matchers: Readonly<
  Record<
    BypassDialect,
    { readonly separator: RegExp; readonly match: (entry: BypassEntry, target: AskedTarget) => boolean }
  >
> = {
  environment: { separator: blanksAndCommas, match: meantEntry },
  gnome: { separator: blanksAndCommas, match: meantEntry },
  windows: { separator: semicolonsAndBlanks, match: windowsEntry },
  macos: { separator: anySeparator, match: macEntry },
};

/**
 * Whether a target goes past the proxy, by which entry, and which other readers of the same list would say otherwise.
 * Only NO_PROXY is compared: the systems' own lists have one reader.
 */
export function evaluateBypass(
  list: Pick<BypassList, 'text' | 'dialect'>,
  { host, ...request }: BypassTarget,
): BypassAnswer {
  const text = list.text.trim();
  const target = { ...request, host, family: isIP(host) };
  const { separator, match } = matchers[list.dialect];
  const everything = text === '*' && list.dialect !== 'windows';
  const entry = everything ? '*' : (entriesOf(text, separator).find((row) => match(row, target))?.text ?? null);
  const bypass = entry !== null;
  const differs =
    list.dialect !== 'environment' || text === ''
      ? []
      : (Object.keys(readers) as Dialect[])
          .map((dialect) => ({ dialect, answer: readers[dialect](text, target) }))
          .filter(({ answer }) => answer !== bypass);
  return { bypass, entry: entry === null ? null : harmless(entry, 100), differs };
}

/** Whatever people put between entries, and quotes that stayed in the value. */
const meantSeparator = /[,;|"'\s]+/;

/**
 * The entry that would send a target past the proxy if the list were read as its author may have meant it: with any
 * separator, without quotes, with `*` anywhere, `<local>`, and URLs as their host; made harmless. Null where none would.
 */
export function intendedBypass({ text }: Pick<BypassList, 'text'>, destination: BypassTarget): string | null {
  const target = { ...destination, family: isIP(destination.host) };
  const entry = entriesOf(text, meantSeparator).find((row) => {
    const url = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(row.text);
    const [bare = row] = url === null ? [row] : entriesOf(url[1] ?? '', meantSeparator);
    return meantEntry(bare, target) || windowsEntry(bare, target);
  });
  return entry === undefined ? null : harmless(entry.text, 100);
}

type EntryFault = Pick<Mistake, 'code' | 'level' | 'dialects'>;

const useless = (code: MistakeCode, dialects: readonly Dialect[] = []): EntryFault => ({
  code,
  level: 'no-effect',
  dialects,
});
const unportable = (code: MistakeCode, dialects: readonly Dialect[]): EntryFault => ({
  code,
  level: 'portability',
  dialects,
});

/** What in a bypass list does not do what its author meant, in the list's order; at most 100. */
export function lintBypass({ text, dialect, name }: BypassList): readonly Mistake[] {
  const pieces = text.slice(0, bound.characters).split(dialect === 'windows' ? ';' : ',');
  const cut = text.length > bound.characters || pieces.length > bound.entries;
  const quoted = dialect === 'environment' && /^\s*["']/.test(text);
  const kept = (pieces.at(-1)?.trim() === '' ? pieces.slice(0, -1) : pieces).slice(0, bound.entries);
  const faults = kept.flatMap((piece) => {
    const parts = piece.trim().split(/\s+/);
    const empty = parts[0] === '' && kept.length > 1 ? [{ ...useless('empty-entry'), entry: '' }] : [];
    const spaces =
      parts.length > 1 && dialect !== 'windows'
        ? [{ ...unportable('space-separator', ['curl', 'go']), entry: piece.trim() }]
        : [];
    const alone = kept.length + parts.length === 2;
    const inside = parts
      .filter((part) => part !== '')
      .flatMap((part) => entryFaults(part, dialect, alone).map((fault) => ({ ...fault, entry: part })));
    return [...empty, ...spaces, ...inside];
  });
  const ofAll = [
    ...(cut ? [{ ...useless('too-long'), entry: '' }] : []),
    ...(quoted ? [{ ...useless('quoted'), entry: '' }] : []),
  ];
  return [...ofAll, ...faults].slice(0, 100).map((fault) => ({
    ...fault,
    name,
    // An entry with an @ may be a proxy URL that was put into the wrong variable.
    entry: fault.entry.includes('@') ? '' : harmless(fault.entry, 100),
  }));
}

function entryFaults(entry: string, dialect: BypassDialect, alone: boolean): readonly EntryFault[] {
  const windows = dialect === 'windows';
  if (entry.includes(windows ? ',' : ';')) return [useless('wrong-separator')];
  if (/^<(-?loopback|local)>$/i.test(entry)) return windows || dialect === 'macos' ? [] : [useless('local-token')];
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(entry)) return windows ? [] : [useless('url-entry')];
  if (/^\[?[0-9a-f.:]+\]?\/\d+$/i.test(entry)) return networkFaults(entry, dialect);
  if (entry.includes('/')) return [useless('path-entry')];
  return windows || dialect === 'macos' ? [] : nameFaults(entry, dialect === 'environment', alone);
}

function networkFaults(entry: string, dialect: BypassDialect): readonly EntryFault[] {
  if (dialect === 'windows') return [useless('cidr-for-names')];
  if (dialect === 'macos') return [];
  const [, base = '', bits] = /^(.*)\/(\d+)$/.exec(entry) ?? [];
  const family = isIP(base);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) return [useless('cidr-invalid')];
  return dialect === 'environment' ? [unportable('cidr-for-names', ['proxy-from-env', 'undici'])] : [];
}

function nameFaults(entry: string, environment: boolean, alone: boolean): readonly EntryFault[] {
  const host = entry.startsWith('[') || isIP(entry) === 6 ? entry : entry.replace(/:\d+$/, '');
  const port = host !== entry && environment ? [unportable('port', ['curl'])] : [];
  if (host === '*') return alone ? port : [...port, useless('star-in-list', ['proxy-from-env', 'go'])];
  if (/^\*[^.]/.test(host)) return [...port, useless('star-without-dot', ['proxy-from-env'])];
  if (host.includes('*', 1)) return [...port, useless('star-inside')];
  if (!environment) return [];
  if (host.startsWith('*.')) return [...port, unportable('star-dot', ['curl'])];
  if (host.startsWith('.')) return [...port, unportable('leading-dot', ['proxy-from-env', 'go'])];
  const address = isIP(host.replace(/^\[|\]$/g, '')) !== 0;
  return address || !host.includes('.') ? port : [...port, unportable('missing-dot', ['proxy-from-env'])];
}
