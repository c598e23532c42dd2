import type { Severity } from '../model/catalog.ts';
import type { CauseId } from '../model/diagnosis.ts';
import type { StageName } from '../model/observations.ts';
import type { ExperimentId } from '../words/contract.ts';

/**
 * A row of the cause table (contract section 4). Severity is derived from the affected targets;
 * `atLeast` and `atMost` bound it where the cause itself decides.
 */
export interface CauseRow {
  readonly id: CauseId;
  readonly stage: StageName | 'local' | 'any';
  readonly atLeast: Severity;
  readonly atMost: Severity;
  /** Causes that explain this one away: it is then their symptom. */
  readonly after: readonly CauseId[];
  /** The one experiment that would decide between this cause and its neighbours. */
  readonly experiment: ExperimentId;
}

type Spec = readonly [
  id: CauseId,
  stage: CauseRow['stage'],
  experiment: ExperimentId,
  after?: readonly CauseId[],
  bounds?: { readonly atLeast?: Severity; readonly atMost?: Severity },
];

const noName: readonly CauseId[] = ['local.no-network', 'dns.no-resolver'];
const unknownName: readonly CauseId[] = ['local.no-network', 'dns.internal-only'];
const wrongAddress: readonly CauseId[] = ['dns.hosts-file', 'dns.sinkhole', 'dns.redirected', 'dns.private-address'];
const noConnection: readonly CauseId[] = [
  'local.no-network',
  ...wrongAddress,
  'http.captive-portal',
  'tcp.egress-blocked',
];
const noSession: readonly CauseId[] = [...wrongAddress, 'http.captive-portal'];
/** Where something near ends connections itself, it also decides what becomes of them. */
const cutShort: readonly CauseId[] = [...noSession, 'tcp.intercepted'];
const noAnswer: readonly CauseId[] = [...wrongAddress, 'tcp.intercepted'];
const badDate: readonly CauseId[] = ['local.clock-skew', ...noSession];

