import type { X509Certificate } from 'node:crypto';

/** Issuers of one chain that others sent: chains are short, and who sends many means harm. */
const mostIssuers = 8;
/** Authorities of one name that are asked. */
const mostOfName = 64;

/** Authorities of a run by their names: who looks for an issuer asks those of one name, however many there are. */
export interface IssuerIndex {
  add(certificate: X509Certificate): void;
  /** Issuers of a chain among what other servers of the run sent, as far up as these lead. */
  among(sent: readonly X509Certificate[]): readonly X509Certificate[];
}

/** Names are compared without regard to case and runs of blanks (RFC 5280 section 7.1); signatures decide later. */
const nameKey = (name: string): string => name.toLowerCase().split(/\s+/).join(' ').trim();

export function createIssuerIndex(): IssuerIndex {
  const bySubject = new Map<string, X509Certificate[]>();
  const keys = new Map<X509Certificate, string>();
  const issuerKey = (certificate: X509Certificate): string => {
    const key = keys.get(certificate) ?? nameKey(certificate.issuer);
    keys.set(certificate, key);
    return key;
  };
  return {
    add(certificate) {
      if (!certificate.ca) return;
      const key = nameKey(certificate.subject);
      const named = bySubject.get(key) ?? [];
      bySubject.set(key, named);
      if (named.length < mostOfName) named.push(certificate);
    },
    among(sent) {
      const found = new Set<X509Certificate>();
      for (let below = sent; below.length > 0 && found.size < mostIssuers; ) {
        const next = new Set<X509Certificate>();
        for (const one of below) {
          for (const issuer of bySubject.get(issuerKey(one)) ?? []) {
            if (!sent.includes(issuer) && !found.has(issuer) && one.checkIssued(issuer)) next.add(issuer);
          }
        }
        below = [...next];
        for (const issuer of below) found.add(issuer);
      }
      return [...found].slice(0, mostIssuers);
    },
  };
}
