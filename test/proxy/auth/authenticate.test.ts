import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type AuthenticatorOptions, createAuthenticator } from '../../../src/proxy/auth/authenticate.ts';
import { createNegotiator, readNegotiateToken, ticketProblem } from '../../../src/proxy/auth/negotiate.ts';
import { credentials, secret } from '../../../src/proxy/credentials.ts';
import { leaks } from '../../secrets/spellings.ts';

const account = credentials('CORP\\user', secret('s3cr3t!'), 'option');
const absent = () => Promise.reject(new Error("Cannot find package 'kerberos'"));
const request = { method: 'CONNECT', uri: 'a.example:443' };

function authenticator(options: Partial<AuthenticatorOptions> = {}) {
  return createAuthenticator({
    scheme: 'auto',
    credentials: account,
    proxyHost: 'proxy.example',
    loadKerberos: absent,
    platform: 'linux',
    kerberosTimeoutMs: 5_000,
    wall: () => 0,
    ...options,
  });
}

/** A stand-in for the native package: answers or throws one after the other. */
function kerberos(steps: readonly (string | Error)[], complete: readonly boolean[] = []) {
  const services: string[] = [];
  const given: string[] = [];
  const module = {
    GSS_MECH_OID_SPNEGO: 6,
    initializeClient: async (service: string) => {
      services.push(service);
      return {
        get contextComplete() {
          return complete[given.length - 1] ?? false;
        },
        step: async (challenge: string) => {
          const step = steps[given.length];
          given.push(challenge);
          if (step instanceof Error) throw step;
          return step ?? '';
        },
      };
    },
  };
  return { services, given, load: async () => ({ default: module }) };
}

// The CHALLENGE_MESSAGE of MS-NLMP section 4.2.4.3.
const type2 = Buffer.from(
  '4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000060070170000000f' +
    '53006500720076006500720002000c0044006f006d00610069006e0001000c0053006500720076006500720000000000',
  'hex',
).toString('base64');
const digest = 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256';

describe('the automatic choice', () => {
  it.each([
    [['Basic realm="r"'], 'basic'],
    [['Basic realm="r"', 'NTLM'], 'ntlm'],
    [['Basic realm="r"', 'NTLM', digest], 'digest'],
    [['Negotiate', 'Basic realm="r"'], 'basic'],
    [['Digest realm="r", nonce="n", algorithm=SHA-999', 'Basic realm="r"'], 'basic'],
    [['Bearer', 'Basic realm="r"'], 'basic'],
  ] as const)('of %j without a ticket is %s', async (offers, scheme) => {
    expect(await authenticator().next(offers, request)).toMatchObject({ kind: 'header', scheme, leg: 1 });
  });

  it('prefers a ticket over every password', async () => {
    const stub = kerberos(['YIIB']);
    const step = await authenticator({ loadKerberos: stub.load }).next(
      ['Basic realm="r"', digest, 'NTLM', 'Negotiate'],
      request,
    );
    expect(step).toEqual({
      kind: 'header',
      header: 'Negotiate YIIB',
      scheme: 'negotiate',
      leg: 1,
      sameConnection: true,
    });
    expect(stub.services).toEqual(['HTTP@proxy.example']);
  });

  it('goes on with a password where the ticket is refused', async () => {
    const stub = kerberos(['YIIB']);
    const auth = authenticator({ loadKerberos: stub.load });
    await auth.next(['Negotiate', 'Basic realm="r"'], request);
    expect(await auth.next(['Negotiate', 'Basic realm="r"'], request)).toMatchObject({
      kind: 'header',
      scheme: 'basic',
    });
    expect(await auth.next(['Negotiate', 'Basic realm="r"'], request)).toMatchObject({
      kind: 'give-up',
      reason: 'rejected',
      scheme: 'basic',
      leg: 1,
      offered: ['negotiate', 'basic'],
      tried: ['negotiate', 'basic'],
    });
  });

  it('never offers a refused account in a second scheme', async () => {
    const auth = authenticator();
    const offers = [digest, 'NTLM', 'Basic realm="r"'];
    await auth.next(offers, request);
    expect(await auth.next(offers, request)).toMatchObject({
      kind: 'give-up',
      reason: 'rejected',
      scheme: 'digest',
      tried: ['digest'],
    });
  });
});

