import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { basicHeader } from '../../../src/proxy/auth/basic.ts';
import { parseChallenges } from '../../../src/proxy/auth/challenge.ts';
import { chooseDigest, type DigestChallenge, digestHeader } from '../../../src/proxy/auth/digest.ts';
import { md4 } from '../../../src/proxy/auth/md4.ts';
import {
  authenticateMessage,
  fileTime,
  negotiateMessage,
  ntlmv2Responses,
  ntowfv2,
  parseChallengeMessage,
  splitAccount,
} from '../../../src/proxy/auth/ntlm.ts';
import { secret } from '../../../src/proxy/credentials.ts';

const account = (user: string, password: string) => ({ user, password: secret(password) });

function read(...values: string[]): readonly (readonly [string, string | null, Readonly<Record<string, string>>])[] {
  return parseChallenges(values).map(({ scheme, token, parameters }) => [
    scheme,
    token,
    Object.fromEntries(parameters),
  ]);
}

describe('challenges', () => {
  it.each([
    [['Basic realm="corp"'], [['basic', null, { realm: 'corp' }]]],
    [
      ['NTLM', 'Basic realm="a, b"'],
      [
        ['ntlm', null, {}],
        ['basic', null, { realm: 'a, b' }],
      ],
    ],
    [
      ['Negotiate, NTLM, Basic realm=corp'],
      [
        ['negotiate', null, {}],
        ['ntlm', null, {}],
        ['basic', null, { realm: 'corp' }],
      ],
    ],
    [['NTLM TlRMTVNTUAACAAAA'], [['ntlm', 'TlRMTVNTUAACAAAA', {}]]],
    [
      ['Negotiate YII=, NTLM TlRM=='],
      [
        ['negotiate', 'YII=', {}],
        ['ntlm', 'TlRM==', {}],
      ],
    ],
    [
      ['Digest realm="r", nonce="n==", qop="auth,auth-int", stale=FALSE, algorithm=MD5-sess, Basic realm="b\\"c"'],
      [
        ['digest', null, { realm: 'r', nonce: 'n==', qop: 'auth,auth-int', stale: 'FALSE', algorithm: 'MD5-sess' }],
        ['basic', null, { realm: 'b"c' }],
      ],
    ],
    [['Basic realm=Corp Proxy , charset=UTF-8'], [['basic', null, { realm: 'Corp Proxy', charset: 'UTF-8' }]]],
    [['Basic REALM = "x",realm="y"'], [['basic', null, { realm: 'x' }]]],
    [[',, ,Basic realm="x",,'], [['basic', null, { realm: 'x' }]]],
    [['', ' ', ','], []],
    [
      ['Basic realm="never closed, NTLM'],
      [
        ['basic', null, {}],
        ['ntlm', null, {}],
      ],
    ],
    [['"quoted" Basic, ?'], []],
    [['Basic realm="a\u0000b"'], [['basic', null, {}]]],
    [['Digest realm="a\r\nEvil: 1", nonce=x'], [['digest', null, { nonce: 'x' }]]],
  ] as const)('%j are read', (values, expected) => {
    expect(read(...values)).toEqual(expected);
  });

  it.each([
    ['x'.repeat(1_000_000)],
    ['Basic realm="'.repeat(20_000)],
    ['a="'.repeat(50_000)],
    [`Basic realm=a${' '.repeat(60_000)}`],
    ['Basic '.repeat(100_000)],
    [`Basic ${'a=b,'.repeat(100_000)}`],
    ['\\"'.repeat(50_000)],
  ])('a giant of them is bounded (row %#)', (value) => {
    const challenges = parseChallenges(Array.from({ length: 100 }, () => value));
    expect(challenges.length).toBeLessThanOrEqual(32);
    for (const { parameters } of challenges) expect(parameters.size).toBeLessThanOrEqual(32);
  });
});

