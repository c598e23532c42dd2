import { addressClass } from '../../addresses.ts';
import type { CauseId } from '../../model/causes.ts';
import { causes } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { Attempt, HttpValue, Observation } from '../../model/observations.ts';
import { at, fact, sample } from '../evidence.ts';
import { type Problem, problem } from '../problem.ts';
import { SKEW_MS } from '../survey/clock-offset.ts';
import { answerOf } from '../survey/experiment-results.ts';
import { failedStage } from '../survey/failure-class.ts';
import { domainOf, isInternalName, isLocalHost, nowhereOf } from '../survey/host-names.ts';
import { NEUTRAL_URL, neutralAnswer, neutralConnects } from '../survey/neutral-request.ts';
import type { Survey } from '../survey/survey.ts';
import { portalProblem } from './http.ts';
import { overTcp } from './naming.ts';

/** A cause that many targets share, and which of their problems it explains away. */
export interface RunWide {
  readonly problem: Problem;
  readonly covers: (symptom: Problem, observation: Observation) => boolean;
}

/** The address in `IP:PORT` or `[IP]:PORT`. */
const addressOf = (server: string): string => server.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');

const isLocalOnly = ({ host, attempts }: Observation): boolean =>
  isLocalHost(host) ||
  (attempts.length > 0 && attempts.every(({ address }) => address !== null && nowhereOf(address) === 'loopback'));

/** A target outside that nothing came back of: not what a proxy on this machine reached. */
const stayedSilent = (probes: readonly Observation[]): boolean =>
  probes.every(
    (probe) =>
      !isLocalOnly(probe) &&
      !probe.attempts.some((attempt) => attempt.tcp.status === 'passed' && failedStage(attempt) === null),
  );

function noNetwork(survey: Survey): RunWide | null {
  const { families } = survey.observations.environment;
  if (families.length === 0) return null;
  const bare = families.every(({ addresses }) => addresses.length === 0);
  const confined = families.every(({ addresses, defaultRoute }) => addresses.length === 0 || defaultRoute === false);
  const heard = survey.names.answering.some((server) => addressClass(addressOf(server)) !== 'loopback');
  if (!confined || heard || survey.connected.size > 0) return null;
  const evidence: Fact[] = [
    bare ? fact('local.no-address', {}) : fact('local.no-default-route', {}),
    fact('local.nothing-leaves', { targets: [...survey.probes.values()].filter(stayedSilent).length }),
  ];
  return {
    problem: problem('local.no-network', 'local', evidence, { confidence: bare ? 'high' : 'medium' }),
    covers: (_, observation) => !isLocalOnly(observation),
  };
}

const silence: readonly string[] = ['dns.timeout', 'dns.unreachable', 'dns.no-server', 'dns.malformed'];

/** Of the names of proxies only those that nobody answered for either. */
const isSilent = ({ attempts }: Observation): boolean =>
  attempts.every(({ proxy }) => proxy?.dns?.status !== 'failed' || silence.includes(proxy.dns.failure.code));

function noResolver(survey: Survey): RunWide | null {
  const { names } = survey;
  const silent = [...names.failed.values()].filter((code) => silence.includes(code));
  if (silent.length === 0 || names.answering.length > 0) return null;
  if (names.resolved.size + names.internalResolved.size > 0) return null;
  const servers = names.servers.length > 0 ? names.servers : survey.observations.environment.resolvers;
  const sure = silent.length > 1 || silent.some((code) => code === 'dns.unreachable' || code === 'dns.no-server');
  return {
    problem: problem(
      'dns.no-resolver',
      'dns',
      [
        fact('dns.nobody-answers', { names: silent.length, servers: sample(servers) }),
        ...overTcp(survey, sample(servers)),
      ],
      {
        confidence: sure ? 'high' : 'medium',
        shared: servers.length > 0 ? ['resolver', sample(servers)] : null,
        alternatives: sure ? [] : ['dns.timeout'],
      },
    ),
    covers: (_, observation) => isSilent(observation),
  };
}

/** A negative answer that names a real zone above the host: the server asked the public DNS. */
function recursed(survey: Survey): boolean {
  return [...survey.probes.values()].flat().some(({ host, dns }) => {
    const answers = dns.status === 'failed' ? (dns.partial?.answers ?? []) : [];
    return answers.some(({ rcode, soa }) => {
      const zone = soa?.toLowerCase().replace(/\.$/, '') ?? '';
      return rcode === 'NXDOMAIN' && zone !== '' && host.endsWith(`.${zone}`);
    });
  });
}

