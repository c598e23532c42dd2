import { describe, expect, test } from 'vitest';
import { createAuthority, extension, issueCertificate, type LeafOptions } from '../../src/demo/pki.ts';
import type { CertificateFacts } from '../../src/model/trust.ts';
import { parseCrl } from '../../src/trust/revocation/crl.ts';
import { parseOcsp } from '../../src/trust/revocation/ocsp.ts';
import { issuerCertificates } from '../../src/trust/stores/certificate-files.ts';
import { certificateFacts } from '../../src/trust/x509/certificate.ts';
import { allowsServerAuth, dateProblem, matchesHost, weakness } from '../../src/trust/x509/certificate-checks.ts';
import { certificateOutline } from '../../src/trust/x509/certificate-outline.ts';
import { children, oidText, readDer, timeText } from '../../src/trust/x509/der.ts';
import { constructed, octetString, oid, primitive, sequence, tlv } from '../../src/trust/x509/der-write.ts';
import { nameKey, nameText } from '../../src/trust/x509/distinguished-names.ts';

const root = createAuthority({
  name: 'Facts Root',
  subject: [
    ['C', 'DE'],
    ['O', 'Lab, "Inc."'],
    ['OU', 'a+b'],
  ],
});
const factsOf = (options: LeafOptions): CertificateFacts => certificateFacts(issueCertificate(root, options).x509);

