/** Accounts of whoever takes notices and alerts: what was not taken is not sent again in the run, by nobody, and whoever waits is told. */
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openAlertmanagers } from '../../src/cli/alertmanagers.ts';
import { parseArguments } from '../../src/cli/arguments.ts';
import { createEnding } from '../../src/cli/ending.ts';
import type { CommandName } from '../../src/cli/flags.ts';
import { formatsOf } from '../../src/cli/formats.ts';
import type { Io } from '../../src/cli/io.ts';
import { type Options, resolveOptions } from '../../src/cli/options.ts';
import { createHost } from '../../src/cli/watch-host.ts';
import { readWays } from '../../src/cli/ways.ts';
import { systemClock } from '../../src/clock.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { whyOf } from '../../src/notify/deliver.ts';
import type { Sender } from '../../src/notify/sender.ts';
import { coolDownMs, createCredentialGuard } from '../../src/proxy/lockout.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { openStore } from '../../src/store/open.ts';
import { watchOnce } from '../../src/watch/loop.ts';
import { scopeOf } from '../../src/watch/scope.ts';
import { startMailServer } from '../notify/mail-server.ts';
import { outgoing } from '../notify/notices.ts';
import { temporaryFolder } from '../real/parts.ts';
import { type DemoProxy, forwarding, reply } from '../servers/proxies.ts';
import { wayclear } from './in-process.ts';

const { path: folder, close: removeFolder } = temporaryFolder();
afterAll(() => removeFolder());
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
const kept = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};

const root = createAuthority({ name: 'Notify Account Root' });
const leaf = issueCertificate(root, { ipAddresses: ['127.0.0.1'] });
const identity = { cert: leaf.chainPem, key: leaf.keyPem };
let files = 0;
function file(text: string): string {
  files += 1;
  const path = join(folder, `${files}`);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}
const rootFile = file(root.pem);

const [user, pass] = ['svc', 'pass word-7'];
const start = Date.parse('2026-11-30T08:00:00Z');

interface Machine {
  readonly io: Io;
  readonly options: Options;
  readonly told: string[];
  readonly time: { wall: number };
}

/** What the commands get from a process that begins now; its accounts count by `time`. */
async function machine(command: CommandName, ...args: readonly string[]): Promise<Machine> {
  const time = { wall: start };
  const clock = { now: () => systemClock.now(), wall: () => time.wall };
  const ending = createEnding(systemClock);
  ending.leaveOpen();
  const none = { isTTY: false, columns: null };
  const told: string[] = [];
  const env = { MAIL_PASSWORD: pass, WAYCLEAR_ALERTMANAGER_PASSWORD: pass };
  const io: Io = {
    ...{ args: [command, ...args], env, cwd: folder, platform: 'linux', clock, ending, secrets: createSecrets() },
    stdout: { ...none, write: async () => {} },
    stderr: { ...none, write: (text) => void told.push(text) },
    readStdin: async () => '',
    guard: createCredentialGuard({ now: () => time.wall }),
  };
  const parsed = await parseArguments([command, ...args], 'en');
  if (parsed.kind === 'help') throw new TypeError(parsed.text);
  const options = resolveOptions({
    ...{ command, what: parsed.words, configs: [], env: {}, formats: formatsOf(command) },
    flags: { source: 'flag', values: parsed.flags, where: (name) => `--${name}` },
  });
  return { io, options, told, time };
}

const mailWay = (port: number): object => ({
  name: 'mail',
  mail: {
    ...{ server: `smtps://127.0.0.1:${port}`, from: 'a@example.com', to: ['b@example.com'], caFile: rootFile },
    ...{ user, secretEnv: 'MAIL_PASSWORD' },
  },
});
const waysFile = (...ways: readonly object[]): string => file(JSON.stringify({ ways }));

/** Why not, or `sent`, of so many tries. */
async function tries(count: number, act: (signal: AbortSignal) => Promise<void>): Promise<readonly string[]> {
  const said: string[] = [];
  for (let one = 0; one < count; one += 1) said.push(await act(AbortSignal.timeout(20_000)).then(() => 'sent', whyOf));
  return said;
}

