/** Notices of the built program's own watch before real servers: exim, rsyslogd, and a webhook over HTTPS. */
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { type Written, wayclear } from '../cli/in-process.ts';
import { standardWebhooks } from './deployed.ts';
import { type Exim, eximPrograms, startExim } from './exim.ts';
import { lacking, temporaryFolder } from './parts.ts';
import { type Rsyslog, rsyslogPrograms, startRsyslog, syslogWays } from './rsyslog.ts';

const missing = lacking({ ...eximPrograms, ...rsyslogPrograms }, true);

/** Encoded words of a header (RFC 2047), in UTF-8. */
const decoded = (text: string): string =>
  text
    .replace(/\r?\n[ \t]+/g, ' ')
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, value: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(value, 'base64').toString() : quoted(value.replaceAll('_', ' ')),
    );

/** Quoted-printable (RFC 2045) of UTF-8. */
const quoted = (text: string): string =>
  Buffer.from(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString();

describe.skipIf(missing !== null)('notices', { timeout: 300_000 }, () => {
  const { path: folder, close: removeFolder } = temporaryFolder();
  const closers: (() => unknown)[] = [removeFolder];
  const authority = createAuthority({ name: 'Lab root' });
  const certificate = issueCertificate(authority, { ipAddresses: ['127.0.0.1'] });
  const account = { user: 'wayclear', password: 'pass word-7' };
  let exim: Exim;
  let rsyslog: Rsyslog;
  let hooks: Server;
  const posted: { readonly body: string; readonly headers: Readonly<Record<string, string>> }[] = [];
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return name;
  };

  beforeAll(async () => {
    file('root.pem', authority.pem);
    file('password', `${account.password}\n`);
    exim = await startExim(folder, certificate, account);
    closers.push(exim.close);
    rsyslog = await startRsyslog(folder, certificate, authority.pem);
    closers.push(rsyslog.close);
    hooks = createServer({ cert: certificate.chainPem, key: certificate.keyPem }, (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      request.on('end', () => {
        posted.push({ body, headers: request.headers as Record<string, string> });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => hooks.listen(0, '127.0.0.1', resolve));
    closers.push(() => hooks.close());
  }, 300_000);
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  let runs = 0;
  /** A watch that opens an incident at its first look, and tells it by these ways. */
  function watch(ways: readonly object[], ...more: readonly string[]): Promise<Written> {
    runs += 1;
    const notify = join(folder, file(`ways-${runs}.json`, JSON.stringify({ ways })));
    const store = join(folder, `store-${runs}.db`);
    // Its deadline counts from the start of this process.
    const run = ['--once', '--deadline', '1h', '--confirm', '1', '--proxy', 'direct'];
    const options = [...run, '--store', store, '--notify', notify];
    return wayclear(['watch', '127.0.0.1:1', ...options, ...more]);
  }
  const mail = (scheme: 'smtp' | 'smtps', to: string, more: object = {}): object => ({
    ...{ server: `${scheme}://127.0.0.1:${scheme === 'smtp' ? exim.port : exim.tlsPort}`, caFile: 'root.pem' },
    ...{ from: 'wayclear@example.com', to: [`${to}@example.com`], ...more },
  });
  const known = { user: account.user, secretFile: 'password' };
  /** Delivery is another process of the server. */
  async function delivered(count: number): Promise<readonly string[]> {
    for (let tries = 0; ; tries += 1) {
      const mails = exim
        .mailbox()
        .split(/^From .*\n/m)
        .slice(1);
      if (mails.length >= count || tries > 100) return mails;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it('come by mail: after STARTTLS with an account, by TLS from the start, and without an account', async () => {
    const ran = await watch([
      { name: 'starttls', mail: mail('smtp', 'ops', known) },
      { name: 'tls', mail: mail('smtps', 'ops', known) },
      { name: 'open', mail: mail('smtp', 'open') },
    ]);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const mails = await delivered(3);
    expect(mails).toHaveLength(3);
    for (const text of mails) {
      const [head = '', ...parts] = text.split(/\r?\n\r?\n/s);
      const body = parts.join('\n\n');
      expect(head).toMatch(/^Content-Type: multipart\/alternative/m);
      expect(body).toMatch(/^Content-Type: text\/plain[\s\S]*^Content-Type: text\/html/m);
      expect(quoted(body)).toContain('<!doctype html>');
      expect(decoded(head)).toMatch(/^Subject: wayclear \S+: opened: Nothing listens on this port of this machine/m);
      expect(head).toMatch(/^Auto-Submitted: auto-generated$/m);
      expect(body).toContain('127.0.0.1:1');
    }
    const log = exim.log();
    expect(log.match(/ P=esmtpsa X=TLS1\.[23]:\S+ .*A=plain:wayclear/g)).toHaveLength(2);
    expect(log.match(/ P=esmtps X=TLS1\.[23]:/g)).toHaveLength(1);
  });

  it('come by mail in any language', async () => {
    const before = (await delivered(0)).length;
    await watch([{ name: 'open', mail: mail('smtp', 'open') }], '--lang', 'ja');
    const text = (await delivered(before + 1)).at(-1) ?? '';
    const [head = '', ...body] = text.split(/\r?\n\r?\n/s);
    expect(decoded(head)).toMatch(/^Subject: wayclear .*このマシンのこのポート/m);
    const [, boundary = ''] = /boundary="([^"]+)"/.exec(head) ?? [];
    const parts = body.join('\n\n').split(`--${boundary}`).slice(1, 3);
    expect(parts).toHaveLength(2);
    for (const part of parts) {
      const [, ...rest] = part.split(/\r?\n\r?\n/s);
      const encoded = rest.join('\n\n');
      const plain = /^Content-Transfer-Encoding: base64$/m.test(part)
        ? Buffer.from(encoded, 'base64').toString()
        : quoted(encoded);
      expect(plain).toContain('127.0.0.1:1');
      expect(plain).toMatch(/[ぁ-ん]/);
    }
  });

  it.each([
    ['a recipient that the server refuses', () => mail('smtp', 'refused', known), 'status 550'],
    ['no account where one is needed', () => mail('smtp', 'ops'), 'status 550'],
    [
      'a wrong password',
      () => mail('smtp', 'ops', { user: 'wayclear', secretFile: file('wrong', 'nothing\n') }),
      'status 535',
    ],
    ['a certificate that nobody trusts here', () => ({ ...mail('smtp', 'open'), caFile: undefined }), ''],
    [
      'TLS to a port that speaks none yet',
      () => ({ ...mail('smtps', 'open'), server: `smtps://127.0.0.1:${exim.port}` }),
      '',
    ],
  ])('say that they did not leave, for %s', async (_, way, why) => {
    const before = (await delivered(0)).length;
    const { code, stderr } = await watch([{ name: 'ops', mail: way() }]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^wayclear: notice not delivered by ops: .+; it is tried again\n$/),
    ]);
    expect(stderr).toContain(why);
    expect(stderr).not.toMatch(/pass word|nothing/);
    expect(await delivered(before)).toHaveLength(before);
  });

  it('come by syslog as RFC 5424 has it, over UDP, TCP and TLS', async () => {
    const ways = syslogWays.map((way) => ({
      name: way,
      syslog: { server: `${way}://127.0.0.1:${rsyslog.ports[way]}`, ...(way === 'tls' ? { caFile: 'root.pem' } : {}) },
    }));
    expect(await watch(ways, '--lang', 'fr')).toMatchObject({ code: 0, stderr: '' });
    for (const way of syslogWays) {
      for (let tries = 0; tries < 100 && rsyslog.logged(way).length === 0; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
      const [logged, ...others] = rsyslog.logged(way);
      expect(others).toEqual([]);
      expect(logged, way).toMatchObject({
        ...{ priority: '26', version: '1', app: 'wayclear', process: String(process.pid), kind: 'opened' },
        host: expect.stringMatching(/^\S+$/),
        time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/),
        data: expect.stringMatching(
          /^\[wayclear@32473 cause="\S+" probe="[^"]+" messageId="114\d\d" notice="[0-9a-f]+-1"\]$/,
        ),
        text: expect.stringMatching(/Rien n.écoute/),
      });
      expect(logged?.['text']).toContain('127.0.0.1:1');
    }
  });

  it('do not come by syslog to whom nobody trusts here', async () => {
    const server = `tls://127.0.0.1:${rsyslog.ports.tls}`;
    const before = rsyslog.logged('tls').length;
    const { stderr } = await watch([{ name: 'siem', syslog: { server } }]);
    expect(stderr).toMatch(/^wayclear: notice not delivered by siem: .+; it is tried again\n$/);
    expect(rsyslog.logged('tls')).toHaveLength(before);
  });

  it('come by a webhook over HTTPS to whom the way trusts, signed as the library of Standard Webhooks verifies it', async () => {
    const url = `https://127.0.0.1:${(hooks.address() as AddressInfo).port}/hook`;
    const secret = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`;
    const webhook = { url, caFile: 'root.pem', secretFile: file('hook-secret', `${secret}\n`) };
    expect(await watch([{ name: 'hook', webhook }])).toMatchObject({ code: 0, stderr: '' });
    const [{ body, headers } = { body: '', headers: {} }, ...others] = posted;
    expect(others).toEqual([]);
    const { Webhook } = standardWebhooks();
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'wayclear.incident.opened' });
    expect(() => new Webhook(secret).verify(body.replace('opened', 'closed'), headers)).toThrow();
    expect(() => new Webhook('whsec_AAAA').verify(body, headers)).toThrow();
    const strange = await watch([{ name: 'hook', webhook: { url } }]);
    expect(strange.stderr).toMatch(/not delivered by hook: .+; it is tried again/);
    expect(posted).toHaveLength(1);
  });
});