describe('Basic', () => {
  it.each([
    ['Aladdin', 'open sesame', 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='], // RFC 7617 section 2
    ['test', '123\u00a3', 'Basic dGVzdDoxMjPCow=='], // RFC 7617 section 2.1
    ['CORP\\user', 'a:b@c%d', `Basic ${Buffer.from('CORP\\user:a:b@c%d').toString('base64')}`],
    ['user', '', 'Basic dXNlcjo='],
  ])('of %s', (user, password, expected) => {
    expect(basicHeader(account(user, password))).toBe(expected);
  });

  it('can not carry a user name with a colon', () => {
    expect(basicHeader(account('a:b', 'c'))).toBeNull();
  });
});

function challengeOf(header: string): DigestChallenge {
  const challenge = chooseDigest(parseChallenges([header]));
  if (challenge === null) throw new Error(`no Digest challenge in ${header}`);
  return challenge;
}

const field = (header: string, name: string): string | undefined =>
  new RegExp(`[ ,]${name}="?([^",]*)`).exec(header)?.[1];

const mufasa =
  'Digest realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
const jason =
  'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8';

describe('Digest', () => {
  const get = {
    method: 'GET',
    uri: '/dir/index.html',
    count: 1,
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  };

  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('with %s gives the answer of RFC 7616 section 3.9.1', (algorithm, response) => {
    const header = digestHeader(
      challengeOf(`${mufasa}, algorithm=${algorithm}`),
      account('Mufasa', 'Circle of Life'),
      get,
    );
    expect(header).toBe(
      `Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", algorithm=${algorithm}, response="${response}", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", qop=auth, nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"`,
    );
  });

  // The RFC's own values use no SHA-512/256 of FIPS 180-4: https://www.rfc-editor.org/errata/eid4897
  const doe = { method: 'GET', uri: '/doe.json', count: 1, cnonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v' };
  const response = '3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5';

  it('with SHA-512-256 and a hashed user name gives the answer of RFC 7616 section 3.9.2 (erratum 4897)', () => {
    const header = digestHeader(
      challengeOf(`${jason}, userhash=true`),
      account('J\u00e4s\u00f8n Doe', 'Secret, or not?'),
      doe,
    );
    expect(field(header, 'username')).toBe('793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b');
    expect(field(header, 'response')).toBe(response);
    expect(header).toMatch(/, userhash=true$/);
  });

  it('writes a user name that is not ASCII as an extended parameter where the proxy reads UTF-8', () => {
    const header = digestHeader(challengeOf(jason), account('J\u00e4s\u00f8n Doe', 'Secret, or not?'), doe);
    expect(header).toContain("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, ");
    expect(field(header, 'response')).toBe(response);
  });

  it('writes it as UTF-8 bytes where the proxy does not say so', () => {
    const header = digestHeader(challengeOf(mufasa), account('J\u00e4s\u00f8n', 'x'), get);
    expect(Buffer.from(header, 'latin1').toString('utf8')).toContain('username="J\u00e4s\u00f8n"');
  });

  it('answers RFC 2069, without qop', () => {
    const challenge = challengeOf('Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"');
    const header = digestHeader(challenge, account('Mufasa', 'CircleOfLife'), get);
    // RFC 2069 with the value of its erratum 749.
    expect(field(header, 'response')).toBe('1949323746fe6a43ef61f9606e7febea');
    expect(header).not.toMatch(/qop|nc=|cnonce|algorithm/);
  });

  it.each(['MD5', 'SHA-256', 'SHA-512-256'])('with %s-sess hashes both nonces into the account', (algorithm) => {
    const name = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' }[algorithm] ?? '';
    const hash = (text: string): string => createHash(name).update(text).digest('hex');
    const challenge = challengeOf(`Digest realm="r", nonce="n", qop="auth", algorithm=${algorithm}-sess`);
    const header = digestHeader(challenge, account('u', 'p'), {
      method: 'CONNECT',
      uri: 'a:443',
      count: 2,
      cnonce: 'c',
    });
    const expected = hash(`${hash(`${hash('u:r:p')}:n:c`)}:n:00000002:c:auth:${hash('CONNECT:a:443')}`);
    expect(field(header, 'response')).toBe(expected);
  });

  it('answers auth-int over an empty body where nothing else is offered', () => {
    const hash = (text: string): string => createHash('md5').update(text).digest('hex');
    const header = digestHeader(challengeOf('Digest realm="r", nonce="n", qop="auth-int"'), account('u', 'p'), {
      method: 'GET',
      uri: '/',
      count: 1,
      cnonce: 'c',
    });
    expect(field(header, 'response')).toBe(hash(`${hash('u:r:p')}:n:00000001:c:auth-int:${hash(`GET:/:${hash('')}`)}`));
  });

  it('takes the strongest hash that is offered', () => {
    const headers = ['MD5', 'SHA-256', 'SHA-512-256', 'SHA3-1'].map(
      (name) => `Digest realm="r", nonce="n", algorithm=${name}`,
    );
    expect(chooseDigest(parseChallenges(headers))?.hash).toBe('sha512-256');
  });

  it.each([
    'Digest realm="r"',
    'Digest nonce="n"',
    'Digest realm="r", nonce="n", algorithm=SHA-999',
    'Digest realm="r", nonce="n", qop="other"',
    'Basic realm="r"',
  ])('can not answer %s', (header) => {
    expect(chooseDigest(parseChallenges([header]))).toBeNull();
  });

  it('escapes what the proxy and the account put into quotes', () => {
    const header = digestHeader(challengeOf('Digest realm="a\\"b\\\\c", nonce="n"'), account('CORP\\us"er', 'p'), get);
    expect(header).toContain('username="CORP\\\\us\\"er", realm="a\\"b\\\\c"');
  });
});

describe('MD4', () => {
  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ])('of %j is that of RFC 1320', (text, expected) => {
    expect(md4(Buffer.from(text)).toString('hex')).toBe(expected);
  });
});

