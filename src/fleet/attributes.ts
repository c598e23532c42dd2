/** What machines share, and which of it may explain which cause: a table, the nearest first. Pure. */
import { type CauseId, causes, type Owner } from '../model/causes.ts';
import type { Trait } from '../model/fleet.ts';

/** The number of what everybody shares. */
export const EVERYBODY = 0;

/** By who has to act. `label` stands for every label: what a person says of a machine, such as its site. */
const explaining: Readonly<Record<Owner, readonly string[]>> = {
  firewall: ['label', 'egress', 'subnet', 'proxy', 'version', 'os-version'],
  dns: ['resolver', 'label', 'egress', 'subnet'],
  proxy: ['proxy', 'issuer', 'label', 'egress', 'subnet', 'account', 'os', 'os-version'],
  inspection: ['issuer', 'proxy', 'label', 'egress', 'subnet'],
  machine: ['label', 'os-version', 'os', 'version', 'account', 'subnet'],
  service: ['label', 'egress', 'subnet', 'proxy', 'resolver'],
  unknown: ['label', 'egress', 'subnet', 'proxy', 'resolver', 'issuer', 'os-version', 'os', 'version', 'account'],
};

/** Causes that live on the machine itself although another owner has to mend what they hide. */
const onMachine: ReadonlySet<CauseId> = new Set(['dns.hosts-file', 'proxy.bypass-mistake', 'proxy.required']);

/** How near an attribute is to a cause, 0 the nearest; null where it can't explain it. */
export function nearness(cause: CauseId, { attribute }: Trait): number | null {
  const { owner } = causes[cause];
  const list = onMachine.has(cause) ? [...explaining.machine, 'proxy'] : explaining[owner];
  const at = list.indexOf(attribute.startsWith('label:') ? 'label' : attribute);
  // Of several labels the one that names the place.
  return at < 0 ? null : at * 2 + (attribute === 'label:site' || !attribute.startsWith('label:') ? 0 : 1);
}

/**
 * What a far end that is down looks like, in families: one failure takes several names, as it is seen on the direct path
 * or through a proxy. Causes that are about the way itself (a filter, an authority, a setting) have none.
 */
const farEnd: Readonly<Partial<Record<CauseId, string>>> = {
  'dns.not-found': 'name',
  'dns.no-address': 'name',
  'dns.server-failure': 'name',
  'dns.timeout': 'name',
  'proxy.upstream-dns': 'name',
  'tcp.dropped': 'connection',
  'tcp.refused': 'connection',
  'tcp.no-route': 'connection',
  'proxy.upstream-unreachable': 'connection',
  'proxy.timeout': 'connection',
  'tls.reset': 'session',
  'tls.stalled': 'session',
  'tls.version-mismatch': 'session',
  'tls.cipher-mismatch': 'session',
  'tls.not-tls': 'session',
  'tls.client-certificate-required': 'client certificate',
  'tls.missing-intermediate': 'missing intermediate',
  'tls.expired': 'expired',
  'tls.not-yet-valid': 'not yet valid',
  'tls.name-mismatch': 'name of certificate',
  'tls.self-signed': 'self-signed',
  'tls.untrusted-issuer': 'issuer',
  'tls.revoked': 'revoked',
  'http.service-error': 'answer',
  'http.unexpected-status': 'answer',
  'http.timeout': 'answer',
  'http.reset': 'answer',
  'http.malformed': 'answer',
  'http.truncated': 'answer',
};

/** The family of failures that a cause belongs to if the service is at fault; null if it can't be. */
export const familyOf = (cause: CauseId): string | null => farEnd[cause] ?? null;

const order: ReadonlyMap<CauseId, number> = new Map((Object.keys(causes) as CauseId[]).map((id, index) => [id, index]));
const place = (cause: CauseId): number => order.get(cause) ?? 0;

/** In the order of the contract. */
export const byCause = (a: CauseId, b: CauseId): number => place(a) - place(b);

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Causes so that each comes after those that explain it away. */
export const rootsFirst: readonly CauseId[] = (() => {
  const done = new Set<CauseId>();
  const visit = (id: CauseId): void => {
    if (done.has(id)) return;
    done.add(id);
    for (const root of causes[id].after) visit(root);
    sorted.push(id);
  };
  const sorted: CauseId[] = [];
  for (const id of Object.keys(causes) as CauseId[]) visit(id);
  return sorted;
})();