describe('giving up', () => {
  it.each([
    ['without a challenge', [], {}, 'no-challenge', null],
    ['with a challenge that can not be read', ['?'], {}, 'no-challenge', null],
    ['where nothing offered is known', ['Bearer realm="r"', 'Hawk'], {}, 'unsupported', null],
    ['where the scheme asked for is not offered', ['Basic realm="r"'], { scheme: 'ntlm' }, 'unsupported', null],
    ['where it is switched off', ['Basic realm="r"'], { scheme: 'none' }, 'disabled', null],
    ['without an account', ['Basic realm="r"', 'NTLM'], { credentials: null }, 'no-credentials', null],
    [
      'where tickets can not be had and an account would do',
      ['Negotiate', 'Basic realm="r"'],
      { credentials: null },
      'no-credentials',
      null,
    ],
    ['where only a ticket would do', ['Negotiate'], {}, 'ticket', 'not-available'],
    [
      'where Basic can not carry the user',
      ['Basic realm="r"'],
      { credentials: credentials('a:b', secret('c'), 'option') },
      'account-unusable',
      'colon in the user name',
    ],
  ] as const)('%s says so', async (_, offers, options, reason, detail) => {
    const step = await authenticator(options as Partial<AuthenticatorOptions>).next(offers, request);
    expect(step).toMatchObject({ kind: 'give-up', reason, detail, tried: [], leg: 0 });
  });

  it('names every offer, made harmless', async () => {
    const step = await authenticator({ scheme: 'none' }).next(
      ['Negotiate', 'NTLM, Basic realm="x"', 'NTLM', `${'z'.repeat(100)}`],
      request,
    );
    expect(step).toMatchObject({ offered: ['negotiate', 'ntlm', 'basic', `${'z'.repeat(39)}\u2026`] });
  });

  it.each([
    ['basic', ['Basic realm="r"'], 1],
    ['digest', [digest], 1],
    ['digest', [`${digest}, stale=true`], 2],
    ['ntlm', ['NTLM'], 1],
    ['ntlm', [`NTLM ${type2}`], 2],
    ['negotiate', ['Negotiate oQcw'], 5],
  ] as const)(
    '%s against a proxy that answers %j for ever takes %i answers and is final',
    async (scheme, offers, legs) => {
      const stub = kerberos(Array.from({ length: 50 }, () => 'YIIB'));
      const auth = authenticator({
        loadKerberos: stub.load,
        credentials: scheme === 'negotiate' ? null : account,
        scheme,
      });
      let sent = 0;
      let step = await auth.next(offers, request);
      while (step.kind === 'header' && sent < 100) {
        sent += 1;
        expect(step).toMatchObject({ scheme, leg: sent });
        step = await auth.next(offers, request);
      }
      expect(sent).toBe(legs);
      expect(step).toMatchObject({ kind: 'give-up', scheme, leg: legs, tried: [scheme] });
      expect(await auth.next(offers, request)).toBe(step);
    },
  );
});

