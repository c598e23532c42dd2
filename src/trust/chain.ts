/** Path building: from the certificates as sent to everything that a store here holds. Ignores dates and host names. */
import { createHash, type KeyObject, type X509Certificate } from 'node:crypto';
import type { AnchorHit, ChainFacts } from '../model/trust.ts';
import { isPublicIntermediate } from './stores/public-intermediates.ts';
import type { TrustStores } from './stores/stores.ts';
import { authorityKeyId } from './x509/certificate.ts';
import { certificateOutline, issuerRights } from './x509/certificate-outline.ts';
import { nameKey, nameText } from './x509/distinguished-names.ts';

/** Public-key operations for one chain; a sane one needs fewer than ten. */
const MAX_SIGNATURES = 300;
/** Certificates looked at: as sent, and fetched. OpenSSL's own bound on a chain's depth is 100. */
const MAX_SENT = 100;
const MAX_FETCHED = 16;
const MAX_HITS = 16;
const MAX_DEPTH = 16;

interface Link {
  readonly x509: X509Certificate;
  readonly sha256: string;
  readonly sha1: string;
  readonly subjectKey: string;
  readonly issuerKey: string;
  readonly subject: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly isCa: boolean;
  /** No basicConstraints at all: a version 1 certificate may be an anchor, never a sent issuer. */
  readonly legacy: boolean;
  readonly pathLength: number | null;
}

function linkOf(x509: X509Certificate): Link | null {
  const outline = certificateOutline(x509.raw);
  if (outline === null) return null;
  const rights = issuerRights(outline);
  return {
    x509,
    sha256: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    sha1: x509.fingerprint.replaceAll(':', '').toLowerCase(),
    subjectKey: nameKey(outline.subject),
    issuerKey: nameKey(outline.issuer),
    subject: nameText(outline.subject),
    notBefore: outline.notBefore ?? '',
    notAfter: outline.notAfter ?? '',
    isCa: rights.isCa,
    legacy: !rights.stated,
    pathLength: rights.pathLength,
  };
}

const unique = (links: readonly (Link | null)[]): readonly Link[] => [
  ...new Map(links.filter((link) => link !== null).map((link) => [link.sha256, link])).values(),
];

/** One chain's signature checks, each made once, all of them bounded. */
function signatureChecker() {
  const verified = new Map<string, boolean | null>();
  const keys = new Map<string, KeyObject | null>();
  const keyOf = (link: Link): KeyObject | null => {
    const cached = keys.get(link.sha256);
    if (cached !== undefined) return cached;
    let key: KeyObject | null = null;
    try {
      key = link.x509.publicKey;
    } catch {
      // A key type or curve that this runtime doesn't know: nothing can be said about what it signed.
    }
    keys.set(link.sha256, key);
    return key;
  };
  /** Null: not an issuer by name, key identifier and key usage (OpenSSL's X509_check_issued), or can't be told. */
  return (child: Link, issuer: Link): boolean | null => {
    const pair = `${child.sha256} ${issuer.sha256}`;
    const cached = verified.get(pair);
    if (cached !== undefined) return cached;
    let verdict: boolean | null = null;
    if (child.x509.checkIssued(issuer.x509) && verified.size < MAX_SIGNATURES) {
      const key = keyOf(issuer);
      try {
        verdict = key === null ? null : child.x509.verify(key);
      } catch {
        verdict = null;
      }
      verified.set(pair, verdict);
    }
    return verdict;
  };
}

type Checker = ReturnType<typeof signatureChecker>;

interface PathStep {
  readonly link: Link;
  readonly path: readonly Link[];
  /** Certificates below it that count against a path length (RFC 5280 section 4.2.1.9). */
  readonly between: number;
}

/** Whether this certificate may have signed what stands below it: it is allowed to, for a path as long as this. */
function mayIssue(issuer: Link, between: number, stores: TrustStores): boolean {
  const anchor = stores.holders(issuer.sha256).length > 0;
  if (!issuer.isCa && !(anchor && issuer.legacy)) return false;
  return issuer.pathLength === null || between <= issuer.pathLength;
}

/** Breadth first, so that each anchor is met by its shortest path and each certificate once. */
function climb(
  leaf: Link,
  pool: readonly Link[],
  stores: TrustStores,
  verifies: Checker,
): readonly (readonly Link[])[] {
  const hits = new Map<string, readonly Link[]>();
  const seen = new Set([leaf.sha256]);
  let level: readonly PathStep[] = [{ link: leaf, path: [leaf], between: 0 }];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const next: PathStep[] = [];
    for (const { link, path, between } of level) {
      if (stores.holders(link.sha256).length > 0 && hits.size < MAX_HITS) hits.set(link.sha256, path);
      const held = stores.named(link.issuerKey).map((stored) => (stored.x509 === null ? null : linkOf(stored.x509)));
      const candidates = unique([...pool.filter(({ subjectKey }) => subjectKey === link.issuerKey), ...held]);
      for (const issuer of candidates) {
        if (seen.has(issuer.sha256) || !mayIssue(issuer, between, stores) || verifies(link, issuer) !== true) continue;
        seen.add(issuer.sha256);
        const selfIssued = issuer.subjectKey === issuer.issuerKey;
        next.push({ link: issuer, path: [...path, issuer], between: between + (selfIssued ? 0 : 1) });
      }
    }
    level = next;
  }
  return [...hits.values()];
}

