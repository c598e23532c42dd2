/** Settings that send a target the wrong way, or that nobody can read: whoever made them has to mend them. */
import { inPrefix } from '../../addresses.ts';
import type { CauseId } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { Attempt, Observation, ProxySourceFacts } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import { fact, sample } from '../evidence.ts';
import { type Problem, problem } from '../problem.ts';
import { isLocalHost, type Nowhere, nowhereOf } from '../survey/host-names.ts';
import type { Survey } from '../survey/survey.ts';
import { answeredByProxy } from './proxy-pattern.ts';
import { arrives } from './proxy-route.ts';

/** The sources that decide: the one that won, and a list given beside it. */
export const decidingSources = ({ observations }: Survey): readonly ProxySourceFacts[] =>
  (observations.environment.proxySources ?? []).filter(({ won, source }) => won || source === 'flag');

const mistakeFact = ({ name, entry, code, dialects }: ProxySourceFacts['mistakes'][number]): Fact =>
  fact('proxy.mistake', { name, entry, code, dialects: dialects.join(', ') });

/** The network of a bypass list that an address is in, as written; null for none. */
function networkOf(sources: readonly ProxySourceFacts[], address: string): string | null {
  for (const { bypass } of sources) {
    for (const entry of bypass?.list.split(/[,;\s]+/) ?? []) {
      const [, base = '', bits = ''] = /^([0-9a-f.:]+)\/(\d{1,3})$/i.exec(entry) ?? [];
      if (base !== '' && inPrefix(address, base, Number(bits))) return entry;
    }
  }
  return null;
}

/** What says that the target was meant to go directly; empty for nothing. */
function meantDirect(survey: Survey, target: Target, direct: Observation | null): readonly Fact[] {
  const { host, route } = target;
  const sources = decidingSources(survey);
  const lists = sources.flatMap(({ mistakes, bypass }) =>
    mistakes.filter(({ name }) => name === bypass?.name).slice(0, 3),
  );
  if (route.intended !== undefined) {
    return [fact('proxy.intended', { host, entry: route.intended }), ...lists.map(mistakeFact)];
  }
  const readers = (route.differs ?? []).filter(({ bypass }) => bypass).map(({ dialect }) => dialect);
  if (readers.length > 0) {
    return [
      fact('proxy.differs', { host, entry: '', dialects: sample(readers, 5), bypass: 0 }),
      ...lists.map(mistakeFact),
    ];
  }
  for (const { address } of direct?.attempts ?? []) {
    if (address === null) continue;
    const entry = networkOf(sources, address);
    if (entry !== null) return [fact('proxy.network-entry', { host, address, entry })];
    if (nowhereOf(address) !== 'private') continue;
    const { pac } = route;
    const said = pac === undefined ? [] : [fact('proxy.pac-answer', { host, answer: pac })];
    return [fact('proxy.unlisted', { host, address }), ...said];
  }
  return [];
}

const statusesOf = ({ attempts }: Observation): readonly number[] =>
  attempts.flatMap(({ http }) => (http.status === 'passed' ? [http.value.status] : []));

/** Whether a target has the same status by the direct path and by its own. */
function sameStatus(survey: Survey, { id }: Target, direct: Observation): boolean {
  const first = survey.probes.get(id)?.find(({ hop }) => hop === 0);
  return first !== undefined && statusesOf(first).some((status) => statusesOf(direct).includes(status));
}

/**
 * A host inside that a proxy does not lead to, because the bypass list or the PAC file does not name it as it should: the
 * direct path works, or was not measured while the list was meant to name the host.
 */
