import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allowListNames, loadAllowListFormat } from '../../src/allowlist/registry.ts';
import { planned } from '../../src/allowlist/rules.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { answer, httpOrigin } from '../../src/demo/origins-http.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { wordsOf } from '../../src/words/load.ts';
import { freePort, lacking, must, startPart, temporaryFolder } from './parts.ts';
import { squidPrograms } from './squid.ts';

const closers: (() => unknown)[] = [];
const kept = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function rulesOf(what: readonly string[], set: Readonly<Record<string, string>> = {}): Promise<string> {
  const plan = makePlan(await loadCatalog([], { bundled: true }), { what, set });
  const view = { words: wordsOf('en'), lang: 'en', proxy: null } as const;
  return (await loadAllowListFormat('squid'))(planned(plan, '0.0.0'), view);
}

/** The rules as the file that a squid of its own includes, on the port of the plain listener. */
function configuration(folder: string, rules: string, port: number, hosts: readonly string[]): string {
  writeFileSync(join(folder, 'hosts'), hosts.map((host) => `127.0.0.1 ${host}\n`).join(''));
  writeFileSync(join(folder, 'wayclear.conf'), rules);
  writeFileSync(join(folder, 'access.log'), '');
  const lines = [
    `http_port 127.0.0.1:${port}`,
    `include ${folder}/wayclear.conf`,
    'http_access deny all',
    'visible_hostname proxy.real.test',
    `pid_filename ${folder}/pid`,
    `cache_log ${folder}/cache.log`,
    `access_log stdio:${folder}/access.log`,
    `coredump_dir ${folder}`,
    `hosts_file ${folder}/hosts`,
    ...['dns_nameservers 127.0.0.1', 'dns_timeout 1 second', 'connect_timeout 2 seconds', 'cache deny all'],
    ...['memory_cache_shared off', 'pinger_enable off', 'shutdown_lifetime 0 seconds', 'max_filedescriptors 1024', ''],
  ];
  writeFileSync(join(folder, 'squid.conf'), lines.join('\n'));
  must('chmod', ['-R', 'a+rwX', folder]);
  return join(folder, 'squid.conf');
}

const other = ['--user', '--map-user=13', '--map-group=13'];

/** The status that the proxy answers a CONNECT with. */
const connected = (port: number, authority: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`),
    );
    socket.setTimeout(10_000, () => socket.destroy(new Error('silent')));
    socket.once('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.\d (\d+)/.exec(data.toString('latin1'))?.[1]));
    });
  });

const noSquid = lacking(squidPrograms);

describe.skipIf(noSquid !== null)('rules for squid', () => {
  it('of the whole catalog are read by squid without a complaint', async () => {
    const { path } = kept(temporaryFolder());
    const features = (await loadCatalog([], { bundled: true })).features.filter(({ endpoints }) =>
      endpoints.some(({ legacy, clouds }) => !legacy && clouds.includes('public')),
    );
    const rules = await rulesOf(
      features.map(({ feature }) => feature),
      { cmgName: 'contoso', region: 'westus' },
    );
    const file = configuration(path, rules, await freePort(), []);
    must('unshare', [...other, 'squid', '-k', 'parse', '-f', file]);
    expect(rules.match(/^acl /gm)?.length).toBeGreaterThan(150);
    expect(readFileSync(join(path, 'cache.log'), { encoding: 'utf8', flag: 'a+' })).not.toMatch(/ERROR|WARNING|FATAL/);
  });

  it('let the set through a running squid, and nothing else', async () => {
    const { path } = kept(temporaryFolder());
    const origin = kept(await httpOrigin({}, answer()));
    const plan = ['exact.real.test', '*.wild.real.test', 'azgn*.bus.real.test'].map((host) => `${host}:${origin.port}`);
    const rules = await rulesOf([...plan, '127.0.0.0/29']);
    const hosts = [
      ...[
        'exact.real.test',
        'sub.exact.real.test',
        'exact.real.test.evil.test',
        'notexact.real.test',
        'other.real.test',
      ],
      ...[
        'a.wild.real.test',
        'a.b.wild.real.test',
        'wild.real.test',
        'evilwild.real.test',
        'a.wild.real.test.evil.test',
      ],
      ...[
        'azgn1.bus.real.test',
        'azgn.bus.real.test',
        'azgn.x.bus.real.test',
        'xazgn1.bus.real.test',
        'azgn1xbus.real.test',
      ],
    ];
    const port = await freePort();
    const file = configuration(path, rules, port, hosts);
    const name = `wa${process.pid}x${port}`;
    kept(await startPart(['unshare', ...other, 'squid', '-N', '-n', name, '-f', file], port));
    const let_through: string[] = [];
    for (const host of hosts) if ((await connected(port, `${host}:${origin.port}`)) === 200) let_through.push(host);
    expect(let_through).toEqual([
      ...['exact.real.test', 'a.wild.real.test', 'a.b.wild.real.test', 'azgn1.bus.real.test', 'azgn.bus.real.test'],
    ]);
    const otherPort = kept(await httpOrigin({}, answer()));
    expect(await connected(port, `exact.real.test:${otherPort.port}`)).toBe(403);
    expect(await connected(port, `127.0.0.1:${origin.port}`)).toBe(403);
  });
});

it('no format of an allow-list is without a test of its own', () => {
  expect([...allowListNames].sort()).toEqual(['azure-firewall', 'csv', 'edl', 'markdown', 'pac', 'squid']);
});
