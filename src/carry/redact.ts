/** Names of the inside, replaced by salted hashes on the way out and put back on the way in. */
import { createHmac } from 'node:crypto';
import { addressClass, isIP } from '../addresses.ts';
import { entryOf } from '../entry.ts';
import type { CarryRequestHead } from '../model/message.ts';
import type { UnroutedPlan, UnroutedTarget } from '../model/plan.ts';

/** What each replacement stands for: kept on this machine alone. */
export type Names = Readonly<Record<string, string>>;

/** What of this machine says which names are inside ones. */
export interface Inside {
  readonly machine: string;
  /** Search domains and the machine's own. */
  readonly domains: readonly string[];
}

/** Domains that no public name ends in: reserved (RFC 6761, 6762, 8375, 9476), or in use inside. */
const insideDomains = [
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
  'localhost',
  'localdomain',
  'test',
];

/** Whether a host is one of the inside: a name without a domain, one below a domain of the inside, an address that is not public. */
export function isInside(host: string, { machine, domains }: Inside): boolean {
  if (host === '') return false;
  if (isIP(host) !== 0) return addressClass(host) !== 'global';
  const name = host.toLowerCase();
  if (!name.includes('.') || name === machine.toLowerCase()) return true;
  const all = [
    ...insideDomains,
    ...domains.map((domain) => domain.toLowerCase()).filter((domain) => domain.includes('.')),
  ];
  return all.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** What stands for a text: a host that exists nowhere. */
const replacementOf = (text: string, salt: string): string =>
  `inside-${createHmac('sha256', salt).update(text).digest('hex').slice(0, 16)}.invalid`;

/** Every text of a value, replaced. Keys are ours, and stay. */
export function eachText<T>(value: T, replace: (text: string) => string): T {
  return through(value, (text) => replace(text), 'said');
}

/**
 * How a member's texts leave. `formed`: of a form that holds no name (an enumeration, a hash, a certificate), as they are.
 * `asked`: needed outside, with the names in them replaced one by one. Everything else is `said`: nobody outside needs it,
 * and it leaves whole as a hash, unless everybody knows it. A member that stands in no list is said.
 */
type Way = 'formed' | 'asked' | 'said';
const ways: Readonly<Record<string, Way>> = {
  ...named('formed', [
    'wayclear',
    'version',
    'kind',
    'key',
    'at',
    'nonce',
    'sha256',
    'roots',
    'pem',
    'tls',
    'startsWith',
  ]),
  ...named('formed', ['scheme', 'method', 'importance', 'tlsHello', 'because', 'code', 'protocol']),
  ...named('asked', ['host', 'url', 'pattern', 'expect', 'userAgent']),
};
/** Members whose keys are texts too. */
const dictionaries: readonly string[] = ['parameters'];

function named(way: Way, members: readonly string[]): Readonly<Record<string, Way>> {
  return Object.fromEntries(members.map((member) => [member, way]));
}

type Door = (text: string, way: Way) => string;

/** The one door: every text of a value goes through it, whichever member it is of. */
function through<T>(value: T, door: Door, way: Way, keys = false): T {
  if (typeof value === 'string') return door(value, way) as T;
  if (Array.isArray(value)) return value.map((part: unknown) => through(part, door, way)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      keys ? door(key, way) : key,
      through(part, door, entryOf(ways, key) ?? way, dictionaries.includes(key)),
    ]),
  ) as T;
}

/** A request before it is lines. */
interface Leaving {
  readonly head: CarryRequestHead;
  readonly plan: UnroutedPlan;
}

/** Whether what a target asks is the same as before. */
const asksSame = (one: UnroutedTarget, other: UnroutedTarget): boolean =>
  one.host === other.host && one.url === other.url && JSON.stringify(one.expect) === JSON.stringify(other.expect);

/**
 * A request without names of the inside: what they name is not probed from outside. `known` are texts that everybody knows,
 * those of the program's own catalog.
 */
