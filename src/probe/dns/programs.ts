/** What programs on this machine get for a name, where resolv.conf and nsswitch.conf ask for more than the plain order. */

import type { DnsAnswer, DnsValue, FailureCode, Naming, ResolvConf } from '../../model/observations.ts';
import { failureOf } from '../stage/failure.ts';
import { askAsPrograms, type FamilyOutcome, mostTelling, type NameFate, type ProgramsAnswer } from './ask-name.ts';
import { askServer, formatServer, parseServer } from './exchange.ts';
import { canonicalName } from './message.ts';
import type { AskSettings } from './servers.ts';

/** Where no file says otherwise: glibc's values, and no search list. */
export const plainConf: ResolvConf = {
  search: [],
  ndots: 1,
  rotate: false,
  overTcp: false,
  timeoutMs: 5000,
  attempts: 2,
};
export const plainNaming: Naming = {
  resolvConf: null,
  sources: [
    { name: 'files', stopsAt: [] },
    { name: 'dns', stopsAt: [] },
  ],
};

/** What the servers gave, as programs meet them. */
export interface ServersAnswer extends Omit<ProgramsAnswer, 'families'> {
  readonly families: readonly FamilyOutcome[];
  readonly addresses: readonly string[];
  readonly rotation: NonNullable<DnsValue['rotation']> | null;
  readonly tooLate: NonNullable<DnsValue['tooLate']> | null;
}

export interface ServersSettings extends AskSettings {
  /** Ends the run. */
  readonly run: AbortSignal;
}

const without: FamilyOutcome = {
  answers: [],
  failure: failureOf('dns.no-server', 'no resolver is configured'),
  truncated: false,
};
export const noServer: ServersAnswer = {
  families: [without],
  searched: null,
  answers: [],
  addresses: [],
  rotation: null,
  tooLate: null,
};

const addressesOf = (families: readonly FamilyOutcome[]): readonly string[] =>
  families.flatMap(({ answers, failure }) =>
    failure === null
      ? answers.flatMap((answer) => (answer.failure === null ? answer.addresses.map(({ address }) => address) : []))
      : [],
  );

/** Answers that came when programs had given up; null where one came in time. */
function slowest(families: readonly FamilyOutcome[], waitMs: number): DnsAnswer | null {
  const last = families.flatMap(({ answers }) => answers.filter(({ failure }) => failure === null).at(-1) ?? []);
  const [first] = last;
  return first !== undefined && last.every(({ ms }) => ms > waitMs) ? first : null;
}

/**
 * Programs close their socket after `timeout` and ask anew: an answer that always takes longer never reaches them. One
 * that came late here is asked for once more, because the second question is often answered from the server's cache.
 */
async function late(
  answer: ProgramsAnswer,
  name: string,
  { timeoutMs, attempts }: ResolvConf,
  { clock, run }: ServersSettings,
): Promise<ServersAnswer['tooLate']> {
  const slow = slowest(answer.families, timeoutMs);
  const server = slow === null ? null : parseServer(slow.server);
  if (slow === null || server === null || canonicalName(name) === null) return null;
  const type = slow.family === 4 ? 'A' : 'AAAA';
  const { transport } = slow;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const question = { name, type, server, transport, timeoutMs, resends: false } as const;
    const { answer: again } = await askServer(question, { clock, signal: run });
    if (again.rcode !== null || run.aborted) return null;
  }
  return { server: slow.server, ms: Math.round(slow.ms), waitMs: timeoutMs };
}

const turned = <T>(list: readonly T[], by: number): readonly T[] => [...list.slice(by), ...list.slice(0, by)];

