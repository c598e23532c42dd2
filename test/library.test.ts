import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, httpOrigin } from '../src/demo/origins-http.ts';
import {
  assembleReport,
  diagnose,
  languages,
  loadReporter,
  loadWords,
  makePlan,
  parseProxyChoice,
  planRoutes,
  prepare,
  propose,
  type Report,
  type RouteSettings,
  reporterNames,
  routeDirectly,
  run,
  systemClock,
  version,
} from '../src/index.ts';
import { ensureBuilt } from './cli/program.ts';
import { type DemoProxy, forwarding, reply } from './servers/proxies.ts';

type Server = Awaited<ReturnType<typeof httpOrigin>>;
let origin: Server;
let proxy: DemoProxy;
const folder = mkdtempSync(join(tmpdir(), 'library-'));
beforeAll(async () => {
  origin = await httpOrigin({}, answer());
  proxy = await forwarding({}, ({ authorization }) =>
    authorization === `Basic ${Buffer.from('user:s3cr3t').toString('base64')}`
      ? null
      : reply('407 Proxy Authentication Required', ['Proxy-Authenticate: Basic realm="lab"']),
  );
});
afterAll(async () => {
  await origin.close();
  await proxy.close();
  rmSync(folder, { recursive: true });
});

/** Without what this machine says of proxies. */
const machine = { env: { PATH: '/nowhere' }, clock: systemClock };
const proxyUrl = (): string => `http://user:s3cr3t@127.0.0.1:${proxy.port}`;
const target = (): string => `http://origin.example:${origin.port}/`;

/** One run, as a program that uses the library would make it. */
async function check(what: string, said: Partial<RouteSettings>): Promise<Report> {
  const unrouted = makePlan({ features: [] }, { what: [what] }, { timeoutMs: 5000, dnsServers: ['127.0.0.1:9'] });
  const { plan, facts, routes, close } = await planRoutes(unrouted, { ...machine, ...said });
  const prepared = await prepare(plan, { ...machine, routes: facts });
  try {
    const signal = new AbortController().signal;
    const observations = await run(plan, { ...prepared, ...routes, signal, userAgent: 'test/1', propose });
    const words = await loadWords('en');
    return assembleReport({ observations, diagnosis: diagnose(observations), words, options: {}, version });
  } finally {
    prepared.close();
    await close();
  }
}

describe('the library', () => {
  it.each([
    ['that is named', (): Partial<RouteSettings> => ({ choice: parseProxyChoice(proxyUrl()) })],
    ['of the environment', (): Partial<RouteSettings> => ({ env: { ...machine.env, HTTP_PROXY: proxyUrl() } })],
  ])('checks a target through the proxy %s, with its account', async (_, said) => {
    const before = proxy.requests.length;
    const report = await check(target(), said());
    expect(report.targets.map(({ verdict }) => verdict)).toEqual(['reachable']);
    expect(proxy.requests.slice(before).at(-1)).toMatchObject({ method: 'GET', target: target() });
    expect(JSON.stringify(report)).not.toContain('s3cr3t');
  });

  it('says what is wrong where the account is missing', async () => {
    const report = await check(target(), { choice: parseProxyChoice(`http://127.0.0.1:${proxy.port}`) });
    expect(report.rootCauses.map(({ cause }) => cause)).toEqual(['proxy.auth-required']);
  });

  it('goes past every proxy where that is asked for', async () => {
    const { plan, routes } = routeDirectly(makePlan({ features: [] }, { what: ['a.example'] }));
    expect(plan.targets.map(({ route }) => route.kind)).toEqual(['direct']);
    expect(routes.access).toBeUndefined();
  });

  it('renders each format in each language once its words are loaded', async () => {
    const report = await check(target(), { choice: parseProxyChoice(proxyUrl()) });
    for (const lang of languages) {
      await loadWords(lang);
      for (const name of reporterNames) {
        const render = await loadReporter(name);
        expect(typeof render(report, { lang, width: 100, colour: false, verbose: true })).toBe('string');
      }
    }
  });

  it('does what README says', async () => {
    ensureBuilt();
    const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
    const [, example = ''] = /## As a library\n\n```js\n([\s\S]*?)```/.exec(readme) ?? [];
    const library = pathToFileURL(join(import.meta.dirname, '..', 'dist', 'library', 'index.js')).href;
    const file = join(folder, 'example.mjs');
    writeFileSync(file, example.replace("'wayclear'", `'${library}'`));
    const env = { ...process.env, HTTP_PROXY: proxyUrl(), NO_PROXY: '' };
    const { stdout } = await promisify(execFile)(process.execPath, [file, target()], { env, timeout: 60_000 });
    expect(stdout).toContain('Addresses that you named: 1 reachable');
    expect(proxy.requests.at(-1)?.target).toBe(target());
    expect(stdout).not.toContain('s3cr3t');
  });
});
