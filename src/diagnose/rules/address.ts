import { addressClass } from '../../addresses.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { Attempt, ExperimentObservation, Observation } from '../../model/observations.ts';
import { at, fact, sample } from '../evidence.ts';
import { type Problem, problem } from '../problem.ts';
import { aliasOf } from '../survey/addresses.ts';
import { answerOf, experimentFor } from '../survey/experiment-results.ts';
import { failedStage } from '../survey/failure-class.ts';
import { domainOf, isAddress, isLocalHost } from '../survey/host-names.ts';
import { privateEndpointOf } from '../survey/inside-hosts.ts';
import { isMisplaced, type Survey } from '../survey/survey.ts';
import { ruledProblem, searchedProblem } from './naming.ts';

/** A name server that sends everything to one place needs this many unrelated names to be seen. */
const UNRELATED = 3;
/** Unrelated names on one address, without a wrong certificate: more than a content network in front of a few. */
const EVERYTHING = 4;

function hostsFile(survey: Survey, observation: Observation): Problem | null {
  const { host, dns } = observation;
  if (dns.status !== 'passed' || dns.value.from !== 'hosts-file') return null;
  if (isLocalHost(host) || isAddress(host) || !host.includes('.')) return null;
  const used = dns.value.addresses.map(({ address }) => address);
  const answered = [...new Set(dns.value.answers.flatMap(({ addresses }) => addresses.map(({ address }) => address)))];
  if (used.length > 0 && used.every((address) => answered.includes(address))) return null;
  const dead = used.some((address) => ['unspecified', 'loopback'].includes(addressClass(address)));
  const past = experimentFor(survey.experiments, observation, 'other-address');
  const [attempt] = past?.observation.attempts ?? [];
  const works = attempt !== undefined && failedStage(attempt) === null;
  const evidence: Fact[] = [fact('dns.hosts-entry', { host, address: sample(used) })];
  if (answered.length > 0) evidence.push(fact('dns.hosts-differs', { host, addresses: sample(answered) }));
  if (past !== null && attempt !== undefined) {
    const result = works ? 'answers' : 'same';
    evidence.push(fact('tried.other-address', { ...at(past.observation, attempt), result }));
    return problem('dns.hosts-file', 'dns', evidence, {
      confidence: works || dead ? 'high' : 'medium',
      alternatives: works || dead ? [] : ['tcp.dropped'],
    });
  }
  // Whether the name servers' address would do better is not known.
  return problem('dns.hosts-file', 'dns', evidence, {
    confidence: dead ? 'high' : 'medium',
    alternatives: dead ? [] : ['tcp.dropped', 'tcp.refused'],
  });
}

/** A name that can't exist has this address: the name server makes answers up. */
function madeUp(survey: Survey, address: string): Problem | null {
  for (const experiment of survey.experiments.byKind('random-name')) {
    const answer = answerOf(experiment);
    if (experiment.does.action !== 'ask' || !answer?.addresses.some((entry) => entry.address === address)) continue;
    const { name } = experiment.does;
    const evidence = [
      fact('tried.random-name', { name, server: answer.server, answer: address }),
      fact('dns.same-address', { address, ...namesAt(survey, address) }),
    ];
    return problem('dns.redirected', 'dns', evidence, {
      confidence: 'high',
      signature: address,
      shared: ['address', address],
    });
  }
  return null;
}

const namesAt = (survey: Survey, address: string): { readonly names: number; readonly sample: string } => {
  const names = [...(survey.addresses.get(address)?.domains ?? [])].sort();
  return { names: names.length, sample: sample(names) };
};

/** Aliases of one host of somebody else, which answers for itself: so many are no vendor's slip. */
const ALIASES = 3;

/** Names are aliases of one host that nobody proves to be them at, and that shows a certificate of its own. */
function aliased(survey: Survey, { dns }: Observation, address: string): Problem | null {
  const alias = aliasOf(dns);
  const names = alias === null ? undefined : survey.aliases.get(alias);
  const shared = survey.addresses.get(address);
  if (alias === null || names === undefined || names.size < ALIASES) return null;
  if (shared === undefined || shared.right.size > 0 || shared.wrong.size === 0) return null;
  const evidence = [
    fact('dns.same-alias', { alias, names: names.size, sample: sample([...names].sort()) }),
    fact('dns.same-address', { address, names: shared.hosts.size, sample: sample([...shared.hosts].sort()) }),
  ];
  return problem('dns.redirected', 'dns', evidence, {
    signature: alias,
    shared: ['alias', alias],
    alternatives: ['tls.name-mismatch'],
  });
}

