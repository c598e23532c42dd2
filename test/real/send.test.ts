/** Machines that send to a collector with TLS through a real proxy: one that asks who they are, one that refuses. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { openStore } from '../../src/store/open.ts';
import { type Ended, ensureBuilt, wayclear } from '../cli/program.ts';
import { type CollectProgram, startCollector } from '../collect/program.ts';
import { leaks } from '../secrets/spellings.ts';
import { countingRelay, lacking, type Relay, temporaryFolder } from './parts.ts';
import { type Squid, squidPrograms, startSquid } from './squid.ts';

const skipped = lacking(squidPrograms);
const folder = temporaryFolder();
const file = (name: string, text: string): string => {
  writeFileSync(join(folder.path, name), text, { mode: 0o600 });
  return join(folder.path, name);
};
const root = createAuthority({ name: 'Lab root' });
const host = 'collector.real.test';
const denied = 'denied.real.test';
const [user, password, wrong] = ['probe', 'correct horse', 'battery staple'];

describe.skipIf(skipped !== null)('a machine that sends through squid', { timeout: 120_000 }, () => {
  let squid: Squid;
  let relay: Relay;
  let collector: CollectProgram;
  const store = join(folder.path, 'fleet.db');
  const ca = file('root.pem', root.pem);
  const passwords = { right: file('right', password), wrong: file('wrong', wrong) };
  beforeAll(async () => {
    ensureBuilt();
    mkdirSync(join(folder.path, 'squid'));
    squid = await startSquid({
      folder: join(folder.path, 'squid'),
      hosts: { [host]: '127.0.0.1', [denied]: '127.0.0.1' },
      offers: [
        { scheme: 'digest', user, password },
        { scheme: 'basic', user, password },
      ],
      denied: [denied],
    });
    const leaf = issueCertificate(root, { commonName: host, dnsNames: [host] });
    const tls = ['--tls-cert', file('cert.pem', leaf.chainPem), '--tls-key', file('key.pem', leaf.keyPem)];
    collector = await startCollector(store, ...tls);
  }, 300_000);
  afterAll(async () => {
    collector.started.child.kill('SIGTERM');
    await collector.started.ended;
    await relay?.close();
    await squid.close();
    folder.close();
  });

  const placeOf = (name: string): string => `https://${name}:${new URL(collector.url).port}`;
  /** A check whose target nobody needs a proxy for, so that only the sender goes through one. */
  async function check(account: keyof typeof passwords, state: string, ...more: readonly string[]): Promise<Ended> {
    await relay?.close();
    relay = await countingRelay(squid.port);
    return await wayclear([
      ...['check', 'http://127.0.0.1:1/', '--no-proxy', '127.0.0.1', '--fail-on', 'never', '--ca-file', ca],
      ...['--proxy', `http://127.0.0.1:${relay.port}`, '--proxy-user', user, '--state', join(folder.path, state)],
      ...['--proxy-password-file', passwords[account], ...more],
    ]);
  }
  const waiting = (state: string): number =>
    readdirSync(join(folder.path, state, 'spool')).filter((name) => /\.(bad|good)$/.test(name)).length;
  async function kept(): Promise<number> {
    const opened = await openStore(store, { write: false });
    const { length } = await opened.messages({ most: 99 });
    await opened.close();
    return length;
  }

  it.each(['basic', 'digest', 'auto'])(
    'delivers by an account, which leaves when the proxy has asked: %s',
    async (auth) => {
      const before = await kept();
      const since = squid.log().length;
      const { code, stderr } = await check('right', `state-${auth}`, '--proxy-auth', auth, '--send', placeOf(host));
      expect([code, stderr]).toEqual([0, 'wayclear: one message sent\n']);
      expect([waiting(`state-${auth}`), (await kept()) - before]).toEqual([0, 1]);
      // A tunnel is written down when it ends.
      await expect
        .poll(() =>
          squid
            .log()
            .slice(since)
            .filter((line) => line.includes(`CONNECT ${host}`))
            .map((line) => /TCP_\w+\/(\d{3})/.exec(line)?.[1]),
        )
        .toEqual(['407', '200']);
      const schemes = relay.authorizations().map((value) => value.split(' ', 1)[0]?.toLowerCase());
      expect(schemes).toEqual([auth === 'basic' ? 'basic' : 'digest']);
    },
  );

  it('keeps what the proxy holds back, shows nobody the account that was refused twice, and sends all when it may', async () => {
    const [before, state] = [await kept(), 'state-refused'];
    const places = ['--send', placeOf(host), '--send', `https://${host}:1`];
    const refused = await check('wrong', state, '--proxy-auth', 'basic', ...places);
    expect(refused.code).toBe(0);
    expect(refused.stderr.match(/not sent to .*: the proxy refused the account/g)).toHaveLength(2);
    expect(leaks(refused.stdout + refused.stderr, wrong)).toEqual([]);
    expect(relay.authorizations()).toHaveLength(1);
    // What the run itself was refused, the sender does not try again.
    const both = await check('wrong', state, '--proxy-auth', 'basic', placeOf(host), '--send', placeOf(host));
    expect(both.stderr).toContain('the proxy refused the account');
    expect(relay.authorizations()).toHaveLength(1);
    expect([waiting(state), await kept()]).toEqual([2, before]);
    const sent = await check('right', state, '--send', placeOf(host));
    expect(sent.stderr).toBe('wayclear: 3 messages sent\n');
    expect([waiting(state), await kept()]).toEqual([0, before + 3]);
  });

  it('keeps what a proxy refuses to carry or nobody trusts, and says why', async () => {
    const [before, state] = [await kept(), 'state-denied'];
    const refused = await check('right', state, '--send', placeOf(denied));
    expect(refused.code).toBe(0);
    expect(refused.stderr).toContain(`not sent to ${placeOf(denied)}: the proxy: HTTP 403`);
    expect(refused.stderr).toContain('one message waits in the spool');
    const nobody = await check('right', state, '--proxy-auth', 'none', '--send', placeOf(host));
    expect(nobody.stderr).toContain('the proxy asks for an account');
    expect(relay.authorizations()).toEqual([]);
    expect([waiting(state), await kept()]).toEqual([2, before]);
    // The next place stands in for one that the proxy does not let through.
    const other = await check('right', state, '--send', placeOf(denied), '--send', placeOf(host));
    expect(other.stderr).toMatch(/not sent to .*denied.*\n.*3 messages sent/);
    expect([waiting(state), await kept()]).toEqual([0, before + 3]);
  });

  it('is not spoken to by a collector whose certificate ended, and waits', async () => {
    const leaf = issueCertificate(root, {
      commonName: host,
      dnsNames: [host],
      notAfter: new Date('2026-01-01T00:00:00Z'),
    });
    const tls = ['--tls-cert', file('old.pem', leaf.chainPem), '--tls-key', file('old-key.pem', leaf.keyPem)];
    const old = await startCollector(join(folder.path, 'old.db'), ...tls);
    const place = `https://${host}:${new URL(old.url).port}`;
    const { code, stderr } = await check('right', 'state-old', '--send', place);
    expect(code).toBe(0);
    expect(stderr).toMatch(/not sent to .*: its certificate has ended/);
    expect(waiting('state-old')).toBe(1);
    expect(old.told()).toContain('the certificate ended on 2026-01-01');
    old.started.child.kill('SIGTERM');
    await old.started.ended;
  });
});
