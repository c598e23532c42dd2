/** Which revocation and issuer addresses are asked, and what an answer is worth. */
import type { X509Certificate } from 'node:crypto';
import type { RevocationObservation } from '../../model/observations.ts';
import type { CertificateFacts, ChainFacts } from '../../model/trust.ts';
import { certificateOutline } from '../x509/certificate-outline.ts';
import { integerHex } from '../x509/der.ts';
import { type Crl, crlLookup, crlProblem, MAX_CRL_BYTES, parseCrl, type RevocationStatus } from './crl.ts';
import { MAX_OCSP_BYTES, ocspStatus, parseOcsp } from './ocsp.ts';

export interface RevocationRequest {
  readonly kind: RevocationObservation['kind'];
  readonly url: string;
  /** Fingerprints of the certificates that name it; of `ocsp` the one certificate to ask about. */
  readonly certificates: readonly string[];
}

const MAX_REQUESTS = 64;

/** http and https without credentials; ldap and file are for others. */
function usableUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (!/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '') return null;
  parsed.hash = '';
  return parsed.href;
}

/** Sent certificates whose issuer was not sent along: where a chain breaks off. */
function tops(chain: ChainFacts, certificates: Readonly<Record<string, CertificateFacts>>): readonly string[] {
  const sent = chain.certificates.map((sha256) => certificates[sha256]).filter((facts) => facts !== undefined);
  return sent
    .filter(
      ({ selfSigned, issuer, sha256 }) =>
        !selfSigned && !sent.some((other) => other.subject === issuer && other.sha256 !== sha256),
    )
    .map(({ sha256 }) => sha256);
}

/**
 * Addresses to ask, in order of weight, 64 at most.
 *
 * Only certificates on a path to something that a store here holds are asked about: leaf and intermediates,
 * never the anchor. That includes a company's own inspection root, whose lists lie on internal hosts: this
 * machine trusts it, so its clients ask there as well. A chain that breaks off is only asked for its missing
 * issuer. A chain that ends in nobody known (self-signed, private root) sends us nowhere: else any
 * peer could make this machine call any address.
 *
 * Every address of an issuer or a CRL comes once, with all certificates that name it. An OCSP responder comes
 * once for each certificate, the repeats last, because an answer is about one certificate.
 */
export function revocationPlan(
  chains: readonly ChainFacts[],
  certificates: Readonly<Record<string, CertificateFacts>>,
): readonly RevocationRequest[] {
  const requests = new Map<string, { kind: RevocationRequest['kind']; url: string; certificates: string[] }>();
  const repeats: RevocationRequest[] = [];
  const seen = new Set<string>();
  const add = (kind: RevocationRequest['kind'], urls: readonly string[], sha256: string): void => {
    for (const named of urls) {
      const url = usableUrl(named);
      if (url === null || seen.has(`${kind} ${url} ${sha256}`)) continue;
      seen.add(`${kind} ${url} ${sha256}`);
      const request = requests.get(`${kind} ${url}`);
      if (request === undefined) requests.set(`${kind} ${url}`, { kind, url, certificates: [sha256] });
      else if (kind === 'ocsp') repeats.push({ kind, url, certificates: [sha256] });
      else request.certificates.push(sha256);
    }
  };
  const onPath = (chain: ChainFacts): readonly CertificateFacts[] =>
    [...new Set(chain.anchors.flatMap(({ path }) => path.slice(0, -1)))]
      .map((sha256) => certificates[sha256])
      .filter((facts) => facts !== undefined)
      .filter(({ selfSigned }) => !selfSigned);
  const anchored = chains.filter(({ anchors }) => anchors.length > 0);
  for (const chain of chains)
    if (chain.anchors.length === 0)
      for (const sha256 of tops(chain, certificates)) add('issuer', certificates[sha256]?.issuerUrls ?? [], sha256);
  for (const leaves of [true, false])
    for (const chain of anchored)
      for (const { sha256, ocspUrls, crlUrls } of onPath(chain)) {
        if ((sha256 === chain.certificates[0]) !== leaves) continue;
        add('crl', crlUrls, sha256);
        add('ocsp', ocspUrls, sha256);
      }
  for (const chain of anchored) for (const { sha256, issuerUrls } of onPath(chain)) add('issuer', issuerUrls, sha256);
  return [...requests.values(), ...repeats].slice(0, MAX_REQUESTS);
}

/** Issuer's fingerprint by certificate, from the paths found: with whose key an answer about it is verified. */
export function issuersOnPaths(chains: readonly ChainFacts[]): ReadonlyMap<string, string> {
  const issuers = new Map<string, string>();
  for (const { anchors } of chains)
    for (const { path } of anchors)
      path.forEach((sha256, at) => {
        const issuer = path[at + 1];
        if (issuer !== undefined && !issuers.has(sha256)) issuers.set(sha256, issuer);
      });
  return issuers;
}

export interface Asked {
  readonly certificate: X509Certificate;
  readonly issuer: X509Certificate;
}

type Answer = Pick<RevocationObservation, 'statuses' | 'problem'>;

const hex = (text: string): string => text.replaceAll(':', '').toLowerCase();

/** One status each, or the first problem if there is none at all. */
function answerOf(questions: readonly Asked[], judge: (question: Asked) => RevocationStatus): Answer {
  const statuses: RevocationObservation['statuses'][number][] = [];
  let problem: Answer['problem'] = null;
  for (const question of questions) {
    const status = judge(question);
    if ('problem' in status) problem ??= status.problem;
    else statuses.push({ certificate: hex(question.certificate.fingerprint256), ...status });
  }
  return { statuses, problem: statuses.length > 0 ? null : problem };
}

/** What a fetched CRL says of the certificates that name it. `truncated`: the fetch stopped at its bound. */
export function judgeCrl(body: Buffer, questions: readonly Asked[], nowIso: string, truncated = false): Answer {
  if (truncated || body.length > MAX_CRL_BYTES) return { statuses: [], problem: 'too-large' };
  const crl: Crl | null = parseCrl(body);
  if (crl === null) return { statuses: [], problem: 'unparseable' };
  // A signature over megabytes is checked once per issuer, not once per certificate.
  const problems = new Map<string, ReturnType<typeof crlProblem>>();
  return answerOf(questions, ({ certificate, issuer }) => {
    const outline = certificateOutline(certificate.raw);
    const earlier = problems.get(issuer.fingerprint256);
    const problem = earlier === undefined ? crlProblem(crl, issuer, nowIso) : earlier;
    problems.set(issuer.fingerprint256, problem);
    if (problem !== null) return { problem };
    return outline === null ? { problem: 'wrong-certificate' } : crlLookup(crl, integerHex(outline.serial));
  });
}

/** What an OCSP answer (fetched or stapled) says of a certificate. */
export function judgeOcsp(body: Buffer, question: Asked, nowIso: string, truncated = false): Answer {
  if (truncated || body.length > MAX_OCSP_BYTES) return { statuses: [], problem: 'too-large' };
  const response = parseOcsp(body);
  if (response === null) return { statuses: [], problem: 'unparseable' };
  return answerOf([question], ({ certificate, issuer }) => ocspStatus(response, certificate, issuer, nowIso));
}
