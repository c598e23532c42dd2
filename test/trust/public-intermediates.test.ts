import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFile } from '../../src/data-folder.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { judgeChain } from '../../src/trust/chain.ts';
import { storeContent } from '../../src/trust/stores/stored.ts';
import { type TrustStores, trustStores } from '../../src/trust/stores/stores.ts';

/** A certificate of Certum's, whose issuer is a public intermediate. */
const issued = new X509Certificate(readFileSync(join(import.meta.dirname, '../fixtures/trust/4fastssl.pem')));
const nothing: TrustStores = trustStores({
  ...{ public: storeContent([]), machine: storeContent([]), extra: storeContent([]), catalog: storeContent([]) },
});
const sha256 = ({ fingerprint256 }: X509Certificate): string => fingerprint256.replaceAll(':', '').toLowerCase();

describe('the bundled list of public intermediates', () => {
  it('is small, and says where it is from', () => {
    const file = dataFile('public-intermediates.json');
    expect(file.length).toBeLessThan(64 * 1024);
    const { source, generated, intermediates } = JSON.parse(file.toString());
    expect(source).toMatch(/cfssl_trust \d{4}\.\d+\.\d+.*BSD 2-Clause/);
    expect(generated).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(intermediates.length).toBeGreaterThan(500);
    expect(intermediates.every((key: string) => /^[0-9a-f]{16}$/.test(key))).toBe(true);
    expect(intermediates).toEqual([...new Set(intermediates)].sort());
  });

  it('knows the issuer that was not sent', () => {
    expect(judgeChain([issued], nothing)).toMatchObject({ anchors: [], unsentIssuerOf: sha256(issued) });
  });

  it('knows it behind certificates that have nothing to do with the chain', () => {
    const stranger = createAuthority({ name: 'Yesterday’s Intermediate', issuer: createAuthority({ name: 'Root' }) });
    expect(judgeChain([issued, stranger.x509], nothing).unsentIssuerOf).toBe(sha256(issued));
  });

  it('does not know one that has the name alone, or a name that nobody has', () => {
    const subject = [
      ['C', 'PL'],
      ['O', 'Unizeto Technologies S.A.'],
      ['OU', 'Certum Certification Authority'],
      ['CN', 'Certum Global Services CA SHA2'],
    ] as const;
    const impostor = createAuthority({ name: 'Certum Global Services CA SHA2', subject });
    expect(impostor.x509.subject).toBe(issued.issuer);
    for (const issuer of [impostor, createAuthority({ name: 'Nobody' })]) {
      const { x509 } = issueCertificate(issuer, { commonName: 'a.example', dnsNames: ['a.example'] });
      expect(judgeChain([x509], nothing).unsentIssuerOf).toBeUndefined();
    }
  });
});
