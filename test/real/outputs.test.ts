import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDnsServer } from '../../src/demo/dns-server.ts';
import type { Origin } from '../../src/demo/listen.ts';
import { answer, httpOrigin } from '../../src/demo/origins-http.ts';
import type { Report } from '../../src/model/report.ts';
import { reporterNames } from '../../src/report/registry.ts';
import { ensureBuilt, wayclear } from '../cli/program.ts';
import { sentSpellings } from '../secrets/spellings.ts';
import { type DemoProxy, reply, replying } from '../servers/proxies.ts';
import { kdcPrograms, type Realm, startRealm } from './kdc.ts';
import { builtKerberos, kerberosModules, kerberosPrograms } from './kerberos.ts';
import { countingRelay, lacking, type Relay, temporaryFolder } from './parts.ts';
import { type Squid, squidPrograms, startSquid } from './squid.ts';

const closers: (() => unknown)[] = [];
const kept = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const noRealm = lacking({ ...squidPrograms, ...kdcPrograms, ...kerberosPrograms });

describe.skipIf(noRealm !== null)('a Kerberos ticket for a proxy', () => {
  const { path: folder } = kept(temporaryFolder());
  let realm: Realm;
  let squid: Squid;
  let origin: Origin;
  let dns = '';
  let env: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    ensureBuilt();
    realm = kept(await startRealm(folder, { known: ['HTTP/proxy.real.test'], strange: ['HTTP/strange.real.test'] }));
    await builtKerberos()();
    origin = kept(await httpOrigin({}, answer()));
    const own = { addresses: ['127.0.0.1'] };
    dns = kept(await startDnsServer({ 'proxy.real.test': own, 'strange.real.test': own })).server;
    squid = kept(
      await startSquid({
        folder: kept(temporaryFolder()).path,
        hosts: { 'origin.real.test': '127.0.0.1' },
        offers: [{ scheme: 'negotiate', keytab: realm.keytab, env: { KRB5_CONFIG: realm.env.KRB5_CONFIG } }],
      }),
    );
    // The optional package is found as where a user has added it.
    env = { ...realm.env, NODE_PATH: kerberosModules };
  }, 180_000);

  /** Every output of the built program for a run through a proxy. */
  async function outputs(host: string, port: number): Promise<{ readonly report: Report; readonly all: string }> {
    const paths = reporterNames.map((name) => [name, join(folder, `${host}-${port}.${name}`)] as const);
    const { stdout, stderr } = await wayclear(
      [
        ...['check', '--no-bundled', '--timeout', '5s', '--verbose', '--dns-server', dns],
        ...['https://origin.real.test:1/', `http://origin.real.test:${origin.port}/`],
        ...['--proxy', `http://${host}:${port}`],
        ...paths.flatMap(([name, path]) => ['--format', `${name}=${path}`]),
      ],
      { env },
    );
    const texts = new Map(paths.map(([name, path]) => [name, readFileSync(path, 'utf8')]));
    const again = join(folder, 'again.json');
    writeFileSync(again, texts.get('json') ?? '');
    const judged = await wayclear(['diagnose', again, '--verbose']);
    const all = [stdout, stderr, ...texts.values(), judged.stdout, judged.stderr].join('\n');
    return { report: JSON.parse(texts.get('json') ?? '') as Report, all };
  }

  /** Forms of what the proxy was sent that stand in the outputs; the tickets were there to leak. */
  function leaks(all: string, sent: readonly (string | null)[], count = 2): readonly string[] {
    const tickets = sent.flatMap((value) => (value?.startsWith('Negotiate ') === true ? [value] : []));
    expect(tickets).toHaveLength(count);
    for (const ticket of tickets) expect(ticket.length).toBeGreaterThan(500);
    // Any stretch of the token would do harm to the claim, not only the whole of it.
    const stretches = tickets.flatMap((ticket) => ticket.slice(10).match(/.{24}/g) ?? []);
    return [...tickets.flatMap(sentSpellings), ...stretches].filter((form) => all.includes(form));
  }
  const causes = ({ targets }: Report): readonly string[] =>
    targets.map(({ verdict, findings }) => [verdict, ...findings.map(({ cause }) => cause)].join(' '));

  it('that is let in stands in no output', async () => {
    const relay: Relay = kept(await countingRelay(squid.port));
    const { report, all } = await outputs('proxy.real.test', relay.port);
    expect(causes(report)).toEqual(['unreachable proxy.upstream-unreachable', 'reachable']);
    expect(leaks(all, relay.authorizations())).toEqual([]);
    expect(all).toContain('negotiate');
  });

  it('that is refused stands in no output', async () => {
    const relay: Relay = kept(await countingRelay(squid.port));
    const { report, all } = await outputs('strange.real.test', relay.port);
    expect(causes(report)).toEqual(Array(2).fill('unreachable proxy.auth-rejected'));
    expect(leaks(all, relay.authorizations())).toEqual([]);
  });

  // A refusal under an accepted account may be one of a busy proxy: the first is asked for again. Of a 502 to a plain request
  // it is asked who wrote it: by a tunnel, for a name that nobody has, and by GET.
  it.each([
    ['407 Rejected', 2],
    ['403 Forbidden', 3],
    ['502 Bad Gateway', 5],
  ])('stands in no output of a proxy that echoes it in every form with a %s', async (status, count) => {
    const proxy: DemoProxy = kept(
      await replying({}, ({ authorization }) => {
        if (authorization === null) return reply('407 Auth', ['Proxy-Authenticate: Negotiate']);
        const forms = sentSpellings(authorization);
        const headers = [`X-Echo: ${authorization}`, `Server: ${forms.at(-1)}`, `Via: 1.1 ${authorization}`];
        return reply(`${status} ${authorization}`, ['Proxy-Authenticate: Negotiate', ...headers], forms.join(' '));
      }),
    );
    const { report, all } = await outputs('proxy.real.test', proxy.port);
    expect(causes(report)[0]).toMatch(/^unreachable proxy\./);
    expect(
      leaks(
        all,
        proxy.requests.map(({ authorization }) => authorization),
        count,
      ),
    ).toEqual([]);
  });
});