describe('facts of a certificate', () => {
  const leaf = issueCertificate(root, {
    subject: [
      ['DC', 'example'],
      ['DC', 'corp'],
      ['O', 'Lab'],
      ['email', 'pki@corp.example'],
    ],
    commonName: 'host.corp.example',
    dnsNames: ['host.corp.example', '*.corp.example'],
    ipAddresses: ['192.0.2.7', '2001:db8::7'],
    notBefore: new Date('2024-01-02T03:04:05Z'),
    notAfter: new Date('2051-01-02T03:04:05Z'),
    serial: '00ab01',
    aiaIssuers: ['http://pki.corp.example/root.crt', 'ldap:///CN=Root'],
    ocspUrls: ['http://ocsp.corp.example/'],
    crlUrls: ['http://crl.corp.example/1.crl', 'ldap:///CN=Root?certificateRevocationList'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
    scts: 3,
  });
  const facts = certificateFacts(leaf.x509);

  test('are read whole, also those the runtime does not expose', () => {
    expect(facts).toEqual({
      sha256: leaf.sha256,
      sha1: leaf.x509.fingerprint.replaceAll(':', '').toLowerCase(),
      subject: 'CN=host.corp.example, emailAddress=pki@corp.example, O=Lab, DC=corp, DC=example',
      issuer: 'CN=Facts Root, OU=a\\+b, O=Lab\\, \\"Inc.\\", C=DE',
      commonName: 'host.corp.example',
      organization: 'Lab',
      issuerCommonName: 'Facts Root',
      issuerOrganization: 'Lab, "Inc."',
      serial: 'ab01',
      notBefore: '2024-01-02T03:04:05Z',
      notAfter: '2051-01-02T03:04:05Z',
      dnsNames: ['host.corp.example', '*.corp.example'],
      ipAddresses: ['192.0.2.7', '2001:db8::7'],
      keyType: 'ec',
      keyBits: 256,
      signatureAlgorithm: 'ecdsa-with-SHA256',
      isCa: false,
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
      issuerUrls: ['http://pki.corp.example/root.crt', 'ldap:///CN=Root'],
      ocspUrls: ['http://ocsp.corp.example/'],
      crlUrls: ['http://crl.corp.example/1.crl', 'ldap:///CN=Root?certificateRevocationList'],
      subjectKeyId: facts.subjectKeyId,
      authorityKeyId: certificateFacts(root.x509).subjectKeyId,
      selfSigned: false,
      scts: 3,
      der: leaf.der.toString('base64'),
    });
    expect(facts.subjectKeyId).toMatch(/^[0-9a-f]{40}$/);
  });

  test('know a root as self-signed authority, and one with a broken self-signature as neither', () => {
    expect(certificateFacts(root.x509)).toMatchObject({ selfSigned: true, isCa: true });
    expect(certificateFacts(createAuthority({ name: 'Bad', badSignature: true }).x509).selfSigned).toBe(false);
  });

  test('hold no control character, markup or not, and stay bounded', () => {
    const evil = 'a\u0000b\n\u001b[31m<script>alert(1)</script>\u202e';
    const many = Array.from({ length: 400 }, (_, at) => `n${at}.example`);
    const text = certificateFacts(
      issueCertificate(createAuthority({ name: evil }), {
        subject: [
          ['O', evil.repeat(50)],
          ['OU', 'x'.repeat(9_000)],
        ],
        commonName: evil,
        dnsNames: [evil, ...many],
        crlUrls: [`http://a/${'x'.repeat(5_000)}`, `http://b/${evil}`],
        padding: 65_536,
      }).x509,
    );
    const json = JSON.stringify(text);
    expect(json).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]|\\u00|\\n/);
    expect(text).toMatchObject({ der: null });
    expect(text.dnsNames).toHaveLength(100);
    expect(text.crlUrls).toHaveLength(1);
    expect(json.length).toBeLessThan(8_000);
  });

  test.each([
    ['rsa', 'rsa', 2048, 'sha256WithRSAEncryption'],
    ['rsa-pss', 'rsa', 2048, 'rsassaPss'],
    ['ec384', 'ec', 384, 'ecdsa-with-SHA256'],
    ['ec192', 'ec', 192, 'ecdsa-with-SHA256'],
    ['ed25519', 'ed25519', 255, 'ED25519'],
  ] as const)('tell the kind and size of %s keys', (key, keyType, keyBits, signatureAlgorithm) => {
    expect(certificateFacts(createAuthority({ name: 'K', key }).x509)).toMatchObject({
      keyType,
      keyBits,
      signatureAlgorithm,
    });
  });

  test.each([
    ['subjectAltName that is no sequence', extension('2.5.29.17', octetString(Buffer.from('x')))],
    ['subjectAltName with an address of five octets', extension('2.5.29.17', sequence(primitive(7, Buffer.alloc(5))))],
    ['key usage of no purpose', extension('2.5.29.37', sequence())],
    [
      'timestamps that lie about their length',
      extension('1.3.6.1.4.1.11129.2.4.2', octetString(Buffer.from([0, 9, 0, 1, 0xaa]))),
    ],
    [
      'distribution points by relative name',
      extension('2.5.29.31', sequence(sequence(constructed(0, constructed(1, oid('2.5.4.3')))))),
    ],
    ['an extension twice', extension('2.5.29.14', octetString(Buffer.alloc(500)))],
  ])('survive %s', (_, extra) => {
    const odd = factsOf({ commonName: 'odd', extensions: [extra], extendedKeyUsage: [] });
    expect(odd).toMatchObject({ commonName: 'odd', dnsNames: [], ipAddresses: [], scts: 0, crlUrls: [] });
  });
});

