import type { X509Certificate } from 'node:crypto';

/** Issuers of one chain that others sent: chains are short, and who sends many means harm. */
const mostIssuers = 8;

/** Issuers of a chain among what other servers of the run sent, as far up as these lead. */
export function issuersAmong(
  known: readonly X509Certificate[],
  sent: readonly X509Certificate[],
): readonly X509Certificate[] {
  const found = new Set<X509Certificate>();
  for (let below = sent; below.length > 0 && found.size < mostIssuers; ) {
    const isNext = (issuer: X509Certificate): boolean =>
      issuer.ca && !sent.includes(issuer) && !found.has(issuer) && below.some((one) => one.checkIssued(issuer));
    below = known.filter(isNext);
    for (const issuer of below) found.add(issuer);
  }
  return [...found].slice(0, mostIssuers);
}