/** A made-up name beside a host has the address that several have, where nobody proves to be one of them: names are sent there. */
function domainRedirected(survey: Survey, address: string): Problem | null {
  const isThere = (experiment: ExperimentObservation): boolean =>
    answerOf(experiment)?.addresses.some((entry) => entry.address === address) === true;
  const experiment = survey.experiments.byKind('sibling-name').find(isThere);
  const answer = experiment === undefined ? null : answerOf(experiment);
  if (experiment?.does.action !== 'ask' || answer === null) return null;
  const shared = survey.addresses.get(address);
  const hosts = shared?.hosts.size ?? 0;
  if ((shared?.right.size ?? 0) > 0 || hosts < 2 || answer.cnames.length > 0) return null;
  const { name } = experiment.does;
  const evidence = [
    fact('tried.sibling-name', { name, server: answer.server, answer: address, zone: answer.soa ?? '' }),
    fact('dns.same-address', { address, names: hosts, sample: sample([...(shared?.hosts ?? [])].sort()) }),
  ];
  // A zone of the vendor's own may answer for every name below it, with one certificate for all.
  return problem('dns.redirected', 'dns', evidence, {
    signature: address,
    shared: ['address', address],
    alternatives: (shared?.wrong.size ?? 0) > 0 ? ['tls.name-mismatch'] : ['tcp.dropped'],
  });
}

function redirected(survey: Survey, address: string): Problem | null {
  const proof = madeUp(survey, address);
  if (proof !== null) return proof;
  const shared = survey.addresses.get(address);
  if (shared === undefined || shared.right.size > 0 || shared.domains.size < UNRELATED) return null;
  const proven = shared.wrong.size >= 2;
  const everything =
    shared.connected &&
    shared.domains.size >= EVERYTHING &&
    [...survey.names.resolved].every((name) => shared.domains.has(domainOf(name)));
  if (!proven && !everything) return null;
  const names = [...shared.domains].sort();
  const denied = madeUpDenied(survey);
  const evidence = [
    fact('dns.same-address', { address, names: names.length, sample: sample(names) }),
    ...(denied === null ? [] : [denied]),
  ];
  const sure = proven && denied !== null;
  return problem('dns.redirected', 'dns', evidence, {
    confidence: sure ? 'high' : 'medium',
    signature: address,
    shared: ['address', address],
    alternatives: sure ? [] : ['http.captive-portal'],
  });
}

/** A name that can't exist does not exist here either: names are chosen, where a sign-in page takes them all. */
function madeUpDenied(survey: Survey): Fact | null {
  for (const experiment of survey.experiments.byKind('random-name')) {
    const answer = answerOf(experiment);
    if (experiment.does.action !== 'ask' || answer?.rcode !== 'NXDOMAIN') continue;
    return fact('tried.random-name', { name: experiment.does.name, server: answer.server, answer: answer.rcode });
  }
  return null;
}

/** That name servers send names to this address which it doesn't belong to, whoever asks for which of them. */
const redirectedTo = (survey: Survey, address: string): Problem | null =>
  redirected(survey, address) ?? domainRedirected(survey, address);

/** The same, where certificates for other names, or a made-up name, prove that what is there is nobody's own. */
export function sentElsewhere(survey: Survey, address: string): Problem | null {
  const led = redirectedTo(survey, address);
  if (led === null) return null;
  const wrong = survey.addresses.get(address)?.wrong.size ?? 0;
  const bySibling = led.evidence.some(({ code }) => code === 'tried.sibling-name');
  return led.confidence === 'high' || wrong >= (bySibling ? 1 : 2) ? led : null;
}

/**
 * Whether the address itself explains why a target failed: hosts file, sinkhole, redirecting name server, private address.
 * Only asked for what failed: an authenticated session clears every suspicion against name resolution.
 */
export function addressProblem(survey: Survey, observation: Observation, failed: readonly Attempt[]): Problem | null {
  const { host, dns } = observation;
  const entry = hostsFile(survey, observation);
  if (entry !== null) return entry;
  const searched = searchedProblem(survey, observation);
  if (searched !== null) return searched;
  const byRule = ruledProblem(observation);
  if (byRule !== null) return byRule;
  if (dns.status !== 'passed' || dns.value.from === 'literal') return null;
  for (const { address } of failed) {
    const elsewhere =
      address === null ? null : (redirectedTo(survey, address) ?? aliased(survey, observation, address));
    if (elsewhere !== null) return elsewhere;
  }
  const address = failed[0]?.address ?? null;
  const place = address === null ? null : isMisplaced(survey, host, address);
  if (address === null || place === null) return null;
  if (failed.some((attempt) => attempt.address !== null && isMisplaced(survey, host, attempt.address) === null))
    return null;
  const evidence: Fact[] = [fact('dns.address', { host, address, class: addressClass(address) })];
  if (place !== 'private') {
    return problem('dns.sinkhole', 'dns', evidence, {
      confidence: 'high',
      signature: place,
      shared: ['address', address],
    });
  }
  const alias = privateEndpointOf(dns.value);
  if (alias !== null) evidence.push(fact('dns.privatelink', { host, alias }));
  return problem('dns.private-address', 'dns', evidence, {
    confidence: alias === null ? 'medium' : 'low',
    shared: ['address', address],
    alternatives: ['dns.redirected', 'tcp.dropped'],
  });
}
