import { hash, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, describe, expect, test } from 'vitest';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import type { RootOfInterest } from '../../src/model/catalog.ts';
import type { RootState } from '../../src/model/trust.ts';
import type { RunProgram } from '../../src/system-program.ts';
import { judgeChain } from '../../src/trust/chain.ts';
import { machineStore } from '../../src/trust/stores/machine.ts';
import { rootStates, rootsOfInterest } from '../../src/trust/stores/roots.ts';
import { loadTrustStores, type TrustStoreOptions } from '../../src/trust/stores/stores.ts';
import { certificateOfBlob, parseRegistryCertificates, TRUSTED_KEYS } from '../../src/trust/stores/windows-store.ts';
import { certificateOutline } from '../../src/trust/x509/certificate-outline.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayclear-stores-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const fixture = (name: string): string => readFileSync(join(import.meta.dirname, '..', 'fixtures', name), 'utf8');

interface PublicRoot {
  readonly sha256: string;
  readonly name: string;
  readonly notAfter: string;
  readonly subjectHash: string;
  readonly expired?: boolean;
  readonly der: string;
}
const publicRoots = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'endpoints', 'public-roots.json'), 'utf8'),
) as { generated: string; source: string; roots: PublicRoot[] };
const pemOf = (name: string): string => {
  const found = publicRoots.roots.find((one) => one.name === name);
  return new X509Certificate(Buffer.from(found?.der ?? '', 'base64')).toString();
};

const company = createAuthority({ name: 'Company Root', subject: [['O', 'Company']] });
const noProgram: RunProgram = async () => null;
const load = (options: Partial<TrustStoreOptions>) =>
  loadTrustStores({
    caFiles: [],
    anchors: [],
    env: { SSL_CERT_FILE: bundle },
    platform: 'linux',
    exec: noProgram,
    ...options,
  });
const bundle = file('bundle.pem', `# a comment\n${company.pem}junk\n${pemOf('DigiCert Global Root G2')}`);
const now = '2026-06-01T00:00:00Z';