describe('matching a host name', () => {
  test.each<[string, readonly string[], readonly string[], boolean]>([
    ['a.example', ['a.example'], [], true],
    ['A.Example.', ['a.eXample'], [], true],
    ['b.example', ['a.example'], [], false],
    ['x.a.example', ['*.a.example'], [], true],
    ['x.y.a.example', ['*.a.example'], [], false],
    ['a.example', ['*.a.example'], [], false],
    ['.a.example', ['*.a.example'], [], false],
    ['x.example', ['*.example'], [], false],
    ['example', ['*'], [], false],
    ['xy.a.example', ['x*.a.example'], [], false],
    ['x.y.example', ['x.*.example'], [], false],
    ['x.y.a.example', ['*.*.a.example'], [], false],
    ['bücher.example', ['xn--bcher-kva.example'], [], true],
    ['xn--bcher-kva.example', ['xn--bcher-kva.example'], [], true],
    ['xn--bcher-kva.example', ['bücher.example'], [], false],
    ['xn--bcher-kva.a.example', ['*.a.example'], [], true],
    ['192.0.2.1', [], ['192.0.2.1'], true],
    ['192.0.2.1', ['192.0.2.1'], [], false],
    ['192.0.2.2', ['*.0.2.2'], [], false],
    ['2001:DB8:0::1', [], ['2001:db8::1'], true],
    ['[2001:db8::1]', [], ['2001:db8::1'], true],
    ['2001:db8::2', [], ['2001:db8::1'], false],
    ['a.example', ['a.example\u0000.evil.example'], [], false],
    ['a.example', ['a.example\n'], [], false],
    ['a_b.example', ['a_b.example'], [], true],
    ['', ['a.example'], [], false],
    ['a.example/x', ['a.example'], [], false],
  ])('%s against %j %j: %s', (host, dnsNames, ipAddresses, matches) => {
    expect(matchesHost(factsOf({ commonName: 'cn.example', dnsNames, ipAddresses }), host)).toBe(matches);
  });

  test('never falls back to the common name', () => {
    expect(matchesHost(factsOf({ commonName: 'a.example' }), 'a.example')).toBe(false);
  });

  test('looks beyond the hundred names that facts keep', () => {
    const dnsNames = Array.from({ length: 300 }, (_, at) => `n${at}.example`);
    const facts = factsOf({ dnsNames });
    expect(matchesHost(facts, 'n299.example')).toBe(true);
    expect(matchesHost(facts, 'n300.example')).toBe(false);
  });
});

describe('judging one certificate', () => {
  test.each([
    ['2024-12-31T23:59:59Z', 'not-yet-valid'],
    ['2025-01-01T00:00:00Z', null],
    ['2026-01-01T00:00:00Z', null],
    ['2026-01-01T00:00:01Z', 'expired'],
  ] as const)('at %s: %s', (now, problem) => {
    expect(dateProblem({ notBefore: '2025-01-01T00:00:00Z', notAfter: '2026-01-01T00:00:00Z' }, now)).toBe(problem);
  });

  test('a date that could not be read is wrong', () => {
    expect(dateProblem({ notBefore: '', notAfter: '2030-01-01T00:00:00Z' }, '2026-01-01T00:00:00Z')).toBe(
      'not-yet-valid',
    );
    expect(dateProblem({ notBefore: '2020-01-01T00:00:00Z', notAfter: '' }, '2026-01-01T00:00:00Z')).toBe('expired');
  });

  test('finds what is too weak, and spares the self-signature of a root', () => {
    const rsa = createAuthority({ name: 'RSA Root', key: 'rsa', signature: 'sha1' });
    const weak = (options: LeafOptions) => weakness(certificateFacts(issueCertificate(rsa, options).x509));
    expect(weakness(certificateFacts(rsa.x509))).toBe(null);
    expect(weak({ commonName: 'a' })).toBe(null);
    expect(weak({ commonName: 'a', signature: 'sha1' })).toBe('sha1-signature');
    expect(weak({ commonName: 'a', signature: 'md5' })).toBe('md5-signature');
    expect(weak({ commonName: 'a', key: 'rsa', rsaBits: 1024 })).toBe('rsa-below-2048');
    expect(weak({ commonName: 'a', key: 'ec192' })).toBe('ec-below-224');
    expect(weakness(factsOf({ commonName: 'a', signature: 'sha1' }))).toBe('sha1-signature');
  });

  test.each([
    [[], true],
    [['1.3.6.1.5.5.7.3.1'], true],
    [['2.5.29.37.0'], true],
    [['1.3.6.1.5.5.7.3.2'], false],
    [['1.3.6.1.5.5.7.3.9', '1.3.6.1.5.5.7.3.3'], false],
  ])('purposes %j for servers: %s', (extendedKeyUsage, allowed) => {
    expect(allowsServerAuth(factsOf({ commonName: 'a', extendedKeyUsage }))).toBe(allowed);
  });
});

