import pLimit from 'p-limit';
import type { Clock } from '../clock.ts';
import type { Attempt, Environment, ExperimentObservation, Observation, Observations } from '../model/observations.ts';
import type { Plan, SecondRoutes, Target } from '../model/plan.ts';
import type { RootState } from '../model/trust.ts';
import { noAccess, type ProxyAccess } from '../proxy/access.ts';
import type { TrustStores } from '../trust/stores/stores.ts';
import { createChainRecorder } from './chains.ts';
import { shares } from './descriptors.ts';
import type { HostsTable } from './dns/hosts-file.ts';
import { createResolver, type ResolverSettings } from './dns/resolve.ts';
import type { SystemResolver } from './dns/system-resolver.ts';
import { createFollowUp, type FollowUpDependencies } from './follow-up.ts';
import {
  createNamedHosts,
  faultObservation,
  follow,
  type Measured,
  type MeasureSettings,
  measure,
  notAsked,
  type Question,
  questionKey,
  type RouteFor,
  resolvesHere,
} from './measure.ts';
import { createRevocationChecker } from './revocation-checks.ts';
import { experimentsAtOnce } from './rounds.ts';
import { prepareHttp } from './stage/http-client.ts';
import { createRoom } from './stage/kept-answer.ts';
import { createPace } from './stage/pace.ts';
import type { StageContext } from './stage/stage.ts';
import { createProxies } from './tunnel/proxies.ts';
import { proxyTrust } from './tunnel/proxy-trust.ts';

export interface RunDependencies extends FollowUpDependencies {
  readonly clock: Clock;
  /**
   * Aborting it ends the run; what was measured by then is returned. With `deadline` as the reason a deadline was over,
   * else the run was interrupted.
   */
  readonly signal: AbortSignal;
  /** A promise where this machine is still read while the network answers the first questions. */
  readonly environment: Environment | Promise<Environment>;
  readonly stores: TrustStores | Promise<TrustStores>;
  /** Who is asked for names, and how; left out: as the environment says. */
  readonly names?: Pick<Environment, 'resolvers' | 'naming'>;
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
  /** Called before the first target ends, with the time on the wall clock (ISO 8601 UTC). */
  readonly onStart?: (startedAt: string, environment: Environment) => void;
  /** File descriptors that this process may hold; null or left out where that isn't known. */
  readonly descriptors?: number | null;
  /** Called as each target ends. */
  readonly onTarget?: (target: Target, observations: readonly Observation[], done: number, total: number) => void;
  /** Called with each revocation list that certificates name, in DER, as it came. */
  readonly onRevocationList?: (url: string, der: Buffer) => void;
}

/** Targets that are tried by the configured proxy where the direct path is closed: enough to know, and few. */
const mostBeside = 8;

/** Nothing was connected to: what a firewall does that leaves only the proxy. */
const isUnreached = (dns: Observation['dns'], attempts: Observation['attempts']): boolean =>
  dns.status === 'failed' || (attempts.length > 0 && attempts.every(isCutOff));

/** No connection, no way through the proxy, or an answer to a plain request that the proxy itself may have written. */
const isCutOff = ({ tcp, tunnel, http }: Attempt): boolean =>
  tcp.status === 'failed' ||
  tunnel.status === 'failed' ||
  (tunnel.status === 'passed' &&
    tunnel.value.via === 'absolute-form' &&
    http.status === 'passed' &&
    http.value.status >= 400);

/** How many captured chains end in each root of interest. */
function withUse(roots: readonly RootState[], chains: Observations['chains']): readonly RootState[] {
  return roots.map((root) => ({
    ...root,
    usedBy: Object.values(chains).filter(({ anchors }) => anchors.some(({ sha256 }) => sha256 === root.sha256)).length,
  }));
}

/** When the run began, and what ends it before its work is done. */
function startRun(plan: Plan, { clock, signal }: RunDependencies) {
  const startedAt = clock.now();
  const startedIso = new Date(clock.wall()).toISOString();
  const ending = new AbortController();
  const interrupt = (): void => ending.abort(signal.reason === 'deadline' ? 'deadline' : 'interrupted');
  if (signal.aborted) interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  const deadline = setTimeout(() => ending.abort('deadline'), plan.limits.deadlineMs);
  const endedBy = (): Observations['ended'] =>
    ending.signal.aborted ? (ending.signal.reason === 'deadline' ? 'deadline' : 'interrupted') : null;
  const close = (): void => {
    clearTimeout(deadline);
    signal.removeEventListener('abort', interrupt);
  };
  return { startedAt, startedIso, signal: ending.signal, endedBy, close };
}

