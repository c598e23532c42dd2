import type { EndpointTls } from '../../model/catalog.ts';
import type { CauseId } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { Observation } from '../../model/observations.ts';
import type { Target } from '../../model/plan.ts';
import type { AnchorHit, CertificateFacts } from '../../model/trust.ts';
import { allowsServerAuth, dateProblem, matchesHost, weakness } from '../../trust/x509/certificate-checks.ts';
import { fact, sample } from '../evidence.ts';
import { type Problem, problem, undetermined } from '../problem.ts';
import { certificateOf, pathDateProblem, type Trust, trustOf } from '../survey/chain-trust.ts';
import { tlsOf } from '../survey/handshakes.ts';
import { domainOf } from '../survey/host-names.ts';
import type { Survey } from '../survey/survey.ts';
import { inspectionVendor } from '../survey/vendors.ts';

interface ChainCase {
  readonly survey: Survey;
  readonly host: string;
  readonly tls: EndpointTls;
  readonly trust: Trust;
  readonly leaf: CertificateFacts;
}

/** The path that a verdict is about: the origin's own, else the one trusted here; null for an unknown authority. */
const pathOf = ({ trust }: ChainCase): AnchorHit | null => trust.legitimate[0] ?? trust.trusted[0] ?? null;

/** Certificates that carry the verdict: the path's without its anchor, or what was sent. */
function links({ survey, trust }: ChainCase, path: AnchorHit | null): readonly CertificateFacts[] {
  if (path === null) return trust.sent;
  return path.path
    .filter((sha256) => sha256 !== path.sha256)
    .flatMap((sha256) => certificateOf(survey.observations, sha256) ?? []);
}

function revoked(chainCase: ChainCase, path: AnchorHit | null): Problem | null {
  for (const certificate of links(chainCase, path)) {
    const { sha256, subject } = certificate;
    for (const { url, statuses } of chainCase.survey.revocation.get(sha256) ?? []) {
      const state = statuses.find((entry) => entry.certificate === sha256 && entry.status === 'revoked');
      if (state === undefined) continue;
      const evidence = [fact('certificate.revoked', { host: chainCase.host, subject, at: state.revokedAt ?? '', url })];
      return problem('tls.revoked', 'tls', evidence, {
        confidence: 'high',
        signature: ofItsOwn(chainCase, certificate),
        shared: ['certificate', subject],
      });
    }
  }
  return null;
}

/** Whose certificate it is that names others: the domain of its first name; else itself. */
const ownerOf = ({ dnsNames: [name], sha256 }: CertificateFacts): string =>
  name === undefined ? sha256 : domainOf(name);

/** Hosts with such a certificate of their own are one root cause, as are hosts that refuse; an authority's stands for itself. */
const ofItsOwn = (
  { leaf }: ChainCase,
  { subject, notAfter }: Pick<CertificateFacts, 'subject' | 'notAfter'>,
): string => (subject === leaf.subject ? '' : `${subject} ${notAfter}`);

function wrongName({ host, leaf, trust }: ChainCase): Problem {
  const names = [...leaf.dnsNames, ...leaf.ipAddresses];
  const evidence: Fact[] = [fact('certificate.names', { host, names: sample(names, 6) })];
  evidence.push(fact('certificate.issuer', { host, issuer: leaf.issuer }));
  if (leaf.commonName !== null && names.length === 0 && matchesHost({ ...leaf, dnsNames: [leaf.commonName] }, host)) {
    // Clients that still look there find it right: for them nothing is wrong.
    evidence.unshift(fact('certificate.common-name', { host }));
    return problem('tls.name-mismatch', 'tls', evidence, {
      signature: ownerOf(leaf),
      shared: ['certificate', leaf.subject],
    });
  }
  return problem('tls.name-mismatch', 'tls', evidence, {
    signature: ownerOf(leaf),
    shared: ['certificate', leaf.subject],
    alternatives: [
      'dns.redirected',
      'http.captive-portal',
      ...(trust.legitimate.length > 0 ? [] : (['tls.inspection'] as const)),
    ],
  });
}

const corrected = (now: string, offsetMs: number): string | null => {
  const time = Date.parse(now) + offsetMs;
  return Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : null;
};

/** What says that inspection works here has no place beside what fails it. */
const isNoComfort = ({ code }: Fact): boolean => code !== 'certificate.inspection-works';

/** One authority over unrelated domains, or one that is known for it, is nobody's own: of a single host's it is not known. */
const isKnownInspector = ({ survey, trust }: ChainCase): boolean =>
  (survey.authorities.get(trust.authority)?.length ?? 0) >= 2 || inspectionVendor(trust.sent, trust.authority) !== null;