describe('the bundled lists', () => {
  test('of public roots name each certificate rightly, and where they come from', () => {
    expect(publicRoots.source).toContain('Mozilla Public License 2.0');
    expect(publicRoots.roots.length).toBeGreaterThan(140);
    for (const { sha256, notAfter, der, expired } of publicRoots.roots) {
      const certificate = new X509Certificate(Buffer.from(der, 'base64'));
      expect(certificate.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(sha256);
      expect(new Date(certificate.validTo).toISOString().replace('.000Z', 'Z')).toBe(notAfter);
      expect(expired === true).toBe(notAfter < publicRoots.generated);
    }
    expect(publicRoots.roots.find(({ name }) => name === 'Baltimore CyberTrust Root')?.expired).toBe(true);
  });

  test('of roots of interest agree with the certificates, and say which are in use', async () => {
    const rows = await rootsOfInterest();
    const { X509Certificate: Certificate, createHash } = await import('node:crypto');
    for (const row of rows) {
      expect(row.id).toBe(row.name.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
      const found = publicRoots.roots.find(({ sha256 }) => sha256 === row.sha256);
      if (row.name === 'Microsoft Root Certificate Authority 2011') continue;
      const certificate = new Certificate(Buffer.from(found?.der ?? '', 'base64'));
      expect(certificate.fingerprint.replaceAll(':', '').toLowerCase()).toBe(row.sha1);
      expect(found?.notAfter).toBe(row.notAfter);
      const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
      expect(createHash('sha256').update(spki).digest('base64')).toBe(row.spkiSha256);
    }
    expect(rows.filter(({ role }) => role === 'required').map(({ id }) => id)).toEqual([
      'digicert-global-root-g2',
      'digicert-global-root-g3',
      'microsoft-rsa-root-certificate-authority-2017',
      'microsoft-ecc-root-certificate-authority-2017',
    ]);
    expect(rows.filter(({ role }) => role === 'retired').map(({ id }) => id)).toEqual(['baltimore-cybertrust-root']);
  });
});

describe('loading the stores', () => {
  test('finds the runtime’s own roots among the public ones', async () => {
    const stores = await load({});
    for (const pem of rootCertificates)
      expect(stores.holders(new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase())).toContain(
        'public',
      );
  });

  test('takes SSL_CERT_FILE for the machine store, and nothing else', async () => {
    const stores = await load({});
    expect(stores.facts).toContainEqual({ name: 'machine', count: 2, from: bundle, error: null });
    expect(stores.holders(company.sha256)).toEqual(['machine']);
    expect(
      [...(stores.content('machine')?.values() ?? [])].some(({ sha256 }) => stores.holders(sha256).length === 2),
    ).toBe(true);
    expect(stores.certificate(company.sha256)?.der.equals(company.der)).toBe(true);
    const leaf = issueCertificate(company, { commonName: 'a' });
    expect(judgeChain([leaf.x509], stores).anchors).toMatchObject([{ sha256: company.sha256, stores: ['machine'] }]);
  });

  test('takes SSL_CERT_DIR as well, each certificate once', async () => {
    const hashed = join(folder, 'hashed');
    mkdirSync(join(hashed, 'sub'), { recursive: true });
    for (const name of ['0a0b0c0d.0', 'copy.pem']) writeFileSync(join(hashed, name), company.pem);
    writeFileSync(join(hashed, 'README'), 'no certificate');
    const stores = await load({ env: { SSL_CERT_DIR: `${hashed}:${join(folder, 'none')}` } });
    expect(stores.facts).toContainEqual({
      name: 'machine',
      count: 1,
      from: `${hashed}, ${join(folder, 'none')}`,
      error: `${join(folder, 'none')}: ENOENT`,
    });
  });

  test.each([
    ['missing', join(folder, 'absent.pem'), null, `${join(folder, 'absent.pem')}: ENOENT`],
    ['a folder', folder, null, `${folder}: EISDIR`],
    ['empty', file('empty.pem', ''), 0, 'no certificate'],
    [
      'garbage',
      file('garbage.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
      0,
      'no certificate',
    ],
  ])('judges nothing against a machine store that is %s', async (_, path, count, error) => {
    const stores = await load({ env: { SSL_CERT_FILE: path } });
    expect(stores.facts).toContainEqual({ name: 'machine', count, from: path, error });
    expect(stores.content('machine')).toBe(null);
    const states = rootStates(stores, await rootsOfInterest(), now);
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['unknown']));
  });

  test('adds the files of --ca-file and NODE_EXTRA_CA_CERTS', async () => {
    const other = createAuthority({ name: 'Other' });
    const stores = await load({
      caFiles: [file('company.der', company.der)],
      env: {
        SSL_CERT_FILE: file('g2.pem', pemOf('DigiCert Global Root G2')),
        NODE_EXTRA_CA_CERTS: file('other.pem', other.pem),
      },
    });
    expect(stores.holders(company.sha256)).toEqual(['extra']);
    expect(stores.holders(other.sha256)).toEqual(['extra']);
    expect(stores.facts.filter(({ name }) => name === 'extra').map(({ count }) => count)).toEqual([1, 1]);
  });

  test('goes on without an unreadable NODE_EXTRA_CA_CERTS, as the runtime does', async () => {
    const stores = await load({ env: { SSL_CERT_FILE: bundle, NODE_EXTRA_CA_CERTS: join(folder, 'gone') } });
    expect(stores.facts).toContainEqual({
      name: 'extra',
      count: null,
      from: `NODE_EXTRA_CA_CERTS=${join(folder, 'gone')}`,
      error: 'ENOENT',
    });
  });

  test.each([
    ['missing', join(folder, 'nowhere.pem'), 'ENOENT'],
    ['a folder', folder, 'EISDIR'],
    ['without a certificate', file('key.pem', company.keyPem), 'no certificate'],
    [
      'half garbage',
      file('half.pem', `${company.pem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`),
      'no certificate',
    ],
    ['too large', file('large.pem', Buffer.alloc(17 * 1024 * 1024, 0x41)), 'EFBIG'],
  ])('refuses a --ca-file that is %s, by its name', async (_, path, why) => {
    await expect(load({ caFiles: [path] })).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(path),
    });
    await expect(load({ caFiles: [path] })).rejects.toMatchObject({ message: expect.stringContaining(why) });
  });

  test('holds catalog anchors by certificate or by fingerprint alone, never another certificate than named', async () => {
    const other = createAuthority({ name: 'Other' });
    const stores = await load({
      anchors: [
        { name: 'Company', sha256: company.sha256, pem: company.pem },
        { name: 'Mistaken', sha256: 'ab'.repeat(32), pem: other.pem },
      ],
      env: { SSL_CERT_FILE: file('g3.pem', pemOf('DigiCert Global Root G3')) },
    });
    expect(stores.holders(company.sha256)).toEqual(['catalog']);
    expect(stores.holders('ab'.repeat(32))).toEqual(['catalog']);
    expect(stores.holders(other.sha256)).toEqual([]);
    expect(stores.facts).toContainEqual({ name: 'catalog', count: 2, from: 'catalog', error: null });
  });
});