const specs: readonly Spec[] = [
  ['local.no-network', 'local', 'known-good-host'],
  ['local.blocked-by-host', 'tcp', 'other-program', ['local.no-network']],
  ['local.resources', 'local', 'repeat-serially', [], { atLeast: 'warning', atMost: 'warning' }],
  ['local.clock-skew', 'local', 'compare-time', [], { atLeast: 'warning' }],
  ['local.root-missing', 'tls', 'list-roots'],
  ['local.root-expired', 'tls', 'list-roots', ['local.clock-skew']],
  ['local.root-corrupt', 'tls', 'list-roots', [], { atLeast: 'warning' }],
  ['dns.no-resolver', 'dns', 'other-resolver', ['local.no-network']],
  ['dns.timeout', 'dns', 'other-resolver', [...noName, 'dns.internal-only']],
  ['dns.not-found', 'dns', 'other-resolver', unknownName],
  ['dns.no-address', 'dns', 'other-resolver', unknownName],
  ['dns.server-failure', 'dns', 'other-resolver', [...unknownName, 'dns.no-resolver']],
  ['dns.refused', 'dns', 'other-resolver', unknownName],
  ['dns.internal-only', 'dns', 'other-resolver', ['local.no-network']],
  ['dns.sinkhole', 'dns', 'other-resolver', ['local.no-network', 'dns.hosts-file']],
  ['dns.redirected', 'dns', 'random-name', ['local.no-network']],
  ['dns.private-address', 'dns', 'other-resolver', ['local.no-network', 'dns.hosts-file', 'dns.redirected']],
  ['dns.hosts-file', 'dns', 'other-resolver', ['local.no-network']],
  ['dns.large-answers-blocked', 'dns', 'other-resolver', [...noName, 'dns.internal-only']],
  ['tcp.dropped', 'tcp', 'through-proxy', noConnection],
  ['tcp.egress-blocked', 'tcp', 'through-proxy', ['local.no-network', 'http.captive-portal']],
  ['tcp.refused', 'tcp', 'other-network', noConnection],
  ['tcp.prohibited', 'tcp', 'other-network', noConnection],
  ['tcp.no-route', 'tcp', 'other-network', noConnection],
  ['tcp.ipv6-broken', 'tcp', 'address-by-address', [], { atMost: 'warning' }],
  ['tcp.partly-blocked', 'tcp', 'address-by-address', [], { atMost: 'warning' }],
  ['tcp.intercepted', 'tcp', 'documentation-address'],
  ['tls.sni-filtered', 'tls', 'same-address-other-name'],
  ['tls.reset', 'tls', 'same-address-other-name', [...cutShort, 'tls.sni-filtered', 'tls.large-hello-dropped']],
  ['tls.stalled', 'tls', 'small-hello', [...cutShort, 'tls.large-hello-dropped', 'tls.mtu-black-hole']],
  ['tls.large-hello-dropped', 'tls', 'padded-hello'],
  ['tls.mtu-black-hole', 'tls', 'tls-1.2-only'],
  ['tls.inspection', 'tls', 'other-network', noSession],
  ['tls.untrusted-issuer', 'tls', 'list-roots', noSession],
  ['tls.self-signed', 'tls', 'other-network', noSession],
  ['tls.missing-intermediate', 'tls', 'fetch-issuer', noSession],
  ['tls.expired', 'tls', 'compare-time', badDate],
  ['tls.not-yet-valid', 'tls', 'compare-time', badDate],
  ['tls.name-mismatch', 'tls', 'other-resolver', noSession],
  ['tls.version-mismatch', 'tls', 'tls-1.2-only', noSession],
  ['tls.cipher-mismatch', 'tls', 'tls-1.2-only', noSession],
  ['tls.not-tls', 'tls', 'plain-http', noSession],
  ['tls.client-certificate-required', 'tls', 'other-network', noSession],
  ['tls.revoked', 'tls', 'fetch-revocation'],
  [
    'tls.revocation-unreachable',
    'tls',
    'fetch-revocation',
    ['local.no-network', 'dns.no-resolver', 'dns.internal-only', 'dns.redirected', 'tcp.egress-blocked'],
    { atMost: 'warning' },
  ],
  ['http.block-page', 'http', 'other-network', wrongAddress],
  ['http.captive-portal', 'http', 'known-good-host', wrongAddress],
  ['http.unexpected-status', 'http', 'other-network', wrongAddress],
  ['http.timeout', 'http', 'other-network', noAnswer],
  ['http.reset', 'http', 'other-network', noAnswer],
  ['http.malformed', 'http', 'plain-http', wrongAddress],
  ['http.redirect-blocked', 'http', 'other-network'],
  ['http.tampered', 'http', 'other-network', wrongAddress],
  ['http.service-error', 'http', 'other-network'],
  ['proxy.name-not-found', 'tunnel', 'ask-proxy'],
  ['proxy.unreachable', 'tunnel', 'ask-proxy', ['local.no-network']],
  ['proxy.auth-required', 'tunnel', 'ask-proxy'],
  ['proxy.auth-rejected', 'tunnel', 'as-service-account', ['local.clock-skew']],
  ['proxy.auth-unsupported', 'tunnel', 'ask-proxy'],
  ['proxy.denied', 'tunnel', 'ask-proxy'],
  ['proxy.upstream-dns', 'tunnel', 'ask-proxy'],
  ['proxy.upstream-unreachable', 'tunnel', 'ask-proxy'],
  ['proxy.timeout', 'tunnel', 'ask-proxy'],
  ['proxy.tls-failed', 'tunnel', 'ask-proxy'],
  ['proxy.not-a-proxy', 'tunnel', 'ask-proxy'],
  ['proxy.required', 'tcp', 'through-proxy'],
  ['proxy.bypass-mistake', 'tunnel', 'ask-proxy', [], { atMost: 'warning' }],
  ['proxy.pac-unreachable', 'tunnel', 'show-pac', ['local.no-network']],
  ['proxy.pac-invalid', 'tunnel', 'show-pac'],
  ['proxy.socks-refused', 'tunnel', 'ask-proxy'],
  ['undetermined', 'any', 'other-network', ['local.no-network', ...wrongAddress]],
];

function row([id, stage, experiment, after = [], bounds = {}]: Spec): CauseRow {
  return {
    id,
    stage,
    atLeast: bounds.atLeast ?? 'informational',
    atMost: bounds.atMost ?? 'critical',
    after,
    experiment,
  };
}

/** Every cause, by id, in the order of the contract. */
export const causes: Readonly<Record<CauseId, CauseRow>> = Object.fromEntries(
  specs.map((spec) => [spec[0], row(spec)]),
) as Record<CauseId, CauseRow>;

/** Whether `root` is a cause that explains `symptom` away. */
export function explains(root: CauseId, symptom: CauseId): boolean {
  return causes[symptom].after.includes(root);
}
