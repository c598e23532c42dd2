/** How programs on this machine look names up, as resolv.conf(5) and nsswitch.conf(5) have it. No packet leaves. */

import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { NameSource, Naming, ResolvConf } from '../../model/observations.ts';
import { before } from '../../text-bounds.ts';
import { type HostsTable, hostKey, hostsPath, loadHosts } from './hosts-file.ts';

/** glibc's bounds (resolv/resolv.h, resolv/res_init.c): servers, dots, seconds and rounds beyond these are cut to them. */
const maxServers = 3;
const maxDots = 15;
const maxSeconds = 30;
const maxAttempts = 5;
/** glibc knows no bound since 2.26; each domain is a question more for every name. */
const maxDomains = 16;
const maxText = 65_536;

type Variables = Readonly<Record<string, string | undefined>>;

const words = (text: string): readonly string[] => text.split(/[ \t]+/).filter((word) => word !== '');

function number(option: string, most: number): number | null {
  const digits = /^[a-z-]+:(\d{1,6})$/.exec(option)?.[1];
  return digits === undefined ? null : Math.min(Number(digits), most);
}

function withOption(conf: ResolvConf, option: string): ResolvConf {
  const name = before(option, ':');
  if (option === 'rotate') return { ...conf, rotate: true };
  if (option === 'use-vc') return { ...conf, overTcp: true };
  if (name === 'ndots') return { ...conf, ndots: number(option, maxDots) ?? conf.ndots };
  if (name === 'timeout') return { ...conf, timeoutMs: 1000 * Math.max(1, number(option, maxSeconds) ?? 5) };
  if (name === 'attempts') return { ...conf, attempts: Math.max(1, number(option, maxAttempts) ?? 2) };
  return conf;
}

const domains = (list: readonly string[]): readonly string[] => list.slice(0, maxDomains).map(hostKey);

/**
 * What resolv.conf says beside the servers. `environment` may hold `LOCALDOMAIN` and `RES_OPTIONS`, which glibc reads
 * as well; the domain of `hostname` is the search list where none is written.
 */
export function readResolvConf(text: string, environment: Variables, hostname: string): ResolvConf {
  const dot = hostname.indexOf('.');
  let search: readonly string[] = dot < 0 ? [] : [hostKey(hostname.slice(dot + 1))];
  const options: string[] = [];
  for (const line of text.slice(0, maxText).split('\n')) {
    const [keyword, ...rest] = words(line.replace(/\r$/, ''));
    // Of several lines the last counts.
    if (keyword === 'search') search = domains(rest);
    else if (keyword === 'domain') search = domains(rest.slice(0, 1));
    else if (keyword === 'options') options.push(...rest);
  }
  const { LOCALDOMAIN: local, RES_OPTIONS: more } = environment;
  if (local !== undefined) search = domains(words(local));
  return [...options, ...words(more ?? '')].reduce(withOption, {
    search,
    ndots: 1,
    rotate: false,
    overTcp: false,
    timeoutMs: 5000,
    attempts: 2,
  });
}

/** Programs use the first three of a resolv.conf (`MAXNS`), and all where they follow none. */
export const usedServers = (servers: readonly string[], naming: Naming | null): readonly string[] =>
  naming === null || naming.resolvConf === null ? servers : servers.slice(0, maxServers);

const standard: readonly NameSource[] = [
  { name: 'files', stopsAt: [] },
  { name: 'dns', stopsAt: [] },
];

const statuses = ['notfound', 'unavail', 'tryagain'] as const;

/** Where an action ends the search: `[NOTFOUND=return]`, `[!UNAVAIL=return]`. */
function stopsAt(action: string): readonly (typeof statuses)[number][] {
  return words(action.toLowerCase()).flatMap((rule) => {
    const [status = '', reaction] = rule.split('=');
    if (reaction !== 'return') return [];
    if (!status.startsWith('!')) return statuses.filter((each) => each === status);
    return statuses.filter((each) => each !== status.slice(1));
  });
}

