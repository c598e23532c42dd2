/** The certificate of a collector: two files, read again when they change. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Certificate } from '../serve/server.ts';
import { reasonOf, UsageError } from '../usage-error.ts';

export interface CertificateFiles {
  readonly current: Certificate;
  /** ISO 8601. */
  readonly until: string;
  /** What the files hold now, if they changed and fit each other; null otherwise. */
  renewed(): Promise<Certificate | null>;
}

interface Files {
  readonly cert: string;
  readonly key: string;
}

const stampOf = ({ cert, key }: Files): string =>
  [cert, key]
    .map((file) => {
      const { mtimeMs, size, ino } = statSync(file);
      return `${mtimeMs} ${size} ${ino}`;
    })
    .join();

/** @throws UsageError for files that can't be read or don't fit each other */
function read({ cert, key }: Files): { readonly pair: Certificate; readonly until: string } {
  const text = (file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new UsageError('collect.certificate-file', { file, why: reasonOf(error) });
    }
  };
  const pair = { cert: text(cert), key: text(key) };
  try {
    const certificate = new X509Certificate(pair.cert);
    if (certificate.checkPrivateKey(createPrivateKey(pair.key))) {
      return { pair, until: new Date(certificate.validTo).toISOString() };
    }
  } catch {
    // What is no certificate or no key doesn't fit either.
  }
  throw new UsageError('collect.certificate', { file: cert });
}

export async function certificateFiles({ cert, key }: Files, cwd: string): Promise<CertificateFiles> {
  const files = { cert: resolve(cwd, cert), key: resolve(cwd, key) };
  const { pair, until } = read(files);
  let stamp = stampOf(files);
  return {
    current: pair,
    until,
    async renewed() {
      const now = stampOf(files);
      if (now === stamp) return null;
      // Of two files one may be new already: they are read once they fit.
      const fresh = read(files).pair;
      stamp = now;
      return fresh;
    },
  };
}
