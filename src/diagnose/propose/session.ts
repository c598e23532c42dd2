/** Experiments that tell apart why a TLS session doesn't come about. */

import { isIP } from '../../addresses.ts';
import type { CauseId } from '../../model/causes.ts';
import type { Experiment } from '../../model/experiments.ts';
import type { Attempt, TlsValue } from '../../model/observations.ts';
import type { PerformedExperiment } from '../../model/performed-experiments.ts';
import type { ProxyRoute } from '../../model/plan.ts';
import { isLarge } from '../rules/tls.ts';
import { isSessionKind } from '../survey/experiment-results.ts';
import { classOf, wayOf } from '../survey/failure-class.ts';
import { nowhereOf } from '../survey/host-names.ts';
import type { Survey } from '../survey/survey.ts';
import type { FailedProbe } from './failures.ts';
import { classicHello, proxyAlone } from './hello.ts';

/** Experiments for one signature (a kind of failure in a domain), and for one kind of failure in all domains. */
const MOST_A_SIGNATURE = 6;
const MOST_A_CLASS = 12;
/** Domains of one kind of failure that are tried. */
const MOST_DOMAINS = 4;
/** Through a proxy more of them share their way, so that fewer speak for all. */
const MOST_DOMAINS_THROUGH = 2;

/** A suite list that no server may accept: anonymous key exchange (RFC 5246 appendix A.5), TLS 1.2. */
const UNACCEPTABLE = 'aNULL:@SECLEVEL=0';
const EVERY_SUITE = 'ALL:@SECLEVEL=0';
/** Bytes that make a classic ClientHello as long as one with a post-quantum key share. */
const LARGE_PAD = 1_200;
/** Always there, owned by nobody who is filtered (RFC 2606 section 3). */
const NEUTRAL = 'www.example.com';

interface Neutral {
  readonly host: string;
  /** Null where a proxy resolves the name. */
  readonly address: string | null;
  readonly family: 4 | 6 | null;
  readonly port: number;
}

/** A host whose session came about in this run by the same way: of another domain if there is one, of the same kind of network. */
function neutralFor(
  survey: Survey,
  { probe, domain, attempt }: FailedProbe,
  failing: ReadonlySet<string>,
): Neutral | null {
  const way = wayOf(attempt ?? undefined);
  const isAlike = (candidate: Attempt): boolean => {
    if (candidate.tls.status !== 'passed' || wayOf(candidate) !== way) return false;
    if (candidate.address === null || candidate.family === null) return way !== '';
    return nowhereOf(candidate.address) === nowhereOf(attempt?.address ?? '');
  };
  const neutrals: (Neutral & { readonly foreign: boolean })[] = [];
  for (const other of [...survey.probes.values()].flat()) {
    if (other.scheme !== 'https' || isIP(other.host) !== 0 || other.host === probe.host || failing.has(other.host))
      continue;
    for (const { address, family } of other.attempts.filter(isAlike)) {
      neutrals.push({ host: other.host, address, family, port: other.port, foreign: !other.host.endsWith(domain) });
    }
  }
  const rank = (candidate: Neutral & { readonly foreign: boolean }): number =>
    (candidate.foreign ? 0 : 2) + (candidate.family === attempt?.family ? 0 : 1);
  return neutrals.sort((a, b) => rank(a) - rank(b) || (a.host < b.host ? -1 : 1))[0] ?? null;
}

function partialOf({ attempt }: FailedProbe): Partial<TlsValue> | null {
  return attempt?.tls.status === 'failed' ? attempt.tls.partial : null;
}

type ConnectAction = Extract<Experiment['does'], { readonly action: 'connect' }>;

/** What differs from the failed probe; `at`: where another host is. */
type Change = Partial<
  Pick<ConnectAction, 'servername' | 'hello' | 'pad' | 'ciphers' | 'minVersion' | 'maxVersion' | 'firstBytes'>
> & {
  readonly at?: Neutral;
};

type Wish = readonly [kind: PerformedExperiment, change: Change];