/** The sources of host names in nsswitch.conf, in order; glibc's own where the file or its line is missing. */
export function readNsswitch(text: string | null): readonly NameSource[] {
  const line = /^[ \t]*hosts:([^#\r\n]*)/m.exec((text ?? '').slice(0, maxText))?.[1];
  if (line === undefined) return standard;
  const sources: { name: string; stopsAt: NameSource['stopsAt'] }[] = [];
  for (const part of line.split(/(\[[^\][]*\])/)) {
    const last = sources.at(-1);
    if (!part.startsWith('[')) sources.push(...words(part).map((name) => ({ name, stopsAt: [] })));
    else if (last !== undefined) last.stopsAt = [...last.stopsAt, ...stopsAt(part.slice(1, -1))];
  }
  return sources;
}

/**
 * Names that programs ask for in place of `host`, before it and after it was asked as it stands (glibc,
 * resolv/res_query.c): with fewer dots than `ndots` the search list comes first.
 */
export function searchNames(
  host: string,
  conf: Pick<ResolvConf, 'search' | 'ndots'>,
): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const names = conf.search.filter((domain) => domain !== '').map((domain) => `${host}.${domain}`);
  const dots = host.split('.').length - 1;
  return dots < conf.ndots ? { before: names, after: [] } : { before: [], after: names };
}

/** How this machine finds names without asking anybody. */
interface LoadedNaming {
  /** The text of nsswitch.conf, for whoever asks the system itself. */
  readonly nsswitch: string | null;
  /** Null where nothing is known of it. */
  readonly naming: Naming | null;
  /** Null: where the system usually has it. */
  readonly hostsFolder: string | null;
}

/** Windows' registry answers in some tens of milliseconds. */
const registryMs = 3000;

async function loadWindowsNaming(environment: Variables, signal: AbortSignal | undefined): Promise<LoadedNaming> {
  // Loaded where they are needed.
  const [{ systemPrograms }, { readDnsClient }] = await Promise.all([
    import('../../windows/programs.ts'),
    import('../../windows/dns-client.ts'),
  ]);
  const bounds = { timeoutMs: registryMs, mostBytes: 4_194_304, encoding: 'latin1', signal } as const;
  const client = await readDnsClient(systemPrograms('win32', environment, bounds));
  if (client === null) return { nsswitch: null, naming: null, hostsFolder: null };
  const naming = { resolvConf: null, sources: standard, windows: client.naming };
  return { nsswitch: null, naming, hostsFolder: client.hostsFolder };
}

/** Reads both files, or Windows' registry. No packet leaves. */
async function loadNaming(
  platform: string,
  environment: Variables,
  signal: AbortSignal | undefined,
): Promise<LoadedNaming> {
  if (platform === 'win32') return await loadWindowsNaming(environment, signal);
  if (platform !== 'linux') return { nsswitch: null, naming: null, hostsFolder: null };
  const [nsswitch, resolvConf] = await Promise.all(
    ['/etc/nsswitch.conf', '/etc/resolv.conf'].map((path) => readFile(path, 'utf8').catch(() => null)),
  );
  const naming = {
    resolvConf: readResolvConf(resolvConf ?? '', environment, hostname()),
    sources: readNsswitch(nsswitch ?? null),
  };
  return { nsswitch: nsswitch ?? null, naming, hostsFolder: null };
}

/** The machine's naming and its hosts file. */
export async function loadNames(
  platform: string,
  environment: Variables,
  signal?: AbortSignal,
): Promise<Pick<LoadedNaming, 'nsswitch' | 'naming'> & { readonly hosts: HostsTable }> {
  const loading = loadNaming(platform, environment, signal);
  const root = environment['SystemRoot'];
  const path =
    platform === 'win32' ? hostsPath(platform, root, (await loading).hostsFolder) : hostsPath(platform, root);
  const [hosts, { nsswitch, naming }] = await Promise.all([loadHosts(path), loading]);
  return { hosts, nsswitch, naming };
}