describe('the account of a mail server', () => {
  const usual = { EHLO: '250-mx\r\n250 AUTH PLAIN LOGIN', AUTH: '235 welcome' };

  async function mail(answers: Record<string, string | null>) {
    const server = kept(await startMailServer(answers, identity));
    const { io, options, time } = await machine('watch');
    const [sender] = (await readWays(io, waysFile(mailWay(server.port)), options)) as [Sender];
    return {
      ...{ io, time },
      logins: () => server.lines.filter((line) => line.startsWith('AUTH ')).length,
      send: (count: number) => tries(count, (signal) => sender.send(outgoing(), signal)),
    };
  }

  it.each<readonly [string, string | null, string]>([
    ['refuses it', '535 5.7.8 no', 'account-refused 535'],
    ['ends the connection when it has it', null, 'ECONNECTION'],
    ['says neither yes nor no', '150 hm', 'status 150'],
  ])('goes once to one that %s, and again after half an hour', async (_, answer, why) => {
    const answers: Record<string, string | null> = { ...usual, AUTH: answer };
    const { io, time, logins, send } = await mail(answers);
    expect(await send(3)).toEqual([why, 'account-held', 'account-held']);
    io.guard?.forget();
    expect(await send(1)).toEqual(['account-held']);
    expect(logins()).toBe(1);
    time.wall += coolDownMs;
    io.guard?.forget();
    answers['AUTH'] = usual.AUTH;
    expect(await send(1)).toEqual(['sent']);
    expect(logins()).toBe(2);
  });

  it('may go again after a failure that the server calls temporary', async () => {
    const answers = { ...usual, AUTH: '454 4.7.0 later' };
    const { logins, send } = await mail(answers);
    expect(await send(2)).toEqual(['status 454', 'status 454']);
    answers.AUTH = usual.AUTH;
    expect(await send(1)).toEqual(['sent']);
    expect(logins()).toBe(3);
  });

  it('stays good once it was taken, whatever becomes of the mail', async () => {
    const answers: Record<string, string | null> = { ...usual, RCPT: '550 5.1.1 nobody' };
    const { logins, send } = await mail(answers);
    expect(await send(4)).toEqual(Array(4).fill('status 550'));
    answers['MAIL'] = null;
    expect(await send(4)).toEqual(Array(4).fill('ECONNECTION'));
    expect(logins()).toBe(8);
  });

  it.each(['250 AUTH GSSAPI XTOKEN', '250 AUTH', '250 XAUTH'])(
    'is not sent to one that asks for no such: %s',
    async (line) => {
      const answers: Record<string, string | null> = { ...usual, EHLO: `250-mx\r\n${line}` };
      const { logins, send } = await mail(answers);
      const why = line.includes(' AUTH') ? 'account-unasked' : 'sent';
      expect(await send(2)).toEqual([why, why]);
      expect(logins()).toBe(0);
    },
  );

  it('is not spent on a server that ends before it could have it', async () => {
    const answers: Record<string, string | null> = { ...usual, EHLO: null };
    const { logins, send } = await mail(answers);
    expect(await send(4)).toEqual(Array(4).fill('ECONNECTION'));
    answers['EHLO'] = usual.EHLO;
    expect(await send(1)).toEqual(['sent']);
    expect(logins()).toBe(1);
  });

  it('holds up no mail for longer than one try may take', async () => {
    const answers: Record<string, string | null> = { ...usual, AUTH: '235-and this goes on' };
    const server = kept(await startMailServer(answers, identity));
    const { io, options } = await machine('watch');
    const [sender] = (await readWays(io, waysFile(mailWay(server.port)), options)) as [Sender];
    // By itself nodemailer would wait for 15 seconds.
    const why = await sender.send(outgoing(), AbortSignal.timeout(1000)).then(() => 'sent', whyOf);
    expect(why).toBe('TimeoutError');
  }, 14_000);
});

