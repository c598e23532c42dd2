/** What proxies, resolvers and peers send, fed to the readers without a network. */
import { X509Certificate } from 'node:crypto';
import { headEnd, parseAnswerHead } from '../../src/answer-head.ts';
import { createAuthority, type Issued, issueCertificate } from '../../src/demo/pki.ts';
import { createCrl } from '../../src/demo/revocation-list.ts';
import { harmless } from '../../src/harmless.ts';
import { encodeQuery, encodeResponse } from '../../src/probe/dns/encode.ts';
import { followChain } from '../../src/probe/dns/exchange.ts';
import { canonicalName, decodeMessage, encodeName } from '../../src/probe/dns/message.ts';
import { StageError } from '../../src/probe/stage/failure.ts';
import { framingOf, keepsOpen, readBody, readHead } from '../../src/probe/tunnel/answer.ts';
import type { Peer } from '../../src/probe/tunnel/peer.ts';
import { type AuthScheme, createAuthenticator } from '../../src/proxy/auth/authenticate.ts';
import { readNegotiateToken } from '../../src/proxy/auth/negotiate.ts';
import { authenticateMessage, negotiateMessage, parseChallengeMessage } from '../../src/proxy/auth/ntlm.ts';
import { credentials, secret } from '../../src/proxy/credentials.ts';
import { judgeChain } from '../../src/trust/chain.ts';
import { judgeCrl, judgeOcsp } from '../../src/trust/revocation/revocation.ts';
import { issuerCertificates } from '../../src/trust/stores/certificate-files.ts';
import { readCertificates, storeContent, storedFromDer } from '../../src/trust/stores/stored.ts';
import { trustStores } from '../../src/trust/stores/stores.ts';
import { certificateOfBlob } from '../../src/trust/stores/windows-store.ts';
import { certificateFacts } from '../../src/trust/x509/certificate.ts';
import { allowsServerAuth, dateProblem, matchesHost, weakness } from '../../src/trust/x509/certificate-checks.ts';
import { certificateOutline } from '../../src/trust/x509/certificate-outline.ts';
import { nameKey, nameText } from '../../src/trust/x509/distinguished-names.ts';
import { createOcspResponse } from '../servers/ocsp-answers.ts';
import type { FuzzClass } from './attack.ts';
import type { Random } from './random.ts';

const latin1 = (...texts: readonly string[]): readonly Buffer[] => texts.map((text) => Buffer.from(text, 'latin1'));

export const answers: readonly Buffer[] = latin1(
  'HTTP/1.1 200 OK\r\nServer: a\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello',
  'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="a"\r\nContent-Length: 2\r\n\r\nno',
  'HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\nVia: 1.1 proxy\r\n\r\n5;a=b\r\nhello\r\n0\r\nTrailer: x\r\n\r\n',
  'HTTP/1.0 302 Found\r\nLocation: https://login.example/\r\nConnection: close\r\n\r\n<html>moved</html>',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nDate: Mon, 30 Nov 2026 00:00:00 GMT\r\n\r\n',
);

/** A peer that has sent all of this, in pieces, and closed. */
function peerOver(bytes: Buffer, random: Random): Peer {
  let held: Buffer = Buffer.alloc(0);
  let rest = bytes;
  return {
    get held() {
      return held;
    },
    fill: async () => {
      if (rest.length === 0) return false;
      const size = random.below(3) === 0 ? 1 + random.below(20) : 1 + random.below(rest.length);
      held = Buffer.concat([held, rest.subarray(0, size)]);
      rest = rest.subarray(size);
      return true;
    },
    take: (count) => {
      const taken = held.subarray(0, count);
      held = held.subarray(taken.length);
      return taken;
    },
    endsWithin: async () => rest.length === 0,
    write: () => {},
    facts: () => ({ bytesRead: bytes.length - rest.length, ended: rest.length === 0 ? 'fin' : null }),
    release: () => {},
  };
}

const heads: FuzzClass = {
  name: 'answer-heads',
  rounds: 1000,
  samples: answers,
  feed: (input) => {
    const end = headEnd(input);
    const head = parseAnswerHead(input.toString('latin1', 0, end?.text));
    if (head !== null && (head.headers.length > 100 || head.headers.some(([name]) => !/^[^\s:]+$/.test(name))))
      throw new Error('headers that are none');
    return head;
  },
};

