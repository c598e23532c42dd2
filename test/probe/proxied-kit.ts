import { systemClock } from '../../src/clock.ts';
import type { Authority } from '../../src/demo/pki.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { propose } from '../../src/diagnose/propose/propose.ts';
import type { Diagnosis } from '../../src/model/diagnosis.ts';
import type { Observations } from '../../src/model/observations.ts';
import type { Plan, ProxyRoute, Route, Target } from '../../src/model/plan.ts';
import { prepare } from '../../src/probe/prepare.ts';
import { type RunDependencies, run } from '../../src/probe/run.ts';
import type { ProxyAccess } from '../../src/proxy/access.ts';

/** A target on this machine by its URL, or `tcp://HOST:PORT`, whose certificates come from `root`. */
export function targetOf(url: string, route: Route, root: Authority, extra: Partial<Target> = {}): Target {
  const parsed = new URL(url);
  const scheme = parsed.protocol.slice(0, -1) as Target['scheme'];
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  return {
    id: `ad-hoc/${url}`,
    feature: 'ad-hoc',
    endpoint: host,
    pattern: host,
    witness: false,
    host,
    port: Number(parsed.port || (scheme === 'https' ? 443 : 80)),
    scheme,
    url: scheme === 'tcp' ? null : url,
    method: 'GET',
    importance: 'critical',
    expect: null,
    tls: { anchors: [root.sha256], pinned: false, inspection: 'unstated' },
    route,
    untested: null,
    ...extra,
  };
}

export interface RunOptions {
  readonly access?: ProxyAccess;
  readonly dnsServer?: string;
  readonly timeoutMs?: number;
  readonly caFiles?: readonly string[];
  readonly routeFor?: RunDependencies['routeFor'];
  readonly beside?: RunDependencies['beside'];
  readonly environment?: Partial<Observations['environment']>;
  /** Follow-up experiments, as the command line makes them. Left out: none are proposed. */
  readonly experiments?: 'made' | 'switched off';
  readonly tlsHello?: Plan['tlsHello'];
}

/** Measures targets and judges them, as the command line does. */
export async function judgedRun(
  targets: readonly Target[],
  root: Authority,
  options: RunOptions = {},
): Promise<{ readonly observations: Observations; readonly diagnosis: Diagnosis }> {
  const plan: Plan = {
    targets,
    anchors: [{ name: 'Test root', sha256: root.sha256, pem: root.pem }],
    families: [4, 6],
    dnsServers: options.dnsServer === undefined ? ['127.0.0.1:1'] : [options.dnsServer],
    tlsHello: options.tlsHello ?? 'classic',
    limits: { timeoutMs: options.timeoutMs ?? 5000, deadlineMs: 60_000, concurrency: 20 },
    offline: false,
    experiments: options.experiments !== 'switched off',
  };
  const [first] = targets as [Target];
  const { caFiles = [], beside = null, access } = options;
  const prepared = await prepare(plan, { caFiles, env: {}, routes: { routes: [first.route] }, clock: systemClock });
  try {
    const observations = await run(plan, {
      ...prepared,
      environment: { ...(await prepared.environment), ...options.environment },
      signal: new AbortController().signal,
      userAgent: 'wayclear/test',
      routeFor: options.routeFor ?? (() => first.route),
      beside,
      ...(options.experiments === undefined ? {} : { propose }),
      ...(access === undefined ? {} : { access }),
    });
    return { observations, diagnosis: diagnose(observations) };
  } finally {
    prepared.close();
  }
}

/** `verdict cause` of each target: its roots, or nothing. */
export const verdicts = ({ targets }: Diagnosis): readonly string[] =>
  targets.map(({ verdict, findings }) =>
    [verdict, ...findings.filter(({ explainedBy }) => explainedBy === null).map(({ cause }) => cause)].join(' '),
  );

export const proxyRoute = (
  host: string,
  port: number,
  protocol: ProxyRoute['protocol'] = 'http',
): Extract<Route, { readonly kind: 'proxy' }> => ({
  kind: 'proxy',
  protocol,
  host,
  port,
  source: 'flag',
  why: '--proxy',
});
