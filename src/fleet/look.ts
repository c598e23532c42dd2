/** One report → what it contributes to the answer of the fleet. Everything in it is bounded and harmless. */
import { createHash } from 'node:crypto';
import { networkPart } from '../addresses.ts';
import { harmless } from '../harmless.ts';
import { causes } from '../model/causes.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { Look, SeenCause, SeenEndpoint, Trait } from '../model/fleet.ts';
import { ownerOf } from '../model/owner.ts';
import type { Report } from '../model/report.ts';
import { hostAndPort } from '../text-bounds.ts';

/** Values of one attribute that count: more than these no machine has in earnest. */
const mostValues = 4;
const mostLabels = 16;
const longestValue = 200;
const shownEvidence = 3;

/** What tells two faults of one cause apart on whatever machine; the rest of what targets share belongs to one machine's way. */
const telling: ReadonlySet<string> = new Set([
  'issuer',
  'status',
  'address family',
  'vendor',
  'root',
  'clock',
  'alert',
]);

const worst: readonly Verdict[] = ['untested', 'reachable', 'degraded', 'unreachable'];

/** Of a report, or of one that is judged again: everything but its stages. */
export type Lookable = Pick<
  Report,
  'startedAt' | 'tool' | 'environment' | 'machine' | 'complete' | 'rootCauses' | 'targets' | 'observations'
> &
  Partial<Pick<Report, 'labels'>>;

/** `egress` is the address from which a collector got it; null of a file. */
export function lookOf(report: Lookable, egress: string | null = null): Look {
  const { machine } = report;
  const digest = (): string => createHash('sha256').update(JSON.stringify(report.observations)).digest('hex');
  const name = machine == null || machine.name === '' ? null : harmless(machine.name, longestValue);
  const key = name === null ? `digest ${digest()}` : `name ${name.toLowerCase()}`;
  const endpoints = endpointsOf(report);
  return {
    id: name === null ? key : `${key} ${report.startedAt} ${report.observations.durationMs}`,
    machine: key,
    name,
    at: report.startedAt,
    complete: report.complete,
    traits: traitsOf(report, egress),
    endpoints,
    causes: causesOf(report, endpoints),
  };
}

function traitsOf(
  { tool, environment, machine, labels = {}, rootCauses }: Lookable,
  egress: string | null,
): readonly Trait[] {
  const traits: Trait[] = [];
  const add = (attribute: string, values: readonly string[]): void => {
    // A summary says nothing of its system: what is left of two names and the space between is no value.
    const said = values.map((value) => harmless(value.trim(), longestValue)).filter((value) => value !== '');
    for (const value of [...new Set(said)].sort().slice(0, mostValues)) traits.push({ attribute, value });
  };
  for (const [name, value] of Object.entries(labels).slice(0, mostLabels)) add(`label:${harmless(name, 64)}`, [value]);
  const own = machine?.addresses ?? environment.families.flatMap(({ addresses }) => addresses);
  add(
    'subnet',
    own.slice(0, 64).map((address) => subnetOf(address)),
  );
  add('egress', egress === null ? [] : [egress]);
  add('resolver', environment.resolvers.slice(0, 64));
  add(
    'issuer',
    rootCauses.flatMap(({ cause, shared }) =>
      cause === 'tls.inspection' && shared?.attribute === 'issuer' ? [shared.value] : [],
    ),
  );
  const { os, release } = environment.platform;
  add('os', [os]);
  add('os-version', [`${os} ${release}`]);
  add('version', [tool.version]);
  add('account', machine == null ? [] : [machine.account]);
  return traits;
}

function subnetOf(address: string): string {
  const network = networkPart(address);
  return network === '' ? '' : `${network}/${network.includes(':') ? 64 : 24}`;
}

type Seen = { -readonly [K in Exclude<keyof SeenEndpoint, 'targets'>]: SeenEndpoint[K] } & {
  readonly targets: string[];
};

/** Endpoints that have a name and port, each once: of several targets there the worst verdict counts. */
function endpointsOf({ targets }: Lookable): readonly SeenEndpoint[] {
  const seen = new Map<string, Seen>();
  for (const { id, host, port, verdict, route } of targets) {
    if (host === '') continue;
    const shown = harmless(host, 255);
    const key = hostAndPort(shown, port);
    const there = seen.get(key);
    if (there === undefined) {
      const way = route.startsWith('proxy:') ? harmless(route.slice('proxy:'.length), longestValue) : 'direct';
      seen.set(key, { host: shown, port, targets: [harmless(id, 255)], verdict, route: way });
    } else {
      there.targets.push(harmless(id, 255));
      if (worst.indexOf(verdict) > worst.indexOf(there.verdict)) there.verdict = verdict;
    }
  }
  return [...seen.values()];
}

function causesOf({ rootCauses, targets }: Lookable, endpoints: readonly SeenEndpoint[]): readonly SeenCause[] {
  const places = new Map(
    endpoints.flatMap(({ host, port, targets }) => targets.map((id) => [id, hostAndPort(host, port)] as const)),
  );
  const byId = new Map(targets.map((target) => [target.id, target]));
  return rootCauses.map((root) => {
    const at = root.targets.flatMap((id) => places.get(harmless(id, 255)) ?? []);
    const owner = ownerOf(
      root.cause,
      root.targets.flatMap((id) => byId.get(id) ?? []),
    );
    const evidence = root.deciding === undefined || root.deciding.length === 0 ? root.evidence : root.deciding;
    return {
      cause: root.cause,
      severity: root.severity,
      confidence: root.confidence,
      signature:
        root.shared !== null && telling.has(root.shared.attribute)
          ? `${root.shared.attribute}=${harmless(root.shared.value, longestValue)}`
          : '',
      endpoints: [...new Set(at)],
      evidence: evidence.slice(0, shownEvidence).map((text) => harmless(text, 500)),
      alternatives: root.alternatives,
      ...(owner === causes[root.cause].owner ? {} : { owner }),
    };
  });
}