function internalOnly(survey: Survey): RunWide | null {
  const { names } = survey;
  if (names.resolved.size > 0 || names.answering.length === 0) return null;
  const failed = [...names.failed].filter(([host]) => !isInternalName(host));
  const codes = new Set(failed.map(([, code]) => code));
  const answered = failed.filter(([, code]) => !silence.includes(code));
  // A refusal is the server's word to this client, for internal names too as far as is known.
  if (names.internalResolved.size === 0 && answered.every(([, code]) => code === 'dns.refused')) return null;
  const [control] = survey.experiments.byKind('control-name');
  const answer = control === undefined ? null : answerOf(control);
  // A name that always exists has an address here: the server knows the public names, and denies these.
  if (answer !== null && answer.addresses.length > 0) return null;
  const denied = answer !== null && answer.rcode !== null;
  if (failed.length < (denied ? 1 : 2) || answered.length === 0) return null;
  if (!denied && failed.length <= 3 && recursed(survey)) return null;
  const evidence: Fact[] = [fact('dns.none-resolve', { names: failed.length, servers: sample(names.answering) })];
  if (answer !== null && control?.does.action === 'ask') {
    const { name } = control.does;
    evidence.push(fact('tried.control-name', { name, server: answer.server, answer: answer.rcode ?? '' }));
  }
  if (names.internalResolved.size > 0)
    evidence.push(fact('dns.internal-resolve', { names: names.internalResolved.size }));
  const alternatives: CauseId[] = [];
  // A server that answers for names inside is neither broken nor closed to this client.
  if (names.internalResolved.size > 0) codes.clear();
  if (codes.has('dns.refused')) alternatives.push('dns.refused');
  if (codes.has('dns.server-failure')) alternatives.push('dns.server-failure');
  return {
    problem: problem('dns.internal-only', 'dns', evidence, {
      confidence: alternatives.length === 0 && (denied || names.internalResolved.size > 0) ? 'high' : 'medium',
      shared: ['resolver', sample(names.answering)],
      alternatives,
    }),
    covers: (_, { host }) => !isInternalName(host),
  };
}

const noAnswer: readonly string[] = [
  'tcp.timeout',
  'tcp.refused',
  'tcp.reset',
  'tcp.host-unreachable',
  'tcp.network-unreachable',
];

/** Domains that have nothing to do with each other. */
const UNRELATED = 3;

/**
 * Whether a connection that an experiment made got out: to another port of a failing host, or to a host that has nothing to
 * do with the targets. Null where none was tried.
 */
function elsewhereConnects({ experiments }: Survey): boolean | null {
  const ports = experiments.byKind('plain-http').flatMap(({ observation }) => observation.attempts);
  if (ports.some(({ tcp }) => tcp.status === 'passed')) return true;
  return neutralConnects(experiments);
}

function egressBlocked(survey: Survey): RunWide | null {
  const outside = (address: string): boolean => {
    const place = nowhereOf(address);
    return place === null || (place === 'private' && survey.home.has('private'));
  };
  const failed = new Set<string>();
  const targets = new Set<string>();
  const domains = new Set<string>();
  for (const [id, probes] of survey.probes) {
    for (const { host, attempts } of probes) {
      for (const { address, family, tcp, proxy } of attempts) {
        if (
          proxy !== undefined ||
          address === null ||
          !outside(address) ||
          (family !== null && !survey.hasFamily(family))
        )
          continue;
        if (tcp.status === 'passed') return null;
        if (tcp.status !== 'failed' || !noAnswer.includes(tcp.failure.code)) continue;
        failed.add(address);
        targets.add(id);
        domains.add(domainOf(host));
      }
    }
  }
  if (failed.size < 3 && targets.size < 3) return null;
  const elsewhere = elsewhereConnects(survey);
  if (elsewhere === true) return null;
  const evidence = [
    fact('tcp.nothing-connects', { addresses: failed.size, targets: targets.size }),
    ...(elsewhere === false ? [fact('tried.elsewhere', { host: new URL(NEUTRAL_URL).host })] : []),
  ];
  // Hosts of one owner may be closed for themselves; unrelated ones, and one that is asked for nothing else, hardly. Where
  // none can be asked for any more, all that failed was asked for because it belongs together.
  const unrelated = failed.size >= 3 && domains.size >= UNRELATED;
  const everywhere = elsewhere === false || (unrelated && survey.observations.ended === null);
  return {
    problem: problem('tcp.egress-blocked', 'tcp', evidence, {
      confidence: everywhere ? 'high' : 'medium',
      alternatives: everywhere ? [] : ['tcp.dropped', 'tcp.refused'],
    }),
    covers: (_, { attempts }) => attempts.some(({ address }) => address !== null && outside(address)),
  };
}

