import pLimit from 'p-limit';
import type { Clock } from '../clock.ts';
import type { Experiment } from '../model/experiments.ts';
import type { Environment, ExperimentObservation, Observation, Observations } from '../model/observations.ts';
import type { Plan, SecondRoutes, Target } from '../model/plan.ts';
import type { RootState } from '../model/trust.ts';
import type { ProxyAccess } from '../proxy/access.ts';
import type { TrustStores } from '../trust/stores/stores.ts';
import { createChainRecorder } from './chains.ts';
import { shares } from './descriptors.ts';
import type { HostsTable } from './dns/hosts-file.ts';
import { createResolver, type ResolverSettings } from './dns/resolve.ts';
import type { SystemResolver } from './dns/system-resolver.ts';
import {
  follow,
  type Measured,
  type MeasureSettings,
  measure,
  notAsked,
  type Question,
  questionKey,
  type RouteFor,
} from './measure.ts';
import { createRevocationChecker } from './revocation-checks.ts';
import { experimentsAtOnce, mostExperiments, mostRounds, perform } from './rounds.ts';
import { prepareHttp } from './stage/http.ts';
import { createPace } from './stage/pace.ts';
import type { StageContext } from './stage/stage.ts';
import { noAccess, proxyTrust } from './tunnel/access.ts';
import { createProxies } from './tunnel/proxies.ts';

export interface RunDependencies {
  readonly clock: Clock;
  /** Aborting it ends the run; what was measured by then is returned. */
  readonly signal: AbortSignal;
  readonly environment: Environment;
  readonly stores: TrustStores;
  readonly hosts: HostsTable;
  /** Null: the operating system's resolver is never asked. Its owner closes it. */
  readonly system: SystemResolver | null;
  readonly userAgent: string;
  /** Route of an address that certificates name, or that an answer redirects to. */
  readonly routeFor: RouteFor;
  /** Accounts and trust for proxies. Left out: none. */
  readonly access?: ProxyAccess;
  /** Another way to measure targets by, beside their own; null for none. */
  readonly beside?: SecondRoutes | null;
  /** Called before the first packet, with the time on the wall clock (ISO 8601 UTC). */
  readonly onStart?: (startedAt: string) => void;
  /** File descriptors that this process may hold; null or left out where that isn't known. */
  readonly descriptors?: number | null;
  /** Called as each target ends. */
  readonly onTarget?: (target: Target, observations: readonly Observation[], done: number, total: number) => void;
  /** What to try next to tell the causes of failures apart; nothing for a healthy run. Left out: no experiments. */
  readonly propose?: (observations: Observations) => readonly Experiment[];
  /** Called as each experiment ends. */
  readonly onExperiment?: (experiment: Experiment, done: number, total: number) => void;
}

/** Targets that are tried by the configured proxy where the direct path is closed: enough to know, and few. */
const mostBeside = 8;

/** Nothing was connected to: what a firewall does that leaves only the proxy. */
const isUnreached = (dns: Observation['dns'], attempts: Observation['attempts']): boolean =>
  dns.status === 'failed' || (attempts.length > 0 && attempts.every(({ tcp }) => tcp.status === 'failed'));

/** How many captured chains end in each root of interest. */
function withUse(roots: readonly RootState[], chains: Observations['chains']): readonly RootState[] {
  return roots.map((root) => ({
    ...root,
    usedBy: Object.values(chains).filter(({ anchors }) => anchors.some(({ sha256 }) => sha256 === root.sha256)).length,
  }));
}

/**
 * Measures a plan. Resolves by the plan's deadline whatever the network does, and never rejects for
 * it. Nothing is judged here. The only place where work runs side by side, and the only limit on it.
 */
