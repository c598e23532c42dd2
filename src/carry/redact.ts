/** Names of the inside, replaced by salted hashes on the way out and put back on the way in. */
import { createHmac } from 'node:crypto';
import { addressClass, isIP } from '../addresses.ts';
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

/** What stands for a name: a host that exists nowhere. */
const replacementOf = (name: string, salt: string): string =>
  `inside-${createHmac('sha256', salt).update(name.toLowerCase()).digest('hex').slice(0, 16)}.invalid`;

/** A text with each occurrence of a whole name replaced. */
function replacedIn(text: string, name: string, by: string): string {
  const isPart = (character: string | undefined): boolean => character !== undefined && /[\w.-]/.test(character);
  let made = '';
  let from = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (isPart(text[at - 1]) || isPart(text[at + name.length])) continue;
    made += text.slice(from, at) + by;
    from = at + name.length;
  }
  return made + text.slice(from);
}

/** Every text of a value, replaced. Keys are ours, and stay. */
export function eachText<T>(value: T, replace: (text: string) => string): T {
  if (typeof value === 'string') return replace(value) as T;
  if (Array.isArray(value)) return value.map((part: unknown) => eachText(part, replace)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, eachText(part, replace)])) as T;
}

/** A plan without names of the inside: what they name is not probed from outside. */
export function redacted(
  plan: UnroutedPlan,
  parameters: Readonly<Record<string, string>>,
  inside: Inside,
  salt: string,
): {
  readonly plan: UnroutedPlan;
  readonly parameters: Readonly<Record<string, string>>;
  readonly machine: string;
  readonly names: Names;
} {
  // A value without a dot may be anything.
  const values = Object.values(parameters).filter((value) => value.includes('.'));
  const candidates = [...plan.targets.map(({ host }) => host), ...values];
  const found = new Set(candidates.filter((host) => isInside(host, inside)));
  const by = (name: string): string => replacementOf(name, salt);
  const targets = plan.targets.map((target): UnroutedTarget => {
    const { host } = target;
    if (!found.has(host)) return target;
    return { ...eachText(target, (text) => replacedIn(text, host, by(host))), untested: { code: 'inside' } };
  });
  return {
    plan: { ...plan, targets },
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [key, found.has(value) ? by(value) : value]),
    ),
    machine: by(inside.machine),
    names: Object.fromEntries([...found, inside.machine].map((name) => [by(name), name])),
  };
}

/** A value with the names put back. */
export function restored<T>(value: T, names: Names): T {
  const all = Object.entries(names);
  if (all.length === 0) return value;
  return eachText(value, (text) =>
    text.includes('inside-') ? all.reduce((rest, [by, name]) => rest.replaceAll(by, name), text) : text,
  );
}
