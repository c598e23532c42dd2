/** Which follow-up experiments would tell the causes of a run's failures apart. Values only: nothing is sent here. */

import { isIP } from '../../addresses.ts';
import type { Experiment, PerformedExperiment } from '../../model/experiments.ts';
import type { Observation, Observations } from '../../model/observations.ts';
import { contextOf } from '../judge/context.ts';
import { classOf, signsOf } from '../survey/failure-class.ts';
import { isAddress, isInternalName, isLocalHost, nowhereOf } from '../survey/host-names.ts';
import type { Survey } from '../survey/survey.ts';
import { answerWishes } from './answers.ts';
import { contentWishes } from './content.ts';
import { allowance, costOf, isFollowed, placesLeft } from './cost.ts';
import { type FailedProbe, failuresOf } from './failures.ts';
import { firstBytesWishes } from './first-bytes.ts';
import { label } from './label.ts';
import { mayBeLimit } from './limits.ts';
import { lookWishes } from './looks.ts';
import { proxyAnswerWishes } from './proxy-answers.ts';
import { sessionWishes } from './session.ts';
import { wildcardWishes } from './wildcard.ts';

/** Failures that a lost packet, a full queue or a restart can bring about. */
const transient: ReadonlySet<string> = new Set([
  'dns.timeout',
  'tcp.timeout',
  'tcp.reset',
  'tunnel.timeout',
  'tunnel.reset',
  'tunnel.closed',
  'tls.timeout',
  'tls.timeout partial',
  'tls.reset',
  'tls.reset partial',
  'tls.reset early',
  'http.timeout',
  'http.reset',
  'http.closed',
]);

/** What a name server that answers for other names may say or do because it is busy. */
const ofBusyServers: ReadonlySet<string> = new Set([
  'dns.refused',
  'dns.server-failure',
  'dns.unreachable',
  'dns.error',
]);

/** So few places with one kind of failure are all repeated; of more than that one stands for the rest. */
const FEW = 4;

const idOf = (kind: PerformedExperiment, ...parts: readonly (string | number | null)[]): string =>
  [kind, ...parts.map((part) => part ?? '')].join(' ');

/** A server or a proxy that answers for others may say so because much was asked at once. */
function isTransient(survey: Survey, failureClass: string): boolean {
  if (transient.has(failureClass)) return true;
  if (ofBusyServers.has(failureClass)) return survey.names.resolved.size > 0;
  return failureClass.startsWith('tunnel.refused ') && /^tunnel\.refused (403|429|5\d\d)$/.test(failureClass);
}

const transientOf = (survey: Survey, probe: Observation): readonly string[] =>
  [...signsOf(probe)].filter((failureClass) => isTransient(survey, failureClass));

const connection = {
  action: 'connect',
  servername: null,
  hello: 'classic',
  pad: 0,
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: null,
} as const;

/** What the run itself says in its handshakes. */
const usual = (survey: Survey, host: string) => ({ servername: host, hello: survey.observations.plan.tlsHello });

/** The same again for the sake of one class of failures; null where that is not to be done. */
function repetition(survey: Survey, { probe, direct }: FailedProbe, failureClass: string): Experiment | null {
  const { target, host, port, scheme, url } = probe;
  const attempt = probe.attempts.find((candidate) => classOf(candidate) === failureClass) ?? null;
  // Credentials that were answered with silence are not sent again: that only locks the account.
  if (attempt?.tunnel.status === 'failed' && (attempt.tunnel.partial?.auth?.legs ?? 0) > 0) return null;
  const address = attempt?.address ?? null;
  const does: Experiment['does'] =
    direct && attempt !== null && address !== null && attempt.family !== null
      ? { ...connection, ...usual(survey, host), address, family: attempt.family, port, scheme, url }
      : { action: 'measure', scheme, url };
  return { id: idOf('again', scheme, host, port, url), kind: 'again', target, host, port, does };
}