export async function run(plan: Plan, dependencies: RunDependencies): Promise<Observations> {
  const { clock, stores, environment, access = noAccess, beside = null } = dependencies;
  const startedAt = clock.now();
  const startedIso = new Date(clock.wall()).toISOString();
  dependencies.onStart?.(startedIso);
  const ending = new AbortController();
  const interrupt = (): void => ending.abort('interrupted');
  if (dependencies.signal.aborted) interrupt();
  dependencies.signal.addEventListener('abort', interrupt, { once: true });
  const deadline = setTimeout(() => ending.abort('deadline'), plan.limits.deadlineMs);
  const testable = plan.offline ? [] : plan.targets.filter((target) => target.untested === null);
  if (testable.some((target) => target.scheme !== 'tcp')) await prepareHttp();

  const servers = plan.dnsServers.length > 0 ? plan.dnsServers : environment.resolvers;
  const most = shares(dependencies.descriptors ?? null, servers.length * plan.families.length);
  const system = plan.dnsServers.length > 0 ? null : dependencies.system;
  let experimenting = false;
  const recorder = createChainRecorder(stores, (chain) => {
    if (!experimenting) revocation.advance([chain]);
  });
  const { hosts, userAgent } = dependencies;
  const { families, tlsHello } = plan;
  const { timeoutMs } = plan.limits;
  const pace = createPace(most, clock);
  const context: StageContext = {
    clock,
    startedAt,
    timeoutMs,
    signal: ending.signal,
    pace,
  };
  const naming: ResolverSettings = {
    servers,
    families,
    timeoutMs,
    hosts,
    system,
    clock,
    startedAt,
    signal: ending.signal,
    pace,
  };
  const resolver = createResolver(naming);
  const settings: MeasureSettings = {
    context,
    resolver,
    attempt: { userAgent, tls: { hello: tlsHello }, keepChain: recorder.keep },
    proxies: createProxies(resolver, access, proxyTrust(stores, access.proxyCa)),
    routeFor: dependencies.routeFor,
  };
  const limit = pLimit(Math.max(1, plan.limits.concurrency));
  const revocation = createRevocationChecker(recorder, stores, settings, limit);

  const asked = new Map<string, Promise<Measured> | Measured>();
  const ask = async (question: Question): Promise<Measured> => {
    const key = questionKey(question);
    const known = asked.get(key);
    if (known !== undefined) return known;
    const asking = ending.signal.aborted ? notAsked(question, ending.signal) : measure(question, settings);
    asked.set(key, asking);
    const measured = await asking;
    asked.set(key, measured);
    return measured;
  };

  const besides = new Map<string, Observation>();
  const byOtherWay = async (target: Target): Promise<void> => {
    const route = ending.signal.aborted ? null : await beside?.routeFor(target);
    if (route === null || route === undefined) return;
    const { host, port, scheme, url, method } = target;
    const measured = await ask({ host, port, scheme, url, method, route });
    besides.set(target.id, { target: target.id, hop: 0, ...measured, redirect: null, route });
  };

  let done = 0;
  const probe = async (target: Target): Promise<readonly Observation[]> => {
    const observations = await follow(target, ask, settings);
    if (beside?.when === 'always') await byOtherWay(target);
    dependencies.onTarget?.(target, observations, ++done, testable.length);
    return observations;
  };
  const probes: (readonly Observation[])[] = new Array(testable.length);
  const waiting = testable.entries();
  // Not all at once into the queue: each of tens of thousands would be held there by several objects.
  const inTurn = async (): Promise<void> => {
    for (const [index, target] of waiting) probes[index] = await limit(() => probe(target));
  };
  await Promise.all(Array.from({ length: limit.concurrency }, inTurn));
  if (beside?.when === 'unreached') {
    const unreached = probes.flat().filter(({ hop, dns, attempts }) => hop === 0 && isUnreached(dns, attempts));
    const targetOf = new Map(unreached.map(({ target, host }) => [host, target]));
    const few = testable.filter(({ id, host }) => targetOf.get(host) === id).slice(0, mostBeside);
    await limit.map(few, byOtherWay);
  }
  const revoked = await revocation.finish(startedIso);
  const endOf = (): Observations['ended'] =>
    ending.signal.aborted ? (ending.signal.reason === 'deadline' ? 'deadline' : 'interrupted') : null;
  const measuredEnd = endOf();
  const observations = (experiments: readonly ExperimentObservation[], ended: Observations['ended']): Observations => {
    const chains = recorder.chains();
    return {
      startedAt: startedIso,
      durationMs: Math.round(clock.now() - startedAt),
      environment: { ...environment, roots: withUse(environment.roots, chains) },
      plan,
      probes: probes.flat(),
      revocation: revoked,
      ...(beside === null ? {} : { beside: testable.flatMap(({ id }) => besides.get(id) ?? []) }),
      experiments,
      chains,
      certificates: recorder.certificates(),
      ended,
    };
  };

  experimenting = true;
  const experiments: ExperimentObservation[] = [];
  const proposed = new Set<string>();
  // What nothing was proposed for is the result: the same object, so that it isn't judged twice.
  let final: Observations | null = null;
  const gently = pLimit(experimentsAtOnce);
  for (let round = 0; round < mostRounds && plan.experiments && !ending.signal.aborted; round++) {
    const current = observations(experiments, null);
    const wanted = (dependencies.propose?.(current) ?? [])
      .filter(({ id }) => !proposed.has(id))
      .slice(0, mostExperiments - proposed.size);
    if (wanted.length === 0) {
      final = current;
      break;
    }
    for (const { id } of wanted) proposed.add(id);
    let ended = 0;
    const made = await gently.map(wanted, async (experiment) => {
      const one = await perform(experiment, { measure: settings, resolver: naming, targets: plan.targets });
      dependencies.onExperiment?.(experiment, ++ended, wanted.length);
      return one;
    });
    experiments.push(...made.filter((one) => one !== null));
  }
  // Experiments that the deadline cuts short leave what was asked for complete; an interruption is told always.
  const ended = measuredEnd ?? (endOf() === 'interrupted' ? 'interrupted' : null);
  clearTimeout(deadline);
  dependencies.signal.removeEventListener('abort', interrupt);
  resolver.close();
  return final !== null && ended === null ? final : observations(experiments, ended);
}