const bodies: FuzzClass = {
  name: 'answers-by-hand',
  rounds: 400,
  samples: answers,
  feed: async (input, random) => {
    const peer = peerOver(input, random);
    try {
      const head = await readHead(peer, (text, max) => harmless(text, max));
      const method = random.of(['CONNECT', 'GET', 'HEAD']);
      const bounds = { max: 4096, ms: 60_000, signal: new AbortController().signal };
      const { bytes, end } = await readBody(peer, framingOf(head, method), bounds);
      if (bytes.length > 4096) throw new Error('a body over its bound');
      return [head.status, keepsOpen(head), end];
    } catch (error) {
      if (error instanceof StageError && error.failure.startsWith('tunnel.')) return null;
      throw error;
    }
  },
};

const password = 'Wint3r-Secret';
const account = credentials('CONTOSO\\alice', secret(password), 'option');
const secrets = [password, Buffer.from(`CONTOSO\\alice:${password}`).toString('base64')];

const ntlmChallenge = Buffer.concat([
  Buffer.from('NTLMSSP\0', 'latin1'),
  Buffer.from('020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000', 'hex'),
  Buffer.from('0601b11d0000000f', 'hex'),
  Buffer.from('CONTOS', 'utf16le'),
  Buffer.from('02000c0043004f004e0054004f005300070008000090d336b734c301060004000200000000000000', 'hex'),
]);

/** Several 407s of one dialogue, their fields on lines of their own. */
async function dialogue(input: Buffer, scheme: AuthScheme | 'auto'): Promise<unknown> {
  const authenticator = createAuthenticator({
    ...{ scheme, credentials: account, proxyHost: 'proxy.example', platform: 'linux', kerberosTimeoutMs: 1000 },
    ...{
      loadKerberos: () => Promise.reject(new Error('none')),
      wall: () => 1.7e12,
      random: (size) => Buffer.alloc(size),
    },
  });
  const values = input.toString('latin1').split('\n');
  const request = { method: 'CONNECT', uri: 'origin.example:443' };
  for (let legs = 0; legs < 12; legs += 1) {
    const verdict = await authenticator.next(values, request);
    if (verdict.kind === 'give-up') return verdict;
    if (!/^[A-Za-z]+ [\t\x20-\x7e\x80-\xff]+$/.test(verdict.header)) throw new Error('a header that forges others');
  }
  throw new Error('a dialogue without end');
}

const challengeSamples = latin1(
  'Negotiate\nNTLM\nBasic realm="Contoso proxy"',
  `NTLM ${ntlmChallenge.toString('base64')}`,
  'Digest realm="a\\"b", nonce="n0nce==", algorithm=SHA-256-sess, qop="auth,auth-int", opaque="o", charset=UTF-8, userhash=true',
  'Digest realm=a, nonce=b, stale=true, Basic realm=c, NTLM, Negotiate YII=',
);
const schemes: readonly (AuthScheme | 'auto')[] = ['auto', 'basic', 'digest', 'ntlm', 'negotiate'];

const challenges: readonly FuzzClass[] = schemes.map((scheme) => ({
  name: `challenges-${scheme}`,
  rounds: 300,
  secrets,
  samples: challengeSamples,
  feed: (input) => dialogue(input, scheme),
}));

const ntlm: FuzzClass = {
  name: 'ntlm-type-2',
  rounds: 500,
  samples: [ntlmChallenge],
  feed: (input) => {
    readNegotiateToken(input.toString('base64'));
    readNegotiateToken(input.toString('latin1'));
    const challenge = parseChallengeMessage(input);
    if (challenge === null) return null;
    return authenticateMessage(negotiateMessage(), challenge, {
      ...{ account: { user: 'alice', domain: 'CONTOSO' }, password, clientChallenge: Buffer.alloc(8), time: 0n },
      ...{ spn: 'HTTP/proxy.example', workstation: '' },
    })?.length;
  },
};