describe('names', () => {
  const name = (tag: number, text: string) =>
    sequence(
      tlv(
        0x31,
        sequence(oid('2.5.4.3'), tlv(tag, tag === 0x1e ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text))),
      ),
    );

  test('are one key whatever string type, case and spacing they come in', () => {
    const keys = [name(0x0c, 'Lab  root'), name(0x13, 'LAB Root '), name(0x1e, 'lab root')].map(nameKey);
    expect(new Set(keys).size).toBe(1);
    expect(nameKey(name(0x0c, 'Lab root 2'))).not.toBe(keys[0]);
  });

  test('that can not be read are still told apart', () => {
    expect(nameKey(Buffer.from('junk'))).not.toBe(nameKey(Buffer.from('other')));
    expect(nameText(Buffer.from('3003', 'hex'))).toBe('#3003');
  });
});

describe('the DER reader', () => {
  test.each([
    ['an indefinite length', '3080'],
    ['a length beyond the end', '300501'],
    ['a length of five octets', '30850000000001'],
    ['a length octet too few', '3082ff'],
    ['a multi-byte tag', '1f8101'],
    ['nothing', ''],
  ])('refuses %s', (_, hex) => {
    expect(readDer(Buffer.from(hex, 'hex'))).toBe(null);
  });

  test('refuses containers that are not filled exactly, and too many children', () => {
    expect(children(Buffer.from('050005', 'hex'))).toBe(null);
    expect(children(Buffer.from('05000500', 'hex'), 1)).toBe(null);
  });

  test.each([
    ['2a864886f70d01010b', '1.2.840.113549.1.1.11'],
    ['551d25', '2.5.29.37'],
    ['883703', '2.999.3'],
    ['8837', '2.999'],
    ['80', null],
    ['2affffffffffffffffff7f', null],
  ])('reads the object identifier %s as %s', (hex, text) => {
    expect(oidText(Buffer.from(hex, 'hex'))).toBe(text);
  });

  test.each([
    [0x17, '500101000000Z', '1950-01-01T00:00:00Z'],
    [0x17, '491231235959Z', '2049-12-31T23:59:59Z'],
    [0x18, '20500101000000Z', '2050-01-01T00:00:00Z'],
    [0x18, '20500101000000+0100', null],
    [0x17, '251301000000Z', null],
    [0x0c, '20500101000000Z', null],
  ])('reads the time %s %s as %s', (tag, text, iso) => {
    const element = readDer(tlv(tag, Buffer.from(text)));
    expect(element === null ? 'unread' : timeText(element)).toBe(iso);
  });
});

/** xorshift32: the same mutations on every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

test('five thousand mutated certificates never make anything throw', () => {
  const seeds = [
    issueCertificate(root, {
      commonName: 'a',
      dnsNames: ['a', 'b'],
      ipAddresses: ['::1'],
      scts: 2,
      crlUrls: ['http://c/'],
      aiaIssuers: ['http://i/'],
    }).der,
    root.der,
  ];
  const next = random(20_261_122);
  let accepted = 0;
  for (let round = 0; round < 5_000; round++) {
    let bytes = Buffer.from(seeds[round % seeds.length] ?? root.der);
    for (let change = next(4); change >= 0; change--) {
      const at = next(bytes.length);
      if (next(10) === 0) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + next(4))]);
      else bytes[at] = next(256);
    }
    certificateOutline(bytes);
    parseCrl(bytes);
    parseOcsp(bytes);
    const [x509] = issuerCertificates(bytes);
    if (x509 === undefined) continue;
    accepted++;
    expect(JSON.stringify(certificateFacts(x509))).not.toMatch(/\\u00|\\n/);
  }
  expect(accepted).toBeGreaterThan(1_000);
}, 120_000);
