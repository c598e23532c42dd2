import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, httpsOrigin } from '../../src/demo/origins-http.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { reporterNames } from '../../src/report/registry.ts';
import { leaks, spellings } from '../secrets/spellings.ts';
import { type DemoProxy, forwarding, httpProxy, reply } from '../servers/proxies.ts';
import { ensureBuilt, wayclear } from './program.ts';

const password = 'Tr0ub4dor!Xq7';
const written = Object.values(spellings(password));
let folder = '';
beforeAll(() => {
  ensureBuilt();
  folder = mkdtempSync(join(tmpdir(), 'wayclear-leaks-'));
  writeFileSync(join(folder, 'password'), password);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that the built program writes in all formats while it goes through this proxy for these targets. */
async function outputOf(name: string, proxy: DemoProxy, urls: readonly string[], secret = join(folder, 'password')) {
  const outputs = reporterNames.flatMap((format) => ['--format', `${format}=${join(folder, `${name}.${format}`)}`]);
  const { stderr, stdout, code } = await wayclear(
    [
      'check',
      ...urls,
      '--no-bundled',
      '--verbose',
      ...['--proxy', `http://127.0.0.1:${proxy.port}`, '--proxy-user', 'user', '--proxy-password-file', secret],
      ...['--timeout', '20s', '--dns-server', '127.0.0.1:1', ...outputs],
    ],
    { cwd: folder },
  );
  const files = readdirSync(folder).filter((file) => file.startsWith(`${name}.`));
  expect([files.length, code === 0 || code === 1]).toEqual([reporterNames.length, true]);
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  return {
    all: [...texts, stdout, stderr].join('\n'),
    stderr,
    json: readFileSync(join(folder, `${name}.json`), 'utf8'),
  };
}

const demand = reply('407 Auth', ['Proxy-Authenticate: Basic realm="r"']);
const oneLine = (text: string): string => text.replace(/\r?\n/g, ' ');
/** What a proxy says in place of an answer, for one spelling. */
/** A spelling where only a token may stand (RFC 9110 section 5.6.2); what is none is not written there by anybody. */
const asToken = (text: string): string => (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text) ? text : 'none');

const places: Readonly<Record<string, (text: string) => string>> = {
  'what is no HTTP': (text) => `${oneLine(text)}\r\n`,
  'a bad status line': (text) => `HTTP/1.1 ${oneLine(text)}\r\n\r\n`,
  'plain text behind a tunnel': (text) => `HTTP/1.1 200 OK\r\n\r\n${text}\r\n`,
  'a reason': (text) => reply(`403 ${oneLine(text)}`),
  'a header': (text) => reply('403 No', [`X-Echo: ${oneLine(text)}`]),
  'the name of a header': (text) => reply('403 No', [`X-${asToken(text)}: 1`]),
  'a page': (text) => reply('403 No', ['Content-Type: text/html'], `<html><p>you sent ${text}</p></html>`),
  'a page at its bound': (text) => reply('403 No', [], `${'x'.repeat(4090)}${text} and more`),
  'a scheme': (text) =>
    reply('407 Auth', [`Proxy-Authenticate: ${asToken(text)} realm="${oneLine(text).replace(/["\\]/g, '')}"`]),
};

// Eleven programs at once, each in every format.
describe.concurrent('a password that a proxy echoes', { timeout: 120_000 }, () => {
  it.each(Object.entries(places))('in %s stands in no output, however it is written', async (place, say) => {
    let authorized = 0;
    const proxy = await httpProxy({}, ({ authorization, target }, socket, next) => {
      if (authorization === null) return void socket.write(demand, next);
      authorized += 1;
      // The first answer proves the account, so that it is sent for the others too.
      if (authorized === 1) return void socket.write(reply('403 No'), next);
      socket.end(Buffer.from(say(written[Number(/\d+/.exec(target)?.[0]) % written.length] ?? ''), 'latin1'));
    });
    const urls = written.map((_, index) => `https://h${index}.test/`);
    const { all } = await outputOf(place.replace(/\W/g, '-'), proxy, ['https://h0.first.test/', ...urls]);
    await proxy.close();
    expect(authorized).toBeGreaterThan(place === 'a scheme' ? 1 : written.length);
    expect(leaks(all, password)).toEqual([]);
    // A part of it at a bound would do as well.
    expect(all).not.toMatch(/Tr0u/i);
  });

  it('stands in no output where it is in what an inspecting proxy makes of the origin', async () => {
    const root = createAuthority({ name: `Root ${password} ${Buffer.from(password).toString('hex')}` });
    const leaf = issueCertificate(root, {
      commonName: password,
      dnsNames: ['*.test', `${password.replace('!', '-')}.test`],
    });
    const origin = await httpsOrigin({ certificate: { chainPem: leaf.pem, keyPem: leaf.keyPem } }, (peer, request) =>
      answer({
        status: 302,
        headers: [
          ['Location', `https://a.test/?p=${encodeURIComponent(password)}`],
          [`X-${password}`, password],
        ],
        body: written.join(' '),
      })(peer, request),
    );
    const proxy = await forwarding({}, ({ authorization }) => (authorization === null ? demand : null));
    const urls = ['a', 'b', 'c'].map((host) => `https://${host}.test:${origin.port}/`);
    const { all } = await outputOf('inspected', proxy, urls);
    await Promise.all([proxy.close(), origin.close()]);
    expect(leaks(all, password)).toEqual([]);
    expect(all).toContain('[secret]');
  });

  it('of three characters costs what the proxy says, and that is told', async () => {
    writeFileSync(join(folder, 'short'), 'zqx');
    const proxy = await httpProxy({}, ({ authorization }, socket, next) =>
      socket.write(authorization === null ? demand : reply('403 zqx', ['X-Echo: zqx'], 'the zqx of it'), next),
    );
    const { all, stderr } = await outputOf('short', proxy, ['https://a.test/'], join(folder, 'short'));
    await proxy.close();
    expect(all).not.toContain('zqx');
    expect(stderr).toContain('fewer than four characters');
  });
});

it('an account in --no-proxy or NO_PROXY stands in no output', async () => {
  const list = `http://user:${password}@a.test,user:${password}@127.0.0.1`;
  const outputs = reporterNames.flatMap((format) => ['--format', `${format}=${join(folder, `listed.${format}`)}`]);
  const target = ['http://127.0.0.1:1/', '--no-bundled'];
  const runs = [
    await wayclear(['check', '--verbose', ...target, '--proxy', 'http://127.0.0.1:1', '--no-proxy', list, ...outputs]),
    await wayclear(['check', '--verbose', ...target, '--proxy', 'env'], {
      env: { HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: list },
    }),
    await wayclear(['plan', ...target.slice(0, 2), '--proxy', 'http://127.0.0.1:1', '--no-proxy', list]),
    await wayclear(['doctor'], { env: { HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: list } }),
  ];
  const files = reporterNames.map((format) => readFileSync(join(folder, `listed.${format}`), 'utf8'));
  const all = [...runs.flatMap(({ stdout, stderr }) => [stdout, stderr]), ...files].join('\n');
  expect(runs.map(({ code }) => code)).not.toContain(2);
  expect(leaks(all, password)).toEqual([]);
});
