/** What programs on Windows get for a name: by rule from other servers, else from every adapter's at once. */

import type { DnsValue, ResolvConf, WindowsNaming } from '../../model/observations.ts';
import type { NameFate } from './ask-name.ts';
import { type DnsServer, formatServer, parseServer } from './exchange.ts';
import { askServersInTurn, noServer, plainConf, type ServersAnswer, type ServersSettings } from './programs.ts';

type Rule = NonNullable<DnsValue['rule']>;

/** How narrowly a rule's name means this host; 0: not at all. The whole name goes before a suffix, a first label and «.». */
function nearness(host: string, name: string): number {
  if (name === '.') return 1;
  if (name.startsWith('.')) return host.endsWith(name) || host === name.slice(1) ? 2 + name.length : 0;
  if (name === host) return 1000;
  return !name.includes('.') && host.startsWith(`${name}.`) ? 2 : 0;
}

/** The rule that decides about a host: its nearest one. Null without one, and where the nearest names no servers. */
export function ruleOf(host: string, { rules }: Pick<WindowsNaming, 'rules'>): Rule | null {
  let best: { readonly near: number; readonly rule: Rule } | null = null;
  for (const { names, servers, from } of rules) {
    for (const name of names) {
      const near = nearness(host, name);
      if (near > (best?.near ?? 0)) best = { near, rule: { name, servers, from } };
    }
  }
  return best === null || best.rule.servers.length === 0 ? null : best.rule;
}

/** Suffixes stand behind names of one label, before those are asked for as they are; behind others only by policy, and after. */
export function suffixConf(host: string, { suffixes, behindAll }: Omit<WindowsNaming, 'rules'>): ResolvConf {
  return { ...plainConf, search: behindAll || !host.includes('.') ? suffixes : [] };
}

/** The servers of each connected adapter; those that no adapter names are one group more. */
export function serverGroups(
  servers: readonly DnsServer[],
  { adapters }: Pick<WindowsNaming, 'adapters'>,
): readonly (readonly DnsServer[])[] {
  const groups = new Map<string, readonly DnsServer[]>();
  for (const adapter of adapters) {
    const own = servers.filter(({ address }) => adapter.servers.includes(address));
    if (own.length > 0) groups.set(own.map(formatServer).join(), own);
  }
  const grouped = new Set([...groups.values()].flat());
  const others = servers.filter((server) => !grouped.has(server));
  return [...groups.values(), ...(others.length > 0 ? [others] : [])];
}

/** The first with an address; else the first. */
const best = (answers: readonly ServersAnswer[]): ServersAnswer =>
  answers.find(({ addresses }) => addresses.length > 0) ?? answers[0] ?? noServer;

/**
 * Asks as the DNS client does: a name that a rule covers goes to the rule's servers, another to the servers of all adapters
 * at once, of which the first with an address counts. The ordinary servers are asked for a ruled name as well: what they
 * say of it is evidence.
 */
export async function askAsWindows(
  host: string,
  families: readonly (4 | 6)[],
  naming: WindowsNaming,
  settings: ServersSettings,
  known: (what: NameFate) => void,
): Promise<ServersAnswer & Pick<DnsValue, 'rule'>> {
  const rule = ruleOf(host, naming);
  const groups = serverGroups(settings.servers, naming);
  // A name that one adapter's servers do not know may be another's: nothing is known before all have said so.
  const heard = (what: NameFate): void => {
    if (rule === null && (what === 'addresses' || groups.length === 1)) known(what);
  };
  const conf = suffixConf(host, naming);
  const asking = Promise.all(
    groups.map((servers) => askServersInTurn(host, families, conf, { ...settings, servers }, heard)),
  );
  const ruled = (rule?.servers ?? []).map(parseServer).filter((server) => server !== null);
  const [first, ordinary] = await Promise.all([
    rule === null ? null : askServersInTurn(host, families, plainConf, { ...settings, servers: ruled }, known),
    asking,
  ]);
  const taken = first ?? best(ordinary);
  const answers = [...(first === null ? [] : [first]), ...ordinary].flatMap((answer) => answer.answers);
  return { ...taken, answers, ...(rule === null ? {} : { rule: { ...rule, servers: ruled.map(formatServer) } }) };
}