describe('a dialogue', () => {
  it('of NTLM has three legs on one connection', async () => {
    const auth = authenticator();
    const first = await auth.next(['NTLM', 'Basic realm="r"'], request);
    expect(first).toMatchObject({ scheme: 'ntlm', leg: 1, sameConnection: true });
    const second = await auth.next([`NTLM ${type2}`], request);
    expect(second).toMatchObject({ scheme: 'ntlm', leg: 2, sameConnection: true });
    if (second.kind !== 'header') throw new Error('gave up');
    const message = Buffer.from(second.header.slice(5), 'base64');
    const at = (offset: number): string => {
      const start = message.readUInt32LE(offset + 4);
      return message.subarray(start, start + message.readUInt16LE(offset)).toString('utf16le');
    };
    expect([message.readUInt32LE(8), at(28), at(36)]).toEqual([3, 'CORP', 'user']);
    expect(await auth.next(['NTLM', 'Basic realm="r"'], request)).toMatchObject({
      kind: 'give-up',
      reason: 'rejected',
      scheme: 'ntlm',
      leg: 2,
    });
  });

  it.each([
    ['says NTLM again without a challenge', ['NTLM'], 'no-continuation'],
    ['sends a challenge that is none', ['NTLM AAAA'], 'malformed-challenge'],
    ['offers something else', ['Basic realm="r"'], 'no-continuation'],
  ])('of NTLM with a proxy that %s ends', async (_, offers, reason) => {
    const auth = authenticator();
    await auth.next(['NTLM'], request);
    expect(await auth.next(offers, request)).toMatchObject({ kind: 'give-up', reason, scheme: 'ntlm', leg: 1 });
  });

  it('of Digest begins again with a fresh nonce where the old one was stale', async () => {
    const auth = authenticator();
    await auth.next([digest], request);
    const second = await auth.next([`${digest.replace('"n"', '"n2"')}, stale=true`], request);
    expect(second).toMatchObject({ kind: 'header', leg: 2, sameConnection: false });
    expect(second.kind === 'header' && second.header).toContain('nonce="n2"');
  });

  it('of Negotiate hands the proxy\u2019s token on', async () => {
    const stub = kerberos(['YIIB', 'YIIC']);
    const auth = authenticator({ loadKerberos: stub.load });
    await auth.next(['Negotiate'], request);
    expect(await auth.next(['Negotiate oQcw'], request)).toMatchObject({ header: 'Negotiate YIIC', leg: 2 });
    expect(stub.given).toEqual(['', 'oQcw']);
  });

  it('of Negotiate ends where the context is complete and the proxy still refuses', async () => {
    const stub = kerberos(['YIIB'], [true]);
    const auth = authenticator({ loadKerberos: stub.load, credentials: null });
    await auth.next(['Negotiate'], request);
    const reject = Buffer.from('a1073005a0030a0102', 'hex').toString('base64');
    expect(await auth.next([`Negotiate ${reject}`], request)).toMatchObject({
      reason: 'rejected',
      detail: 'reject',
      scheme: 'negotiate',
      leg: 1,
    });
  });
});

