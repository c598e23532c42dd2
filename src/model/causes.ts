/**
 * The causes (contract section 4): each is one row, and this table is the one place that lists them. The ids, the enum of
 * the report's schema and what each language has to have words for follow from it. Plain data: no rule is in here.
 */
import type { Severity } from './catalog.ts';
import type { AdvisedExperiment } from './experiments.ts';
import type { StageName } from './observations.ts';

/** Who has to act: whose queue a request belongs in. */
export type Owner = 'firewall' | 'dns' | 'proxy' | 'inspection' | 'machine' | 'service' | 'unknown';

interface CauseRow<After> {
  readonly stage: StageName | 'local' | 'any';
  readonly owner: Owner;
  /** Severity follows from the affected targets; the least where no target shows the cause. Left out: no bound. */
  readonly atLeast?: Severity;
  /** Causes that explain this one away: it is then their symptom. */
  readonly after: readonly After[];
  /** The one experiment that would decide between this cause and its neighbours. */
  readonly experiment: AdvisedExperiment;
}

const noName = ['local.no-network', 'dns.no-resolver'] as const;
const unknownName = ['local.no-network', 'dns.internal-only'] as const;
const wrongAddress = ['dns.hosts-file', 'dns.sinkhole', 'dns.redirected', 'dns.private-address'] as const;
const noConnection = ['local.no-network', ...wrongAddress, 'http.captive-portal', 'tcp.egress-blocked'] as const;
const noSession = [...wrongAddress, 'http.captive-portal'] as const;
/** Where something near ends connections itself, it also decides what becomes of them. */
const cutShort = [...noSession, 'tcp.intercepted'] as const;
const noAnswer = [...wrongAddress, 'tcp.intercepted'] as const;
const badDate = ['local.clock-skew', ...noSession] as const;