/** Experiments that separate the causes still alive, best first. */
function wishesOf(
  failure: FailedProbe,
  neutral: Neutral | null,
  done: ReadonlySet<PerformedExperiment>,
): readonly Wish[] {
  const { root } = failure;
  const alive = new Set<CauseId>([root.cause, ...root.alternatives]);
  const open = root.cause === 'undetermined';
  const silent = classOf(failure.attempt as NonNullable<FailedProbe['attempt']>)?.startsWith('tls.timeout') === true;
  const large = isLarge(partialOf(failure));
  const wishes: Wish[] = [];
  if (large && alive.has('tls.large-hello-dropped')) wishes.push(['small-hello', { hello: 'classic', pad: 0 }]);
  if (alive.has('tls.sni-filtered')) wishes.push(['neutral-name', { servername: neutral?.host ?? NEUTRAL }]);
  if (silent && alive.has('tls.mtu-black-hole')) {
    wishes.push([
      'refusable-hello',
      { hello: 'classic', pad: 0, ciphers: UNACCEPTABLE, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
    ]);
  }
  if (alive.has('tls.version-mismatch') || open) {
    wishes.push(['tls-1.2', { maxVersion: 'TLSv1.2' }], ['tls-1.3', { minVersion: 'TLSv1.3' }]);
  }
  if (alive.has('tls.cipher-mismatch') || open) wishes.push(['wide-ciphers', { ciphers: EVERY_SUITE }]);
  if (large && done.has('small-hello') && root.cause === 'tls.large-hello-dropped') {
    wishes.push(['padded-hello', { hello: 'classic', pad: LARGE_PAD }]);
  }
  if (alive.has('tls.sni-filtered') && done.has('neutral-name')) {
    wishes.push(['no-name', { servername: null }]);
    if (neutral !== null) wishes.push(['neutral-address', { at: neutral }]);
  }
  return wishes.filter(([kind]) => !done.has(kind));
}

/** Questions that are asked when the name and the length of the ClientHello are cleared. */
const later: ReadonlySet<PerformedExperiment> = new Set(['tls-1.2', 'tls-1.3', 'wide-ciphers']);

/** For each kind of failure: what separates its causes, on one host of each of a few domains. */
export function sessionWishes(survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] {
  const failing = new Set(failures.map(({ probe }) => probe.host));
  const classes = new Map<string, Map<string, FailedProbe>>();
  for (const failure of failures) {
    const { attempt, stage, root, decided } = failure;
    if (attempt === null || stage !== 'tls' || !isReachable(failure)) continue;
    if (attempt.tls.status !== 'failed' || !(root.stage === 'tls' || root.cause === 'undetermined')) continue;
    // A proven length is still to be told from the key exchange that makes it.
    if (decided && root.cause !== 'tls.large-hello-dropped') continue;
    const failureClass = `${classOf(attempt) ?? ''} ${wayOf(attempt)}`;
    const domains = classes.get(failureClass) ?? new Map<string, FailedProbe>();
    const chosen = domains.get(failure.domain);
    const tried = experimentsAt(survey, failure).some(({ kind }) => isSessionKind(kind));
    if (chosen === undefined || (tried && !isTried(survey, chosen))) domains.set(failure.domain, failure);
    classes.set(failureClass, domains);
  }
  // By urgency: the first question on each host before the second on any.
  const wishes: Experiment[][] = [];
  for (const [, domains] of [...classes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const group = [...domains.values()]
      .sort((a, b) => Number(isTried(survey, b)) - Number(isTried(survey, a)))
      .slice(0, [...domains.values()].some(({ direct }) => !direct) ? MOST_DOMAINS_THROUGH : MOST_DOMAINS);
    let left = MOST_A_CLASS - group.reduce((sum, failure) => sum + experimentsAt(survey, failure).length, 0);
    for (const failure of group) {
      const made = experimentsAt(survey, failure);
      const done = new Set(made.map(({ kind }) => kind));
      const neutral = neutralFor(survey, failure, failing);
      const most = Math.max(0, Math.min(left, MOST_A_SIGNATURE - made.length));
      const open = wishesOf(failure, neutral, done);
      const first = open.filter(([kind]) => !later.has(kind));
      // What the first questions decide needs no others: those wait for the next round.
      const chosen = (isTried(survey, failure) || first.length === 0 ? open : first).slice(0, most);
      left -= chosen.length;
      for (const [turn, wish] of chosen.entries()) {
        wishes[turn] = [...(wishes[turn] ?? []), experimentOf(survey, failure, wish)];
      }
    }
  }
  return wishes.flat();
}

const experimentsAt = (survey: Survey, { probe, attempt }: FailedProbe): ReturnType<Survey['experiments']['at']> =>
  survey.experiments.at(probe.host, probe.port, wayOf(attempt ?? undefined));

const isTried = (survey: Survey, failure: FailedProbe): boolean =>
  experimentsAt(survey, failure).some(({ kind }) => isSessionKind(kind) && kind !== 'plain-http');

/** The proxy that the failed probe went through, without the candidates after it; null for the direct path. */
function proxyOf(survey: Survey, { probe, attempt }: FailedProbe): ProxyRoute | null {
  const route = probe.route ?? survey.targets.get(probe.target)?.route;
  if (attempt?.proxy === undefined || route?.kind !== 'proxy') return null;
  return proxyAlone(route);
}

/** Whether the same can be done again: an address is known, or the proxy made a tunnel to the name. */
export function isReachable({ attempt }: FailedProbe): boolean {
  if (attempt?.proxy === undefined) return attempt?.address != null && attempt.family !== null;
  return attempt.tunnel.status === 'passed' && attempt.tunnel.value.via !== 'absolute-form';
}

/** Everything as in the failed probe but what the wish changes. */
export function experimentOf(survey: Survey, failure: FailedProbe, [kind, change]: Wish): Experiment {
  const { probe, attempt } = failure;
  const { target, host, port } = probe;
  const route = proxyOf(survey, failure);
  const { at, ...differs } = change;
  const session = {
    port: at?.port ?? port,
    scheme: 'https',
    url: null,
    ...classicHello,
    servername: host,
    hello: survey.observations.plan.tlsHello,
    ...differs,
  } as const;
  const { address, family } = at ?? attempt ?? { address: null, family: null };
  if (route !== null) {
    const does = { action: 'through', route, asked: at?.host ?? host, address, family, ...session } as const;
    return { id: `${kind} ${host} ${port} ${wayOf(attempt ?? undefined)}`, kind, target, host, port, does };
  }
  const does = { action: 'connect', address: address ?? '', family: family ?? 4, ...session } as const;
  return { id: `${kind} ${host} ${port}`, kind, target, host, port, does };
}
