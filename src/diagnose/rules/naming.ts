/** Rules of what programs on this machine get for a name, where that is not what the name servers say. */

import type { CauseId } from '../../model/causes.ts';
import type { Check, Fact } from '../../model/diagnosis.ts';
import type { DnsAnswer, DnsValue, FailureCode, Naming, Observation, StageResult } from '../../model/observations.ts';
import { fact, sample } from '../evidence.ts';
import { type Problem, problem } from '../problem.ts';
import { placeKey } from '../survey/failure-class.ts';
import { isAddress, isLocalHost } from '../survey/host-names.ts';
import type { Survey } from '../survey/survey.ts';

export type FailedDns = Extract<StageResult<DnsValue>, { readonly status: 'failed' }>;

/** How programs look names up; null where the resolvers are the person's choice, or nothing is known. */
function namingOf({ observations: { plan, environment } }: Survey): Naming | null {
  return plan.dnsServers.length > 0 ? null : (environment.naming ?? null);
}

/** What the servers say of the name itself, whatever programs ask for. */
const ofItself = (answers: readonly DnsAnswer[]): readonly DnsAnswer[] =>
  answers.filter(({ name }) => name === undefined);

const rawAddresses = (answers: readonly DnsAnswer[]): readonly string[] => [
  ...new Set(ofItself(answers).flatMap(({ addresses }) => addresses.map(({ address }) => address))),
];

type Rule = NonNullable<DnsValue['rule']>;

/** Answers of the ordinary servers, and those of a rule's. */
const ordinary = (answers: readonly DnsAnswer[], rule: Rule | undefined): readonly DnsAnswer[] =>
  answers.filter(({ server }) => rule?.servers.includes(server) !== true);
const ruled = (answers: readonly DnsAnswer[], { servers }: Rule): readonly DnsAnswer[] =>
  answers.filter(({ server }) => servers.includes(server));

function ruleSays(host: string, rule: Rule, answers: readonly DnsAnswer[]): Fact {
  const own = ruled(answers, rule);
  const addresses = rawAddresses(own);
  const answer = addresses.length > 0 ? sample(addresses) : (own.find(({ rcode }) => rcode !== null)?.rcode ?? '—');
  return fact('naming.rule', { host, rule: rule.name, from: rule.from, servers: rule.servers.join(', '), answer });
}

const ofRule = ({ name, from }: Rule) => ({ signature: `rule ${from} ${name}`, shared: ['name rule', name] }) as const;

/** Failures that a rule's servers can be the reason of, and the cause of each. */
const ruledCauses: Readonly<Partial<Record<FailureCode, CauseId>>> = {
  'dns.not-found': 'dns.not-found',
  'dns.no-address': 'dns.no-address',
  'dns.server-failure': 'dns.server-failure',
  'dns.refused': 'dns.refused',
  'dns.timeout': 'dns.timeout',
  'dns.unreachable': 'dns.timeout',
};

/** A rule asks servers that give no address where the ordinary ones have one; null for any other failure. */
function ruledOut(host: string, { failure, partial }: FailedDns): Problem | null {
  const { rule, answers = [], system = null } = partial ?? {};
  const cause = ruledCauses[failure.code];
  if (rule === undefined || cause === undefined) return null;
  const others = ordinary(answers, rule);
  if (rawAddresses(others).length === 0) return null;
  return problem(cause, 'dns', [ruleSays(host, rule, answers), serversSay(host, others)], {
    // What programs get was asked of Windows itself as well.
    confidence: system?.error != null ? 'high' : 'medium',
    ...ofRule(rule),
  });
}

/** A rule led programs to addresses that the ordinary servers don't give, and what failed is there. */
export function ruledProblem({ host, dns }: Observation): Problem | null {
  if (dns.status !== 'passed' || dns.value.rule === undefined) return null;
  const { rule, addresses, answers } = dns.value;
  const others = ordinary(answers, rule);
  const raw = rawAddresses(others);
  if (raw.length === 0 || addresses.some(({ address }) => raw.includes(address))) return null;
  return problem('dns.redirected', 'dns', [ruleSays(host, rule, answers), serversSay(host, others)], {
    // Balanced names have other addresses for each who asks: that these are wrong, nothing proves.
    confidence: 'medium',
    alternatives: ['tcp.dropped'],
    ...ofRule(rule),
  });
}

function serversSay(host: string, answers: readonly DnsAnswer[]): Fact {
  const addresses = rawAddresses(answers);
  const code = ofItself(answers).find(({ rcode }) => rcode !== null)?.rcode ?? '';
  return fact('naming.servers-say', { host, answer: addresses.length > 0 ? sample(addresses) : code });
}

