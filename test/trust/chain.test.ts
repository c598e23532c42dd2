import { describe, expect, test } from 'vitest';
import { type Authority, createAuthority, type Issued, issueCertificate } from '../../src/demo/pki.ts';
import type { ChainFacts, StoreName } from '../../src/model/trust.ts';
import { judgeChain } from '../../src/trust/chain.ts';
import { storeContent, storedFromDer } from '../../src/trust/stores/stored.ts';
import { type TrustStores, trustStores } from '../../src/trust/stores/stores.ts';

const content = (certificates: readonly Issued[] = []) =>
  storeContent(certificates.map(({ der }) => storedFromDer(der)).filter((stored) => stored !== null));

const storesOf = (
  held: Partial<Record<StoreName, readonly Issued[]>>,
  fingerprints: readonly string[] = [],
  distrusted: readonly string[] = [],
): TrustStores =>
  trustStores(
    {
      public: content(held.public),
      machine: content(held.machine),
      extra: content(held.extra),
      catalog: content(held.catalog),
    },
    new Set(fingerprints),
    { distrusted: new Set(distrusted) },
  );

const root = createAuthority({ name: 'Public Root' });
const mid = createAuthority({ name: 'Intermediate', issuer: root, pathLength: 0 });
const leaf = issueCertificate(mid, { commonName: 'a.example', dnsNames: ['a.example'] });
const company = createAuthority({ name: 'Company Inspection Root' });
const forged = issueCertificate(company, { commonName: 'a.example', dnsNames: ['a.example'] });
const lone = issueCertificate(null, { commonName: 'lone.example' });
const oldRoot = createAuthority({ name: 'Old Root' });
const cross = createAuthority({ name: 'Public Root', sameKeyAs: root, issuer: oldRoot });
const renewed = createAuthority({ name: 'Public Root', sameKeyAs: root, serial: '77' });
const impostor = createAuthority({ name: 'Public Root' });
const usual = storesOf({ public: [root], machine: [root, company] });

/** `anchor@stores` of each hit, `+` where a fetched certificate was needed. */
const ends = (facts: ChainFacts, known: readonly (readonly [string, Issued])[]): readonly string[] =>
  facts.anchors.map((hit) => {
    const name = known.find(([, issued]) => issued.sha256 === hit.sha256)?.[0] ?? hit.subject;
    return `${name}@${hit.stores.join('+')}${hit.completed ? ' completed' : ''}`;
  });
const known = [
  ['root', root],
  ['company', company],
  ['lone', lone],
  ['oldRoot', oldRoot],
  ['cross', cross],
  ['renewed', renewed],
  ['mid', mid],
] as const;
const x509 = (...certificates: readonly Issued[]) => certificates.map((issued) => issued.x509);

