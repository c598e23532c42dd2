import { describe, expect, test } from 'vitest';
import { createAuthority, type Issued, issueCertificate } from '../../src/demo/pki.ts';
import { createCrl } from '../../src/demo/revocation-list.ts';
import type { CertificateFacts, ChainFacts } from '../../src/model/trust.ts';
import { judgeChain } from '../../src/trust/chain.ts';
import { parseCrl } from '../../src/trust/revocation/crl.ts';
import { ocspGetUrl, ocspRequest } from '../../src/trust/revocation/ocsp.ts';
import { issuersOnPaths, judgeCrl, judgeOcsp, revocationPlan } from '../../src/trust/revocation/revocation.ts';
import { issuerCertificates } from '../../src/trust/stores/certificate-files.ts';
import { storeContent, storedFromDer } from '../../src/trust/stores/stored.ts';
import { trustStores } from '../../src/trust/stores/stores.ts';
import { certificateFacts } from '../../src/trust/x509/certificate.ts';
import { constructed, integer, oid, sequence, set } from '../../src/trust/x509/der-write.ts';
import { createOcspError, createOcspResponse } from '../servers/ocsp-answers.ts';

const now = '2026-06-01T00:00:00Z';
const root = createAuthority({ name: 'Root' });
const mid = createAuthority({ name: 'Mid', issuer: root });
const leaf = issueCertificate(mid, { commonName: 'a', serial: '00c0ffee' });
const sibling = issueCertificate(mid, { commonName: 'b', serial: '05' });
const asked = (certificate: Issued, issuer: Issued = mid) => ({ certificate: certificate.x509, issuer: issuer.x509 });
const past = { thisUpdate: new Date('2026-01-01T00:00:00Z'), nextUpdate: new Date('2026-02-01T00:00:00Z') };
const future = { thisUpdate: new Date('2026-07-01T00:00:00Z'), nextUpdate: null };
const at = new Date('2026-03-04T05:06:07Z');

describe('a revocation list', () => {
  test('says of each certificate whether it is listed', () => {
    const crl = createCrl(mid, [{ serial: '01' }, { serial: leaf.serial, at }, { serial: '7f'.repeat(20) }]);
    expect(judgeCrl(crl, [asked(leaf), asked(sibling)], now)).toEqual({
      statuses: [
        { certificate: leaf.sha256, status: 'revoked', revokedAt: '2026-03-04T05:06:07Z' },
        { certificate: sibling.sha256, status: 'good', revokedAt: null },
      ],
      problem: null,
    });
  });

  test.each([
    ['empty', createCrl(mid, []), null, 'good'],
    ['without an end', createCrl(mid, [], { nextUpdate: null }), null, 'good'],
    ['past its end', createCrl(mid, [], past), 'stale', null],
    ['from the future', createCrl(mid, [], future), 'stale', null],
    ['forged', createCrl(mid, [], { badSignature: true }), 'bad-signature', null],
    ['signed by another key of the same name', createCrl(createAuthority({ name: 'Mid' }), []), 'bad-signature', null],
    ['of another authority', createCrl(root, []), 'wrong-certificate', null],
    ['a web page', Buffer.from('<html>blocked</html>'), 'unparseable', null],
    ['nothing', Buffer.alloc(0), 'unparseable', null],
    ['a certificate', mid.der, 'unparseable', null],
    ['cut off', createCrl(mid, []).subarray(0, -1), 'unparseable', null],
    ['larger than is read', Buffer.alloc(9 * 1024 * 1024), 'too-large', null],
  ] as const)('that is %s', (_, crl, problem, status) => {
    const answer = judgeCrl(crl, [asked(leaf)], now);
    expect(answer.problem).toBe(problem);
    expect(answer.statuses[0]?.status ?? null).toBe(status);
  });

  test('whose fetch was cut off is too large', () => {
    expect(judgeCrl(createCrl(mid, []), [asked(leaf)], now, true).problem).toBe('too-large');
  });

  test('is read as PEM too, and finds the last of 50,000 entries', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => ({ serial: (0x100000 + i).toString(16) }));
    const crl = createCrl(mid, [...many, { serial: leaf.serial }]);
    const pem = Buffer.from(
      `-----BEGIN X509 CRL-----\n${crl.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END X509 CRL-----\n`,
    );
    expect(judgeCrl(pem, [asked(leaf)], now).statuses[0]?.status).toBe('revoked');
    expect(parseCrl(crl)?.partial).toBe(false);
  });

  test.each(['rsa', 'rsa-pss', 'ec384', 'ed25519'] as const)('is verified with %s keys', (key) => {
    const authority = createAuthority({ name: 'CA', key });
    const certificate = issueCertificate(authority, { commonName: 'a' });
    expect(judgeCrl(createCrl(authority, []), [asked(certificate, authority)], now).problem).toBe(null);
    expect(
      judgeCrl(createCrl(authority, [], { badSignature: true }), [asked(certificate, authority)], now).problem,
    ).toBe('bad-signature');
  });
});

