import type { CauseId, Owner } from '../../src/model/causes.ts';
import type { Verdict } from '../../src/model/diagnosis.ts';
import type { Look } from '../../src/model/fleet.ts';

/** What fails on a machine: a cause at hosts; none of a cause that no endpoint shows. */
export interface Failing {
  readonly cause: CauseId;
  readonly hosts?: readonly string[];
  readonly signature?: string;
  readonly confidence?: 'high' | 'medium' | 'low';
  readonly severity?: 'critical' | 'warning' | 'informational';
  readonly alternatives?: readonly CauseId[];
  readonly owner?: Owner;
  /** Of its endpoints; unreachable unless told otherwise. */
  readonly verdict?: Verdict;
}

export interface MachineAs {
  readonly name: string | null;
  readonly traits?: Readonly<Record<string, string>>;
  readonly route?: string;
  readonly fails?: readonly Failing[];
  /** All that it tested; a, b, c unless told otherwise. */
  readonly hosts?: readonly string[];
  readonly at?: string;
  readonly complete?: boolean;
}

export const hostsOfAll: readonly string[] = ['a.example', 'b.example', 'c.example'];

/** The look of a machine that finds nothing but what is said of it. */
export function look({
  name,
  traits = {},
  route = 'direct',
  fails = [],
  hosts = hostsOfAll,
  ...more
}: MachineAs): Look {
  const { at = '2026-11-30T08:00:00.000Z', complete = true } = more;
  const broken = new Map(
    fails.flatMap(({ hosts: own = [], verdict = 'unreachable' }) => own.map((host) => [host, verdict] as const)),
  );
  const verdictOf = (host: string): Verdict => broken.get(host) ?? 'reachable';
  return {
    id: `${name} ${at}`,
    machine: String(name),
    name,
    at,
    complete,
    traits: Object.entries(traits).map(([attribute, value]) => ({ attribute, value })),
    endpoints: hosts.map((host) => ({
      host,
      port: 443,
      targets: [`feature/${host}`],
      verdict: verdictOf(host),
      route,
    })),
    causes: fails.map((one) => ({
      cause: one.cause,
      severity: one.severity ?? 'critical',
      confidence: one.confidence ?? 'high',
      signature: one.signature ?? '',
      endpoints: (one.hosts ?? []).map((host) => `${host}:443`),
      evidence: [`${name} saw ${one.cause}`],
      alternatives: one.alternatives ?? [],
      ...(one.owner === undefined ? {} : { owner: one.owner }),
    })),
  };
}

/** Machines of a site: its label, its subnet and its name server. */
export function site(name: string, count: number, more: Partial<MachineAs> = {}): readonly Look[] {
  const number = name.charCodeAt(0);
  const own = { 'label:site': name, subnet: `10.${number}.1.0/24`, resolver: `10.${number}.2.10` };
  return Array.from({ length: count }, (_, index) =>
    look({ name: `${name}-${index + 1}`, ...more, traits: { ...own, ...more.traits } }),
  );
}