/** The same again, alone: what then passes is no policy, and what failed like it is asked again slowly. */
function repeats(survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] {
  const { repeated, recovered, passing } = survey.repeats;
  const everything = survey.observations.plan.repeat !== undefined;
  const groups = new Map<string, Map<string, FailedProbe>>();
  const slow = new Map<string, Experiment>();
  for (const failure of failures) {
    if (failure.decided && !everything) continue;
    for (const failureClass of everything ? signsOf(failure.probe) : transientOf(survey, failure.probe)) {
      const group = groups.get(failureClass) ?? new Map<string, FailedProbe>();
      if (!group.has(failure.place)) group.set(failure.place, failure);
      groups.set(failureClass, group);
      const again = passing.has(failureClass) ? repetition(survey, failure, failureClass) : null;
      if (again !== null) slow.set(again.id, { ...again, slowly: true });
    }
  }
  const chosen = new Map<string, Experiment>();
  for (const [failureClass, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const open = [...group.values()].filter(({ place }) => !repeated.has(place));
    const confirmed = group.size - open.length;
    const few = group.size <= FEW || everything;
    const wanted = few ? open : confirmed > 0 ? [] : open.slice(0, recovered.size > 0 ? FEW : 1);
    const rest = mayBeLimit(failureClass, [...group.values()], survey.observations.probes)
      ? ({ rested: true } as const)
      : {};
    for (const failure of wanted) {
      const again = repetition(survey, failure, failureClass);
      if (again !== null && !slow.has(again.id)) chosen.set(again.id, { ...again, ...rest });
    }
  }
  return [...chosen.values(), ...slow.values()];
}

/** Sessions that end oddly after a connection: is the connection itself real? */
const suspicious: ReadonlySet<string> = new Set([
  'tls.reset',
  'tls.stalled',
  'tls.sni-filtered',
  'tls.mtu-black-hole',
  'http.timeout',
  'http.reset',
]);

/** An address where nobody can be (RFC 5737 section 3, RFC 3849). */
function documentationAddress(survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] {
  if (survey.experiments.byKind('documentation-address').length > 0) return [];
  const failure = failures.find(({ root, outside }) => outside && suspicious.has(root.cause));
  if (failure === undefined) return [];
  const { target, host, port } = failure.probe;
  const family = survey.hasFamily(4) && failures.some(({ attempt }) => attempt?.family === 4) ? 4 : 6;
  const address = family === 4 ? '192.0.2.1' : '2001:db8::1';
  const does = { ...connection, address, family, port: 443, scheme: 'tcp', url: null } as const;
  return [{ id: idOf('documentation-address', address), kind: 'documentation-address', target, host, port, does }];
}

/** Certificates and silences that a sign-in page can be behind. */
const portalSigns: ReadonlySet<string> = new Set([
  'tls.name-mismatch',
  'tls.self-signed',
  'tls.untrusted-issuer',
  'tls.not-tls',
]);

/** Port 80 of two failing hosts: is it another port's policy, and who answers there? `signs`: where a sign asks for it, or else where many fail. */
function canaries(survey: Survey, failures: readonly FailedProbe[], signs: boolean): readonly Experiment[] {
  const made = survey.experiments.byKind('plain-http').length;
  const tested = new Set([...survey.probes.values()].flat().map(({ host, port }) => `${host} ${port}`)).size;
  const places = new Set(failures.map(({ place }) => place)).size;
  const hosts = new Set<string>();
  const wishes: Experiment[] = [];
  for (const { probe, attempt, root, stage, decided, outside } of failures) {
    if (made + wishes.length >= 2) break;
    const address = attempt?.address ?? null;
    if (attempt === null || address === null || attempt.family === null || probe.port === 80 || !outside) continue;
    if (isAddress(probe.host) || hosts.has(probe.host)) continue;
    const silent = stage === 'tcp' && (root.cause === 'tcp.dropped' || root.cause === 'tcp.egress-blocked');
    const many = places * 2 >= tested && (stage === 'tls' || stage === 'tcp');
    if (signs ? !(silent || portalSigns.has(root.cause)) : !many || decided) continue;
    hosts.add(probe.host);
    const { target, host, port } = probe;
    const does = {
      ...connection,
      address,
      family: attempt.family,
      port: 80,
      scheme: 'http',
      url: `http://${host}/`,
    } as const;
    wishes.push({ id: idOf('plain-http', host, address), kind: 'plain-http', target, host, port, does });
  }
  return wishes;
}

const notThere: ReadonlySet<string> = new Set([
  'dns.not-found',
  'dns.no-address',
  'dns.server-failure',
  'dns.refused',
  'dns.internal-only',
]);

/** Questions of one round. */
const MOST_QUESTIONS = 6;

/** Questions to the name servers that this machine knows, and to no other. */
function questions(survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] {
  const { observations, experiments } = survey;
  const { plan, environment } = observations;
  const servers = plan.dnsServers.length > 0 ? plan.dnsServers : environment.resolvers;
  const [first] = survey.names.servers.length > 0 ? survey.names.servers : servers;
  if (first === undefined) return [];
  const family = plan.families.includes(4) ? 4 : 6;
  const wishes: Experiment[] = [];
  const signatures = new Set<string>();
  const ask = (
    kind: PerformedExperiment,
    { target, host, port }: Observation,
    name: string,
    server = first,
    transport: 'udp' | 'tcp' = 'udp',
  ): void => {
    const does = { action: 'ask', name, family, server, transport } as const;
    wishes.push({ id: idOf(kind, name, server), kind, target, host, port, does });
  };
  const parentOf = (host: string): string => host.split('.').slice(1).join('.');
  for (const { probe, root, stage, domain, outside } of failures) {
    const { host, dns } = probe;
    if (isAddress(host) || isInternalName(host) || isLocalHost(host)) continue;
    const signature = stage === 'dns' ? `${root.cause} ${domain}` : domain;
    if (signatures.has(signature)) continue;
    if (stage === 'dns') {
      if (root.confidence === 'high' && root.cause !== 'dns.internal-only') continue;
      const alone = survey.names.resolved.size === 0 && experiments.byKind('control-name').length === 0;
      if (alone && notThere.has(root.cause)) ask('control-name', probe, 'example.com');
      if (root.confidence === 'high') continue;
      signatures.add(signature);
      const askedServers = new Set(dns.status === 'failed' ? dns.partial?.answers?.map(({ server }) => server) : []);
      const other = servers.map((server) => withPort(server)).find((server) => !askedServers.has(server));
      if (other !== undefined) ask('other-resolver', probe, host, other);
      if (root.cause === 'dns.timeout') ask('dns-over-tcp', probe, host, first, 'tcp');
      const parent = parentOf(host);
      if ((root.cause === 'dns.not-found' || root.cause === 'dns.no-address') && parent.includes('.')) {
        ask('sibling-name', probe, `${label(observations, host)}.${parent}`);
      }
      continue;
    }
    const shares =
      outside && probe.attempts.some(({ address }) => (survey.addresses.get(address ?? '')?.hosts.size ?? 0) >= 2);
    const misled = root.cause === 'dns.redirected' || root.alternatives.includes('dns.redirected');
    if (dns.status !== 'passed' || dns.value.from !== 'dns' || !(shares || misled)) continue;
    if (root.confidence === 'high' && root.alternatives.length === 0) continue;
    signatures.add(signature);
    if (experiments.byKind('random-name').length === 0)
      ask('random-name', probe, `${label(observations, '')}.example.com`);
    const parent = parentOf(host);
    if (shares && parent.includes('.')) ask('sibling-name', probe, `${label(observations, host)}.${parent}`);
  }
  return wishes.slice(0, MOST_QUESTIONS);
}

/** `IP:PORT` or `[IP]:PORT`, as answers name their server. */
function withPort(server: string): string {
  if (isIP(server) === 6) return `[${server}]:53`;
  if (isIP(server) === 4) return `${server}:53`;
  return /^\[[^\]]+\]$/.test(server) ? `${server}:53` : server;
}