describe('an OCSP answer', () => {
  const responder = (options: Parameters<typeof issueCertificate>[1], authority = mid) =>
    issueCertificate(authority, { commonName: 'Responder', extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'], ...options });
  const good = [{ certificate: leaf, status: 'good' }] as const;

  test.each([
    ['good', createOcspResponse(mid, { statuses: good }), null, 'good'],
    ['good, by SHA-256 id', createOcspResponse(mid, { statuses: good, idHash: 'sha256' }), null, 'good'],
    [
      'revoked',
      createOcspResponse(mid, { statuses: [{ certificate: leaf, status: 'revoked', revokedAt: at }] }),
      null,
      'revoked',
    ],
    ['unknown', createOcspResponse(mid, { statuses: [{ certificate: leaf, status: 'unknown' }] }), null, 'unknown'],
    [
      'among others',
      createOcspResponse(mid, { statuses: [{ certificate: sibling, status: 'revoked' }, ...good] }),
      null,
      'good',
    ],
    ['by a delegated responder', createOcspResponse(mid, { statuses: good, responder: responder({}) }), null, 'good'],
    [
      'by a responder without the purpose',
      createOcspResponse(mid, { statuses: good, responder: responder({ extendedKeyUsage: [] }) }),
      'bad-signature',
      null,
    ],
    [
      'by a responder of another authority',
      createOcspResponse(mid, { statuses: good, responder: responder({}, root) }),
      'bad-signature',
      null,
    ],
    [
      'by an expired responder',
      createOcspResponse(mid, { statuses: good, responder: responder({ notAfter: new Date('2025-01-01') }) }),
      'bad-signature',
      null,
    ],
    ['forged', createOcspResponse(mid, { statuses: good, badSignature: true }), 'bad-signature', null],
    [
      'about another certificate',
      createOcspResponse(mid, { statuses: [{ certificate: sibling, status: 'good' }] }),
      'wrong-certificate',
      null,
    ],
    [
      'of another key of the same name',
      createOcspResponse(createAuthority({ name: 'Mid' }), { statuses: good }),
      'wrong-certificate',
      null,
    ],
    ['of another authority', createOcspResponse(root, { statuses: good }), 'wrong-certificate', null],
    ['past its end', createOcspResponse(mid, { statuses: good, ...past }), 'stale', null],
    ['from the future', createOcspResponse(mid, { statuses: good, ...future }), 'stale', null],
    ['unauthorized', createOcspError(6), 'wrong-certificate', null],
    ['try later', createOcspError(3), 'unparseable', null],
    ['a web page', Buffer.from('<html>blocked</html>'), 'unparseable', null],
    ['cut off', createOcspResponse(mid, { statuses: good }).subarray(0, -1), 'unparseable', null],
    ['huge', Buffer.alloc(300_000), 'too-large', null],
  ] as const)('that is %s', (_, answer, problem, status) => {
    const result = judgeOcsp(answer, asked(leaf), now);
    expect(result.problem).toBe(problem);
    expect(result.statuses[0]?.status ?? null).toBe(status);
    if (status === 'revoked')
      expect(result.statuses).toEqual([{ certificate: leaf.sha256, status, revokedAt: '2026-03-04T05:06:07Z' }]);
  });

  test.each(['rsa', 'rsa-pss', 'ed25519'] as const)('is verified with %s keys', (key) => {
    const authority = createAuthority({ name: 'CA', key });
    const certificate = issueCertificate(authority, { commonName: 'a' });
    const answer = createOcspResponse(authority, { statuses: [{ certificate, status: 'good' }] });
    expect(judgeOcsp(answer, asked(certificate, authority), now).statuses[0]?.status).toBe('good');
  });

  test('is asked for by a request that fits into a GET', () => {
    const request = ocspRequest(leaf.x509, mid.x509);
    expect(request?.length).toBeLessThan(128);
    const url = new URL(ocspGetUrl('http://ocsp.example/base/', request ?? Buffer.alloc(0)));
    expect(
      Buffer.from(decodeURIComponent(url.pathname.slice('/base/'.length)), 'base64').equals(request ?? Buffer.alloc(0)),
    ).toBe(true);
  });
});

describe('an issuer address', () => {
  const pkcs7 = sequence(
    oid('1.2.840.113549.1.7.2'),
    constructed(
      0,
      sequence(integer(1), set(), sequence(oid('1.2.840.113549.1.7.1')), constructed(0, mid.der, root.der), set()),
    ),
  );
  test.each([
    ['DER', mid.der, 1],
    ['PEM', Buffer.from(mid.pem + root.pem), 2],
    ['PKCS #7', pkcs7, 2],
    ['PKCS #7 as PEM', Buffer.from(`-----BEGIN PKCS7-----\n${pkcs7.toString('base64')}\n-----END PKCS7-----\n`), 2],
    ['a web page', Buffer.from('<html>'), 0],
    ['a CRL', createCrl(mid, []), 0],
    ['far too much', Buffer.from(mid.pem.repeat(1_000)), 0],
    ['many', Buffer.from(mid.pem.repeat(40)), 16],
  ])('that serves %s gives its certificates', (_, body, count) => {
    expect(issuerCertificates(body)).toHaveLength(count);
  });
});

describe('which addresses are asked', () => {
  const held = (...certificates: Issued[]) =>
    storeContent(certificates.map(({ der }) => storedFromDer(der)).filter((one) => one !== null));
  const company = createAuthority({ name: 'Company' });
  const stores = trustStores({ public: held(root), machine: held(company), extra: null, catalog: null });
  const named = createAuthority({
    name: 'Named',
    issuer: root,
    crlUrls: ['http://crl.example/root.crl'],
    aiaIssuers: ['http://aia.example/root.crt'],
  });
  const make = (authority: Issued | null, name: string, more: Partial<Parameters<typeof issueCertificate>[1]> = {}) =>
    issueCertificate(authority, {
      commonName: name,
      crlUrls: ['http://crl.example/named.crl#x', 'ldap:///CN=Named'],
      ocspUrls: ['http://ocsp.example'],
      aiaIssuers: ['http://aia.example/named.crt', 'http://user:secret@aia.example/'],
      ...more,
    });
  const plan = (...sent: readonly (readonly Issued[])[]) => {
    const chains: ChainFacts[] = sent.map((chain) =>
      judgeChain(
        chain.map(({ x509 }) => x509),
        stores,
      ),
    );
    const certificates: Record<string, CertificateFacts> = {};
    for (const issued of sent.flat()) certificates[issued.sha256] = certificateFacts(issued.x509);
    return revocationPlan(chains, certificates).map(({ kind, url, certificates: of }) => [kind, url, of.length]);
  };

  test('each once, leaves first, then intermediates, issuers, and further questions to a responder', () => {
    expect(plan([make(named, 'a'), named], [make(named, 'b'), named])).toEqual([
      ['crl', 'http://crl.example/named.crl', 2],
      ['ocsp', 'http://ocsp.example/', 1],
      ['crl', 'http://crl.example/root.crl', 1],
      ['issuer', 'http://aia.example/named.crt', 2],
      ['issuer', 'http://aia.example/root.crt', 1],
      ['ocsp', 'http://ocsp.example/', 1],
    ]);
  });

  test('of a chain that breaks off the missing issuer alone', () => {
    expect(plan([make(named, 'a')])).toEqual([['issuer', 'http://aia.example/named.crt', 1]]);
  });

  test('of a company’s own trusted root all', () => {
    expect(plan([make(company, 'a')]).map(([kind]) => kind)).toEqual(['crl', 'ocsp', 'issuer']);
  });

  test('of nobody’s certificate none', () => {
    const stranger = createAuthority({ name: 'Stranger' });
    expect(plan([make(null, 'a')], [make(stranger, 'b'), stranger])).toEqual([]);
  });

  test('sixty-four at most', () => {
    const many = Array.from({ length: 20 }, (_, at) =>
      make(named, `n${at}`, { crlUrls: Array.from({ length: 8 }, (_, url) => `http://c${at}.example/${url}`) }),
    );
    expect(plan(...many.map((one) => [one, named]))).toHaveLength(64);
  });

  test('and the issuer that answers are verified with comes from the paths', () => {
    const chain = judgeChain([leaf.x509, mid.x509], stores);
    expect([...issuersOnPaths([chain])]).toEqual([
      [leaf.sha256, mid.sha256],
      [mid.sha256, root.sha256],
    ]);
  });
});
