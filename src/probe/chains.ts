import { createHash, X509Certificate } from 'node:crypto';
import type { CertificateFacts, ChainFacts } from '../model/trust.ts';
import { type InsideRange, rangeOfAddress } from '../named-addresses.ts';
import { cutMark } from '../secrets/search.ts';
import type { Keep } from '../secrets/secrets.ts';
import { judgeChain } from '../trust/chain.ts';
import { createIssuerIndex } from '../trust/issuers.ts';
import type { TrustStores } from '../trust/stores/stores.ts';
import { certificateFacts } from '../trust/x509/certificate.ts';

/** The chains of one run, each kept, parsed and judged once however many targets send it. */
export interface ChainRecorder {
  /** The id under which the chain is kept. `sent` is leaf first, in DER; `address` sent it, null where a proxy hides it. */
  keep(sent: readonly Buffer[], address: string | null): string;
  /** Ranges inside in which those live who sent one of these certificates. */
  homesOf(certificates: readonly string[]): ReadonlySet<InsideRange>;
  /** Calls `listener` with each chain the first time it is seen; returns what takes that back. */
  onChain(listener: (chain: ChainFacts) => void): () => void;
  /** An issuer that was fetched because a certificate names its address. Gives the chains that it completed. */
  addFetched(certificate: X509Certificate): readonly ChainFacts[];
  /** Facts of every certificate met by now, by fingerprint; grows as the run goes on. */
  readonly facts: Readonly<Record<string, CertificateFacts>>;
  /** The certificate with this fingerprint, as sent or fetched; null if there is none. */
  certificate(sha256: string): X509Certificate | null;
  chains(): Readonly<Record<string, ChainFacts>>;
  certificates(): Readonly<Record<string, CertificateFacts>>;
}

export const fingerprint = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase();

const sha256Of = (value: string | Buffer): string => createHash('sha256').update(value).digest('hex');

/** The same sixteen digits as judgeChain gives, so that a chain met before isn't judged again. */
const chainId = (sent: readonly Buffer[]): string => sha256Of(sent.map(sha256Of).join()).slice(0, 16);

/** The certificates of a chain, sent or added by a path. */
const onChain = (chain: ChainFacts | undefined): readonly string[] =>
  chain === undefined ? [] : [...chain.certificates, ...chain.anchors.flatMap(({ path }) => path)];

/** What a certificate says without this run's secrets. One that holds any is not kept whole, and no address of it is. */
function keptFacts(facts: CertificateFacts, keep: Keep): CertificateFacts {
  const line = <T extends string | null>(text: T): T => (text === null ? text : (keep(text, 500) as T));
  const { issuerUrls, ocspUrls, crlUrls } = facts;
  const unchanged = (urls: readonly string[]): readonly string[] => urls.filter((url) => keep(url, 1000) === url);
  const kept = {
    ...facts,
    subject: line(facts.subject),
    issuer: line(facts.issuer),
    commonName: line(facts.commonName),
    organization: line(facts.organization),
    issuerCommonName: line(facts.issuerCommonName),
    issuerOrganization: line(facts.issuerOrganization),
    dnsNames: facts.dnsNames.map(line),
    issuerUrls: unchanged(issuerUrls),
    ocspUrls: unchanged(ocspUrls),
    crlUrls: unchanged(crlUrls),
  };
  const isWhole = facts.der === null || !keep(facts.der, facts.der.length).includes(cutMark);
  const isSame = JSON.stringify(kept) === JSON.stringify(facts);
  return isWhole && isSame ? facts : { ...kept, der: null };
}

/** Ranges in which those live whose chain holds one of these certificates. */
const homesAmong = (
  homes: ReadonlyMap<string, ReadonlySet<InsideRange>>,
  judged: ReadonlyMap<string, ChainFacts>,
  certificates: readonly string[],
): ReadonlySet<InsideRange> =>
  new Set(
    [...homes].flatMap(([id, kinds]) =>
      onChain(judged.get(id)).some((sha256) => certificates.includes(sha256)) ? [...kinds] : [],
    ),
  );

