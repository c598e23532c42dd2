import pLimit from 'p-limit';
import type { Clock } from '../clock.ts';
import type { Experiment } from '../model/experiments.ts';
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
import {
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
import { followUpPatience } from './patience.ts';
import { createRevocationChecker } from './revocation-checks.ts';
import { experimentsAtOnce, mostExperiments, mostRounds, mostSlowly, pause, perform, rest } from './rounds.ts';
import { prepareHttp } from './stage/http-client.ts';
import { createRoom } from './stage/kept-answer.ts';
import { createPace } from './stage/pace.ts';
import type { StageContext } from './stage/stage.ts';
import { createProxies } from './tunnel/proxies.ts';
import { proxyTrust } from './tunnel/proxy-trust.ts';

export interface RunDependencies {
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
  /** What to try next to tell the causes of failures apart; nothing for a healthy run. Left out: no experiments. */
  readonly propose?: (observations: Observations) => readonly Experiment[];
  /** Told of each exception of wayclear's own. It costs the target or the experiment that it met, never the run. */
  readonly onFault?: (error: unknown, where: string) => void;
  /** Called with each revocation list that certificates name, in DER, as it came. */
  readonly onRevocationList?: (url: string, der: Buffer) => void;
  /** Called as each experiment ends. */
  readonly onExperiment?: (experiment: Experiment, done: number, total: number) => void;
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
  };
  const limit = pLimit(Math.max(1, limits.concurrency));
  const revocation = createRevocationChecker(recorder, stores, settings, limit, {
    planned: plannedHosts(plan),
    freshResolver: () => createResolver(naming),
    onList: dependencies.onRevocationList,
  });
  return { naming, resolver, recorder, settings, limit, revocation };
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

/** Every target by its own way, and, where the run has another, by that one too. */
async function measureTargets(
  targets: readonly Target[],
  { settings, limit }: Tools,
  { beside, onTarget, onFault }: RunDependencies,
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
  const probe = async (target: Target): Promise<readonly Observation[]> => {
    const observations = await follow(target, ask, settings).catch((error: unknown) => {
      onFault?.(error, target.id);
      return [faultObservation(target, error, settings.context)];
    });
    if (beside?.when === 'always') await byOtherWay(target).catch((error: unknown) => onFault?.(error, target.id));
    onTarget?.(target, observations, ++done, targets.length);
    return observations;
  };
  const probes: (readonly Observation[])[] = new Array(targets.length);
  const waiting = targets.entries();
  // Not all at once into the queue: each of tens of thousands would be held there by several objects.
  const inTurn = async (): Promise<void> => {
    for (const [index, target] of waiting) probes[index] = await limit(() => probe(target));
  };
  await Promise.all(Array.from({ length: limit.concurrency }, inTurn));
  if (beside?.when === 'unreached') {
    const unreached = probes.flat().filter(({ hop, dns, attempts }) => hop === 0 && isUnreached(dns, attempts));
    const targetOf = new Map(unreached.map(({ target, host }) => [host, target]));
    const few = targets.filter(({ id, host }) => targetOf.get(host) === id).slice(0, mostBeside);
    await limit.map(few, (target) => byOtherWay(target).catch((error: unknown) => onFault?.(error, target.id)));
  }
  return { probes: probes.flat(), beside: targets.flatMap(({ id }) => besides.get(id) ?? []) };
}

/**
 * Rounds of experiments, until nothing more is proposed or the run ends. `observe` gives the observations with the
 * experiments made so far; what nothing was proposed for is the result, which isn't judged twice then.
 */
async function followUp(
  plan: Plan,
  { settings, naming }: Tools,
  { propose, onExperiment, onFault }: RunDependencies,
  observe: (experiments: readonly ExperimentObservation[]) => Observations,
): Promise<{ readonly experiments: readonly ExperimentObservation[]; readonly judged: Observations | null }> {
  const experiments: ExperimentObservation[] = [];
  const proposed = new Set<string>();
  let quick = 0;
  let slow = 0;
  const gently = pLimit(experimentsAtOnce);
  const proposals = (current: Observations): readonly Experiment[] => {
    try {
      return propose?.(current) ?? [];
    } catch (error) {
      onFault?.(error, 'experiments');
      return [];
    }
  };
  for (let round = 0; round < mostRounds && plan.experiments && !settings.context.signal.aborted; round++) {
    const current = observe(experiments);
    const fresh = proposals(current).filter(({ id }) => !proposed.has(id));
    const wanted = fresh.filter(({ slowly }) => slowly !== true).slice(0, Math.max(0, mostExperiments - quick));
    const gentle = fresh.filter(({ slowly }) => slowly === true).slice(0, Math.max(0, mostSlowly - slow));
    if (wanted.length + gentle.length === 0) return { experiments, judged: current };
    quick += wanted.length;
    slow += gentle.length;
    for (const { id } of [...wanted, ...gentle]) proposed.add(id);
    let done = 0;
    const patienceMs = followUpPatience(current.probes);
    const make = async (experiment: Experiment): Promise<ExperimentObservation | null> => {
      const what = { measure: settings, patienceMs, resolver: naming, targets: plan.targets };
      const observation = await perform(experiment, what).catch((error: unknown) => {
        onFault?.(error, experiment.id);
        return null;
      });
      onExperiment?.(experiment, ++done, wanted.length + gentle.length);
      return observation;
    };
    // A limit a second may still be used up by the run itself: what is asked again at once would meet it.
    if (wanted.some(({ rested }) => rested === true)) {
      await rest([...current.probes, ...current.revocation.map(({ observation }) => observation)], settings.context);
    }
    const performed = await gently.map(wanted, make);
    // Alone: what only fails beside others has to work here.
    for (const experiment of gentle) {
      if (settings.context.signal.aborted) break;
      performed.push(await make(experiment));
      await pause(settings.context.signal);
    }
    experiments.push(...performed.filter((observation) => observation !== null));
  }
  return { experiments, judged: null };
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
  const measured = await measureTargets(testable, tools, dependencies);
  const revocation = await tools.revocation.finish(startedIso).catch((error: unknown) => {
    dependencies.onFault?.(error, 'revocation');
    return [];
  });
  const measuredEnd = running.endedBy();

  const assemble = (experiments: readonly ExperimentObservation[], ended: Observations['ended']): Observations => {
    const chains = tools.recorder.chains();
    return {
      startedAt: startedIso,
      durationMs: Math.round(clock.now() - startedAt),
      environment: { ...environment, roots: withUse(environment.roots, chains) },
      plan,
      probes: measured.probes,
      revocation,
      ...(beside === null ? {} : { beside: measured.beside }),
      experiments: [...experiments],
      chains,
      certificates: tools.recorder.certificates(),
      ended,
    };
  };
  const { experiments, judged } = await followUp(plan, tools, dependencies, (made) => assemble(made, null));
  // Experiments that the deadline cuts short leave what was asked for complete; an interruption is told always.
  const ended = measuredEnd ?? (running.endedBy() === 'interrupted' ? 'interrupted' : null);
  running.close();
  tools.resolver.close();
  return judged !== null && ended === null ? judged : assemble(experiments, ended);
}