type RunSpan = ReturnType<typeof startRun>;

const plannedHosts = ({ targets }: Plan): ReadonlySet<string> => new Set(targets.map(({ host }) => host));

/** Who asks for names: one resolver and one pace for everything that the run does. */
function setUpNames(
  plan: Plan,
  names: Pick<Environment, 'resolvers' | 'naming'>,
  dependencies: RunDependencies,
  { startedAt, signal }: RunSpan,
) {
  const { clock, hosts, access = noAccess() } = dependencies;
  const { families, dnsServers, limits } = plan;
  const servers = dnsServers.length > 0 ? dnsServers : names.resolvers;
  const pace = createPace(shares(dependencies.descriptors ?? null, servers.length * families.length), clock);
  const { keep } = access.secrets;
  const context: StageContext = {
    clock,
    startedAt,
    timeoutMs: limits.timeoutMs,
    signal,
    keep,
    room: createRoom(),
    pace,
  };
  const naming: ResolverSettings = {
    ...context,
    pace,
    servers,
    families,
    hosts,
    system: dnsServers.length > 0 ? null : dependencies.system,
    // Resolvers that the person chose are asked for names as they stand.
    ...(names.naming === undefined || dnsServers.length > 0 ? {} : { naming: names.naming }),
  };
  return { context, naming, resolver: createResolver(naming) };
}

type Names = ReturnType<typeof setUpNames>;

/** Asks for the names that the first targets need, those of their proxies included. Whoever comes to a target shares the answer. */
function askAhead(targets: readonly Target[], { limits }: Plan, { resolver, context }: Names): void {
  for (const { host, route } of targets.slice(0, limits.concurrency)) {
    if (route.undecided !== undefined) continue;
    void resolver.resolve(route.kind === 'proxy' && !resolvesHere(route) ? route.host : host, context.signal);
  }
}

/** What measures: one store of chains for everything that the run does. */
function setUp(plan: Plan, { context, naming, resolver }: Names, stores: TrustStores, dependencies: RunDependencies) {
  const { userAgent, access = noAccess() } = dependencies;
  const { tlsHello, limits } = plan;
  const recorder = createChainRecorder(stores, access.secrets.keep);
  const settings: MeasureSettings = {
    context,
    resolver,
    attempt: { userAgent, tls: { hello: tlsHello }, keepChain: recorder.keep },
    proxies: createProxies(resolver, access, proxyTrust(stores, access.proxyCa)),
    routeFor: dependencies.routeFor,
    named: createNamedHosts(),
  };
  const limit = pLimit(Math.max(1, limits.concurrency));
  const revocation = createRevocationChecker(recorder, stores, settings, limit, {
    planned: plannedHosts(plan),
    freshResolver: () => createResolver(naming),
    onList: dependencies.onRevocationList,
  });
  return { naming, resolver, recorder, settings, limit, gently: pLimit(experimentsAtOnce), revocation };
}

type Tools = ReturnType<typeof setUp>;

/** Measures each question once, however many targets come to it. */
function shareAnswers(settings: MeasureSettings): (question: Question) => Promise<Measured> {
  const answers = new Map<string, Promise<Measured> | Measured>();
  const { signal } = settings.context;
  return async (question) => {
    const key = questionKey(question);
    const earlier = answers.get(key);
    if (earlier !== undefined) return earlier;
    const asking = signal.aborted ? notAsked(question, signal) : measure(question, settings);
    answers.set(key, asking);
    const measured = await asking;
    answers.set(key, measured);
    return measured;
  };
}

interface MeasuredTargets {
  readonly probes: readonly Observation[];
  /** By another way than the target's own. */
  readonly beside: readonly Observation[];
}

/**
 * Every target by its own way, and, where the run has another, by that one too. `onWaiting` is told, as targets end, what
 * gives the observations by then, while none is left to begin.
 */
