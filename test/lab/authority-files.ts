/** Authorities that companies and protection products install on machines, kept in files so that squid and the boxes share them. */
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { type Authority, createAuthority } from '../../src/demo/pki.ts';

export type CompanyAuthority = 'company' | 'antivirus';

export interface AuthorityFiles {
  readonly id: CompanyAuthority;
  readonly certificateFile: string;
  readonly keyFile: string;
}

const NAMES: Readonly<Record<CompanyAuthority, NonNullable<Parameters<typeof createAuthority>[0]['subject']>>> = {
  company: [
    ['O', 'Example Corp'],
    ['CN', 'Example Corp TLS Inspection CA'],
  ],
  antivirus: [
    ['O', 'avast! Web/Mail Shield'],
    ['CN', 'avast! Web/Mail Shield Root'],
  ],
};

const DAY_MS = 86_400_000;

/** Makes one and writes it into a folder. `now` is the internet's time. */
export function writeAuthority(id: CompanyAuthority, folder: string, now: Date): AuthorityFiles {
  const authority = createAuthority({
    name: id,
    subject: NAMES[id],
    notBefore: new Date(now.getTime() - 700 * DAY_MS),
    notAfter: new Date(now.getTime() + 3000 * DAY_MS),
  });
  const files = { id, certificateFile: `${folder}/${id}.pem`, keyFile: `${folder}/${id}.key` };
  writeFileSync(files.certificateFile, authority.pem);
  writeFileSync(files.keyFile, authority.keyPem);
  return files;
}

/** The authority that `writeAuthority` wrote. */
export function readAuthority(files: AuthorityFiles): Authority {
  const pem = readFileSync(files.certificateFile, 'utf8');
  const keyPem = readFileSync(files.keyFile, 'utf8');
  const x509 = new X509Certificate(pem);
  const authority: Authority = {
    der: x509.raw,
    pem,
    keyPem,
    key: createPrivateKey(keyPem),
    sha256: createHash('sha256').update(x509.raw).digest('hex'),
    serial: x509.serialNumber.toLowerCase(),
    x509,
    subjectName: createAuthority({ name: files.id, subject: NAMES[files.id] }).subjectName,
    kind: 'ec',
    issuer: null,
    get chain() {
      return [authority];
    },
    chainPem: pem,
    get fullChain() {
      return [authority];
    },
  };
  return authority;
}
