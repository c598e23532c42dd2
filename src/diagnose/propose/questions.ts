/** Questions to the name servers that this machine knows, and to no other. */
import { isIP } from '../../addresses.ts';
import type { Experiment } from '../../model/experiments.ts';
import type { Observation } from '../../model/observations.ts';
import type { PerformedExperiment } from '../../model/performed-experiments.ts';
import { isAddress, isInternalName, isLocalHost } from '../survey/host-names.ts';
import type { Survey } from '../survey/survey.ts';
import type { FailedProbe } from './failures.ts';
import { label } from './label.ts';

const notThere: ReadonlySet<string> = new Set([
  'dns.not-found',
  'dns.no-address',
  'dns.server-failure',
  'dns.refused',
  'dns.internal-only',
]);

/** Questions of one round. */
const MOST_QUESTIONS = 6;

/** A question for the sake of a failed probe; left out: to the server that is used, by UDP. */
interface NameQuestion {
  readonly kind: PerformedExperiment;
  readonly name: string;
  readonly server?: string;
  readonly transport?: 'tcp';
}

const parentOf = (host: string): string => host.split('.').slice(1).join('.');

/** A name beside this one that nobody has registered; none right below a public suffix. */
function sibling({ observations }: Survey, host: string): readonly NameQuestion[] {
  const parent = parentOf(host);
  return parent.includes('.') ? [{ kind: 'sibling-name', name: `${label(observations, host)}.${parent}` }] : [];
}

/** Whether any name at all is resolved here, where this one is not there and no other was seen. */
const controls = ({ names, experiments }: Survey, { root }: FailedProbe): readonly NameQuestion[] =>
  names.resolved.size === 0 && experiments.byKind('control-name').length === 0 && notThere.has(root.cause)
    ? [{ kind: 'control-name', name: 'example.com' }]
    : [];

/** About a name without an address: whether others know it, and whether others are told so. */
function unresolved(survey: Survey, { probe, root }: FailedProbe, servers: readonly string[]): readonly NameQuestion[] {
  const { host, dns } = probe;
  const asked = new Set(dns.status === 'failed' ? dns.partial?.answers?.map(({ server }) => server) : []);
  const other = servers.map(withPort).find((server) => !asked.has(server));
  return [
    ...(other === undefined ? [] : [{ kind: 'other-resolver', name: host, server: other } as const]),
    ...(root.cause === 'dns.timeout' ? [{ kind: 'dns-over-tcp', name: host, transport: 'tcp' } as const] : []),
    ...(root.cause === 'dns.not-found' || root.cause === 'dns.no-address' ? sibling(survey, host) : []),
  ];
}

/** Whether the addresses of a name that fails behind them may be somebody else's, as of all names or of those beside it. */
function mayBeMisled(survey: Survey, { probe, root, outside }: FailedProbe): 'shared' | 'misled' | null {
  const { dns, attempts } = probe;
  if (dns.status !== 'passed' || dns.value.from !== 'dns') return null;
  if (root.confidence === 'high' && root.alternatives.length === 0) return null;
  const hostsAt = (address: string | null): number => survey.addresses.get(address ?? '')?.hosts.size ?? 0;
  if (outside && attempts.some(({ address }) => hostsAt(address) >= 2)) return 'shared';
  return root.cause === 'dns.redirected' || root.alternatives.includes('dns.redirected') ? 'misled' : null;
}

function misled(survey: Survey, { probe }: FailedProbe, sign: 'shared' | 'misled'): readonly NameQuestion[] {
  const { observations, experiments } = survey;
  return [
    ...(experiments.byKind('random-name').length > 0
      ? []
      : [{ kind: 'random-name', name: `${label(observations, '')}.example.com` } as const]),
    ...(sign === 'shared' ? sibling(survey, probe.host) : []),
  ];
}

export function questions(survey: Survey, failures: readonly FailedProbe[]): readonly Experiment[] {
  const { plan, environment } = survey.observations;
  const servers = plan.dnsServers.length > 0 ? plan.dnsServers : environment.resolvers;
  const [first] = survey.names.servers.length > 0 ? survey.names.servers : servers;
  if (first === undefined) return [];
  const family = plan.families.includes(4) ? 4 : 6;
  const wishes: Experiment[] = [];
  const signatures = new Set<string>();
  const ask = ({ target, host, port }: Observation, asked: readonly NameQuestion[]): void => {
    for (const { kind, name, server = first, transport = 'udp' } of asked) {
      const does = { action: 'ask', name, family, server, transport } as const;
      wishes.push({ id: `${kind} ${name} ${server}`, kind, target, host, port, does });
    }
  };
  for (const failure of failures) {
    const { probe, root, stage, domain } = failure;
    if (isAddress(probe.host) || isInternalName(probe.host) || isLocalHost(probe.host)) continue;
    const signature = stage === 'dns' ? `${root.cause} ${domain}` : domain;
    if (signatures.has(signature)) continue;
    if (stage === 'dns') {
      if (root.confidence === 'high' && root.cause !== 'dns.internal-only') continue;
      ask(probe, controls(survey, failure));
      if (root.confidence === 'high') continue;
      signatures.add(signature);
      ask(probe, unresolved(survey, failure, servers));
      continue;
    }
    const sign = mayBeMisled(survey, failure);
    if (sign === null) continue;
    signatures.add(signature);
    ask(probe, misled(survey, failure, sign));
  }
  return wishes.slice(0, MOST_QUESTIONS);
}

/** `IP:PORT` or `[IP]:PORT`, as answers name their server. */
function withPort(server: string): string {
  if (isIP(server) === 6) return `[${server}]:53`;
  if (isIP(server) === 4) return `${server}:53`;
  return /^\[[^\]]+\]$/.test(server) ? `${server}:53` : server;
}