describe('a ticket', () => {
  it.each([
    ['No Kerberos credentials available (default cache: FILE:/tmp/krb5cc_1000)', 'no-ticket'],
    ['Unspecified GSS failure.  Minor code may provide more information: No credentials cache found', 'no-ticket'],
    ['Unspecified GSS failure: Ticket expired', 'ticket-expired'],
    ['Unspecified GSS failure: Clock skew too great', 'clock'],
    [
      'Unspecified GSS failure: Server HTTP/proxy.example@CORP.EXAMPLE not found in Kerberos database',
      'unknown-service',
    ],
    ['Server not found in Kerberos database', 'unknown-service'],
    ['Cannot find KDC for realm "CORP.EXAMPLE"', 'no-kdc'],
    ["Cannot contact any KDC for realm 'CORP.EXAMPLE'", 'no-kdc'],
    ['The clocks on the client and server machines are skewed.', 'clock'],
    ['The specified target is unknown or unreachable', 'unknown-service'],
    ['No credentials are available in the security package', 'no-ticket'],
    ['No authority could be contacted for authentication.', 'no-kdc'],
    ['Etwas ging schief', 'failed'],
  ])('that fails by %j is %s', async (message, problem) => {
    expect(ticketProblem(message)).toBe(problem);
    const stub = kerberos([new Error(message)]);
    const negotiator = createNegotiator({ proxyHost: 'p', load: stub.load, platform: 'linux', timeoutMs: 5_000 });
    expect(await negotiator.next(null)).toEqual({ problem, detail: message });
  });

  it('is asked for in Windows\u2019 spelling on Windows', async () => {
    const stub = kerberos(['YIIB']);
    await createNegotiator({ proxyHost: 'p.example', load: stub.load, platform: 'win32', timeoutMs: 5_000 }).next(null);
    expect(stub.services).toEqual(['HTTP/p.example']);
  });

  it.each([
    ['is absent', absent],
    ['is something else', async () => ({ default: 7 })],
    ['is nothing', async () => null],
  ])('is not available where the package %s', async (_, load) => {
    const negotiator = createNegotiator({ proxyHost: 'p', load, platform: 'linux', timeoutMs: 5_000 });
    expect(await negotiator.next(null)).toEqual({ problem: 'not-available', detail: null });
  });

  it('is not waited for beyond the deadline', async () => {
    const load = async () => ({ GSS_MECH_OID_SPNEGO: 6, initializeClient: () => new Promise(() => undefined) });
    const negotiator = createNegotiator({ proxyHost: 'p', load, platform: 'linux', timeoutMs: 20 });
    expect(await negotiator.next(null)).toEqual({ problem: 'timeout', detail: null });
  });

  it('that is no base64 text is never put into a header', async () => {
    const stub = kerberos(['YII\r\nEvil: 1']);
    const negotiator = createNegotiator({ proxyHost: 'p', load: stub.load, platform: 'linux', timeoutMs: 5_000 });
    expect(await negotiator.next(null)).toEqual({ problem: 'failed', detail: null });
  });

  it.each([
    ['NTLM alone', 'TlRMTVNTUAACAAAA', { kind: 'ntlm', state: null, mechanism: 'ntlm' }],
    [
      'SPNEGO for Kerberos',
      Buffer.from('601c06062b0601050502a0123010a00e300c06092a864886f712010202', 'hex').toString('base64'),
      { kind: 'spnego', state: null, mechanism: 'kerberos' },
    ],
    [
      'Kerberos alone',
      Buffer.from('600d06092a864886f7120102020100', 'hex').toString('base64'),
      { kind: 'kerberos', state: null, mechanism: 'kerberos' },
    ],
    [
      'a refusal',
      Buffer.from('a1073005a0030a0102', 'hex').toString('base64'),
      { kind: 'spnego', state: 'reject', mechanism: null },
    ],
    [
      'a choice of NTLM',
      Buffer.from('a1153013a0030a0101a10c060a2b06010401823702020a', 'hex').toString('base64'),
      { kind: 'spnego', state: 'accept-incomplete', mechanism: 'ntlm' },
    ],
    ['nothing', '', { kind: 'unknown', state: null, mechanism: null }],
    ['noise', 'AAAAAAAA', { kind: 'unknown', state: null, mechanism: null }],
  ])('holds %s', (_, token, expected) => {
    expect(readNegotiateToken(token)).toEqual(expected);
  });
});

describe('headers and secrets', () => {
  it.each(['us\u0000er', 'us\r\nEvil: 1', 'us\ner', 'us\u007fer'])('a user name like %j can not be made', (user) => {
    expect(() => credentials(user, secret('p'), 'option')).toThrow('control character');
  });

  it.each([[['Basic realm="r"']], [[digest]], [['Digest realm="\u00e9\u4e16", nonce="n"']], [['NTLM']]])(
    'whatever the account and the challenge %j hold, the header is one line of Latin-1',
    async (offers) => {
      const odd = credentials('j\u00f6rg\u4e16 "\\@%', secret('p\u00e4ss\u4e16'), 'option');
      const step = await authenticator({ credentials: odd }).next(offers, request);
      expect(step.kind === 'header' && step.header).toMatch(/^[\x20-\x7e\x80-\xff]+$/);
    },
  );

  it('a report of giving up holds no form of the password', async () => {
    for (const offers of [['Basic realm="r"'], [digest], [`NTLM ${type2}`]]) {
      const auth = authenticator();
      await auth.next(offers, request);
      await auth.next(offers, request);
      const end = await auth.next(offers, request);
      const text = JSON.stringify(end) + inspect(end) + inspect(auth);
      expect(leaks(text, account.password.reveal())).toEqual([]);
    }
  });
});