/** Past a hosts file that differs from the name servers: does their address work? */
function pastHostsFile(failures: readonly FailedProbe[]): readonly Experiment[] {
  return failures.flatMap(({ probe, root }) => {
    if (root.cause !== 'dns.hosts-file' || probe.dns.status !== 'passed') return [];
    const { target, host, port, scheme, url } = probe;
    const [answer] = probe.dns.value.answers.filter(({ addresses }) => addresses.length > 0);
    const address = answer?.addresses[0]?.address;
    if (answer === undefined || address === undefined || nowhereOf(address) === 'unspecified') return [];
    const does = { ...connection, address, family: answer.family, port, scheme, url, servername: host } as const;
    return [{ id: idOf('other-address', host, port), kind: 'other-address', target, host, port, does } as const];
  });
}

/**
 * What to try next, best first: nothing for a healthy run, nothing that was tried, and in all no more than a share of
 * what the run itself cost.
 */
export function propose(observations: Observations): readonly Experiment[] {
  const { plan, experiments, ended } = observations;
  if (!plan.experiments || plan.offline || ended !== null) return [];
  const context = contextOf(observations);
  const { survey } = context;
  const failures = failuresOf(context);
  const answers = [...answerWishes(context), ...contentWishes(survey)];
  const ofProxies = proxyAnswerWishes(survey, failures);
  const looks = lookWishes(observations);
  if ([failures, looks, answers, ofProxies].every(({ length }) => length === 0)) return [];
  // What still fails when it is tried alone is no chance, and neither is what fails like it.
  const confirmed = new Set(
    failures
      .filter(({ place }) => survey.repeats.repeated.has(place))
      .flatMap(({ probe }) => transientOf(survey, probe)),
  );
  const settled = failures.filter(({ probe, decided, partial }) => {
    const signs = transientOf(survey, probe);
    return !partial && (decided || signs.length === 0 || signs.some((sign) => confirmed.has(sign)));
  });
  const direct = settled.filter((failure) => failure.direct);
  const signed = canaries(survey, direct, true);
  const wishes = [
    ...repeats(survey, failures),
    ...looks,
    ...answers,
    ...ofProxies,
    ...wildcardWishes(survey, failures),
    ...documentationAddress(survey, direct),
    ...signed,
    ...pastHostsFile(direct),
    ...questions(survey, direct),
    ...firstBytesWishes(survey, settled),
    ...sessionWishes(survey, settled),
    // Without a sign of a page it is the least that can be asked.
    ...(signed.length > 0 ? [] : canaries(survey, direct, false)),
  ];
  const made = new Set(experiments.map(({ id }) => id));
  let left = allowance(observations);
  let room = placesLeft(experiments.filter((experiment) => !isFollowed(experiment)).length);
  return wishes.filter((wish) => {
    const counted = !isFollowed(wish);
    const price = counted ? costOf(wish, observations.probes) : 0;
    if (made.has(wish.id) || (counted && (price > left || room <= 0))) return false;
    made.add(wish.id);
    left -= price;
    room -= counted ? 1 : 0;
    return true;
  });
}
