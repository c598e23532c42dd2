import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { answer, httpOrigin, httpsOrigin } from '../../../src/demo/origins-http.ts';
import { createAuthority, issueCertificate } from '../../../src/demo/pki.ts';
import { diagnose } from '../../../src/diagnose/diagnose.ts';
import type { Observations, ProxyAuthentication } from '../../../src/model/observations.ts';
import { stage } from '../../../src/probe/stage/stage.ts';
import {
  type CredentialOutcome,
  type CredentialTurn,
  coolDownMs,
  createCredentialGuard,
} from '../../../src/proxy/lockout.ts';
import { leaks } from '../../secrets/spellings.ts';
import { type DemoProxy, forwarding, httpProxy, type ProxyRequest, reply } from '../../servers/proxies.ts';
import { contextOf } from '../attempt-kit.ts';
import { judgedRun, proxyRoute, targetOf, verdicts } from '../proxied-kit.ts';
import { accessWith, account } from './proxy-kit.ts';

const closers: (() => unknown)[] = [];
const kept = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const root = createAuthority({ name: 'Lockout Test Root' });
const leaf = issueCertificate(root, { commonName: 'origin', dnsNames: ['*.run.test'] });
const chain = { chainPem: leaf.pem, keyPem: leaf.keyPem };
const own = account();

// The CHALLENGE_MESSAGE of MS-NLMP section 4.2.4.3.
const type2 = Buffer.from(
  '4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000060070170000000f' +
    '53006500720076006500720002000c0044006f006d00610069006e0001000c0053006500720076006500720000000000',
  'hex',
).toString('base64');
const digest = 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256';

const demand = (...challenges: readonly string[]): string =>
  reply(
    '407 Proxy Authentication Required',
    challenges.map((one) => `Proxy-Authenticate: ${one}`),
  );

/** The message of NTLM that a header holds; null for another scheme. */
function ntlmMessage(authorization: string | null): number | null {
  const [, token] = /^NTLM (.+)$/.exec(authorization ?? '') ?? [];
  return token === undefined ? null : Buffer.from(token, 'base64').readUInt32LE(8);
}

/** Requests that a directory would count: they prove the password. */
const counted = ({ requests }: DemoProxy): number =>
  requests.filter(({ authorization }) => authorization !== null && ntlmMessage(authorization) !== 1).length;

/** Demands these schemes and refuses every answer. */
const refusingAll =
  (...challenges: readonly string[]) =>
  ({ authorization }: ProxyRequest): string =>
    ntlmMessage(authorization) === 1 ? demand(`NTLM ${type2}`) : demand(...challenges);

const thirty = (port: number, scheme: 'https' | 'http' = 'https'): readonly string[] =>
  Array.from({ length: 30 }, (_, index) => `${scheme}://h${index}.run.test:${port}/`);

const through = (urls: readonly string[], proxy: { readonly address: string; readonly port: number }) => {
  const route = proxyRoute(proxy.address, proxy.port);
  return urls.map((url) => targetOf(url, route, root));
};

const authsOf = ({ probes }: Observations): readonly (ProxyAuthentication | null | undefined)[] =>
  probes.flatMap(({ attempts }) =>
    attempts.map(({ tunnel }) => {
      if (tunnel.status === 'passed') return tunnel.value.auth;
      return tunnel.status === 'failed' ? tunnel.partial?.auth : undefined;
    }),
  );

