import { entryOf } from '../../entry.ts';
import type { EndpointTls } from '../../model/catalog.ts';
import type { Observations, TlsValue } from '../../model/observations.ts';
import type { AnchorHit, CertificateFacts } from '../../model/trust.ts';
import { dateProblem, matchesHost } from '../../trust/x509/certificate-checks.ts';
import { isInside } from './inside-hosts.ts';
import { inspectionVendor } from './vendors.ts';

/** A captured chain, judged for one host. */
export interface Trust {
  /** As sent, leaf first; certificates that the observations lack are left out. */
  readonly sent: readonly CertificateFacts[];
  readonly leaf: CertificateFacts | null;
  /** Ways to an anchor that makes the chain the origin's own (contract section 6), best first. */
  readonly legitimate: readonly AnchorHit[];
  /** They are so because this is a server of the inside, which says nothing of the way to others. */
  readonly inside: boolean;
  /** The chain's last issuer is a catalog anchor of which only the fingerprint is published. */
  readonly byName: boolean;
  /** Ways to a private root that this machine or `--ca-file` trusts, best first. */
  readonly trusted: readonly AnchorHit[];
  readonly distrusted: AnchorHit | null;
  readonly nameMatches: boolean;
  readonly badSignature: number | null;
  /** The certificate that a public intermediate issued which nobody sent; null if none is known. */
  readonly unsentIssuerOf: CertificateFacts | null;
  /** Distinguished name of the authority that the chain ends in; empty without a chain. */
  readonly authority: string;
}

/** A certificate by fingerprint; null if the observations lack it. */
export function certificateOf(observations: Observations, sha256: string): CertificateFacts | null {
  return entryOf(observations.certificates, sha256) ?? null;
}

/** The first certificate of a path whose dates are wrong, the anchor included; null if there is none. */
export function pathDateProblem(
  observations: Observations,
  hit: AnchorHit,
  now: string,
): {
  readonly certificate: Pick<CertificateFacts, 'subject' | 'notBefore' | 'notAfter'>;
  readonly anchor: boolean;
  readonly problem: 'expired' | 'not-yet-valid';
} | null {
  for (const sha256 of hit.path) {
    const anchor = sha256 === hit.sha256;
    const certificate = anchor ? hit : certificateOf(observations, sha256);
    const problem = certificate === null ? null : dateProblem(certificate, now);
    if (certificate !== null && problem !== null) return { certificate, anchor, problem };
  }
  return null;
}

function bestFirst(observations: Observations, hits: readonly AnchorHit[]): readonly AnchorHit[] {
  const rank = (hit: AnchorHit): number =>
    (pathDateProblem(observations, hit, observations.startedAt) === null ? 0 : 4) +
    (hit.completed ? 2 : 0) +
    (hit.stores.includes('machine') ? 0 : 1);
  return [...hits].sort((a, b) => rank(a) - rank(b) || a.path.length - b.path.length || (a.sha256 < b.sha256 ? -1 : 1));
}

/** By run, chain and legitimate anchors: thousands of hosts show the same chain, and each is asked about several times. */
const cache = new WeakMap<Observations, Map<string, Record<'named' | 'unnamed', Trust>>>();

/** Judges the chain of a finished handshake for `host`. Dates are left out: they are a finding of their own. */
export function trustOf(observations: Observations, tls: EndpointTls, host: string, value: TlsValue): Trust {
  let chains = cache.get(observations);
  if (chains === undefined) {
    chains = new Map();
    cache.set(observations, chains);
  }
  const key = tls.anchors.length === 0 ? value.chain : `${value.chain} ${tls.anchors.join()}`;
  let trust = chains.get(key);
  if (trust === undefined) {
    const unnamed = chainTrust(observations, tls, value.chain);
    trust = { unnamed, named: { ...unnamed, nameMatches: true } };
    chains.set(key, trust);
  }
  const { leaf } = trust.named;
  const judged = leaf !== null && matchesHost(leaf, host) ? trust.named : trust.unnamed;
  return isOwnInside(observations, tls, host, judged)
    ? { ...judged, legitimate: judged.trusted, inside: true }
    : judged;
}

/**
 * A server of the inside whose authority is trusted here, and hence the company's own, whatever it signs besides. One that
 * is known for opening TLS is not taken for that, unless it is the certificate itself: that signs for no other host.
 */
function isOwnInside(
  observations: Observations,
  { pinned, inspection }: EndpointTls,
  host: string,
  { sent, leaf, legitimate, trusted, authority }: Trust,
): boolean {
  if (legitimate.length > 0 || trusted.length === 0 || pinned || inspection === 'unsupported') return false;
  if (!isInside(observations, host)) return false;
  return leaf?.selfSigned === true || inspectionVendor(sent, authority) === null;
}

/** The chain's own part of it, for a host that it does not name. */
function chainTrust(observations: Observations, tls: EndpointTls, id: string): Trust {
  const chain = entryOf(observations.chains, id);
  const sent = (chain?.certificates ?? []).flatMap((sha256) => certificateOf(observations, sha256) ?? []);
  const hits = chain?.anchors ?? [];
  const sound = hits.filter(({ distrusted }) => !distrusted);
  const isOwn = ({ stores, sha256 }: AnchorHit): boolean => stores.includes('public') || tls.anchors.includes(sha256);
  const legitimate = bestFirst(observations, sound.filter(isOwn));
  const trusted = bestFirst(
    observations,
    sound.filter((hit) => !isOwn(hit) && (hit.stores.includes('machine') || hit.stores.includes('extra'))),
  );
  const top = sent.at(-1) ?? null;
  const byName =
    legitimate.length === 0 &&
    trusted.length === 0 &&
    top !== null &&
    !top.selfSigned &&
    observations.plan.anchors.some(
      ({ pem, sha256, name }) => pem === null && tls.anchors.includes(sha256) && name === top.issuerCommonName,
    );
  return {
    sent,
    leaf: sent[0] ?? null,
    legitimate,
    inside: false,
    byName,
    trusted,
    distrusted: hits.find(({ distrusted }) => distrusted) ?? null,
    nameMatches: false,
    badSignature: chain?.badSignature ?? null,
    unsentIssuerOf: sent.find(({ sha256 }) => sha256 === chain?.unsentIssuerOf) ?? null,
    authority: (legitimate[0] ?? trusted[0])?.subject ?? top?.issuer ?? '',
  };
}

/** The origin's own chain, for this name: whoever answers here holds the key. Says nothing of dates. */
export function isAuthentic(trust: Trust): boolean {
  return trust.nameMatches && trust.badSignature === null && (trust.legitimate.length > 0 || trust.byName);
}
