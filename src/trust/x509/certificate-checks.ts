/** Judging one certificate from its facts: name, dates, strength, purpose. Pure, so that saved reports can be judged again. */

import { isIP } from '../../addresses.ts';
import type { CertificateFacts } from '../../model/trust.ts';
import { before } from '../../text-bounds.ts';
import { dnsNamesOf } from './certificate.ts';
import { certificateOutline } from './certificate-outline.ts';

/** An address in one spelling, IPv6 as RFC 5952 writes it, without a zone; null if it is none. */
function sameSpelling(address: string): string | null {
  const bare = before(address, '%');
  const family = isIP(bare);
  if (family === 6) return new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  return family === 4 ? bare : null;
}

/** What is in that form already: labels of ASCII letters, digits and hyphens, the last of which can be no number. */
const inAscii = /^(?!.*xn--)([a-z0-9-]+\.)*[a-z][a-z0-9-]*$/;

/** Lower case, A-labels, no trailing dot; null if it is no host name. */
function asciiHost(host: string): string | null {
  if (inAscii.test(host)) return host;
  const bare = host.replace(/\.$/, '');
  if (bare === '' || /[\s/?#@:\\]/.test(bare)) return null;
  try {
    return new URL(`https://${bare}/`).hostname;
  } catch {
    return null;
  }
}

/** A certificate's dNSName against a host in A-labels (RFC 9525 section 6.3): `*` only as the whole left-most label of three or more. */
function nameCovers(name: string, host: string): boolean {
  const pattern = name.toLowerCase().replace(/\.$/, '');
  if (pattern === host) return true;
  if (!pattern.startsWith('*.') || pattern.indexOf('*', 1) !== -1) return false;
  const rest = pattern.slice(1);
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === rest && rest.indexOf('.', 1) !== -1;
}

/**
 * Does the certificate name this host? subjectAltName only: clients that still fall back to the common name
 * are no reason to call a certificate right (RFC 9525 section 2). Beyond the hundred names that facts keep, the
 * DER is read.
 */
export function matchesHost(facts: CertificateFacts, host: string): boolean {
  const address = sameSpelling(host.replace(/^\[(.*)\]$/, '$1'));
  if (address !== null) return facts.ipAddresses.some((listed) => sameSpelling(listed) === address);
  const wanted = asciiHost(host);
  if (wanted === null) return false;
  if (facts.dnsNames.some((name) => nameCovers(name, wanted))) return true;
  if (facts.dnsNames.length < 100 || facts.der === null) return false;
  const outline = certificateOutline(Buffer.from(facts.der, 'base64'));
  return outline !== null && dnsNamesOf(outline, Number.POSITIVE_INFINITY).some((name) => nameCovers(name, wanted));
}

/** Null if `nowIso` is inside the validity. A date that could not be read counts as wrong. */
export function dateProblem(
  facts: Pick<CertificateFacts, 'notBefore' | 'notAfter'>,
  nowIso: string,
): 'expired' | 'not-yet-valid' | null {
  const now = Date.parse(nowIso);
  if (!(now >= Date.parse(facts.notBefore))) return 'not-yet-valid';
  return now <= Date.parse(facts.notAfter) ? null : 'expired';
}

type Weakness = 'sha1-signature' | 'md5-signature' | 'rsa-below-2048' | 'ec-below-224';

/**
 * What is too weak for clients at OpenSSL's security level 2 and for Windows: the signature (a self-signature
 * carries no trust and does not count), or the key.
 */
export function weakness(facts: CertificateFacts): Weakness | null {
  if (!facts.selfSigned) {
    if (/^md[25]/i.test(facts.signatureAlgorithm)) return 'md5-signature';
    if (/^sha1|SHA1$/.test(facts.signatureAlgorithm)) return 'sha1-signature';
  }
  if (facts.keyBits === null) return null;
  if (/^(rsa|dsa)/.test(facts.keyType) && facts.keyBits < 2048) return 'rsa-below-2048';
  return facts.keyType === 'ec' && facts.keyBits < 224 ? 'ec-below-224' : null;
}

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ANY_PURPOSE = '2.5.29.37.0';

/** No extended key usage means any purpose (RFC 5280 section 4.2.1.12). Holds for issuers as well, as Windows reads it. */
export function allowsServerAuth(facts: CertificateFacts): boolean {
  return (
    facts.extendedKeyUsage.length === 0 ||
    facts.extendedKeyUsage.includes(SERVER_AUTH) ||
    facts.extendedKeyUsage.includes(ANY_PURPOSE)
  );
}