/** Whether a certificate is out of its dates by this machine's clock, and by that of other hosts as well. */
function isOutOfDate({ now, clock }: Survey, certificate: CertificateFacts): boolean {
  const then = clock.offsetMs === null ? null : corrected(now, clock.offsetMs);
  return dateProblem(certificate, now) !== null && (then === null || dateProblem(certificate, then) !== null);
}

function wrongDates(chainCase: ChainCase, path: AnchorHit): Problem | null {
  const { survey, host, trust } = chainCase;
  const { observations, now, clock } = survey;
  const wrong = pathDateProblem(observations, path, now);
  if (wrong === null) return null;
  const { certificate, problem: kind, anchor } = wrong;
  const then = clock.offsetMs === null ? null : corrected(now, clock.offsetMs);
  const byClock = then === null ? clock.rightDates.size === 0 : pathDateProblem(observations, path, then) === null;
  const evidence = [
    fact('certificate.dates', {
      host,
      subject: certificate.subject,
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      now,
    }),
  ];
  const shared = ['certificate', certificate.subject] as const;
  const isOpened = trust.legitimate.length === 0;
  const undecided = byClock && then === null;
  if (isOpened && (!byClock || (undecided && isKnownInspector(chainCase)))) {
    // Whoever opens TLS here signs with what is out of its dates: the origin's own certificate is not seen at all.
    const inspected = inspection(chainCase);
    return {
      ...inspected,
      ...(undecided ? { confidence: 'medium', alternatives: ['local.clock-skew'] } : {}),
      effect: 'unreachable',
      evidence: [...evidence, ...inspected.evidence.filter(isNoComfort)],
    };
  }
  const clockOr: readonly CauseId[] = isOpened ? ['local.clock-skew', 'tls.inspection'] : ['local.clock-skew'];
  if (anchor && kind === 'expired' && path.stores.includes('machine')) {
    const root = fact('certificate.root-expired', { host, root: path.subject, notAfter: path.notAfter });
    return problem('local.root-expired', 'tls', [root], {
      confidence: byClock ? 'medium' : 'high',
      signature: path.sha256,
      shared: ['root', path.subject],
      byClock,
      alternatives: byClock ? ['local.clock-skew'] : [],
    });
  }
  return problem(kind === 'expired' ? 'tls.expired' : 'tls.not-yet-valid', 'tls', evidence, {
    confidence: byClock ? 'medium' : 'high',
    signature: ofItsOwn(chainCase, certificate),
    shared,
    byClock,
    alternatives: byClock ? clockOr : [],
  });
}

/**
 * Who opens TLS at a host whose certificate looks out of its dates by a wrong clock: they are still there once the clock is
 * right. Only where it is proven; else the certificate is the first thing to look at then.
 */
export function inspectedBehindClock(
  survey: Survey,
  target: Target,
  { host, attempts }: Observation,
): readonly Problem[] {
  const tls = tlsOf(survey, target, host);
  for (const attempt of attempts) {
    if (attempt.tls.status !== 'passed') continue;
    const trust = trustOf(survey.observations, tls, host, attempt.tls.value);
    if (trust.leaf === null || trust.legitimate.length > 0 || trust.trusted.length === 0 || !trust.nameMatches)
      continue;
    const chainCase: ChainCase = { survey, host, tls, trust, leaf: trust.leaf };
    if (!isKnownInspector(chainCase)) continue;
    const inspected = inspection(chainCase);
    return [{ ...inspected, evidence: inspected.evidence.filter(isNoComfort) }];
  }
  return [];
}

function unfit(chainCase: ChainCase, path: AnchorHit | null): Problem | null {
  const { host, trust } = chainCase;
  // A certificate of somebody between may be as bad as one of the service's own.
  const isOwn = trust.legitimate.length > 0;
  for (const certificate of links(chainCase, path)) {
    const { subject, sha256 } = certificate;
    const weak = weakness(certificate);
    const evidence =
      weak !== null
        ? fact('certificate.weak', { host, subject, weakness: weak })
        : allowsServerAuth(certificate)
          ? null
          : fact('certificate.purpose', { host, subject });
    if (evidence === null) continue;
    return problem('tls.untrusted-issuer', 'tls', [evidence], {
      confidence: isOwn ? 'high' : 'medium',
      signature: sha256,
      shared: ['certificate', subject],
      alternatives: isOwn ? [] : ['tls.inspection'],
    });
  }
  return null;
}