/** Something near accepts connections to an address where nobody can be: no connection proves anything here. */
function intercepted(survey: Survey): RunWide | null {
  for (const { observation } of survey.experiments.byKind('documentation-address')) {
    for (const attempt of observation.attempts) {
      if (attempt.tcp.status !== 'passed') continue;
      const evidence = [fact('tried.documentation-address', { ...at(observation, attempt), ms: attempt.tcp.ms })];
      return {
        problem: problem('tcp.intercepted', 'tcp', evidence, { confidence: 'high' }),
        covers: (_, probe) => !isLocalOnly(probe),
      };
    }
  }
  return null;
}

interface PlainAnswer {
  readonly observation: Observation;
  readonly attempt: Attempt;
  readonly value: HttpValue;
}

const plainAnswers = (observations: readonly Observation[]): readonly PlainAnswer[] =>
  observations.flatMap((observation) =>
    observation.attempts.flatMap((attempt) =>
      attempt.http.status === 'passed' && attempt.proxy === undefined
        ? [{ observation, attempt, value: attempt.http.value }]
        : [],
    ),
  );

/** Plain answers to the targets themselves, where none of them, and nobody else in this run, proved over TLS to be who was asked. */
function unprovenAnswers(survey: Survey): readonly PlainAnswer[] {
  const { clock, probes } = survey;
  if (clock.rightDates.size + clock.wrongDates.size > 0) return [];
  return plainAnswers([...probes.values()].flat().filter(({ scheme, hop }) => scheme === 'http' && hop === 0));
}

/** Every plain answer leads to one sign-in page: of the canaries, the neutral request and the targets themselves. */
function captive(survey: Survey): RunWide | null {
  const neutral = neutralAnswer(survey.experiments);
  if (neutral?.genuine === true) return null;
  const answered = [
    ...plainAnswers(survey.experiments.byKind('plain-http').map(({ observation }) => observation)),
    ...(neutral === null ? [] : [neutral]),
    ...unprovenAnswers(survey),
  ];
  const portals = answered.map(({ observation, value }) => portalProblem(survey, observation, value));
  const [first] = portals;
  if (first === undefined || first === null || portals.some((portal) => portal === null)) return null;
  const canaries = answered.slice(0, 2).map(({ observation, attempt, value }) => {
    const location = first.shared?.value ?? '';
    return fact('tried.plain-http', { ...at(observation, attempt), status: value.status, location });
  });
  // A filter's page takes the place of what it forbids; nobody forbids the host that is asked for nothing else.
  const sure = first.confidence === 'high' || (neutral !== null && answered.length > 1);
  return {
    problem: {
      ...first,
      confidence: sure ? 'high' : 'medium',
      alternatives: sure ? [] : first.alternatives,
      evidence: [...canaries, ...first.evidence.slice(1)],
    },
    covers: (_, probe) => !isLocalOnly(probe),
  };
}

/** The clock, as far as hosts' dates and certificates tell; null if it is right or nothing is known. */
export function wrongClock(
  survey: Survey,
): { readonly evidence: readonly Fact[]; readonly confidence: Problem['confidence'] } | null {
  const { offsetMs, hosts, wrongDates, rightDates } = survey.clock;
  if (offsetMs !== null && Math.abs(offsetMs) > SKEW_MS && (hosts >= 2 || wrongDates.size >= 2)) {
    return {
      evidence: [fact('clock.offset', { seconds: offsetMs / 1000, hosts })],
      confidence: hosts >= 2 ? 'high' : 'medium',
    };
  }
  if (offsetMs === null && wrongDates.size >= 3 && rightDates.size === 0) {
    return { evidence: [fact('clock.dates', { hosts: wrongDates.size })], confidence: 'medium' };
  }
  return null;
}

function clockSkew(survey: Survey): RunWide | null {
  const clock = wrongClock(survey);
  if (clock === null) return null;
  const { evidence, confidence } = clock;
  return {
    problem: problem('local.clock-skew', 'local', evidence, { confidence, shared: ['clock', 'local'] }),
    covers: ({ byClock }) => byClock,
  };
}

/** Causes that lie over the whole run, in the order in which they explain each other away. */
export function runWide(survey: Survey): readonly RunWide[] {
  return [noNetwork, noResolver, internalOnly, captive, egressBlocked, intercepted, clockSkew]
    .map((find) => find(survey))
    .filter((cause) => cause !== null);
}

/** Lays the first run-wide cause that explains a root over it: that becomes the root, and the others its symptoms. */
export function layOver(
  wide: readonly RunWide[],
  observation: Observation,
  problems: readonly Problem[],
): readonly Problem[] {
  const [root] = problems;
  if (root === undefined) return problems;
  const over = wide.find(
    (cause) => causes[root.cause].after.includes(cause.problem.cause) && cause.covers(root, observation),
  );
  return over === undefined ? problems : [{ ...over.problem, effect: root.effect }, ...problems];
}