// MS-NLMP section 4.2.4: user, domain, password, challenges, time 0.
const example = {
  account: { user: 'User', domain: 'Domain' },
  password: 'Password',
  clientChallenge: Buffer.alloc(8, 0xaa),
  time: 0n,
  spn: null,
  workstation: 'COMPUTER',
};
const challengeMessage = Buffer.from(
  '4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000060070170000000f' +
    '53006500720076006500720002000c0044006f006d00610069006e0001000c0053006500720076006500720000000000',
  'hex',
);

function ntlmChallenge(bytes: Buffer) {
  const challenge = parseChallengeMessage(bytes);
  if (challenge === null) throw new Error('not read');
  return challenge;
}

/** A challenge whose target info holds these pairs. */
function challengeWith(pairs: readonly (readonly [number, Buffer])[], flags = 0xe28a8233): Buffer {
  const info = Buffer.concat(
    [...pairs, [0, Buffer.alloc(0)] as const].map(([id, value]) => {
      const head = Buffer.alloc(4);
      head.writeUInt16LE(id, 0);
      head.writeUInt16LE(value.length, 2);
      return Buffer.concat([head, value]);
    }),
  );
  const head = Buffer.from(challengeMessage.subarray(0, 56));
  head.writeUInt32LE(0, 12);
  head.writeUInt32LE(56, 16);
  head.writeUInt32LE(flags >>> 0, 20);
  head.writeUInt16LE(info.length, 40);
  head.writeUInt16LE(info.length, 42);
  head.writeUInt32LE(56, 44);
  return Buffer.concat([head, info]);
}

function part(message: Buffer, at: number): Buffer {
  const start = message.readUInt32LE(at + 4);
  return message.subarray(start, start + message.readUInt16LE(at));
}