/** Answers to a question for the addresses of a name. */
export const dnsAnswers = (name: string): readonly Buffer[] => {
  const question = { name, type: 1 };
  const alias = 'alias.example';
  const addresses = [
    { name, ttl: 60, cname: alias },
    { name: alias, ttl: 60, address: '198.51.100.7' },
    { name: alias, ttl: 60, address: '2001:db8::7' },
  ];
  const soa = {
    name: 'example.com',
    ttl: 60,
    soa: { primary: 'ns.example.com', mailbox: 'a.example.com', minimum: 60 },
  };
  const edns = { udpSize: 1232, extendedError: { code: 15, text: 'blocked' } };
  return [
    encodeResponse({ id: 1, question, answers: addresses, edns }),
    encodeResponse({ id: 1, question, rcode: 3, authorities: [soa], edns }),
    encodeResponse({ id: 1, question, truncated: true }),
  ];
};

const dns: FuzzClass = {
  name: 'dns-messages',
  rounds: 1000,
  samples: [
    encodeQuery({ id: 1, name: 'www.example.com', type: 'A', recursionDesired: true, edns: { udpSize: 1232 } }),
    ...dnsAnswers('www.example.com'),
    // The same name by pointers.
    Buffer.from(
      '00018180000100020000000003777777076578616d706c6503636f6d0000010001' +
        'c00c000500010000003c00060372' +
        '6f74c010c02d000100010000003c0004c6336407',
      'hex',
    ),
  ],
  feed: (input) => {
    const name = canonicalName(input.toString('latin1'));
    if (name !== null && encodeName(name) === null) throw new Error('a name that can not be written');
    const message = decodeMessage(input);
    if (message === null) return null;
    for (const row of [...message.answers, ...message.authorities]) {
      if (/[^\x21-\x7e]/.test(row.name)) throw new Error('a name that is not plain');
      if (canonicalName(row.name) !== row.name) throw new Error(`a name that is none: ${row.name}`);
    }
    return followChain('www.example.com', 1, message.answers);
  },
};

const authority = createAuthority({ name: 'Fuzz Root' });
const mid = createAuthority({ name: 'Fuzz Issuing', issuer: authority });
const leaf = issueCertificate(mid, {
  commonName: 'www.example.com',
  dnsNames: ['www.example.com', '*.example.com'],
  ipAddresses: ['192.0.2.1', '2001:db8::1'],
});
const held = ({ der }: Issued) => storeContent([storedFromDer(der)].filter((stored) => stored !== null));
const now = '2026-11-30T00:00:00Z';
const stores = trustStores({ public: held(authority), machine: null, extra: null, catalog: null });

const certificates: FuzzClass = {
  name: 'certificates',
  rounds: 300,
  samples: [leaf.der, mid.der, authority.der],
  feed: (input) => {
    const outline = certificateOutline(input);
    if (outline !== null) {
      nameText(outline.subject);
      nameKey(outline.issuer);
    }
    readCertificates(input);
    certificateOfBlob(input);
    let x509: X509Certificate;
    try {
      x509 = new X509Certificate(input);
    } catch {
      return null;
    }
    const facts = certificateFacts(x509);
    if (/[\u0000-\u001f\u007f]/.test(Object.values(facts).flat().join(' '))) throw new Error('control characters');
    judgeChain([x509, mid.x509], stores);
    return [matchesHost(facts, 'www.example.com'), dateProblem(facts, now), weakness(facts), allowsServerAuth(facts)];
  },
};

const asked = { certificate: leaf.x509, issuer: mid.x509 };

const crls: FuzzClass = {
  name: 'revocation-lists',
  rounds: 300,
  samples: [createCrl(mid, [{ serial: leaf.serial }, { serial: '0badcafe' }]), createCrl(mid, [])],
  feed: (input) => judgeCrl(input, [asked], now),
};

const ocsp: FuzzClass = {
  name: 'ocsp-answers',
  rounds: 300,
  samples: [
    createOcspResponse(mid, { statuses: [{ certificate: leaf, status: 'good' }] }),
    createOcspResponse(mid, {
      statuses: [{ certificate: leaf, status: 'revoked' }],
      responder: issueCertificate(mid, { commonName: 'R', extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'] }),
    }),
  ],
  feed: (input) => judgeOcsp(input, asked, now),
};

const issuers: FuzzClass = {
  name: 'issuer-files',
  rounds: 300,
  samples: [mid.der, Buffer.from(mid.pem), Buffer.from(leaf.chainPem)],
  feed: (input) => issuerCertificates(input).length + readCertificates(input).certificates.length,
};

export const byteClasses: readonly FuzzClass[] = [
  ...[heads, bodies, ...challenges, ntlm, dns, certificates, crls, ocsp, issuers],
];