/** The certificates of a run, each under its fingerprint. */
function createCertificates(stores: TrustStores, keep: Keep) {
  const known = new Map<string, X509Certificate>();
  const facts: Record<string, CertificateFacts> = {};
  const index = createIssuerIndex();
  const learn = (certificate: X509Certificate): void => {
    const sha256 = fingerprint(certificate);
    if (known.has(sha256)) return;
    known.set(sha256, certificate);
    index.add(certificate);
    facts[sha256] = keptFacts(certificateFacts(certificate), keep);
  };
  /** Intermediates that a store here added to a path are judged like sent ones. */
  const learnPaths = ({ anchors }: ChainFacts): void => {
    for (const { path } of anchors) {
      for (const sha256 of path.slice(0, -1)) {
        const stored = known.has(sha256) ? null : stores.certificate(sha256)?.x509;
        if (stored != null) learn(stored);
      }
    }
  };
  return { known, facts, index, learn, learnPaths };
}

/** Judges chains without an anchor again with what others have sent by now: none twice with the same. */
function createCompletion(
  judged: Map<string, ChainFacts>,
  issuersOf: (id: string) => readonly X509Certificate[],
  fetched: readonly X509Certificate[],
  judgeAgain: (id: string, others: readonly X509Certificate[]) => ChainFacts,
): () => void {
  const judgedWith = new Map<string, string>();
  return () => {
    for (const [id, { anchors }] of judged) {
      const others = anchors.length > 0 ? [] : issuersOf(id);
      const material = [...others.map(fingerprint), fetched.length].join();
      if (others.length === 0 || judgedWith.get(id) === material) continue;
      judgedWith.set(id, material);
      judged.set(id, judgeAgain(id, others));
    }
  };
}

export function createChainRecorder(stores: TrustStores, keep: Keep): ChainRecorder {
  const sentOf = new Map<string, readonly X509Certificate[]>();
  const judged = new Map<string, ChainFacts>();
  const { known, facts, index, learn, learnPaths } = createCertificates(stores, keep);
  const fetched: X509Certificate[] = [];
  /** What `chains` gave last; null where something has come since. */
  let shown: Readonly<Record<string, ChainFacts>> | null = null;
  const homes = new Map<string, Set<InsideRange>>();
  const listeners = new Set<(chain: ChainFacts) => void>();

  /** With issuers that it did not send: signatures decide, as everywhere. */
  const judgeAgain = (id: string, others: readonly X509Certificate[]): ChainFacts => {
    const chain = { ...judgeChain(sentOf.get(id) ?? [], stores, [...others, ...fetched]), id };
    learnPaths(chain);
    return chain;
  };

  const completeChains = createCompletion(judged, (id) => index.among(sentOf.get(id) ?? []), fetched, judgeAgain);
  return {
    keep(sent, address) {
      const id = chainId(sent);
      const home = address === null ? null : rangeOfAddress(address);
      if (home !== null) homes.set(id, (homes.get(id) ?? new Set()).add(home));
      if (sentOf.has(id)) return id;
      shown = null;
      const certificates = sent.map((der) => known.get(sha256Of(der)) ?? new X509Certificate(der));
      sentOf.set(id, certificates);
      for (const certificate of certificates) learn(certificate);
      const chain = { ...judgeChain(certificates, stores), id };
      judged.set(id, chain);
      learnPaths(chain);
      for (const listener of listeners) listener(chain);
      return id;
    },
    addFetched(certificate) {
      learn(certificate);
      fetched.push(certificate);
      shown = null;
      return [...judged].flatMap(([id, chain]) => {
        if (chain.anchors.length > 0) return [];
        const again = judgeAgain(id, []);
        judged.set(id, again);
        return again.anchors.length > 0 ? [again] : [];
      });
    },
    onChain(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    homesOf: (certificates) => homesAmong(homes, judged, certificates),
    facts,
    certificate: (sha256) => known.get(sha256) ?? null,
    chains: () => {
      if (shown !== null) return shown;
      completeChains();
      shown = Object.fromEntries([...judged].sort(([a], [b]) => (a < b ? -1 : 1)));
      return shown;
    },
    certificates: () => Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
