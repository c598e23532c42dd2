/** Observations of another machine, held against the trust stores of this one. */
import type { X509Certificate } from 'node:crypto';
import { certificateIn } from '../certificate.ts';
import type { Environment, Observations } from '../model/observations.ts';
import type { CertificateFacts, ChainFacts } from '../model/trust.ts';
import { judgeChain } from '../trust/chain.ts';
import { createIssuerIndex, type IssuerIndex } from '../trust/issuers.ts';
import type { TrustStores } from '../trust/stores/stores.ts';
import { certificateFacts } from '../trust/x509/certificate.ts';

type Certificates = ReadonlyMap<string, X509Certificate>;

/** The certificates themselves, each under the fingerprint that it has; what is none is left out. */
function certificatesIn({ certificates }: Pick<Observations, 'certificates'>): Certificates {
  const read = Object.values(certificates).flatMap(({ der }) => certificateIn(Buffer.from(der ?? '', 'base64')) ?? []);
  return new Map(read.map((certificate) => [fingerprint(certificate), certificate]));
}

const fingerprint = ({ fingerprint256 }: X509Certificate): string => fingerprint256.replaceAll(':', '').toLowerCase();

/** Where a chain ends here. One that was not sent whole keeps the ends that it had, where a store here has them. */
function judgedHere(
  chain: ChainFacts,
  certificates: Certificates,
  index: IssuerIndex,
  fetched: readonly X509Certificate[],
  stores: TrustStores,
): ChainFacts {
  const sent = chain.certificates.flatMap((sha256) => certificates.get(sha256) ?? []);
  if (sent.length === chain.certificates.length) {
    const judged = judgeChain(sent, stores);
    if (judged.anchors.length > 0) return { ...judged, id: chain.id };
    const others = index.among(sent);
    return { ...judgeChain(sent, stores, [...others, ...fetched]), id: chain.id };
  }
  const anchors = chain.anchors
    .map((anchor) => ({ ...anchor, stores: stores.holders(anchor.sha256) }))
    .filter((anchor) => anchor.stores.length > 0);
  return { ...chain, anchors };
}

/** The same observations with the stores, roots and settings of this machine in place of the other's. */
export function heldAgainst(
  observations: Observations,
  stores: TrustStores,
  here: Pick<Environment, 'trustStores' | 'roots' | 'rootAutoUpdate'>,
): Observations {
  const certificates = certificatesIn(observations);
  const sent = new Set(Object.values(observations.chains).flatMap((chain) => chain.certificates));
  const fetched = [...certificates].flatMap(([sha256, certificate]) => (sent.has(sha256) ? [] : [certificate]));
  const index = createIssuerIndex();
  for (const certificate of certificates.values()) index.add(certificate);
  const chains = Object.fromEntries(
    Object.values(observations.chains).map((chain) => [
      chain.id,
      judgedHere(chain, certificates, index, fetched, stores),
    ]),
  );
  const facts: Record<string, CertificateFacts> = { ...observations.certificates };
  for (const [sha256, certificate] of certificates) facts[sha256] = certificateFacts(certificate);
  // Certificates that a store here added to a path are judged like sent ones.
  for (const sha256 of Object.values(chains).flatMap(({ anchors }) =>
    anchors.flatMap(({ path }) => path.slice(0, -1)),
  )) {
    const stored = Object.hasOwn(facts, sha256) ? null : stores.certificate(sha256)?.x509;
    if (stored != null) facts[sha256] = certificateFacts(stored);
  }
  const used = (sha256: string): number =>
    Object.values(chains).filter(({ anchors }) => anchors.some((anchor) => anchor.sha256 === sha256)).length;
  const roots = here.roots.map((root) => ({ ...root, usedBy: used(root.sha256) }));
  const { trustStores, rootAutoUpdate } = here;
  return {
    ...observations,
    environment: { ...observations.environment, trustStores, rootAutoUpdate, roots },
    chains,
    certificates: Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Stores as a machine with these roots would have them: what this one alone trusts counts for nothing, what that one trusts does. */
export function storesOf(stores: TrustStores, roots: ReadonlySet<string>): TrustStores {
  return {
    ...stores,
    holders: (sha256) => {
      const others = stores.holders(sha256).filter((name) => name === 'public' || name === 'catalog');
      const [first, ...rest] = others;
      const machine = roots.has(sha256) ? (['machine'] as const) : [];
      return first === 'public' ? [first, ...machine, ...rest] : [...machine, ...others];
    },
  };
}
