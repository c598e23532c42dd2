import { readCaFile } from '../cli/ca-file.ts';
import type { Io } from '../cli/io.ts';
import type { PacFileFacts, ProxySourceFacts } from '../model/observations.ts';
import type { Plan, Route, Target } from '../model/plan.ts';
import type { RouteFor } from '../probe/measure.ts';
import type { RunDependencies } from '../probe/run.ts';
import { type ProxyAccess, proxyName } from '../probe/tunnel/access.ts';
import { loadKerberos } from '../proxy/auth/negotiate.ts';
import type { Credentials } from '../proxy/credentials.ts';
import type { PacEvaluation } from '../proxy/pac/candidates.ts';
import { readEnvironmentSetting } from '../proxy/settings/environment.ts';
import { boundedExec, readSystemSettings } from '../proxy/settings/system.ts';
import { chooseRoute, type RouteInputs, withPacAnswer } from './choose.ts';
import { createPacFiles, type PacFiles, type PacTarget } from './pac-files.ts';
import { type AccountReader, demandPassword, type ProxyOptions, sendable } from './proxy-options.ts';
import { sourceFacts } from './source-facts.ts';

/** How a run reaches its targets: decided here, carried out by the prober. */
export interface Routes {
  /** The distinct routes in use, for the report. */
  readonly all: readonly Route[];
  readonly sources: readonly ProxySourceFacts[];
  readonly pacFiles: () => readonly PacFileFacts[];
  readonly routeFor: RouteFor;
  readonly access: ProxyAccess | null;
  readonly beside: RunDependencies['beside'];
  /** Ends scripts and lookups. */
  close(): Promise<void>;
}

/** The direct path, whatever is configured: for the demonstration, whose servers are on this machine. */
export function directRoutes(): Routes {
  const route: Route = { kind: 'direct', source: 'default', why: 'default' };
  return {
    all: [route],
    sources: [],
    pacFiles: () => [],
    routeFor: () => route,
    access: null,
    beside: null,
    close: async () => {},
  };
}

export interface RouteSettings {
  readonly io: Io;
  readonly proxy: ProxyOptions;
  readonly dnsServers: readonly string[];
  readonly timeoutMs: number;
  /** False: no packet leaves; what a PAC file on the network says stays open. */
  readonly mayAsk: boolean;
  readonly account: AccountReader;
}

/** Milliseconds for one program that tells a system's settings. */
const settingMs = 3000;

export async function routeInputs(io: Io, proxy: ProxyOptions): Promise<RouteInputs> {
  const exec = boundedExec(settingMs, io.platform === 'linux' ? io.env['PATH'] : undefined);
  return {
    choice: proxy.choice,
    noProxy: proxy.noProxy,
    environment: readEnvironmentSetting(io.env),
    system: await readSystemSettings(io.platform, exec, io.env),
    configured: proxy.source === 'config',
  };
}

/**
 * The ways that an address outside goes, by scheme, as far as settings alone say: a PAC file that has to be asked is named
 * as what decides. Credentials stay behind.
 */
export function usualRoutes(inputs: RouteInputs): readonly Route[] {
  const routes = (['https', 'http'] as const).map((scheme): Route => {
    const port = scheme === 'https' ? 443 : 80;
    const decision = chooseRoute({ scheme, host: 'outside.invalid', port }, inputs);
    const [step] = decision.pac;
    if (step !== undefined) {
      const url = step.url ?? 'wpad';
      return { kind: 'direct', source: 'pac', why: url, undecided: { reason: 'not-fetched', url, detail: '' } };
    }
    return decision.candidates[0]?.route ?? { kind: 'direct', source: decision.source, why: decision.why };
  });
  return [...new Map(routes.map((route) => [routeKey(route), route])).values()];
}

/** Everything that decides about ways, with the accounts that settings name kept apart from the routes. */
interface Decider {
  readonly decide: (target: PacTarget) => Promise<Route>;
}