/** Position of the first sent certificate whose issuer was sent as well and did not sign it; null if there is none. */
function brokenSignature(sent: readonly (Link | null)[], verifies: Checker): number | null {
  const all = unique(sent);
  const at = sent.findIndex((link) => {
    if (link === null) return false;
    const verdicts = all
      .filter(({ subjectKey }) => subjectKey === link.issuerKey)
      .map((issuer) => verifies(link, issuer));
    return verdicts.includes(false) && !verdicts.includes(true);
  });
  return at === -1 ? null : at;
}

/** The last certificate up from the leaf, if a public intermediate issued it that was not sent; null otherwise. */
function unsentIssuerOf(leaf: Link, sent: readonly Link[], verifies: Checker): string | null {
  const met = new Set([leaf]);
  let end = leaf;
  for (;;) {
    const issuer = sent.find((link) => link.subjectKey === end.issuerKey && !met.has(link) && verifies(end, link));
    if (issuer === undefined) break;
    met.add(issuer);
    end = issuer;
  }
  const outline = certificateOutline(end.x509.raw);
  const keyId = outline === null ? null : authorityKeyId(outline);
  return keyId !== null && isPublicIntermediate(end.issuerKey, keyId) ? end.sha256 : null;
}

/** Below its anchor the path has a certificate that nobody sent and only the catalog names: clients don't have it. */
function needsCatalog(path: readonly Link[], sent: ReadonlySet<string>, stores: TrustStores): boolean {
  return path.slice(1, -1).some(({ sha256 }) => {
    const holders = sent.has(sha256) ? [] : stores.holders(sha256);
    return holders.length > 0 && holders.every((store) => store === 'catalog');
  });
}

function hitOf(path: readonly Link[], stores: TrustStores, completed: boolean): AnchorHit | null {
  const anchor = path.at(-1);
  if (anchor === undefined) return null;
  return {
    sha256: anchor.sha256,
    subject: anchor.subject,
    notBefore: anchor.notBefore,
    notAfter: anchor.notAfter,
    stores: stores.holders(anchor.sha256),
    path: path.map(({ sha256 }) => sha256),
    completed,
    distrusted: path.some(({ sha1, x509 }) => stores.distrusts(sha1, () => x509.raw)),
  };
}

/**
 * Where a chain ends, in every store at once. `sent` is leaf first as the server sent it, in whatever order and
 * with whatever else; `fetched` are intermediates from issuer addresses, used only for anchors that the sent
 * certificates don't reach. Issuers must be allowed to certify (basicConstraints, path length, key usage).
 */
export function judgeChain(
  sent: readonly X509Certificate[],
  stores: TrustStores,
  fetched: readonly X509Certificate[] = [],
): ChainFacts {
  const links = sent.slice(0, MAX_SENT).map(linkOf);
  const extra = fetched.slice(0, MAX_FETCHED).map(linkOf);
  const verifies = signatureChecker();
  const sentPrints = new Set(unique(links).map(({ sha256 }) => sha256));
  const [leaf] = links;
  const anchors: AnchorHit[] = [];
  let end: string | null = null;
  if (leaf) {
    const take = (paths: readonly (readonly Link[])[], completed: boolean): void => {
      for (const path of paths) {
        const hit = hitOf(path, stores, completed || needsCatalog(path, sentPrints, stores));
        if (hit !== null && !anchors.some(({ sha256 }) => sha256 === hit.sha256)) anchors.push(hit);
      }
    };
    take(climb(leaf, unique(links), stores, verifies), false);
    if (extra.length > 0) take(climb(leaf, unique([...links, ...extra]), stores, verifies), true);
    if (anchors.length === 0) end = unsentIssuerOf(leaf, unique(links), verifies);
  }
  const certificates = sent
    .slice(0, MAX_SENT)
    .map(({ fingerprint256 }) => fingerprint256.replaceAll(':', '').toLowerCase());
  return {
    id: createHash('sha256').update(certificates.join()).digest('hex').slice(0, 16),
    certificates,
    anchors,
    badSignature: brokenSignature(links, verifies),
    ...(end === null ? {} : { unsentIssuerOf: end }),
  };
}