const rows = {
  'local.no-network': { stage: 'local', owner: 'machine', after: [], experiment: 'known-good-host' },
  'local.blocked-by-host': { stage: 'tcp', owner: 'machine', after: ['local.no-network'], experiment: 'other-program' },
  'local.resources': {
    stage: 'local',
    owner: 'machine',
    atLeast: 'warning',
    after: [],
    experiment: 'again',
  },
  'local.clock-skew': { stage: 'local', owner: 'machine', atLeast: 'warning', after: [], experiment: 'compare-time' },
  'local.root-missing': { stage: 'tls', owner: 'machine', after: [], experiment: 'list-roots' },
  'local.root-expired': { stage: 'tls', owner: 'machine', after: ['local.clock-skew'], experiment: 'list-roots' },
  'local.root-corrupt': { stage: 'tls', owner: 'machine', atLeast: 'warning', after: [], experiment: 'list-roots' },
  'dns.no-resolver': { stage: 'dns', owner: 'dns', after: ['local.no-network'], experiment: 'other-resolver' },
  'dns.timeout': { stage: 'dns', owner: 'dns', after: [...noName, 'dns.internal-only'], experiment: 'other-resolver' },
  'dns.not-found': { stage: 'dns', owner: 'dns', after: unknownName, experiment: 'other-resolver' },
  'dns.no-address': { stage: 'dns', owner: 'dns', after: unknownName, experiment: 'other-resolver' },
  'dns.server-failure': {
    stage: 'dns',
    owner: 'dns',
    after: [...unknownName, 'dns.no-resolver'],
    experiment: 'other-resolver',
  },
  'dns.refused': { stage: 'dns', owner: 'dns', after: unknownName, experiment: 'other-resolver' },
  'dns.internal-only': { stage: 'dns', owner: 'dns', after: ['local.no-network'], experiment: 'other-resolver' },
  'dns.sinkhole': {
    stage: 'dns',
    owner: 'dns',
    after: ['local.no-network', 'dns.hosts-file'],
    experiment: 'other-resolver',
  },
  'dns.redirected': {
    stage: 'dns',
    owner: 'dns',
    after: ['local.no-network', 'http.captive-portal'],
    experiment: 'random-name',
  },
  'dns.private-address': {
    stage: 'dns',
    owner: 'dns',
    after: ['local.no-network', 'dns.hosts-file', 'dns.redirected'],
    experiment: 'other-resolver',
  },
  'dns.hosts-file': { stage: 'dns', owner: 'dns', after: ['local.no-network'], experiment: 'other-resolver' },
  'dns.large-answers-blocked': {
    stage: 'dns',
    owner: 'dns',
    after: [...noName, 'dns.internal-only'],
    experiment: 'other-resolver',
  },
  'tcp.dropped': { stage: 'tcp', owner: 'firewall', after: noConnection, experiment: 'through-proxy' },
  'tcp.egress-blocked': {
    stage: 'tcp',
    owner: 'firewall',
    after: ['local.no-network', 'http.captive-portal'],
    experiment: 'through-proxy',
  },
  'tcp.refused': { stage: 'tcp', owner: 'firewall', after: noConnection, experiment: 'other-network' },
  'tcp.prohibited': { stage: 'tcp', owner: 'firewall', after: noConnection, experiment: 'other-network' },
  'tcp.no-route': { stage: 'tcp', owner: 'firewall', after: noConnection, experiment: 'other-network' },
  'tcp.ipv6-broken': {
    stage: 'tcp',
    owner: 'firewall',
    after: [],
    experiment: 'address-by-address',
  },
  'tcp.partly-blocked': {
    stage: 'tcp',
    owner: 'firewall',
    after: [],
    experiment: 'address-by-address',
  },
  'tcp.intercepted': { stage: 'tcp', owner: 'firewall', after: [], experiment: 'documentation-address' },
  'tls.sni-filtered': { stage: 'tls', owner: 'firewall', after: [], experiment: 'neutral-name' },
  'tls.reset': {
    stage: 'tls',
    owner: 'firewall',
    after: [...cutShort, 'tls.sni-filtered', 'tls.large-hello-dropped'],
    experiment: 'neutral-name',
  },
  'tls.stalled': {
    stage: 'tls',
    owner: 'firewall',
    after: [...cutShort, 'tls.large-hello-dropped', 'tls.mtu-black-hole'],
    experiment: 'small-hello',
  },
  'tls.large-hello-dropped': { stage: 'tls', owner: 'firewall', after: [], experiment: 'padded-hello' },
  'tls.mtu-black-hole': { stage: 'tls', owner: 'firewall', after: [], experiment: 'tls-1.2' },
  'tls.inspection': { stage: 'tls', owner: 'inspection', after: noSession, experiment: 'other-network' },
  'tls.untrusted-issuer': { stage: 'tls', owner: 'inspection', after: noSession, experiment: 'list-roots' },
  'tls.self-signed': { stage: 'tls', owner: 'inspection', after: noSession, experiment: 'other-network' },
  'tls.missing-intermediate': { stage: 'tls', owner: 'service', after: noSession, experiment: 'fetch-issuer' },
  'tls.expired': { stage: 'tls', owner: 'service', after: badDate, experiment: 'compare-time' },
  'tls.not-yet-valid': { stage: 'tls', owner: 'service', after: badDate, experiment: 'compare-time' },
  'tls.name-mismatch': { stage: 'tls', owner: 'firewall', after: noSession, experiment: 'other-resolver' },
  'tls.version-mismatch': { stage: 'tls', owner: 'firewall', after: noSession, experiment: 'tls-1.2' },
  'tls.cipher-mismatch': { stage: 'tls', owner: 'firewall', after: noSession, experiment: 'tls-1.2' },
  'tls.not-tls': { stage: 'tls', owner: 'firewall', after: noSession, experiment: 'plain-request' },
  'tls.client-certificate-required': { stage: 'tls', owner: 'service', after: noSession, experiment: 'other-network' },
  'tls.revoked': { stage: 'tls', owner: 'service', after: [], experiment: 'fetch-revocation' },
  'tls.revocation-unreachable': {
    stage: 'tls',
    owner: 'firewall',
    after: ['local.no-network', 'dns.no-resolver', 'dns.internal-only', 'dns.redirected', 'tcp.egress-blocked'],
    experiment: 'fetch-revocation',
  },
  'http.range-blocked': { stage: 'http', owner: 'proxy', after: wrongAddress, experiment: 'other-network' },
  'http.content-blocked': { stage: 'http', owner: 'proxy', after: wrongAddress, experiment: 'other-network' },
  'http.truncated': { stage: 'http', owner: 'proxy', after: wrongAddress, experiment: 'again' },
  'http.block-page': { stage: 'http', owner: 'proxy', after: wrongAddress, experiment: 'other-network' },
  'http.captive-portal': {
    stage: 'http',
    owner: 'proxy',
    after: ['dns.hosts-file', 'dns.sinkhole'],
    experiment: 'known-good-host',
  },
  'http.unexpected-status': { stage: 'http', owner: 'proxy', after: wrongAddress, experiment: 'other-network' },
  'http.timeout': { stage: 'http', owner: 'firewall', after: noAnswer, experiment: 'other-network' },
  'http.reset': { stage: 'http', owner: 'firewall', after: noAnswer, experiment: 'other-network' },
  'http.malformed': { stage: 'http', owner: 'firewall', after: wrongAddress, experiment: 'plain-request' },
  'http.redirect-blocked': { stage: 'http', owner: 'firewall', after: [], experiment: 'other-network' },
  'http.tampered': { stage: 'http', owner: 'proxy', after: wrongAddress, experiment: 'other-network' },
  'http.service-error': { stage: 'http', owner: 'service', after: [], experiment: 'other-network' },
  'proxy.name-not-found': { stage: 'tunnel', owner: 'proxy', after: noName, experiment: 'ask-proxy' },
  'proxy.unreachable': { stage: 'tunnel', owner: 'proxy', after: ['local.no-network'], experiment: 'ask-proxy' },
  'proxy.auth-required': { stage: 'tunnel', owner: 'proxy', after: [], experiment: 'ask-proxy' },
  'proxy.auth-rejected': {
    stage: 'tunnel',
    owner: 'proxy',
    after: ['local.clock-skew'],
    experiment: 'as-service-account',
  },
  'proxy.auth-unsupported': { stage: 'tunnel', owner: 'proxy', after: [], experiment: 'ask-proxy' },
  'proxy.denied': { stage: 'tunnel', owner: 'proxy', after: [], experiment: 'ask-proxy' },
  'proxy.upstream-dns': { stage: 'tunnel', owner: 'proxy', after: [], experiment: 'ask-proxy' },
  'proxy.upstream-unreachable': { stage: 'tunnel', owner: 'proxy', after: [], experiment: 'ask-proxy' },
  'proxy.timeout': { stage: 'tunnel', owner: 'proxy', after: [], experiment: 'ask-proxy' },
  'proxy.tls-failed': { stage: 'tunnel', owner: 'proxy', after: [], experiment: 'ask-proxy' },
  'proxy.not-a-proxy': { stage: 'tunnel', owner: 'proxy', after: [], experiment: 'ask-proxy' },
  'proxy.required': { stage: 'tcp', owner: 'proxy', after: [], experiment: 'through-proxy' },
  'proxy.bypass-mistake': { stage: 'tunnel', owner: 'proxy', after: [], experiment: 'ask-proxy' },
  'proxy.pac-unreachable': { stage: 'tunnel', owner: 'proxy', after: ['local.no-network'], experiment: 'show-pac' },
  'proxy.pac-invalid': { stage: 'tunnel', owner: 'proxy', after: [], experiment: 'show-pac' },
  'proxy.socks-refused': { stage: 'tunnel', owner: 'proxy', after: [], experiment: 'ask-proxy' },
  undetermined: {
    stage: 'any',
    owner: 'unknown',
    after: ['local.no-network', ...wrongAddress],
    experiment: 'other-network',
  },
} as const satisfies Readonly<Record<string, CauseRow<string>>>;

export type CauseId = keyof typeof rows;

export type Cause = CauseRow<CauseId>;

/** Every cause, by id, in the order of the contract. */
export const causes: Readonly<Record<CauseId, Cause>> = rows;