describe('NTLM', () => {
  it('derives the key of MS-NLMP 4.2.4.1.1', () => {
    expect(ntowfv2(example.account, 'Password').toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
  });

  it('gives the responses and the session key of MS-NLMP 4.2.4', () => {
    const { lm, nt, sessionBaseKey } = ntlmv2Responses(ntlmChallenge(challengeMessage), example);
    expect(lm.toString('hex')).toBe('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa');
    expect(nt.subarray(0, 16).toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c');
    expect(nt.subarray(16).toString('hex')).toBe(
      '01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e0001000c00530065007200760065007200' +
        '0000000000000000',
    );
    expect(sessionBaseKey.toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3');
  });

  it('begins with a negotiate message that asks for Unicode, NTLMv2 session security and target information', () => {
    const message = negotiateMessage();
    expect(message.subarray(0, 12).toString('latin1')).toBe('NTLMSSP\0\u0001\0\0\0');
    expect(message.readUInt32LE(12).toString(16)).toBe('a2888205');
    expect(message).toHaveLength(40);
  });

  it('lays the authenticate message out as in MS-NLMP 4.2.4.3', () => {
    const message = authenticateMessage(negotiateMessage(), ntlmChallenge(challengeMessage), example);
    if (message === null) throw new Error('no message');
    expect(message.subarray(0, 12).toString('latin1')).toBe('NTLMSSP\0\u0003\0\0\0');
    expect(part(message, 12).toString('hex')).toBe('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa');
    expect(part(message, 20)).toHaveLength(84);
    expect(part(message, 28).toString('utf16le')).toBe('Domain');
    expect(part(message, 36).toString('utf16le')).toBe('User');
    expect(part(message, 44).toString('utf16le')).toBe('COMPUTER');
    expect(part(message, 52)).toHaveLength(0);
    expect(message.subarray(72, 88).equals(Buffer.alloc(16))).toBe(true);
  });

  it('takes the server\u2019s time, sends no LM response and protects all three messages where the server asks for it', () => {
    const stamp = Buffer.from('0011223344556677', 'hex');
    const challenge = ntlmChallenge(
      challengeWith([
        [2, Buffer.from('CORP', 'utf16le')],
        [7, stamp],
      ]),
    );
    const negotiate = negotiateMessage();
    const message = authenticateMessage(negotiate, challenge, { ...example, spn: 'HTTP/proxy.example' });
    if (message === null) throw new Error('no message');
    const nt = part(message, 20);
    expect(part(message, 12).equals(Buffer.alloc(24))).toBe(true);
    expect(nt.subarray(24, 32)).toEqual(stamp);
    expect(nt.includes(Buffer.from('0600040002000000', 'hex'))).toBe(true);
    expect(nt.includes(Buffer.from('HTTP/proxy.example', 'utf16le'))).toBe(true);
    // What a server does: from the password to the proof, the session key and the code over the messages.
    const hmac = (key: Buffer, ...data: Buffer[]): Buffer => {
      const state = createHmac('md5', key);
      for (const piece of data) state.update(piece);
      return state.digest();
    };
    const key = Buffer.from('0c868a403bfd7a93a3001ef22ef02e3f', 'hex');
    const proof = hmac(key, challenge.serverChallenge, nt.subarray(16));
    expect(nt.subarray(0, 16)).toEqual(proof);
    const bare = Buffer.from(message);
    bare.fill(0, 72, 88);
    expect(message.subarray(72, 88)).toEqual(hmac(hmac(key, proof), negotiate, challenge.bytes, bare));
  });

  it.each([
    ['is empty', Buffer.alloc(0)],
    ['is cut short', challengeMessage.subarray(0, 31)],
    ['is no NTLM message', Buffer.from('x'.repeat(60))],
    ['is of another type', Buffer.from(challengeMessage).fill(1, 8, 9)],
    ['points outside of itself', Buffer.from(challengeMessage).fill(0xff, 44, 48)],
    ['has target information without an end', Buffer.from(challengeMessage).fill(0x7f, 100)],
    ['has a pair longer than the rest', Buffer.from(challengeMessage).fill(0xff, 70, 72)],
    ['is a megabyte', Buffer.concat([challengeMessage, Buffer.alloc(1_000_000)])],
  ])('does not read a challenge that %s', (_, bytes) => {
    expect(parseChallengeMessage(bytes)).toBeNull();
  });

  it('does not speak to a server without Unicode', () => {
    const challenge = ntlmChallenge(challengeWith([], 0xe28a8232));
    expect(authenticateMessage(negotiateMessage(), challenge, example)).toBeNull();
  });

  it.each([
    ['CORP\\user', { domain: 'CORP', user: 'user' }],
    ['corp.example\\us@er', { domain: 'corp.example', user: 'us@er' }],
    ['user@corp.example', { domain: '', user: 'user@corp.example' }],
    ['user', { domain: '', user: 'user' }],
    ['\\user', { domain: '', user: '\\user' }],
  ])('%s is split', (name, expected) => {
    expect(splitAccount(name)).toEqual(expected);
  });

  it('makes capitals letter by letter, the domain left as it is', () => {
    expect(ntowfv2({ user: 'stra\u00dfe', domain: 'd' }, 'p')).toEqual(
      ntowfv2({ user: 'STRA\u00dfE', domain: 'd' }, 'p'),
    );
    expect(ntowfv2({ user: 'u', domain: 'd' }, 'p')).not.toEqual(ntowfv2({ user: 'u', domain: 'D' }, 'p'));
  });

  it('counts time as Windows does', () => {
    expect(fileTime(0)).toBe(116_444_736_000_000_000n);
  });
});
