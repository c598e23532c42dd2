/** Performs what the diagnosis asks for, with the same stages as the probes. Nothing is judged here. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Experiment } from '../model/experiments.ts';
import type { Attempt, DnsValue, ExperimentObservation, Observation, StageResult } from '../model/observations.ts';
import type { Target } from '../model/plan.ts';
import { type InsideRange, mayReach } from '../named-addresses.ts';
import { type AttemptTarget, attempt } from './attempt.ts';
import { askServer, parseServer } from './dns/exchange.ts';
import { canonicalName } from './dns/message.ts';
import { createResolver, type ResolverSettings } from './dns/resolve.ts';
import { type MeasureSettings, mayTake, measure, type Question } from './measure.ts';
import { failureOf } from './stage/failure.ts';
import { type StageContext, skipReason } from './stage/stage.ts';

/** Experiments that may run at once: so few that what fails under load passes here. */
export const experimentsAtOnce = 6;

/** Rounds: what the first one leaves open is asked again with better questions. */
export const mostRounds = 5;

/** A bound for a run, whatever is proposed. */
export const mostExperiments = 24;

/** Those that are made slowly, one after the other: as many as a run of minutes has time for. */
export const mostSlowly = 400;

interface ExperimentSettings {
  readonly measure: MeasureSettings;
  /** Milliseconds that a stage waits, but for what takes a target's own time. */
  readonly patienceMs: number;
  /** For a resolver of its own: what the run's has learned is not to be asked again. */
  readonly resolver: ResolverSettings;
  readonly targets: readonly Target[];
}

type Connect = Extract<Experiment['does'], { readonly action: 'connect' }>;
type Through = Extract<Experiment['does'], { readonly action: 'through' }>;
type Ask = Extract<Experiment['does'], { readonly action: 'ask' }>;

const notApplicable = { status: 'skipped', because: 'not-applicable' } as const;

async function connectTo(
  host: string,
  how: Connect | Through,
  method: Target['method'],
  settings: MeasureSettings,
): Promise<Attempt> {
  const { address, family, port, scheme, url, servername, hello, pad, minVersion, maxVersion, ciphers } = how;
  const target: AttemptTarget = { host, port, scheme, url, method };
  const tls = {
    servername,
    hello,
    minVersion,
    maxVersion,
    ...(pad > 0 ? { padHello: pad } : {}),
    ...(ciphers === null ? {} : { ciphers }),
    ...(how.firstBytes === true ? { firstBytes: true } : {}),
  };
  const to = address === null || family === null ? null : { address, family };
  const proxy = how.action === 'through' ? { proxy: { route: how.route, proxies: settings.proxies } } : {};
  const echo = how.action === 'connect' && how.echo !== undefined ? { echo: how.echo } : {};
  return attempt(target, to, settings.context, { ...settings.attempt, tls, ...proxy, ...echo });
}

async function ask(how: Ask, settings: MeasureSettings, isLook: boolean): Promise<StageResult<DnsValue>> {
  const { clock, startedAt, timeoutMs, signal } = settings.context;
  const server = parseServer(how.server);
  const name = canonicalName(how.name);
  if (server === null || name === null) throw new TypeError(`no question: ${how.name} at ${how.server}`);
  if (signal.aborted) return { status: 'skipped', because: skipReason(signal) };
  const at = Math.round((clock.now() - startedAt) * 1000) / 1000;
  const question = {
    name,
    type: how.family === 4 ? 'A' : 'AAAA',
    server,
    transport: how.transport,
    ...(isLook ? { timeoutMs: Math.min(timeoutMs, lookMs), resends: false } : { timeoutMs }),
  } as const;
  const { answer } = await askServer(question, { clock, signal });
  if (signal.aborted) return { status: 'skipped', because: skipReason(signal) };
  const rest = { hostsFile: [], answers: [answer], system: null };
  const addresses = answer.addresses.slice(0, 8).map(({ address }) => ({ address, family: how.family }));
  if (answer.failure === null && addresses.length > 0)
    return { status: 'passed', at, ms: answer.ms, value: { addresses, from: 'dns', ...rest } };
  const failure = answer.failure ?? failureOf('dns.no-address', `no address for ${name}`);
  return { status: 'failed', at, ms: answer.ms, failure, partial: rest };
}

/** Between looks: a pace that limits of questions and connections allow for. */
const pauseMs = 120;
/** All looks of one experiment; a share of fewer is a share as well. */
const mostLooksMs = 20_000;
/** What a look waits for a name server, without asking again: programs would notice more. */
const lookMs = 1_000;

/** So many answers that there is no such name, and no other, are not a share of anything. */
const mostDenials = 4;
const isDenied = ({ dns }: Observation): boolean => dns.status === 'failed' && dns.failure.code === 'dns.not-found';

/** Ends early with the run. */
export const pause = (signal: AbortSignal): Promise<unknown> =>
  delay(pauseMs, undefined, { signal }).catch(() => undefined);

/** Longer than the second that limits of questions and connections count by. */
const calmMs = 1_100;

/** Milliseconds of the run at which the last stage of a probe began. */
function lastStart(probes: readonly Observation[]): number {
  let last = 0;
  for (const { dns, attempts } of probes) {
    for (const stage of [dns, ...attempts.flatMap(({ tcp, tunnel, tls, http }) => [tcp, tunnel, tls, http])]) {
      if (stage.status !== 'skipped' && stage.at > last) last = stage.at;
    }
  }
  return last;
}

/** Waits until what these probes have asked no longer counts. Ends early with the run. */
export function rest(
  probes: readonly Observation[],
  { clock, startedAt, signal }: Pick<StageContext, 'clock' | 'startedAt' | 'signal'>,
): Promise<unknown> {
  const ms = calmMs - (clock.now() - startedAt - lastStart(probes));
  return ms <= 0 ? Promise.resolve() : delay(ms, undefined, { signal }).catch(() => undefined);
}

