/** One name at the machine's servers: over both families, below the search list, and at each server where programs take turns. */

import type { DnsAnswer, Failure, FailureCode, ResolvConf } from '../../model/observations.ts';
import { failureOf } from '../stage/failure.ts';
import { maxChain } from './exchange.ts';
import { canonicalName } from './message.ts';
import { searchNames } from './naming.ts';
import type { AskSettings } from './servers.ts';
import { askServers } from './servers.ts';

/** How one family ended. */
export interface FamilyOutcome {
  readonly answers: readonly DnsAnswer[];
  /** Null with addresses. */
  readonly failure: Failure | null;
  /** The way to the resolver let no large answer through: tells more than other silence. */
  readonly truncated: boolean;
}

/** Failures of a stage from the one that tells most to the one that tells least. */
const telling: readonly (FailureCode | 'truncated')[] = [
  'dns.not-found',
  'dns.refused',
  'dns.server-failure',
  'truncated',
  'local.resources',
  'dns.malformed',
  'dns.error',
  'dns.timeout',
  'dns.unreachable',
  'dns.no-address', // of one family alone says nothing about the name while the other's fate is open
];

type NameFailure = Pick<FamilyOutcome, 'failure' | 'truncated'>;

export function mostTelling(all: readonly NameFailure[]): NameFailure | undefined {
  const rank = ({ failure, truncated }: NameFailure): number => {
    const code = failure?.code ?? 'dns.no-address';
    const place = telling.indexOf(code);
    return truncated && code !== 'dns.no-address' ? Math.min(place, telling.indexOf('truncated')) : place;
  };
  return all.filter(({ failure }) => failure !== null).toSorted((a, b) => rank(a) - rank(b))[0];
}

async function askFamily(name: string, family: 4 | 6, settings: AskSettings): Promise<FamilyOutcome> {
  const answers: DnsAnswer[] = [];
  const seen = new Set([name]);
  let next = name;
  for (;;) {
    const { replies, decisive } = await askServers({ name: next, type: family === 4 ? 'A' : 'AAAA' }, settings);
    answers.push(...replies.map((reply) => reply.answer));
    if (decisive === null) {
      const { failure = null, truncated = false } = mostTelling(replies.map(({ answer }) => answer)) ?? {};
      return { answers, failure, truncated };
    }
    const { answer } = decisive;
    if (answer.failure !== null || answer.addresses.length > 0)
      return { answers, failure: answer.failure, truncated: false };
    const end = answer.cnames.at(-1)?.target;
    // A negative answer for the end of a chain carries that zone's SOA (RFC 2308); without one the chain may just be cut.
    if (end === undefined || end === '.' || answer.soa !== null) {
      const failure = failureOf('dns.no-address', `no ${family === 4 ? 'A' : 'AAAA'} record for ${end ?? next}`);
      return { answers, failure, truncated: false };
    }
    for (const { target } of answer.cnames) {
      if (seen.has(target) || seen.size > maxChain) {
        const failure = failureOf('dns.malformed', `CNAME chain of ${name} loops`, 'cname-loop');
        return { answers: [...answers.slice(0, -1), { ...answer, failure }], failure, truncated: false };
      }
      seen.add(target);
    }
    next = end;
  }
}

/** What the servers say of one name, over the families that were asked for. */
interface NameOutcome {
  readonly name: string;
  readonly families: readonly FamilyOutcome[];
}

/** What programs get of a name from the machine's servers, and all that was said on the way. */
export interface ProgramsAnswer {
  /** Those of the name that programs take. */
  readonly families: readonly FamilyOutcome[];
  /** Null: the name itself. */
  readonly searched: string | null;
  readonly answers: readonly DnsAnswer[];
}

/** Something usable is there, or the name is known not to exist. */
export type NameFate = 'addresses' | 'not-found';

const hasAddresses = ({ families }: NameOutcome): boolean => families.some(({ failure }) => failure === null);

/** The server knows that there is nothing of this name; silence and refusals end the search instead (glibc, `res_search`). */
const isNegative = ({ families }: NameOutcome): boolean =>
  ['dns.not-found', 'dns.no-address', 'dns.server-failure'].includes(mostTelling(families)?.failure?.code ?? '');

const marked = ({ name, families }: NameOutcome): readonly DnsAnswer[] =>
  families.flatMap(({ answers }) => answers.map((answer) => ({ name, ...answer })));

/**
 * Asks as programs do: below the search list first where the name has fewer dots than `ndots`, and after the name itself
 * where it does not exist. The name itself is asked for always: what servers say of it is evidence. `known` is called as
 * soon as one family of what programs take has ended well, or the name is known not to exist.
 */
export async function askAsPrograms(
  host: string,
  families: readonly (4 | 6)[],
  conf: Pick<ResolvConf, 'search' | 'ndots'>,
  settings: AskSettings,
  known: (what: NameFate) => void,
): Promise<ProgramsAnswer> {
  const names = searchNames(host, conf);
  let taken = names.before.every((name) => canonicalName(name) === null);
  const early: NameFate[] = [];
  const tell = (what: NameFate): void => {
    if (taken) known(what);
    else early.push(what);
  };
  const ask = async (name: string, heard: (what: NameFate) => void): Promise<NameOutcome> => {
    const askOne = async (family: 4 | 6): Promise<FamilyOutcome> => {
      const outcome = await askFamily(name, family, settings);
      if (outcome.failure === null) heard('addresses');
      else if (outcome.failure.code === 'dns.not-found') heard('not-found');
      return outcome;
    };
    return { name, families: await Promise.all(families.map(askOne)) };
  };
  const others: DnsAnswer[] = [];
  /** The first of them with an address. */
  const search = async (list: readonly string[]): Promise<NameOutcome | null> => {
    for (const name of list) {
      if (settings.stop.aborted || canonicalName(name) === null) continue;
      const outcome = await ask(name, () => {});
      others.push(...marked(outcome));
      if (hasAddresses(outcome)) return outcome;
      if (!isNegative(outcome)) return null;
    }
    return null;
  };
  const asking = ask(host, tell);
  const first = await search(names.before);
  taken = true;
  const [heard] = first === null ? early : (['addresses'] as const);
  if (heard !== undefined) known(heard);
  const itself = await asking;
  const answersOf = ({ families: outcomes }: NameOutcome): readonly DnsAnswer[] =>
    outcomes.flatMap(({ answers }) => answers);
  if (first !== null)
    return { families: first.families, searched: first.name, answers: [...answersOf(itself), ...others] };
  const last = !hasAddresses(itself) && isNegative(itself) ? await search(names.after) : null;
  const answers = [...answersOf(itself), ...others];
  if (last !== null) return { families: last.families, searched: last.name, answers };
  return { families: itself.families, searched: null, answers };
}