/** What a name server does once may be of the moment; this was asked for again alone, and failed. */
export function failsTwice({ repeats }: Survey, host: string, port: number): boolean {
  const place = placeKey(host, port);
  return repeats.repeated.has(place) && !repeats.recovered.has(place);
}

/** A name that programs don't find although the servers know it; null for any other failure. */
export function unfoundProblem(survey: Survey, { host, port }: Observation, found: FailedDns): Problem | null {
  const { failure, partial } = found;
  const naming = namingOf(survey);
  const { tooLate, answers = [], system = null } = partial ?? {};
  if (failure.detail === 'late' && tooLate !== undefined) {
    const { server, ms, waitMs } = tooLate;
    const attempts = naming?.resolvConf?.attempts ?? 1;
    return problem('dns.timeout', 'dns', [fact('naming.too-late', { host, server, ms, waitMs, attempts })], {
      confidence: failsTwice(survey, host, port) ? 'high' : 'medium',
      signature: `late ${server}`,
      shared: ['resolver', server],
    });
  }
  const out = ruledOut(host, found);
  if (out !== null) return out;
  if (failure.detail !== 'sources') return null;
  const raw = serversSay(host, answers);
  if (system?.error != null) {
    return problem('dns.not-found', 'dns', [fact('dns.system-error', { host, error: system.error }), raw], {
      signature: 'system',
    });
  }
  const sources = (naming?.sources ?? []).map(({ name }) => name).join(' ');
  return problem('dns.not-found', 'dns', [fact('naming.sources', { host, sources }), raw], {
    confidence: 'high',
    signature: 'sources',
  });
}

/** The search list led programs to another name's addresses, and what failed is there. */
export function searchedProblem(survey: Survey, { host, dns }: Observation): Problem | null {
  if (dns.status !== 'passed' || dns.value.searched === undefined) return null;
  const { searched: name, addresses, answers } = dns.value;
  const { resolvConf, windows } = namingOf(survey) ?? {};
  const { search = [], ndots = 1 } = resolvConf ?? {};
  const domain = name.slice(host.length + 1);
  const got = { host, name, addresses: sample(addresses.map(({ address }) => address)) };
  const evidence = [
    windows === undefined
      ? fact('naming.searched', { ...got, search: search.join(' '), ndots })
      : fact('naming.suffix', { ...got, suffixes: windows.suffixes.join(', ') }),
    serversSay(host, answers),
  ];
  const exists = rawAddresses(answers).length > 0;
  return problem(exists ? 'dns.redirected' : 'dns.not-found', 'dns', evidence, {
    confidence: 'high',
    signature: `search ${domain}`,
    shared: ['search domain', domain],
  });
}

/** One of the servers that programs take turns at does not know the name. */
export function turnProblem({ host, dns }: Observation): Problem | null {
  if (dns.status !== 'passed' || dns.value.rotation === undefined) return null;
  const { rotation, answers } = dns.value;
  const failed = rotation.filter(({ addresses }) => addresses.length === 0);
  const [first] = failed;
  if (first === undefined) return null;
  const evidence = failed.map(({ server, failure }) => {
    const said = answers.find((answer) => answer.server === server && answer.rcode !== null)?.rcode;
    return fact('naming.turn', { host, server, answer: said ?? failure ?? '' });
  });
  const servers = failed.map(({ server }) => server).join(', ');
  return problem(first.failure === 'dns.no-address' ? 'dns.no-address' : 'dns.not-found', 'dns', evidence, {
    confidence: 'high',
    effect: 'degraded',
    signature: servers,
    shared: ['resolver', servers],
    steadiness: { failed: failed.length, tried: rotation.length },
  });
}

/** That programs ask over TCP alone, where nobody answers; nothing elsewhere. */
export function overTcp(survey: Survey, servers: string): readonly Fact[] {
  return namingOf(survey)?.resolvConf?.overTcp === true ? [fact('naming.over-tcp', { servers })] : [];
}

/** Names for which programs get other addresses than the servers give, and nothing fails for it. */
export function namingChecks(survey: Survey): readonly Check[] {
  const names = new Set<string>();
  for (const { host, dns } of [...survey.probes.values()].flat()) {
    if (dns.status !== 'passed' || isAddress(host) || isLocalHost(host)) continue;
    const { from, searched, rule, addresses, answers } = dns.value;
    const raw = rawAddresses(ordinary(answers, rule));
    const elsewhere = raw.length > 0 && !addresses.some(({ address }) => raw.includes(address));
    if (elsewhere && (from === 'hosts-file' || searched !== undefined || rule !== undefined)) names.add(host);
  }
  if (names.size === 0) return [];
  const detail = fact('check.names-differ', { names: names.size, sample: sample([...names].sort()) });
  return [{ id: 'naming', verdict: 'warn', cause: null, detail }];
}