describe('the roots of interest in the machine store', () => {
  const state = async (
    env: Record<string, string>,
    rows: readonly RootOfInterest[],
    at = now,
  ): Promise<readonly RootState[]> => rootStates(await load({ env }), rows, at);
  const interest = createAuthority({
    name: 'Interest',
    subject: [['O', 'Lab']],
    notAfter: new Date('2027-01-01T00:00:00Z'),
  });
  const row: RootOfInterest = {
    id: 'interest',
    name: 'Interest',
    sha256: interest.sha256,
    sha1: interest.x509.fingerprint.replaceAll(':', '').toLowerCase(),
    spkiSha256: null,
    notAfter: '2027-01-01T00:00:00Z',
    role: 'required',
    note: null,
    source: { document: 'test', date: null, url: null },
  };
  const sameName = createAuthority({ name: 'Interest' });
  const sameKey = createAuthority({ name: 'ignored', sameKeyAs: interest, serial: '55' });

  test.each<[RootState['state'], string, string, string | null]>([
    ['present', interest.pem, now, null],
    ['expired', interest.pem, '2027-01-02T00:00:00Z', null],
    ['absent', company.pem, now, null],
    ['corrupt', sameName.pem + company.pem, now, sameName.sha256],
    ['corrupt', sameKey.pem, now, sameKey.sha256],
  ])('are %s', async (expected, pem, at, found) => {
    const [result] = await state({ SSL_CERT_FILE: file('one.pem', pem) }, [row], at);
    expect(result).toMatchObject({ id: 'interest', state: expected, found, usedBy: 0 });
  });

  test('share their key with no other public root, so that one of those is never taken for them', async () => {
    const rows = await rootsOfInterest();
    const keys = publicRoots.roots.map(({ sha256, der }) => {
      const outline = certificateOutline(Buffer.from(der, 'base64'));
      return { sha256, key: hash('sha256', outline?.spki ?? Buffer.alloc(0), 'base64') };
    });
    const found = keys.flatMap(({ sha256, key }) =>
      rows.filter((row) => row.spkiSha256 === key).map((row) => ({ row: row.sha256, sha256 })),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ row, sha256 }) => row !== sha256)).toEqual([]);
  });

  test('are corrupt by key under another name, where the pin is known', async () => {
    const { createHash } = await import('node:crypto');
    const spki = interest.x509.publicKey.export({ type: 'spki', format: 'der' });
    const pinned = {
      ...row,
      name: 'Known by another name',
      spkiSha256: createHash('sha256').update(spki).digest('base64'),
    };
    expect((await state({ SSL_CERT_FILE: file('one.pem', sameKey.pem) }, [pinned]))[0]).toMatchObject({
      state: 'corrupt',
      found: sameKey.sha256,
    });
  });

  test('are corrupt if another key bears the whole name of a public root', async () => {
    const name = [
      ['C', 'US'],
      ['O', 'DigiCert Inc'],
      ['OU', 'www.digicert.com'],
    ] as const;
    const fake = createAuthority({ name: 'DigiCert Global Root G2', subject: name });
    const states = await state({ SSL_CERT_FILE: file('fake.pem', fake.pem) }, await rootsOfInterest());
    expect(states.filter(({ state: of }) => of !== 'absent')).toMatchObject([
      { id: 'digicert-global-root-g2', state: 'corrupt', found: fake.sha256 },
    ]);
  });

  test('take one flipped bit in the real root for corruption, and Baltimore for expired', async () => {
    const g2 = Buffer.from(
      publicRoots.roots.find(({ name }) => name === 'DigiCert Global Root G2')?.der ?? '',
      'base64',
    );
    g2[g2.length - 5] = (g2[g2.length - 5] ?? 0) ^ 1;
    const pem = `-----BEGIN CERTIFICATE-----\n${g2.toString('base64')}\n-----END CERTIFICATE-----\n`;
    const states = await state(
      { SSL_CERT_FILE: file('flipped.pem', pem + pemOf('Baltimore CyberTrust Root')) },
      await rootsOfInterest(),
    );
    const of = (id: string) => states.find((one) => one.id === id)?.state;
    expect(of('digicert-global-root-g2')).toBe('corrupt');
    expect(of('baltimore-cybertrust-root')).toBe('expired');
    expect(of('digicert-global-root-g3')).toBe('absent');
  });
});