function decider(inputs: RouteInputs, files: PacFiles, named: Map<string, Credentials>): Decider {
  return {
    decide: async (target) => {
      let decision = chooseRoute(target, inputs);
      let answer: string | null = null;
      let readings: PacEvaluation['readings'] = [];
      let undecided: Route['undecided'];
      for (let [step] = decision.pac; step !== undefined; [step] = decision.pac) {
        const { url, evaluation, problem } = await files.ask(step, target);
        if (problem !== null) undecided = { ...problem, url };
        else answer = evaluation?.answer ?? null;
        readings = evaluation?.readings ?? [];
        decision = withPacAnswer(decision, problem === null ? evaluation : null, url);
      }
      for (const { route, credentials } of decision.candidates) {
        if (route.kind === 'proxy' && credentials !== null) named.set(proxyName(route), credentials);
      }
      const [first, ...rest] = decision.candidates.map(({ route }) => route);
      if (first === undefined || undecided?.reason === 'not-fetched') {
        const why = undecided?.url ?? decision.why;
        const open = undecided ?? { reason: 'pac-invalid' as const, url: why, detail: '' };
        return { kind: 'direct', source: 'pac', why, undecided: open };
      }
      const { bypassEntry, differs } = decision;
      return {
        ...first,
        ...(bypassEntry === null ? {} : { bypass: bypassEntry }),
        ...(differs.length === 0
          ? {}
          : { differs: differs.map(({ dialect, answer: bypass }) => ({ dialect, bypass })) }),
        ...(answer === null ? {} : { pac: answer }),
        ...(answer === null || readings.length === 0 ? {} : { readings }),
        ...(rest.length === 0 ? {} : { otherwise: rest }),
      };
    },
  };
}

/** The URL says all; it is a string that the target holds anyway. */
const keyOf = ({ scheme, host, port, url }: PacTarget): string => url ?? `${scheme}://${host}:${port}`;

const routeKey = (route: Route): string =>
  JSON.stringify([route.kind === 'direct' ? 'direct' : proxyName(route), route.source, route.why]);

/** A decision for each address among the targets. Those that are alike are one object. */
async function decideAll(targets: readonly Target[], decide: Decider['decide']): Promise<ReadonlyMap<string, Route>> {
  const decided = new Map<string, Route>();
  const distinct = new Map<string, Route>();
  for (const { scheme, host, port, url } of targets) {
    const key = keyOf({ scheme, host, port, url });
    if (host === '' || decided.has(key)) continue;
    const route = await decide({ scheme, host, port, url });
    const text = JSON.stringify(route);
    const known = distinct.get(text) ?? route;
    distinct.set(text, known);
    decided.set(key, known);
  }
  return decided;
}

/**
 * Reads the settings and decides for every target of a plan. `plan` makes one from a choice of routes: the choice comes
 * after it, for scripts can't be asked in the middle of it.
 */