/** A public root that the chain needs and that the machine store, which could be read, lacks or holds in a false copy. */
function missingRoot({ survey, trust, host }: ChainCase): Problem | null {
  const { trustStores, rootAutoUpdate, roots } = survey.observations.environment;
  const machine = trustStores.find(({ name }) => name === 'machine');
  const readable = machine !== undefined && machine.error === null && (machine.count ?? 0) > 0;
  const needed = trust.legitimate[0];
  if (!readable || needed === undefined || trust.byName) return null;
  if (
    trust.legitimate.some(
      ({ stores }) => !stores.includes('public') || stores.includes('machine') || stores.includes('extra'),
    )
  )
    return null;
  const state = roots.find(({ sha256 }) => sha256 === needed.sha256);
  const parts = { confidence: 'high', signature: needed.sha256, shared: ['root', needed.subject] } as const;
  if (state?.state === 'corrupt') {
    const evidence = [fact('certificate.root-corrupt', { host, root: needed.subject, found: state.found ?? '' })];
    return problem('local.root-corrupt', 'tls', evidence, parts);
  }
  if (rootAutoUpdate === 'on') return null;
  const evidence = [fact('certificate.root-missing', { host, root: needed.subject, sha256: needed.sha256 })];
  return problem('local.root-missing', 'tls', evidence, parts);
}

/** Why a host's client or vendor has no use for a certificate of somebody else, whoever trusts it. */
function exemptReasons({ tls, host }: ChainCase): readonly Fact[] {
  return [
    ...(tls.pinned ? [fact('certificate.pinned', { host })] : []),
    ...(tls.inspection === 'unsupported' ? [fact('certificate.inspection-unsupported', { host })] : []),
  ];
}

/** Facts about who may have put its own certificate in place of the origin's. */
function inspectionEvidence(chainCase: ChainCase, soleError: boolean): readonly Fact[] {
  const { survey, trust, host, leaf } = chainCase;
  const evidence: Fact[] = [...exemptReasons(chainCase), fact('certificate.issuer', { host, issuer: leaf.issuer })];
  const private_ = trust.trusted[0];
  if (private_ === undefined) evidence.push(fact('certificate.unknown-root', { host, authority: trust.authority }));
  else {
    const store = private_.stores.includes('machine') ? 'machine' : 'extra';
    evidence.push(fact('certificate.private-root', { host, root: private_.subject, store }));
  }
  const domains = survey.authorities.get(trust.authority) ?? [];
  if (domains.length >= 2) {
    evidence.push(
      fact('certificate.recurs', { authority: trust.authority, domains: domains.length, sample: sample(domains) }),
    );
  }
  const hosts = survey.signedHosts.get(trust.authority) ?? [];
  if (domains.length === 1 && hosts.length >= 2) {
    evidence.push(
      fact('certificate.recurs-in-domain', { authority: trust.authority, hosts: hosts.length, sample: sample(hosts) }),
    );
  }
  const vendor = soleError ? inspectionVendor(trust.sent, trust.authority) : null;
  if (vendor !== null) evidence.push(fact('certificate.vendor', vendor));
  if (leaf.scts === 0) evidence.push(fact('certificate.no-scts', { host }));
  return evidence;
}

function inspection(chainCase: ChainCase): Problem {
  const { trust, host } = chainCase;
  const exempt = exemptReasons(chainCase).length > 0;
  const works = trust.trusted.length > 0 && !exempt;
  const sure = isKnownInspector(chainCase);
  const evidence = inspectionEvidence(chainCase, true);
  return problem(
    'tls.inspection',
    'tls',
    works ? [...evidence, fact('certificate.inspection-works', { host })] : evidence,
    {
      confidence: sure ? 'high' : 'medium',
      effect: works ? 'degraded' : 'unreachable',
      // Hosts that have to be exempted are one request, whether to trust the authority for the rest another.
      signature: exempt ? `${trust.authority} exempt` : trust.authority,
      shared: ['issuer', trust.authority],
      alternatives: sure ? [] : ['tls.untrusted-issuer'],
    },
  );
}

/** The certificate that should have been sent after the last one, if the chain as sent stops short. */
function gap({ survey, trust, leaf, host }: ChainCase): Problem | null {
  const { unsentIssuerOf } = trust;
  const top = unsentIssuerOf ?? trust.sent.at(-1) ?? leaf;
  if (top.selfSigned) return null;
  const seen = (survey.intermediates.get(top.issuer) ?? []).find(
    ({ subjectKeyId }) => top.authorityKeyId === null || subjectKeyId === null || subjectKeyId === top.authorityKeyId,
  );
  const alone = trust.sent.length === 1 && top.issuerUrls.some((url) => /^https?:/i.test(url));
  // The catalog knows authorities by name that legitimate chains go through.
  const named = survey.observations.plan.anchors.find(({ name }) => name === top.issuerCommonName);
  const listed = unsentIssuerOf !== null;
  if (!listed && seen === undefined && named === undefined && !alone) return null;
  const evidence: Fact[] = [fact('certificate.incomplete', { host, sent: trust.sent.length, issuer: top.issuer })];
  if (listed) evidence.push(fact('certificate.issuer-listed', { host, issuer: top.issuer }));
  if (seen !== undefined) evidence.push(fact('certificate.issuer-seen', { host, issuer: seen.subject }));
  else if (named !== undefined) evidence.push(fact('certificate.issuer-named', { host, issuer: named.name }));
  // An anchor without its certificate can be told by its name alone; a leaf that comes alone lacks what the name says.
  const isKnown = listed || (named?.pem === null && trust.sent.length === 1);
  return problem('tls.missing-intermediate', 'tls', evidence, {
    confidence: isKnown ? 'high' : 'medium',
    signature: top.issuer,
    shared: ['issuer', top.issuer],
    alternatives: isKnown ? [] : ['tls.untrusted-issuer', 'tls.inspection'],
  });
}