describe('Windows', () => {
  const answers = new Map<string, string>([
    [TRUSTED_KEYS[0] ?? '', fixture('windows-root.txt')],
    [TRUSTED_KEYS[1] ?? '', fixture('windows-authroot.txt')],
    ['HKLM\\SOFTWARE\\Microsoft\\SystemCertificates\\Disallowed\\Certificates', fixture('windows-disallowed.txt')],
    ['HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot', fixture('windows-policy.txt')],
  ]);
  const registry: RunProgram = async (program, args) => {
    if (program !== 'reg.exe') return null;
    const stdout = answers.get(args[1] ?? '');
    return stdout === undefined ? { status: 1, stdout: '' } : { status: 0, stdout };
  };

  test('lists thumbprints and blobs of what reg query prints, CRLF and other keys notwithstanding', () => {
    const found = parseRegistryCertificates(fixture('windows-root.txt'));
    expect(found.map(({ thumbprint }) => thumbprint)).toEqual([
      'df3c24f9bfd666761b268073fe06d1cc8d4f82a4',
      '0000000000000000000000000000000000000001',
    ]);
    const der = certificateOfBlob(Buffer.from(found[0]?.blob ?? '', 'hex'));
    expect(new X509Certificate(der ?? '').subject).toContain('DigiCert Global Root G2');
    expect(certificateOfBlob(Buffer.from(found[1]?.blob ?? '', 'hex'))).toBe(null);
  });

  test.each(['', '20', `20000000010000${'ff'.repeat(5)}`, '200000000100000010000000aabb'])(
    'finds no certificate in the blob %j',
    (hex) => {
      expect(certificateOfBlob(Buffer.from(hex, 'hex'))).toBe(null);
    },
  );

  test('reads the machine store, distrust and the update policy from the registry', async () => {
    const machine = await machineStore('win32', {}, registry, new Map(), null);
    expect(machine.certificates?.length).toBe(3);
    const stores = await load({ platform: 'win32', exec: registry });
    expect(stores.rootAutoUpdate).toBe('off');
    expect(stores.facts).toContainEqual(expect.objectContaining({ name: 'distrusted', count: 2, error: null }));
    const states = rootStates(stores, await rootsOfInterest(), now);
    expect(states.find(({ id }) => id === 'baltimore-cybertrust-root')?.state).toBe('distrusted');
  });

  test('has automatic root update on without the policy, and unknown without reg.exe', async () => {
    expect((await load({ platform: 'win32', exec: async () => ({ status: 1, stdout: '' }) })).rootAutoUpdate).toBe(
      'on',
    );
    const blind = await load({ platform: 'win32', exec: noProgram });
    expect(blind.rootAutoUpdate).toBe(null);
    expect(blind.facts).toContainEqual(expect.objectContaining({ name: 'distrusted', count: null }));
  });

  test('asks PowerShell where reg.exe is forbidden', async () => {
    const shell: RunProgram = async (program) =>
      program === 'powershell.exe' ? { status: 0, stdout: `${company.der.toString('base64')}\r\n\r\n` } : null;
    const machine = await machineStore('win32', {}, shell, new Map(), null);
    expect(machine).toMatchObject({ error: null });
    expect(machine.certificates?.map(({ sha256 }) => sha256)).toEqual([company.sha256]);
    expect(await machineStore('win32', {}, noProgram, new Map(), null)).toMatchObject({ certificates: null });
  });

  test('uses the runtime’s reader where it has one and it answers', async () => {
    const machine = await machineStore('win32', {}, noProgram, new Map(), () => [company.pem]);
    expect(machine).toMatchObject({ from: "tls.getCACertificates('system')", error: null });
    const failing = () => {
      throw new Error('no store');
    };
    expect((await machineStore('win32', {}, registry, new Map(), failing)).certificates).toHaveLength(3);
  });
});

describe('macOS', () => {
  test('asks the keychains, and says so if it can not', async () => {
    const security: RunProgram = async (program, args) =>
      program === '/usr/bin/security' && args[0] === 'find-certificate' ? { status: 0, stdout: company.pem } : null;
    expect((await machineStore('darwin', {}, security, new Map(), null)).certificates).toHaveLength(1);
    expect(await machineStore('darwin', {}, noProgram, new Map(), null)).toMatchObject({
      certificates: null,
      error: 'security: not run',
    });
    expect(await machineStore('darwin', {}, async () => ({ status: 0, stdout: '' }), new Map(), null)).toMatchObject({
      certificates: [],
      error: 'no certificate',
    });
  });
});
