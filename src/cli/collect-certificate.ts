/** The certificate of a collector: two files, read again when they change. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { Clock } from '../clock.ts';
import { readFileNow } from '../named-file.ts';
import type { Certificate } from '../serve/server.ts';
import { reasonOf, UsageError } from '../usage-error.ts';
import type { CollectWords } from '../words/contract.ts';
import type { RefusalWords } from '../words/refusals.ts';

export interface CertificateFiles {
  /** What was read last. */
  readonly current: Certificate;
  /** When that ends: ISO 8601. */
  readonly until: string;
  /**
   * What the files hold now, if they changed since they were last looked at; null otherwise.
   * @throws UsageError once for each change that leaves files which can't be read or don't fit each other
   */
  renewed(): Certificate | null;
}

interface Files {
  readonly cert: string;
  readonly key: string;
}

/** A chain and its key have some ten thousand. */
const mostBytes = 1024 * 1024;

const stampOf = ({ cert, key }: Files): string =>
  [cert, key]
    .map((file) => {
      try {
        const { mtimeMs, size, ino } = statSync(file);
        return `${mtimeMs} ${size} ${ino}`;
      } catch {
        return '';
      }
    })
    .join();

/** @throws UsageError for files that can't be read or don't fit each other */
function read({ cert, key }: Files): { readonly pair: Certificate; readonly until: string } {
  const text = (file: string): string => {
    try {
      return readFileNow(file, mostBytes).toString('utf8');
    } catch (error) {
      throw new UsageError('collect.certificate-file', { file, why: reasonOf(error) });
    }
  };
  const pair = { cert: text(cert), key: text(key) };
  try {
    const certificate = new X509Certificate(pair.cert);
    if (certificate.checkPrivateKey(createPrivateKey(pair.key))) {
      // TLS takes not everything that fits: no key that is too short, no chain that is broken off.
      createSecureContext(pair);
      return { pair, until: new Date(certificate.validTo).toISOString() };
    }
  } catch {
    // What is no certificate or no key doesn't fit either.
  }
  throw new UsageError('collect.certificate', { file: cert });
}

export function certificateFiles({ cert, key }: Files, cwd: string): CertificateFiles {
  const files = { cert: resolve(cwd, cert), key: resolve(cwd, key) };
  let stamp = stampOf(files);
  let last = read(files);
  return {
    get current() {
      return last.pair;
    },
    get until() {
      return last.until;
    },
    renewed() {
      const now = stampOf(files);
      if (now === stamp) return null;
      // Of two files one may be new already: the other one changes too, and then they are read again.
      stamp = now;
      last = read(files);
      return last.pair;
    },
  };
}

const dayMs = 86_400_000;
/** An end that is nearer is told. */
export const soonMs = 7 * dayMs;

interface Keeper {
  readonly clock: Clock;
  readonly words: CollectWords;
  readonly refusals: RefusalWords;
  /** Takes a certificate that was renewed. */
  renew(fresh: Certificate): void;
  tell(line: string): void;
}

/**
 * What is to be called again and again: takes new files when they fit, tells of those that don't while the old certificate
 * stays, and tells once a day of one that ends.
 */
export function certificateKeeper(
  files: CertificateFiles,
  { clock, words, refusals, renew, tell }: Keeper,
): () => void {
  let toldAt: number | null = null;
  return () => {
    try {
      const fresh = files.renewed();
      if (fresh !== null) {
        renew(fresh);
        toldAt = null;
        tell(words.certificateTaken(files.until));
      }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      tell(words.certificateKept(error.tell(refusals).message));
    }
    const left = Date.parse(files.until) - clock.wall();
    if (left > soonMs || (toldAt !== null && clock.now() - toldAt < dayMs)) return;
    toldAt = clock.now();
    tell(left > 0 ? words.certificateEnds(files.until) : words.certificateEnded(files.until));
  };
}
