import { X509Certificate } from 'node:crypto';
import { UsageError } from '../usage-error.ts';
import { readText } from './config.ts';

const mostBytes = 4 * 1024 * 1024;

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** The certificates of a PEM file, as one text. A file without a readable one is a UsageError. */
export function readCaFile(where: string, file: string): string {
  const text = readText(where, file, mostBytes);
  const blocks = text.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED )?CERTIFICATE-----/g);
  const usable = (blocks ?? []).filter(isCertificate);
  if (usable.length > 0) return `${usable.join('\n')}\n`;
  throw new UsageError(`${where}: no certificate in the file`, 'Give a PEM file with the roots of the proxy.');
}