describe('a password that the proxy refuses', () => {
  it.each([
    ['Basic', ['Basic realm="r"'], 1],
    ['Digest', [digest], 1],
    ['Digest that calls every nonce stale', [`${digest}, stale=true`], 2],
    ['NTLM', ['NTLM'], 1],
    ['all of them', ['Negotiate', 'NTLM', digest, 'Basic realm="r"'], 1],
  ] as const)('by %s is sent once for thirty targets', async (_name, challenges, most) => {
    const act = refusingAll(...challenges);
    const proxy = kept(await httpProxy({}, (request, socket, next) => socket.write(act(request), next)));
    const targets = [...through(thirty(443).slice(15), proxy), ...through(thirty(80, 'http').slice(15), proxy)];
    const { diagnosis, observations } = await judgedRun(targets, root, {
      access: accessWith(own),
      experiments: 'made',
    });
    expect(counted(proxy)).toBe(most);
    expect(verdicts(diagnosis)).toEqual(Array(30).fill('unreachable proxy.auth-rejected'));
    expect(diagnosis.rootCauses.map((one) => [one.cause, one.confidence, one.targets.length])).toEqual([
      ['proxy.auth-rejected', 'high', 30],
    ]);
    const reasons = authsOf(observations).map((auth) => auth?.failed?.reason);
    expect(reasons.toSorted()).toEqual([...Array(29).fill('not-repeated'), 'rejected']);
    const said = diagnosis.rootCauses[0]?.evidence.map(({ code }) => code) ?? [];
    expect(said.filter((code) => code === 'proxy.auth-once')).toHaveLength(1);
    expect(said).toContain('proxy.auth');
    expect(diagnose(JSON.parse(JSON.stringify(observations)) as Observations)).toEqual(diagnosis);
    const text = JSON.stringify([observations, diagnosis]);
    expect(leaks(text, own.password.reveal())).toEqual([]);
  });

  it('is sent once where the proxy closes after each 407', async () => {
    const proxy = kept(
      await httpProxy({}, (_request, socket) => {
        socket.end(demand('Basic realm="r"').replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
      }),
    );
    const { diagnosis } = await judgedRun(through(thirty(443), proxy), root, { access: accessWith(own) });
    expect(counted(proxy)).toBe(1);
    expect(verdicts(diagnosis)).toEqual(Array(30).fill('unreachable proxy.auth-rejected'));
  });

  it.each([
    ['closes', 'Basic realm="r"', (socket: Socket) => socket.end()],
    ['resets', 'Basic realm="r"', (socket: Socket) => socket.resetAndDestroy()],
    ['closes', digest, (socket: Socket) => socket.end()],
    ['closes', 'NTLM', (socket: Socket) => socket.end()],
    ['resets', 'NTLM', (socket: Socket) => socket.resetAndDestroy()],
    ['answers nonsense', 'Basic realm="r"', (socket: Socket) => socket.end('no')],
  ])('is sent once where the proxy %s on %s', async (_name, scheme, act) => {
    const proxy = kept(
      await httpProxy({}, ({ authorization }, socket, next) => {
        if (authorization === null) socket.write(demand(scheme), next);
        else if (ntlmMessage(authorization) === 1) socket.write(demand(`NTLM ${type2}`), next);
        else act(socket);
      }),
    );
    const { diagnosis } = await judgedRun(through(thirty(443), proxy), root, { access: accessWith(own) });
    expect(counted(proxy)).toBe(1);
    expect(verdicts(diagnosis).slice(1)).toEqual(Array(29).fill('unreachable proxy.auth-rejected'));
  });

  it.each([
    ['says nothing', null, 'https'],
    ['says 503 to a CONNECT', reply('503 Service Unavailable'), 'https'],
    ['says 500 to a CONNECT', reply('500 Internal Server Error'), 'https'],
    ['says 404 to a CONNECT', reply('404 Not Found'), 'https'],
    ['says 503 in place of an origin', reply('503 Service Unavailable'), 'http'],
    ['says 429 in place of an origin', reply('429 Too Many Requests'), 'http'],
  ] as const)('is sent three times where the proxy %s', async (_name, said, scheme) => {
    const proxy = kept(
      await httpProxy({}, ({ authorization }, socket, next) => {
        if (authorization === null) socket.write(demand('Basic realm="r"'), next);
        else if (said !== null) socket.write(said, next);
      }),
    );
    const targets = through(thirty(scheme === 'https' ? 443 : 80, scheme), proxy);
    const limit = said === null ? { timeoutMs: 1500 } : {};
    const { diagnosis, observations } = await judgedRun(targets, root, { access: accessWith(own), ...limit });
    expect(counted(proxy)).toBe(3);
    const reasons = authsOf(observations).flatMap((auth) => auth?.failed?.reason ?? []);
    expect([...new Set(reasons)]).toEqual(['not-proven']);
    const rejected = diagnosis.rootCauses.find(({ cause }) => cause === 'proxy.auth-rejected');
    expect([rejected?.confidence, rejected?.targets.length]).toEqual(['medium', reasons.length]);
  });

  it('is sent once over all proxies of a list, whatever ends the way through each', async () => {
    const acts: readonly ((socket: Socket) => unknown)[] = [
      (socket) => socket.resetAndDestroy(),
      (socket) => socket.end(),
      (socket) => socket.end('no'),
      (socket) => socket.write(demand('Basic realm="r"')),
    ];
    const proxies = await Promise.all(
      acts.map((act) =>
        httpProxy({}, ({ authorization }, socket, next) => {
          if (authorization === null) socket.write(demand('Basic realm="r"'), next);
          else act(socket);
        }),
      ),
    );
    for (const proxy of proxies) kept(proxy);
    const [first, ...otherwise] = proxies.map(({ address, port }) => proxyRoute(address, port));
    const route = { ...(first ?? proxyRoute('127.0.0.1', 1)), otherwise };
    const targets = thirty(443).map((url) => targetOf(url, route, root));
    await judgedRun(targets, root, { access: accessWith(own) });
    expect(proxies.map(counted).reduce((sum, count) => sum + count, 0)).toBe(1);
  });

  it('is sent once to a SOCKS server', async () => {
    let logins = 0;
    const server = createServer((socket: Socket) => {
      let nth = 0;
      socket.on('error', () => {});
      socket.on('data', () => {
        nth += 1;
        if (nth === 1) socket.write(Buffer.from([5, 2]));
        else {
          logins += 1;
          socket.end(Buffer.from([1, 1]));
        }
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    kept(server);
    const route = proxyRoute('127.0.0.1', (server.address() as AddressInfo).port, 'socks5h');
    const { diagnosis } = await judgedRun(
      thirty(443).map((url) => targetOf(url, route, root)),
      root,
      { access: accessWith(own) },
    );
    expect(logins).toBe(1);
    expect(diagnosis.rootCauses.map(({ cause, targets }) => [cause, targets.length])).toEqual([
      ['proxy.auth-rejected', 30],
    ]);
  });

  it('is no reason to keep targets from the proxy that it serves without one', async () => {
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const guard = ({ target }: ProxyRequest) => (target.startsWith('h0.') ? demand('Basic realm="r"') : null);
    const proxy = kept(await forwarding({}, guard));
    const { diagnosis } = await judgedRun(through(thirty(origin.port), proxy), root, { access: accessWith(own) });
    expect(verdicts(diagnosis).toSorted()).toEqual([...Array(29).fill('reachable'), 'unreachable proxy.auth-rejected']);
  });
});

describe('a password that the proxy takes', () => {
  const taking =
    (...challenges: readonly string[]) =>
    ({ authorization }: ProxyRequest): string | null => {
      if (authorization === null) return demand(...challenges);
      return ntlmMessage(authorization) === 1 ? demand(`NTLM ${type2}`) : null;
    };
  it.each(['Basic realm="r"', digest, 'NTLM'])('by %s lets all thirty through', async (challenge) => {
    const secure = kept(await httpsOrigin({ certificate: chain }, answer()));
    const plain = kept(await httpOrigin({}, answer()));
    const proxy = kept(await forwarding({}, taking(challenge)));
    const urls = [...thirty(secure.port).slice(15), ...thirty(plain.port, 'http').slice(15)];
    const { diagnosis } = await judgedRun(through(urls, proxy), root, { access: accessWith(own) });
    expect(verdicts(diagnosis)).toEqual(Array(30).fill('reachable'));
    expect(counted(proxy)).toBe(30);
    expect(proxy.counts.connections).toBe(30);
    expect(diagnosis.rootCauses).toEqual([]);
  });

  it.each([
    ['is forbidden', reply('403 Forbidden')],
    ['is out of its reach', reply('502 Bad Gateway')],
    ['does not answer it', reply('504 Gateway Timeout')],
    ['is not found by squid', reply('503 Service Unavailable', ['X-Squid-Error: ERR_DNS_FAIL 0'])],
    ['is down', reply('503 Service Unavailable', ['Proxy-Status: p; error=connection_refused'])],
    ['gets 503 without a reason', reply('503 Service Unavailable')],
    ['never gets an answer', 'HTTP/1.1 '],
  ])('goes to the others where the first target %s', async (_name, said) => {
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    let first: string | null = null;
    const proxy = kept(
      await forwarding({}, ({ authorization, target }) => {
        if (authorization === null) return demand('Basic realm="r"');
        first ??= target;
        return target === first ? said : null;
      }),
    );
    const { diagnosis } = await judgedRun(through(thirty(origin.port), proxy), root, {
      access: accessWith(own),
      timeoutMs: 3000,
    });
    expect(verdicts(diagnosis).filter((one) => one === 'reachable')).toHaveLength(29);
  });

  it.each([
    ['says 503', reply('503 Service Unavailable')],
    ['says nothing', 'HTTP/1.1 '],
  ])('goes to the others where the proxy %s for one after it took the account', async (_name, said) => {
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const taken = new Set<string>();
    let bad: string | null = null;
    const proxy = kept(
      await forwarding({}, ({ authorization, target }) => {
        if (authorization === null) return demand('Basic realm="r"');
        if (taken.size > 0 && !taken.has(target)) bad ??= target;
        taken.add(target);
        return target === bad ? said : null;
      }),
    );
    const { diagnosis } = await judgedRun(through(thirty(origin.port), proxy), root, {
      access: accessWith(own),
      timeoutMs: 3000,
    });
    expect(verdicts(diagnosis).filter((one) => one === 'reachable')).toHaveLength(29);
  });

  it('goes to the second proxy of a list where the first is down', async () => {
    const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
    const down = await httpProxy({}, () => {});
    await down.close();
    const proxy = kept(await forwarding({}, taking('Basic realm="r"')));
    const route = { ...proxyRoute(down.address, down.port), otherwise: [proxyRoute(proxy.address, proxy.port)] };
    const targets = thirty(origin.port).map((url) => targetOf(url, route, root));
    const { diagnosis } = await judgedRun(targets, root, { access: accessWith(own) });
    expect(verdicts(diagnosis).filter((one) => one.startsWith('unreachable'))).toEqual([]);
    expect(counted(proxy)).toBe(30);
  });
});

describe('leave to send credentials', () => {
  const never = new AbortController().signal;
  const u = account('u', 'a');
  const asTurn = (entered: Awaited<ReturnType<ReturnType<typeof createCredentialGuard>['enter']>>): CredentialTurn => {
    if ('refusedFor' in entered) throw new Error('refused');
    return entered;
  };
  const guardAfter = async (...outcomes: readonly CredentialOutcome[]) => {
    const guard = createCredentialGuard();
    for (const outcome of outcomes) asTurn(await guard.enter('http://p:1', u, 'a', never)).end(outcome);
    return guard;
  };
  /** How many of three get leave while nobody says what came of it. */
  const atOnce = async (guard: Awaited<ReturnType<typeof guardAfter>>): Promise<number> => {
    let left = 0;
    for (const host of ['x', 'y', 'z'])
      void guard.enter('http://p:1', u, host, never).then(() => {
        left += 1;
      });
    await new Promise(setImmediate);
    return left;
  };

  it.each([
    ['at first', [], 1],
    ['after many that sent nothing', ['unsent', 'unsent', 'unsent'], 1],
    ['after two that told nothing', ['unclear', 'unclear'], 1],
    ['once they were taken', ['accepted'], 3],
    ['once they were taken, whatever ends without a word', ['accepted', 'open', 'open'], 3],
  ] as const)('is given to as many as it may %s', async (_name, outcomes, count) => {
    expect(await atOnce(await guardAfter(...outcomes))).toBe(count);
  });

  it.each([
    ['it was refused', ['refused'], false],
    ['nobody said what came of it', ['open'], true],
    ['three told nothing', ['unclear', 'unclear', 'unclear'], true],
    ['it was refused although it was taken before', ['accepted', 'refused'], false],
  ] as const)('is not given again once %s', async (_name, outcomes, isOpen) => {
    const guard = await guardAfter(...outcomes);
    const refused = { refusedFor: 'a', isOpen };
    expect(await guard.enter('http://p:1', u, 'b', never)).toEqual(refused);
    // To no other proxy either, but to another user, and with another password.
    expect(await guard.enter('http://p:2', u, 'b', never)).toEqual(refused);
    asTurn(await guard.enter('http://p:1', account('v', 'a'), 'b', never)).end('unsent');
    asTurn(await guard.enter('http://p:1', account('u', 'b'), 'b', never));
  });

  it('is given for one proxy at a time until one took them, and then for each by itself', async () => {
    const guard = createCredentialGuard();
    const first = asTurn(await guard.enter('http://p:1', u, 'a', never));
    let entered = 0;
    const others = ['http://p:2', 'http://p:3'].map((proxy) =>
      guard.enter(proxy, u, 'b', never).then((turn) => {
        entered += 1;
        return asTurn(turn);
      }),
    );
    await new Promise(setImmediate);
    expect(entered).toBe(0);
    first.end('accepted');
    const [second] = await Promise.all(others);
    second?.end('refused');
    expect(await guard.enter('http://p:2', u, 'c', never)).toEqual({ refusedFor: 'b', isOpen: false });
    expect(asTurn(await guard.enter('http://p:1', u, 'c', never)).isProven).toBe(true);
  });

  it('is not given twice by one turn that ends twice', async () => {
    const guard = createCredentialGuard();
    const turn = asTurn(await guard.enter('http://p:1', u, 'a', never));
    turn.end('refused');
    turn.end('accepted');
    expect(await guard.enter('http://p:1', u, 'b', never)).toEqual({ refusedFor: 'a', isOpen: false });
  });

  it.each<readonly [string, readonly (CredentialOutcome | 'new run')[], boolean, boolean]>([
    ['a refusal', ['refused'], false, true],
    ['a refusal of one that was taken before', ['accepted', 'refused'], false, true],
    ['an end without a word', ['open'], false, true],
    ['an end without a word of one that was taken before', ['accepted', 'new run', 'open'], true, true],
    ['three that told nothing', ['unclear', 'unclear', 'new run', 'unclear'], false, true],
  ])('is given in the next run after %s only once a directory has forgotten it', async (_name, steps, soon, late) => {
    let now = 0;
    const guard = createCredentialGuard({ now: () => now });
    for (const step of steps) {
      if (step === 'new run') guard.forget();
      else asTurn(await guard.enter('http://p:1', u, 'a', never)).end(step);
    }
    const isGiven = async (): Promise<boolean> => {
      const entered = await guard.enter('http://p:1', u, 'b', never);
      if ('refusedFor' in entered) return false;
      entered.end('unsent');
      return true;
    };
    expect(await isGiven()).toBe(false);
    now += coolDownMs - 1;
    guard.forget();
    expect(await isGiven()).toBe(soon);
    // Somebody mended the password.
    asTurn(await guard.enter('http://p:1', account('u', 'b'), 'b', never)).end('unsent');
    now += 1;
    guard.forget();
    expect(await isGiven()).toBe(late);
  });

  it('is no longer waited for when the run ends', async () => {
    const guard = createCredentialGuard();
    await guard.enter('http://p:1', u, 'a', never);
    const run = new AbortController();
    const waiting = guard.enter('http://p:1', u, 'b', run.signal);
    run.abort('deadline');
    await expect(waiting).rejects.toBe('deadline');
  });

  it('is waited for at nobody\u2019s expense: the stage lasts as long as without it', async () => {
    let now = 0;
    const clock = { now: () => now, wall: () => 0 };
    const result = await stage('tunnel', { ...contextOf({ timeoutMs: 40 }), clock, startedAt: 0 }, async (step) => {
      now += 5;
      await step.hold(
        new Promise<void>((resolve) => {
          setTimeout(() => {
            now += 1000;
            resolve();
          }, 120);
        }),
      );
      now += 7;
      return 'in';
    });
    expect(result).toEqual({ status: 'passed', at: 0, ms: 12, value: 'in' });
  });

  it('leaves the stage the time that it had before', async () => {
    const result = await stage('tunnel', contextOf({ timeoutMs: 40 }), async (step) => {
      await step.hold(Promise.resolve());
      return new Promise<never>(() => {});
    });
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'tunnel.timeout' } });
  });
});