/** The servers as programs ask them: in order, or, with `rotate`, beginning with each of them. */
export async function askServersInTurn(
  name: string,
  families: readonly (4 | 6)[],
  conf: ResolvConf,
  settings: ServersSettings,
  known: (what: NameFate) => void,
): Promise<ServersAnswer> {
  const { servers } = settings;
  const turns = conf.rotate ? servers.length : 1;
  const asked = await Promise.all(
    Array.from({ length: turns }, (_, turn) =>
      askAsPrograms(
        name,
        families,
        conf,
        { ...settings, servers: turned(servers, turn) },
        turns > 1 ? () => {} : known,
      ),
    ),
  );
  const [first] = asked as [ProgramsAnswer, ...ProgramsAnswer[]];
  const rotation = asked.map((answer, turn) => ({
    server: formatServer(servers[turn] ?? { address: '', port: 53 }),
    addresses: addressesOf(answer.families),
    failure: mostTelling(answer.families)?.failure?.code ?? null,
  }));
  const best = asked[rotation.findIndex(({ addresses }) => addresses.length > 0)] ?? first;
  const differs = rotation.some(({ addresses }) => addresses.length > 0 !== (rotation[0]?.addresses.length ?? 0) > 0);
  const tooLate = await late(best, best.searched ?? name, conf, settings);
  return {
    ...best,
    answers: asked.flatMap(({ answers }) => answers),
    addresses: tooLate === null ? rotation.flatMap(({ addresses }) => addresses) : [],
    families:
      tooLate === null
        ? best.families
        : [
            {
              ...without,
              failure: failureOf('dns.timeout', `${tooLate.server} answers too late for programs`, 'late'),
            },
          ],
    rotation: differs ? rotation : null,
    tooLate,
  };
}

interface SourceAnswers {
  readonly files: DnsValue['addresses'];
  readonly dns: DnsValue['addresses'];
  /** Null where the system was not asked, or not for every name. */
  readonly system: { readonly addresses: DnsValue['addresses']; readonly error: string | null } | null;
  /** Why the servers gave no address. */
  readonly failure: FailureCode | null;
}

const isWithin = (some: DnsValue['addresses'], all: DnsValue['addresses']): boolean =>
  some.some(({ address }) => all.some((other) => other.address === address));

/** What the system says of a name that it can't find; anything else may pass by. */
const unknownToSystem: readonly (string | null)[] = ['ENOTFOUND', 'ENODATA'];

/** Sources that this program looks in by itself; `myhostname` knows this machine alone. */
const readHere: readonly string[] = ['files', 'dns', 'myhostname'];

/** How nsswitch.conf calls it that the servers gave no address. */
function statusOf(failure: FailureCode | null): 'notfound' | 'unavail' | 'tryagain' {
  if (failure === 'dns.no-server' || failure === 'dns.unreachable') return 'unavail';
  const passing = failure === 'dns.timeout' || failure === 'dns.server-failure' || failure === 'dns.refused';
  return passing ? 'tryagain' : 'notfound';
}

/** Whose answer programs get: the first source in the machine's order that has one. Null: they get nothing. */
export function takenSource(
  sources: Naming['sources'],
  { files, dns, system, failure }: SourceAnswers,
): Exclude<DnsValue['from'], 'literal'> | null {
  if (system !== null && system.addresses.length > 0) {
    // Balanced names have other addresses from one question to the next: one in common is agreement.
    if (isWithin(system.addresses, files)) return 'hosts-file';
    return isWithin(system.addresses, dns) ? 'dns' : 'system';
  }
  if (system !== null && unknownToSystem.includes(system.error)) return null;
  for (const { name, stopsAt } of sources) {
    if (name === 'files' && files.length > 0) return 'hosts-file';
    if (name === 'dns' && dns.length > 0) return 'dns';
    if (stopsAt.includes(name === 'dns' ? statusOf(failure) : 'notfound')) return null;
  }
  // Of a source that this program can't read nothing is known: what the others say stands.
  if (sources.every(({ name }) => readHere.includes(name))) return null;
  return files.length > 0 ? 'hosts-file' : dns.length > 0 ? 'dns' : null;
}