/** No store here and no public set holds what the chain ends in. */
function unknownAuthority(chainCase: ChainCase): Problem {
  const { survey, trust, leaf, host } = chainCase;
  const soleError = trust.nameMatches && !isOutOfDate(survey, leaf);
  const extra: Fact[] = [];
  if (!trust.nameMatches) extra.push(fact('certificate.names', { host, names: sample(leaf.dnsNames, 6) }));
  if (dateProblem(leaf, survey.now) !== null) {
    extra.push(
      fact('certificate.dates', {
        host,
        subject: leaf.subject,
        notBefore: leaf.notBefore,
        notAfter: leaf.notAfter,
        now: survey.now,
      }),
    );
  }
  const say = (
    cause: CauseId,
    evidence: readonly Fact[],
    alternatives: readonly CauseId[],
    signature: string,
  ): Problem =>
    problem(cause, 'tls', [...evidence, ...extra], { signature, shared: ['issuer', trust.authority], alternatives });
  if (trust.distrusted !== null) {
    const evidence = [fact('certificate.distrusted', { host, root: trust.distrusted.subject })];
    return { ...say('tls.untrusted-issuer', evidence, [], trust.distrusted.sha256), confidence: 'high' };
  }
  if (leaf.selfSigned) {
    const evidence = [fact('certificate.self-signed', { host, subject: leaf.subject })];
    const selfSigned = say('tls.self-signed', evidence, ['tls.inspection', 'http.captive-portal'], '');
    return { ...selfSigned, shared: { attribute: 'certificate', value: leaf.subject } };
  }
  const incomplete = gap(chainCase);
  if (incomplete !== null) return { ...incomplete, evidence: [...incomplete.evidence, ...extra] };
  // One authority that nobody knows, on two hosts: of unrelated domains it is certain, within one it may be the owner's own.
  const recurs = (survey.signedHosts.get(trust.authority)?.length ?? 0) >= 2;
  if (recurs || (soleError && inspectionVendor(trust.sent, trust.authority) !== null)) {
    const inspected = inspection(chainCase);
    return soleError ? inspected : { ...inspected, evidence: [...inspectionEvidence(chainCase, false), ...extra] };
  }
  const evidence = [fact('certificate.unknown-root', { host, authority: trust.authority })];
  return say('tls.untrusted-issuer', evidence, ['tls.inspection', 'tls.missing-intermediate'], trust.authority);
}

/** What is wrong with the certificate that `host` presented; null for the origin's own, valid one. One finding at most: the rest is its evidence. */
export function certificateProblem(survey: Survey, tls: EndpointTls, host: string, trust: Trust): Problem | null {
  const { leaf } = trust;
  if (leaf === null) return undetermined('tls', 'no certificate', [fact('certificate.missing', { host })], 'tls-1.2');
  const chainCase: ChainCase = { survey, host, tls, trust, leaf };
  const path = pathOf(chainCase);
  const bad = revoked(chainCase, path);
  if (bad !== null) return bad;
  if (trust.badSignature !== null && path === null) {
    const evidence = [fact('certificate.bad-signature', { host, position: trust.badSignature })];
    return problem('tls.untrusted-issuer', 'tls', evidence, {
      signature: leaf.sha256,
      alternatives: ['tls.inspection'],
    });
  }
  if (path === null && !trust.byName) return unknownAuthority(chainCase);
  if (!trust.nameMatches) return wrongName(chainCase);
  const fault = (path === null ? null : wrongDates(chainCase, path)) ?? unfit(chainCase, path);
  if (fault !== null) return fault;
  if (trust.legitimate.length === 0 && !trust.byName) return inspection(chainCase);
  if (path?.completed === true) {
    const top = trust.sent.at(-1) ?? leaf;
    const evidence = [
      fact('certificate.incomplete', { host, sent: trust.sent.length, issuer: top.issuer }),
      fact('certificate.completed', { host, root: path.subject }),
    ];
    return problem('tls.missing-intermediate', 'tls', evidence, {
      confidence: 'high',
      signature: top.issuer,
      shared: ['issuer', top.issuer],
    });
  }
  return missingRoot(chainCase);
}