describe('the account of an Alertmanager', () => {
  type Act = (request: IncomingMessage, response: ServerResponse) => unknown;

  /** What it does with a post may be changed; `shown`: how often it got an account. */
  async function listening(act: { now: Act }, isSecure = false): Promise<{ port: number; shown: () => number }> {
    let shown = 0;
    const answer: Act = (request, response) => {
      if (request.headers.authorization !== undefined) shown += 1;
      request.resume().on('end', () => act.now(request, response));
    };
    const server: Server = isSecure
      ? (createSecureServer(identity, answer) as unknown as Server)
      : createServer(answer);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return { port: (server.address() as AddressInfo).port, shown: () => shown };
  }
  const asking = { 'www-authenticate': 'Basic realm="a, Bearer", Bearer' };
  /** Asks for an account, and does so with one that it gets. */
  const asked =
    (then: Act): Act =>
    (request, response) =>
      request.headers.authorization === undefined ? response.writeHead(401, asking).end() : then(request, response);
  const saying = (status: number): Act => asked((_, response) => response.writeHead(status).end());

  async function alertmanager(url: string, ...more: readonly string[]) {
    const { io, options, time } = await machine('collect', '--listen', ':0', '--alertmanager', url, ...more);
    const all = await openAlertmanagers(io, options);
    const post = (count: number) => tries(count, async (signal) => await all[0]?.post([], signal));
    return { io, time, post };
  }

  it.each<readonly [string, string, Act, string]>([
    ['a password', `${user}@`, saying(401), 'account-refused 401'],
    ['a password', `${user}@`, saying(403), 'account-refused 403'],
    ['a password', `${user}@`, asked(({ socket }) => socket.destroy()), 'ECONNRESET'],
    ['a token', '', saying(401), 'account-refused 401'],
  ])('(%s at %j) goes once to one that does not take it, and again after half an hour', async (_, at, first, why) => {
    const act = { now: first };
    const { port, shown } = await listening(act);
    const { io, time, post } = await alertmanager(`http://${at}127.0.0.1:${port}`);
    expect(await post(3)).toEqual([why, 'account-held', 'account-held']);
    expect(shown()).toBe(1);
    time.wall += coolDownMs;
    io.guard?.forget();
    act.now = saying(200);
    expect(await post(1)).toEqual(['sent']);
  });

  it.each<readonly [string, number, Readonly<Record<string, string>>, string]>([
    ['takes alerts without', 200, {}, 'sent'],
    ['has trouble', 503, asking, 'status 503'],
    ['forbids it', 403, asking, 'status 403'],
    ['names no scheme', 401, {}, 'account-unasked'],
    ['asks for another', 401, { 'www-authenticate': 'Negotiate, Digest realm="Basic"' }, 'account-unasked'],
  ])('is not sent to one that %s (%i)', async (_, status, headers, why) => {
    const { port, shown } = await listening({ now: (__, response) => response.writeHead(status, headers).end() });
    for (const at of [`${user}@`, '']) {
      const { post } = await alertmanager(`http://${at}127.0.0.1:${port}`);
      expect(await post(2)).toEqual([why, why]);
    }
    expect(shown()).toBe(0);
  });

  it('goes on through trouble of the server, and stays good once it was taken', async () => {
    const act = { now: saying(503) };
    const { port, shown } = await listening(act);
    const { post } = await alertmanager(`http://${user}@127.0.0.1:${port}`);
    expect(await post(2)).toEqual(['status 503', 'status 503']);
    act.now = saying(200);
    expect(await post(1)).toEqual(['sent']);
    act.now = saying(500);
    expect(await post(4)).toEqual(Array(4).fill('status 500'));
    expect(shown()).toBe(7);
  });

  it('is not spent on a server whose certificate is not believed, or that is not there', async () => {
    const { port, shown } = await listening({ now: saying(200) }, true);
    const stranger = await alertmanager(`https://${user}@127.0.0.1:${port}`);
    for (const why of await stranger.post(4)) expect(why).toMatch(/CERT|VERIFY/);
    expect(shown()).toBe(0);
    const known = await alertmanager(`https://${user}@127.0.0.1:${port}`, '--ca-file', rootFile);
    expect(await known.post(1)).toEqual(['sent']);
    const gone = await alertmanager(`http://${user}@127.0.0.1:1`);
    expect(await gone.post(4)).toEqual(Array(4).fill('ECONNREFUSED'));
  });
});

