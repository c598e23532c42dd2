import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { UnroutedPlan } from '../../src/model/plan.ts';
import { makePlan, type PlanSettings } from '../../src/plan/plan.ts';
import { parseProxyChoice } from '../../src/proxy/choice.ts';
import { secret } from '../../src/proxy/credentials.ts';
import { planRoutes, type RoutedPlan, routeDirectly } from '../../src/routes/plan-routes.ts';
import type { RouteSettings } from '../../src/routes/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'routes-'));
afterAll(() => rmSync(folder, { recursive: true }));

function planOf(what: readonly string[], settings: Partial<PlanSettings> = {}): UnroutedPlan {
  return makePlan(
    { features: [] },
    { what, targets: [], role: null, cloud: 'public', includeLegacy: false, only: [], skip: [], set: {} },
    {
      timeoutMs: 1000,
      deadlineMs: 10_000,
      concurrency: null,
      families: [4, 6],
      dnsServers: ['127.0.0.1:9'],
      tlsHello: 'classic',
      offline: false,
      experiments: true,
      ...settings,
    },
  );
}

/** A machine whose system says nothing of proxies. */
const machine = { env: { PATH: '/nowhere' }, platform: 'linux', clock: systemClock };

async function routed(what: readonly string[], said: Partial<RouteSettings> = {}): Promise<RoutedPlan> {
  const plan = await planRoutes(planOf(what), { ...machine, ...said });
  await plan.close();
  return plan;
}

function pacFile(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, script);
  return `pac+${pathToFileURL(file).href}`;
}

describe('the routes of a plan', () => {
  it('are read from the environment, by scheme and host', async () => {
    const env = { ...machine.env, HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'near.example' };
    const { plan, facts } = await routed(['a.example', 'near.example', 'http://a.example/'], { env });
    expect(plan.targets.map(({ id, route }) => [id, route.kind, route.why])).toEqual([
      ['ad-hoc/a.example:443', 'proxy', 'HTTPS_PROXY'],
      ['ad-hoc/near.example:443', 'direct', 'NO_PROXY'],
      ['ad-hoc/http://a.example/', 'direct', 'environment'],
    ]);
    expect(facts.routes).toHaveLength(3);
    expect(facts.proxySources).toMatchObject([{ source: 'environment', won: true }]);
  });

  it('are chosen for what has a host, and for nothing else', async () => {
    const plan = planOf(['a.example']);
    const [target] = plan.targets;
    if (target === undefined) throw new Error('no target');
    const open = { ...target, id: 'open', host: '', url: null, untested: { code: 'no-witness' } as const };
    const choice = parseProxyChoice('http://proxy.example:3128');
    const decided = await planRoutes({ ...plan, targets: [target, open] }, { ...machine, choice });
    await decided.close();
    expect(decided.plan.targets.map(({ route }) => route.why)).toEqual(['--proxy', 'not probed']);
  });

  it('come from a PAC file, and with them what comes otherwise', async () => {
    const script =
      'function FindProxyForURL(url, host) { return host === "a.example" ? "PROXY p:1; DIRECT" : "DIRECT"; }';
    const choice = parseProxyChoice(pacFile('good.pac', script));
    const { plan, facts } = await routed(['a.example', 'b.example'], { choice });
    expect(plan.targets.map(({ route }) => [route.kind, route.pac, route.otherwise?.length])).toEqual([
      ['proxy', 'PROXY p:1; DIRECT', 1],
      ['direct', 'DIRECT', undefined],
    ]);
    expect(facts.pacFiles).toMatchObject([{ problem: null }]);
  });

  it('are undecided where the PAC file that should decide is of no use, and nothing is thrown', async () => {
    const missing = parseProxyChoice(`pac+${pathToFileURL(join(folder, 'missing.pac')).href}`);
    const [lost] = (await routed(['a.example'], { choice: missing })).plan.targets;
    expect(lost?.route.undecided?.reason).toBe('pac-unreachable');
    const broken = parseProxyChoice(pacFile('broken.pac', 'function FindProxyForURL() { return "nowhere"; }'));
    const [nonsense] = (await routed(['a.example'], { choice: broken })).plan.targets;
    expect(nonsense?.route.undecided).toMatchObject({ reason: 'pac-invalid', detail: 'nonsense: nowhere' });
  });

  it('stay open where no packet may leave', async () => {
    const choice = parseProxyChoice('pac+http://127.0.0.1:9/p.pac');
    const { plan } = await routed(['a.example'], { choice, mayFetch: false });
    expect(plan.targets[0]?.route.undecided?.reason).toBe('not-fetched');
    const offline = await planRoutes(planOf(['a.example'], { offline: true }), { ...machine, choice });
    await offline.close();
    expect(offline.plan.targets[0]?.route.undecided?.reason).toBe('not-fetched');
  });

  it('hold no account: it is in what the run may use', async () => {
    const choice = parseProxyChoice('http://user:s3cr3t@proxy.example:3128');
    const decided = await routed(['a.example'], { choice });
    expect(JSON.stringify(decided)).not.toContain('s3cr3t');
    const [target] = decided.plan.targets;
    const route = target?.route.kind === 'proxy' ? target.route : null;
    expect(route && decided.routes.access?.accountFor(route)?.password.reveal()).toBe('s3cr3t');
  });

  it('are refused where a named account has no password, unless nothing is sent', async () => {
    const choice = parseProxyChoice('http://proxy.example:3128');
    const account = { user: 'user', password: null };
    await expect(routed(['a.example'], { choice, account })).rejects.toThrow('an account without a password');
    await expect(routed(['a.example'], { choice, account, mayFetch: false })).resolves.toBeDefined();
    const given = { user: 'user', password: secret('s3cr3t') };
    await expect(routed(['a.example'], { choice, account: given })).resolves.toBeDefined();
  });

  it('for addresses of no plan are chosen in the same way, once each', async () => {
    const choice = parseProxyChoice('http://proxy.example:3128');
    const { routes } = await routed(['a.example'], { choice });
    const later = { scheme: 'https', host: 'later.example', port: 443, url: 'https://later.example/' } as const;
    expect(await routes.routeFor(later)).toMatchObject({ kind: 'proxy', host: 'proxy.example' });
    expect(await routes.routeFor(later)).toBe(await routes.routeFor({ ...later }));
  });

  it('are direct alone where that is asked for', async () => {
    const { plan, facts, routes } = routeDirectly(planOf(['a.example']));
    expect(plan.targets.map(({ route }) => route)).toEqual(facts.routes);
    expect(routes.beside).toBeNull();
  });
});