export async function planRoutes(
  settings: RouteSettings,
  plan: (routeFor: (target: PacTarget) => Route) => Plan,
): Promise<{ readonly plan: Plan; readonly routes: Routes }> {
  const { io, proxy, dnsServers, timeoutMs, mayAsk, account } = settings;
  const inputs = await routeInputs(io, proxy);
  const ca = proxy.ca === null ? [] : [readCaFile('--proxy-ca', proxy.ca)];
  const files = createPacFiles({ io, dnsServers, timeoutMs, ca, mayAsk });
  const named = new Map<string, Credentials>();
  const { decide } = decider(inputs, files, named);
  const open: Route = { kind: 'direct', source: 'default', why: '' };
  const draft = plan(() => open);
  const decided = await decideAll(draft.targets, decide);
  // Where no packet leaves nobody is asked for a password either.
  const used = mayAsk ? [...new Set(decided.values())] : [];
  try {
    for (const route of used.flatMap((one) => [one, ...(one.otherwise ?? [])])) {
      if (route.kind === 'proxy')
        demandPassword(account(named.get(proxyName(route)) ?? null), route.protocol, proxy.auth);
    }
  } catch (error) {
    await files.close();
    throw error;
  }
  const planned: Plan = {
    ...draft,
    targets: draft.targets.map((target) =>
      target.host === '' ? target : { ...target, route: decided.get(keyOf(target)) ?? open },
    ),
  };
  const known = new Map<string, Promise<Route>>();
  const later = (target: PacTarget): Promise<Route> => {
    const key = keyOf(target);
    const found = known.get(key) ?? Promise.resolve(decided.get(key) ?? decide(target));
    known.set(key, found);
    return found;
  };
  const accounts = new Map<string, { readonly account: Credentials | null }>();
  const distinct = new Map([...decided.values()].map((route) => [routeKey(route), bare(route)]));
  return {
    plan: planned,
    routes: {
      all: [...distinct.values()],
      sources: sourceFacts(inputs),
      pacFiles: files.facts,
      routeFor: later,
      access: {
        scheme: proxy.auth,
        accountFor: (route) => {
          const key = proxyName(route);
          const own = accounts.get(key) ?? { account: sendable(account(named.get(key) ?? null), route.protocol) };
          accounts.set(key, own);
          return own.account;
        },
        proxyCa: ca,
        loadKerberos,
        platform: io.platform,
      },
      beside: besideOf(proxy, inputs, files, named),
      close: () => files.close(),
    },
  };
}

/** A route without what is said of one target alone. */
function bare(decided: Route): Route {
  const {
    bypass: _bypass,
    differs: _differs,
    pac: _pac,
    readings: _readings,
    otherwise: _otherwise,
    ...route
  } = decided;
  return route as Route;
}

/**
 * `--direct-too`, the configured proxy where `--proxy direct` leads nowhere, and the usual proxy where a bypass list sends
 * a target past it to nowhere, or where it is set for the other scheme alone.
 */
function besideOf(
  proxy: ProxyOptions,
  inputs: RouteInputs,
  files: PacFiles,
  named: Map<string, Credentials>,
): RunDependencies['beside'] {
  if (proxy.choice.kind === 'direct') {
    const configured = decider({ ...inputs, choice: { kind: 'auto' } }, files, named);
    const routeFor = async (target: Target): Promise<Route | null> => {
      const route = await configured.decide(target);
      return route.kind === 'proxy' ? route : null;
    };
    return { when: 'unreached', routeFor };
  }
  if (!proxy.directToo) {
    // Without a list: one that says `*` would send the address outside past the proxy as well.
    const unlisted = { ...inputs, noProxy: '' };
    const kinds = new Set(usualRoutes(unlisted).map(({ kind }) => kind));
    const listed = sourceFacts(inputs).some(({ bypass }) => bypass !== null);
    if (!listed && !(kinds.has('proxy') && kinds.has('direct'))) return null;
    const usual = decider(unlisted, files, named);
    return {
      when: 'unreached',
      routeFor: async ({ route, scheme, port }) => {
        if (route.kind !== 'direct' || route.source === 'pac') return null;
        const way = await usual.decide({ scheme, host: 'outside.invalid', port, url: null });
        if (way.kind === 'proxy' || route.bypass !== undefined) return way.kind === 'proxy' ? way : null;
        // Set for the other scheme alone: known to this machine all the same.
        const other = scheme === 'http' ? ('https' as const) : ('http' as const);
        const known = await usual.decide({ scheme: other, host: 'outside.invalid', port, url: null });
        return known.kind === 'proxy' ? known : null;
      },
    };
  }
  const direct: Route = { kind: 'direct', source: 'flag', why: '--direct-too' };
  return {
    when: 'always',
    routeFor: async ({ route }) => (route.kind === 'proxy' && route.undecided === undefined ? direct : null),
  };
}