describe('where a chain ends', () => {
  const off = (options: Partial<Parameters<typeof createAuthority>[0]>): Issued[] => {
    const bad = createAuthority({ name: 'Bad Intermediate', issuer: root, ...options });
    return [issueCertificate(bad, { commonName: 'a.example' }), bad];
  };
  const deep = createAuthority({ name: 'Too Deep', issuer: mid });
  const leafAsCa: Authority = leaf;
  const anyUsage = issueCertificate(root, { commonName: 'any usage', keyUsage: null });

  test.each<[string, readonly Issued[], TrustStores, readonly string[], number | null]>([
    ['as it should be', [leaf, mid], usual, ['root@public+machine'], null],
    ['with the root sent along', [leaf, mid, root], usual, ['root@public+machine'], null],
    ['in the wrong order', [leaf, root, mid], usual, ['root@public+machine'], null],
    ['with certificates sent twice', [leaf, leaf, mid, mid], usual, ['root@public+machine'], null],
    ['with strangers in it', [leaf, lone, company, mid], usual, ['root@public+machine'], null],
    ['without its intermediate', [leaf], usual, [], null],
    ['in a private root of the machine', [forged], usual, ['company@machine'], null],
    ['in a private root that nobody holds, sent', [forged, company], storesOf({ public: [root] }), [], null],
    ['in a root given by file', [forged], storesOf({ public: [root], extra: [company] }), ['company@extra'], null],
    ['in a catalog anchor', [leaf, mid], storesOf({ catalog: [root] }), ['root@catalog'], null],
    [
      'in an anchor of which only the fingerprint is known, sent',
      [leaf, mid, root],
      storesOf({}, [root.sha256]),
      ['root@catalog'],
      null,
    ],
    [
      'in an anchor of which only the fingerprint is known, not sent',
      [leaf, mid],
      storesOf({}, [root.sha256]),
      [],
      null,
    ],
    ['self-signed and unknown', [lone], usual, [], null],
    ['self-signed and held', [lone], storesOf({ extra: [lone] }), ['lone@extra'], null],
    ['with a cross-signed root whose twin is held', [leaf, mid, cross], usual, ['root@public+machine'], null],
    [
      'with a cross-signed root, both ways held',
      [leaf, mid, cross],
      storesOf({ public: [root], machine: [oldRoot] }),
      ['root@public', 'oldRoot@machine'],
      null,
    ],
    [
      'with a root sent that is held in another edition',
      [leaf, mid, root],
      storesOf({ machine: [renewed] }),
      ['renewed@machine'],
      null,
    ],
    ['under a root of the same name and another key', [leaf, mid], storesOf({ machine: [impostor] }), [], null],
    ['in an intermediate that a store holds', [leaf], storesOf({ extra: [mid] }), ['mid@extra'], null],
    [
      'with a leaf as issuer whose key usage is not limited',
      [issueCertificate(anyUsage, { commonName: 'b' }), anyUsage],
      usual,
      [],
      null,
    ],
    ['with a leaf as issuer', [issueCertificate(leafAsCa, { commonName: 'b' }), leaf, mid], usual, [], null],
    ['with a path longer than allowed', [issueCertificate(deep, { commonName: 'b' }), deep, mid], usual, [], null],
    ['with an issuer that may not certify', off({ keyUsage: ['digitalSignature', 'cRLSign'] }), usual, [], null],
    [
      'with a broken signature on the leaf',
      [issueCertificate(mid, { commonName: 'a', badSignature: true }), mid],
      usual,
      [],
      0,
    ],
    ['with a broken signature on the intermediate', [...off({ badSignature: true }), root], usual, [], 1],
    [
      'with an intermediate of the same name and another key',
      [leaf, createAuthority({ name: 'Intermediate', issuer: root, noKeyIds: true }), mid],
      usual,
      ['root@public+machine'],
      null,
    ],
    [
      'with a name that our root has, forged',
      [issueCertificate(createAuthority({ name: 'Public Root', noKeyIds: true }), { commonName: 'a', noKeyIds: true })],
      usual,
      [],
      null,
    ],
  ])('%s', (_, sent, stores, anchors, badSignature) => {
    const facts = judgeChain(x509(...sent), stores);
    expect(ends(facts, known)).toEqual(anchors);
    expect(facts.badSignature).toBe(badSignature);
    expect(facts.certificates).toEqual(sent.map(({ sha256 }) => sha256));
  });

  test('ignores dates: an expired root still tells whose chain it is', () => {
    const past = createAuthority({ name: 'Past', notBefore: new Date('2000-01-01'), notAfter: new Date('2010-01-01') });
    const facts = judgeChain(x509(issueCertificate(past, { commonName: 'a' })), storesOf({ public: [past] }));
    expect(facts.anchors).toMatchObject([
      { sha256: past.sha256, notAfter: '2010-01-01T00:00:00Z', subject: 'CN=Past' },
    ]);
  });

  test('names the path, leaf first', () => {
    expect(judgeChain(x509(leaf, root, mid), usual).anchors[0]?.path).toEqual([leaf.sha256, mid.sha256, root.sha256]);
  });

  test('says when a fetched intermediate was needed', () => {
    expect(ends(judgeChain(x509(leaf), usual, x509(mid)), known)).toEqual(['root@public+machine completed']);
    expect(ends(judgeChain(x509(leaf, mid), usual, x509(mid, cross)), known)).toEqual(['root@public+machine']);
  });

  test('says when only the catalog has an intermediate that was not sent', () => {
    const stores = (held: readonly Issued[]) => storesOf({ public: [root], catalog: held });
    expect(judgeChain(x509(leaf), stores([mid])).anchors).toMatchObject([
      { sha256: mid.sha256, completed: false },
      { sha256: root.sha256, completed: true },
    ]);
    expect(judgeChain(x509(leaf, mid), stores([mid])).anchors.map(({ completed }) => completed)).toEqual([
      false,
      false,
    ]);
    const here = storesOf({ public: [root], machine: [mid], catalog: [mid] });
    expect(judgeChain(x509(leaf), here).anchors.some(({ completed }) => completed)).toBe(false);
  });

  test('marks what this machine distrusts, at any place of the path', () => {
    const sha1 = (issued: Issued) => issued.x509.fingerprint.replaceAll(':', '').toLowerCase();
    for (const [thumbprint, distrusted] of [
      [sha1(mid), true],
      [sha1(root), true],
      [sha1(company), false],
    ] as const)
      expect(judgeChain(x509(leaf, mid), storesOf({ public: [root] }, [], [thumbprint])).anchors[0]?.distrusted).toBe(
        distrusted,
      );
  });

  test('is the same value each time, and another one for another chain', () => {
    expect(judgeChain(x509(leaf, mid), usual)).toEqual(judgeChain(x509(leaf, mid), usual));
    expect(judgeChain(x509(leaf, mid), usual).id).not.toBe(judgeChain(x509(leaf), usual).id);
    expect(judgeChain([], usual)).toMatchObject({ certificates: [], anchors: [], badSignature: null });
  });

  test('is found in every pair of keys and signatures', () => {
    for (const key of ['rsa', 'rsa-pss', 'ec384', 'ed25519'] as const) {
      const own = createAuthority({ name: `Root ${key}`, key });
      const facts = judgeChain(x509(issueCertificate(own, { commonName: 'a' })), storesOf({ machine: [own] }));
      expect(facts.anchors).toHaveLength(1);
    }
  });

  test('ends for a hundred certificates of one name and no key identifiers', () => {
    const twins = Array.from({ length: 99 }, () => createAuthority({ name: 'Twin', noKeyIds: true }));
    const hostile = issueCertificate(createAuthority({ name: 'Twin', noKeyIds: true }), {
      commonName: 'a',
      noKeyIds: true,
    });
    expect(judgeChain(x509(hostile, ...twins), usual).anchors).toEqual([]);
  });
});