const withAccount = ({ requests }: DemoProxy): number =>
  requests.filter(({ authorization }) => authorization !== null).length;
const demand = reply('407 Proxy Authentication Required', ['Proxy-Authenticate: Basic realm="r"']);
const hook = { name: 'hook', webhook: { url: 'https://hooks.example.com/x', caFile: rootFile } };
/** A watch of what nothing listens at, by way of this proxy; quick, and without a name to resolve. */
const watched = (proxy: DemoProxy, notify: string): readonly string[] => [
  ...['127.0.0.1:1', '--once', '--confirm', '1', '--timeout', '2s', '--no-experiments', '--dns-server', '127.0.0.1:1'],
  ...['--proxy', `http://${user}:${encodeURIComponent(pass)}@127.0.0.1:${proxy.port}`, '--notify', notify],
];

describe('a watch and its notices', { timeout: 120_000 }, () => {
  it('show an account once, where the proxy of the probes refused it', async () => {
    const proxy = kept(await forwarding({}, () => demand));
    const server = kept(await startMailServer({ EHLO: '250-mx\r\n250 AUTH PLAIN' }, identity));
    const args = watched(proxy, waysFile(hook, mailWay(server.port)));
    const env = { MAIL_PASSWORD: pass };
    const { code, stderr, stdout } = await wayclear(['watch', ...args, '--store', join(folder, 'one.db')], { env });
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('opened');
    expect(withAccount(proxy)).toBe(1);
    expect(proxy.requests.map(({ target }) => target)).toContain('hooks.example.com:443');
    expect(server.lines).toEqual([]);
    expect(stderr).toMatch(/hook: .*the proxy refuses the account/);
    expect(stderr).toMatch(/mail: .*the account was refused/);
    expect(stdout + stderr).not.toContain(pass);
  });

  it.each(['hook', 'mail'] as const)('show it once, where the way of a notice (%s) refused it first', async (way) => {
    let isAsking = false;
    // At first it asks nobody but the notice for an account.
    const proxy = kept(await forwarding({}, ({ target }) => (isAsking || target.startsWith('hooks.') ? demand : null)));
    const server = kept(await startMailServer({ EHLO: '250-mx\r\n250 AUTH PLAIN', AUTH: '535 no' }, identity));
    const notify = waysFile(way === 'hook' ? hook : mailWay(server.port));
    const { io, options, time, told } = await machine('watch', ...watched(proxy, notify));
    const ways = await readWays(io, notify, options);
    const store = await openStore(join(folder, `${way}.db`));
    const host = createHost(io, options, store, { ways, sender: null });
    const settings = {
      ...{ name: 'm', scope: scopeOf({ options: options.used }), holder: 'me', isGone: () => false, machineId: 'm' },
      ...{ routes: [way], confirm: 1, everyMs: 3_600_000, windows: [], keepMs: null, keepBytes: null },
    };
    await watchOnce(host, settings);
    const logins = (): number => server.lines.filter((line) => line.startsWith('AUTH ')).length;
    expect([withAccount(proxy), logins()]).toEqual(way === 'hook' ? [1, 0] : [0, 1]);
    const before = proxy.requests.length;
    [isAsking, time.wall] = [true, time.wall + 5 * 60_000];
    await watchOnce(host, settings);
    await store.close();
    expect(proxy.requests.length).toBeGreaterThan(before);
    expect([withAccount(proxy), logins()]).toEqual(way === 'hook' ? [1, 0] : [0, 1]);
    expect(told.join('')).toMatch(/the (?:proxy|server) refuses the account/);
  });
});