async function measureTargets(
  targets: readonly Target[],
  { settings, limit }: Tools,
  { beside, onTarget, onFault }: RunDependencies,
  onWaiting: (measured: () => MeasuredTargets) => void,
): Promise<MeasuredTargets> {
  const ask = shareAnswers(settings);
  const besides = new Map<string, Observation>();
  const byOtherWay = async (target: Target): Promise<void> => {
    const route = settings.context.signal.aborted ? null : await beside?.routeFor(target);
    if (route === null || route === undefined) return;
    const { host, port, scheme, url, method } = target;
    const measured = await ask({ host, port, scheme, url, method, route });
    besides.set(target.id, { target: target.id, hop: 0, ...measured, redirect: null, route });
  };
  let done = 0;
  let begun = 0;
  const probe = async (target: Target): Promise<readonly Observation[]> => {
    begun++;
    const observations = await follow(target, ask, settings).catch((error: unknown) => {
      onFault?.(error, target.id);
      return [faultObservation(target, error, settings.context)];
    });
    if (beside?.when === 'always') await byOtherWay(target).catch((error: unknown) => onFault?.(error, target.id));
    onTarget?.(target, observations, ++done, targets.length);
    return observations;
  };
  const probes: (readonly Observation[])[] = new Array(targets.length);
  const measured = (): MeasuredTargets => ({
    probes: probes.flat(),
    beside: targets.flatMap(({ id }) => besides.get(id) ?? []),
  });
  const waiting = targets.entries();
  // Not all at once into the queue: each of tens of thousands would be held there by several objects.
  const inTurn = async (): Promise<void> => {
    for (const [index, target] of waiting) {
      probes[index] = await limit(() => probe(target));
      if (begun === targets.length) onWaiting(measured);
    }
  };
  await Promise.all(Array.from({ length: limit.concurrency }, inTurn));
  if (beside?.when === 'unreached') {
    const unreached = probes.flat().filter(({ hop, dns, attempts }) => hop === 0 && isUnreached(dns, attempts));
    const targetOf = new Map(unreached.map(({ target, host }) => [host, target]));
    const few = targets.filter(({ id, host }) => targetOf.get(host) === id).slice(0, mostBeside);
    await limit.map(few, (target) => byOtherWay(target).catch((error: unknown) => onFault?.(error, target.id)));
  }
  return measured();
}

/**
 * Measures a plan. Resolves by the plan's deadline whatever the network does, and never rejects for
 * it. Nothing is judged here. The only place where work runs side by side, and the only limit on it.
 */
export async function run(plan: Plan, dependencies: RunDependencies): Promise<Observations> {
  const { clock, beside = null } = dependencies;
  const running = startRun(plan, dependencies);
  const { startedAt, startedIso } = running;
  const testable = plan.offline ? [] : plan.targets.filter((target) => target.untested === null);
  const names = setUpNames(plan, dependencies.names ?? (await dependencies.environment), dependencies, running);
  askAhead(testable, plan, names);
  const [environment, stores] = await Promise.all([dependencies.environment, dependencies.stores]);
  dependencies.onStart?.(startedIso, environment);
  if (testable.some((target) => target.scheme !== 'tcp')) await prepareHttp();
  const tools = setUp(plan, names, stores, dependencies);
  const assemble = (
    { probes, beside: besides }: MeasuredTargets,
    revocation: Observations['revocation'],
    experiments: readonly ExperimentObservation[],
    ended: Observations['ended'],
  ): Observations => {
    const chains = tools.recorder.chains();
    return {
      startedAt: startedIso,
      durationMs: Math.round(clock.now() - startedAt),
      environment: { ...environment, roots: withUse(environment.roots, chains) },
      plan,
      probes,
      revocation,
      ...(beside === null ? {} : { beside: besides }),
      experiments: [...experiments],
      chains,
      certificates: tools.recorder.certificates(),
      ended,
    };
  };
  const followUp = createFollowUp(plan, tools, dependencies);
  const measured = await measureTargets(testable, tools, dependencies, (soFar) =>
    followUp.ahead((made) => assemble(soFar(), [], made, null)),
  );
  const revocation = await tools.revocation.finish(startedIso).catch((error: unknown) => {
    dependencies.onFault?.(error, 'revocation');
    return [];
  });
  const measuredEnd = running.endedBy();
  const { experiments, judged } = await followUp.rounds((made) => assemble(measured, revocation, made, null));
  // Experiments that the deadline cuts short leave what was asked for complete; an interruption is told always.
  const ended = measuredEnd ?? (running.endedBy() === 'interrupted' ? 'interrupted' : null);
  running.close();
  tools.resolver.close();
  return judged !== null && ended === null ? judged : assemble(measured, revocation, experiments, ended);
}