export function redacted(
  leaving: Leaving,
  inside: Inside,
  known: ReadonlySet<string>,
  salt: string,
): Leaving & { readonly names: Names } {
  const names = new Map<string, string>();
  const hidden = remembered((text) => {
    const by = replacementOf(text, salt);
    names.set(by, text);
    return by;
  });
  const finder = nameFinder(
    leaving.plan.targets.map(({ host }) => host),
    known,
    inside,
  );
  const doors: Readonly<Record<Way, (text: string) => string>> = {
    formed: (text) => text,
    asked: remembered((text) => {
      const made = finder.isKnown(text) ? text : finder.replaced(text, hidden);
      // A text has its bounds, and many short names would burst them.
      return made.length > Math.max(longestName, text.length) ? hidden(text) : made;
    }),
    said: (text) => (text === '' || finder.isPublic(text) ? text : hidden(text)),
  };
  const door: Door = (text, way) => doors[way](text);
  const made = through(leaving, door, 'said');
  const targets = made.plan.targets.map((target, index): UnroutedTarget => {
    const before = leaving.plan.targets[index] ?? target;
    return asksSame(target, before) ? target : { ...target, untested: target.untested ?? { code: 'inside' } };
  });
  return { ...made, plan: { ...made.plan, targets }, names: Object.fromEntries(names) };
}

/** Thousands of probes say the same. */
function remembered(make: (text: string) => string): (text: string) => string {
  const made = new Map<string, string>();
  return (text) => {
    const known = made.get(text) ?? make(text);
    made.set(text, known);
    return known;
  };
}

/** Finds names of the inside in texts; `hosts` are those of the plan. */
function nameFinder(hosts: readonly string[], known: ReadonlySet<string>, inside: Inside) {
  const { machine } = inside;
  const [short = ''] = machine.toLowerCase().split('.');
  const own = new Set([machine.toLowerCase(), short, ...hosts.filter((host) => isInside(host, inside))]);
  const open = new Set(hosts.filter((host) => !isInside(host, inside)));
  const isKnown = (text: string): boolean => known.has(text) && !own.has(text.toLowerCase());
  /** Whole, or before what was added to it: `db.corp.local.bak`. A word without a dot is a name where the plan says so. */
  const isName = (run: string): boolean => {
    const name = run.toLowerCase();
    if (own.has(name)) return true;
    if (open.has(name)) return false;
    for (let end = 1; end <= name.length; end += 1) {
      if (end < name.length && !/[._-]/.test(name[end] ?? '')) continue;
      const part = name.slice(Math.max(0, end - longestName), end);
      if (part.includes('.') && isInside(part, inside)) return true;
    }
    return false;
  };
  return {
    replaced(text: string, by: (name: string) => string): string {
      const isV6 = (run: string): boolean => isIP(run) === 6 && isInside(run, inside);
      return text
        .replace(/[0-9A-Fa-f:.]{3,45}/g, (run) => (isV6(run) ? by(run) : run))
        .replace(/[\p{L}\p{N}_.-]+/gu, (run) => {
          const name = trimmed(run);
          return name !== '' && isName(name) ? run.replace(name, () => by(name)) : run;
        });
    },
    isKnown,
    /** Whether a text is put together of hosts that are asked, of known texts and of numbers. */
    isPublic: (text: string): boolean =>
      isKnown(text) || text.split(/[/#:]/).every((part) => isKnown(part) || open.has(part) || /^\d*$/.test(part)),
  };
}

const longestName = 253;

/** Without dots and hyphens at its ends. */
function trimmed(run: string): string {
  let [from, to] = [0, run.length];
  while (from < to && /[.-]/.test(run[from] ?? '')) from += 1;
  while (to > from && /[.-]/.test(run[to - 1] ?? '')) to -= 1;
  return run.slice(from, to);
}

/** Every text of the program's own catalog, the names of its parameters, and what it calls addresses that somebody typed. */
export function textsOf(features: unknown): ReadonlySet<string> {
  const texts = new Set(['ad-hoc']);
  eachText(features, (text) => {
    texts.add(text);
    for (const [, parameter = ''] of text.matchAll(/\{([A-Za-z][\w-]*)\}/g)) texts.add(parameter);
    return text;
  });
  return texts;
}

/** A value with the texts put back. */
export function restored<T>(value: T, names: Names): T {
  if (Object.keys(names).length === 0) return value;
  return eachText(value, (text) =>
    text.replace(/inside-[0-9a-f]{16}\.invalid/g, (by) => (Object.hasOwn(names, by) ? (names[by] ?? by) : by)),
  );
}