describe('a second route', () => {
  const env = { ...machine.env, HTTPS_PROXY: 'http://proxy.example:3128' };

  it.each<readonly [string, Partial<RouteSettings>, string | null]>([
    ['is direct, always, with --direct-too', { env, directToo: true }, 'always direct'],
    ['is the configured proxy beside --proxy direct', { env, choice: { kind: 'direct' } }, 'unreached proxy.example'],
    ['is the usual proxy past a list', { env: { ...env, NO_PROXY: '*' } }, 'unreached proxy.example'],
    ['is the proxy of the other scheme', { env: { ...machine.env, HTTP_PROXY: 'http://h:1' } }, 'unreached h'],
    ['is not there where nothing is configured', {}, null],
  ])('%s', async (_, said, expected) => {
    const { plan, routes } = await routed(['a.example'], said);
    const [target] = plan.targets;
    const second = target === undefined ? null : await routes.beside?.routeFor(target);
    const way = second?.kind === 'proxy' ? second.host : second?.kind;
    expect(routes.beside === null ? null : `${routes.beside.when} ${way}`).toBe(expected);
  });

  it('is not tried without experiments, unless it was asked for', async () => {
    const plan = planOf(['a.example'], { experiments: false });
    const said = { ...machine, env, choice: { kind: 'direct' } as const };
    for (const [settings, expected] of [
      [said, null],
      [{ ...said, directToo: true }, null],
      [{ ...machine, env, directToo: true }, 'always'],
    ] as const) {
      const { routes, close } = await planRoutes(plan, settings);
      await close();
      expect(routes.beside?.when ?? null).toBe(expected);
    }
  });
});
