/** Machines that send to a collector with TLS, past a real proxy that asks who they are. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { openStore } from '../../src/store/open.ts';
import { type Ended, ensureBuilt, wayclear } from '../cli/program.ts';
import { type CollectProgram, startCollector } from '../collect/program.ts';
import { lacking, temporaryFolder } from './parts.ts';
import { type Squid, squidPrograms, startSquid } from './squid.ts';

const skipped = lacking(squidPrograms);
const folder = temporaryFolder();
const file = (name: string, text: string): string => {
  writeFileSync(join(folder.path, name), text);
  return join(folder.path, name);
};
const root = createAuthority({ name: 'Lab root' });
const host = 'collector.real.test';
const leaf = issueCertificate(root, { commonName: host, dnsNames: [host] });

describe.skipIf(skipped !== null)('a machine behind a proxy that asks for an account', () => {
  let squid: Squid;
  let collector: CollectProgram;
  let url = '';
  const store = join(folder.path, 'fleet.db');
  beforeAll(async () => {
    ensureBuilt();
    mkdirSync(join(folder.path, 'squid'));
    squid = await startSquid({
      folder: join(folder.path, 'squid'),
      hosts: { [host]: '127.0.0.1' },
      offers: [{ scheme: 'basic', user: 'probe', password: 'correct horse' }],
    });
    const tls = ['--tls-cert', file('cert.pem', leaf.chainPem), '--tls-key', file('key.pem', leaf.keyPem)];
    collector = await startCollector(store, ...tls);
    url = `https://${host}:${new URL(collector.url).port}`;
    file('root.pem', root.pem);
    file('right', 'correct horse\n');
    file('wrong', 'battery staple\n');
  }, 120_000);
  afterAll(async () => {
    collector.started.child.kill('SIGTERM');
    await collector.started.ended;
    await squid.close();
    folder.close();
  });

  const check = (password: string, ...more: readonly string[]): Promise<Ended> =>
    wayclear([
      ...['check', 'http://127.0.0.1:1/', '--fail-on', 'never', '--quiet', '--state', join(folder.path, 'state')],
      ...['--proxy', `http://127.0.0.1:${squid.port}`, '--proxy-user', 'probe', '--proxy-auth', 'basic'],
      ...['--proxy-password-file', join(folder.path, password), '--send', url, ...more],
    ]);
  const waiting = (): number =>
    readdirSync(join(folder.path, 'state', 'spool')).filter((name) => /\.(bad|good)$/.test(name)).length;
  const trusted = ['--ca-file', join(folder.path, 'root.pem')];

  it('keeps what the proxy or an authority that nobody trusts holds back, and sends all of it when it may', async () => {
    const refused = await check('wrong', ...trusted);
    expect(refused.stderr).toMatch(/not sent to https:\/\/collector\.real\.test:\d+: HTTP 407/);
    expect(refused.stderr).not.toContain('battery');
    expect(waiting()).toBe(1);
    const strange = await check('right');
    expect(strange.stderr).toMatch(/not sent to .*: (?:SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)/);
    expect(waiting()).toBe(2);
    const sent = await check('right', ...trusted);
    expect(sent.stderr).not.toMatch(/not sent/);
    expect(waiting()).toBe(0);
    const opened = await openStore(store, { write: false });
    const [sender] = await opened.senders({ most: 10 });
    expect((await opened.lastMessages({ most: 10 })).length).toBe(1);
    expect(sender).toMatchObject({ state: 'admitted', egress: '127.0.0.1' });
    let kept = 0;
    for await (const { table, rows } of opened.rows()) if (table === 'messages') kept += rows.length;
    expect(kept).toBe(3);
    await opened.close();
    expect(squid.log().filter((line) => line.includes('CONNECT')).length).toBeGreaterThan(2);
  }, 120_000);
});