/** Several looks as one observation: their attempts in order, or all answers of the name server. */
function together([first, ...rest]: readonly [Observation, ...Observation[]]): Observation {
  const all = [first, ...rest];
  const attempts = all.flatMap((look) => look.attempts);
  const answers = all.flatMap(({ dns }) => (dns.status === 'skipped' ? [] : (learnedOf(dns)?.answers ?? [])));
  const { dns } = all.find((look) => look.dns.status === 'passed') ?? first;
  if (answers.length === 0 || dns.status === 'skipped') return { ...first, attempts };
  if (dns.status === 'passed') return { ...first, attempts, dns: { ...dns, value: { ...dns.value, answers } } };
  return { ...first, attempts, dns: { ...dns, partial: { ...dns.partial, answers } } };
}

const learnedOf = (dns: Exclude<Observation['dns'], { readonly status: 'skipped' }>): Partial<DnsValue> | null =>
  dns.status === 'passed' ? dns.value : dns.partial;

/** The same again and again. What the run's end cuts off counts as no look. */
async function look(experiment: Experiment, times: number, settings: ExperimentSettings): Promise<Observation | null> {
  const { clock, signal } = settings.measure.context;
  const until = clock.now() + mostLooksMs;
  const looks: Observation[] = [];
  while (looks.length < times && clock.now() < until && !signal.aborted) {
    const observation = await observe(experiment, settings);
    if (observation === null || cut(observation)) break;
    looks.push(observation);
    if (looks.length === mostDenials && looks.every(isDenied)) break;
    await pause(signal);
  }
  const [first, ...rest] = looks;
  return first === undefined ? null : together([first, ...rest]);
}

/** Whether an experiment about a host that a redirect named connects to nothing that the redirect could not lead to. */
function mayConnect(does: Experiment['does'], homes: ReadonlySet<InsideRange>): boolean {
  if (does.action === 'connect') return mayReach('', [does.address], homes);
  if (does.action === 'through') return mayReach(does.asked, does.address === null ? [] : [does.address], homes);
  return true;
}

/** Null where there is nothing to ask, or it may not be asked. */
async function observe(experiment: Experiment, settings: ExperimentSettings): Promise<Observation | null> {
  const { target: id, host, does } = experiment;
  const { context } = settings.measure;
  const gentle: MeasureSettings = {
    ...settings.measure,
    context: { ...context, timeoutMs: Math.min(context.timeoutMs, settings.patienceMs) },
  };
  const target = settings.targets.find((planned) => planned.id === id);
  const homes = settings.measure.named.homesOf(id, host);
  if (homes !== undefined && !mayConnect(does, homes)) return null;
  const base = { target: id, hop: 0, host, redirect: null } as const;
  if (does.action === 'connect') {
    const method = (experiment.kind === 'again' || experiment.kind === 'looks' ? target?.method : undefined) ?? 'GET';
    const attempt = await connectTo(host, does, method, gentle);
    const { port, scheme, url } = does;
    return { ...base, port, scheme, url, dns: notApplicable, attempts: [attempt] };
  }
  if (does.action === 'through') {
    const { asked, port, scheme, url, route } = does;
    const attempt = await connectTo(asked, does, 'GET', gentle);
    return { ...base, host: asked, port, scheme, url, dns: notApplicable, attempts: [attempt], route };
  }
  if (does.action === 'ask') {
    const dns = await ask(does, gentle, experiment.kind === 'looks');
    return { ...base, host: does.name, port: experiment.port, scheme: 'tcp', url: null, dns, attempts: [] };
  }
  if (target === undefined) return null;
  const { scheme, url, content } = does;
  // The host that has nothing to do with the targets is waited for no longer than the rest, its name neither.
  const isNeutral = experiment.kind === 'neutral-request';
  const means = isNeutral ? gentle : settings.measure;
  // What is to be read of others is their words.
  const ofOthers = experiment.kind === 'other-content' || isNeutral;
  const usual = content === undefined && !ofOthers ? target.method : 'GET';
  const method = experiment.kind === 'head' ? 'HEAD' : usual;
  const resolver = createResolver({ ...settings.resolver, timeoutMs: means.context.timeoutMs });
  try {
    const wanted: Question = {
      ...{ host, port: experiment.port, scheme, url, method, route: target.route },
      ...(content === undefined ? {} : { content }),
      ...(homes === undefined ? {} : { homes }),
    };
    const how = { ...means, resolver };
    if (!(await mayTake(wanted, target.route, how))) return null;
    const measured = await measure(wanted, how);
    return { ...base, ...measured };
  } finally {
    resolver.close();
  }
}

const cut = ({ dns, attempts }: Observation): boolean =>
  [dns, ...attempts.flatMap(({ tcp, tunnel, tls, http }) => [tcp, tunnel, tls, http])].some(
    (stage) => stage.status === 'skipped' && (stage.because === 'deadline' || stage.because === 'interrupted'),
  );

/**
 * Performs one experiment. Never rejects for what the network does. Null if the run ended meanwhile, or if its target
 * isn't in the plan: half an experiment proves nothing.
 */
export async function perform(
  experiment: Experiment,
  settings: ExperimentSettings,
): Promise<ExperimentObservation | null> {
  if (settings.measure.context.signal.aborted) return null;
  const observation =
    experiment.times === undefined
      ? await observe(experiment, settings)
      : await look(experiment, experiment.times, settings);
  return observation === null || cut(observation) ? null : { ...experiment, observation };
}