export function notBypassed(survey: Survey, target: Target, failed: readonly Problem[]): Problem | null {
  const [root] = failed;
  if (target.route.kind !== 'proxy' || root === undefined) return null;
  const byStatus = target.scheme === 'http' && root.cause === 'http.unexpected-status';
  if (!answeredByProxy.has(root.cause) && root.cause !== 'http.service-error' && !byStatus) return null;
  const direct =
    survey.observations.beside?.find(({ target: id, route }) => id === target.id && route?.kind === 'direct') ?? null;
  // A status that the direct path gives as well is the host's own.
  const works = direct !== null && arrives(direct) && !(byStatus && sameStatus(survey, target, direct));
  if (direct !== null && !works) return null;
  const meant = meantDirect(survey, target, direct);
  if (meant.length === 0 || (!works && target.route.intended === undefined)) return null;
  const [first, ...rest] = meant;
  const evidence = [
    ...(first === undefined ? [] : [first]),
    ...(works ? [fact('proxy.direct-works', { host: target.host })] : []),
    ...rest,
    ...root.evidence.slice(0, 1),
  ];
  return problem('proxy.bypass-mistake', 'tunnel', evidence, {
    confidence: works ? 'high' : 'medium',
    signature: 'proxy',
    alternatives: works ? [] : [root.cause],
  });
}

/** Variables of the scheme, as curl and all others read them. */
const variablesOf = (scheme: Target['scheme']): readonly string[] => [
  scheme === 'http' ? 'http_proxy' : 'https_proxy',
  'all_proxy',
];

type Mistake = ProxySourceFacts['mistakes'][number];

/** Settings that were to name the proxy for this scheme, and that nobody can read. */
const unreadableFor = (survey: Survey, scheme: Target['scheme']): readonly Mistake[] =>
  decidingSources(survey)
    .filter(({ won }) => won)
    .flatMap(({ source, mistakes }) =>
      mistakes.filter(
        ({ code, name }) =>
          (code.startsWith('proxy-') || code === 'pac-url-unusable') &&
          (source !== 'environment' || variablesOf(scheme).includes(name.toLowerCase())),
      ),
    );

const directAttempts = (survey: Survey, id: string): readonly Attempt[] =>
  (survey.probes.get(id) ?? []).flatMap(({ attempts }) => attempts.filter(({ proxy }) => proxy === undefined));
const placeOf = ({ address }: Attempt): Nowhere | null => (address === null ? null : nowhereOf(address));

const connected = new WeakMap<Survey, ReadonlyMap<Mistake, ReadonlySet<Nowhere | null>>>();

/** Of settings that nobody can read, where the targets that they were for connect directly. Read once for a survey. */
function connectedPlaces(survey: Survey): ReadonlyMap<Mistake, ReadonlySet<Nowhere | null>> {
  const known = connected.get(survey);
  if (known !== undefined) return known;
  const places = new Map<Mistake, Set<Nowhere | null>>();
  for (const { id, scheme } of survey.targets.values()) {
    const passed = directAttempts(survey, id).filter(({ tcp }) => tcp.status === 'passed');
    for (const mistake of unreadableFor(survey, scheme)) {
      const seen = places.get(mistake) ?? new Set();
      places.set(mistake, seen);
      for (const attempt of passed) seen.add(placeOf(attempt));
    }
  }
  connected.set(survey, places);
  return places;
}

/**
 * Whether the direct path is closed, as far as the run tells: no name resolves, or nothing connects of what the same setting
 * was for. Hosts of a private network say nothing of those outside, nor the reverse.
 */
function directClosed(survey: Survey, target: Target, unreadable: readonly Mistake[], root: Problem): boolean {
  if (root.cause.startsWith('dns.')) return survey.names.resolved.size === 0;
  const places = new Set(directAttempts(survey, target.id).map(placeOf));
  if (places.has('loopback')) return false;
  const open = connectedPlaces(survey);
  return !unreadable.some((mistake) => [...places].some((place) => open.get(mistake)?.has(place) === true));
}

/** A setting that nobody can read was to name the proxy, and the direct path is closed. */
export function unreadableSetting(survey: Survey, target: Target, failed: readonly Problem[]): Problem | null {
  const [root] = failed;
  if (target.route.kind !== 'direct' || root === undefined || !/^(?:dns|tcp)\./.test(root.cause)) return null;
  const unreadable = unreadableFor(survey, target.scheme);
  if (unreadable.length === 0 || isLocalHost(target.host)) return null;
  if (!directClosed(survey, target, unreadable, root)) return null;
  const alternatives: readonly CauseId[] = [root.cause];
  const evidence = [...unreadable.slice(0, 3).map(mistakeFact), ...root.evidence.slice(0, 2)];
  return problem('proxy.bypass-mistake', 'tunnel', evidence, { signature: unreadable[0]?.name ?? '', alternatives });
}
