/** What other hosts' dates and certificates say of this machine's clock. */
import type { Observation } from '../../model/observations.ts';

export interface ClockFacts {
  /** Server time minus local time, ms; null without agreeing hosts. */
  readonly offsetMs: number | null;
  /** Hosts that agree on it. */
  readonly hosts: number;
  /** Domains whose own chain is out of its dates, and those whose chain isn't. */
  readonly wrongDates: ReadonlySet<string>;
  readonly rightDates: ReadonlySet<string>;
}

/** The most a host's clock may differ from the others' median, and the skew that certificates and Kerberos feel. */
const AGREE_MS = 120_000;
export const SKEW_MS = 300_000;

export function clockFacts(
  probes: readonly Observation[],
  wrongDates: ReadonlySet<string>,
  rightDates: ReadonlySet<string>,
): ClockFacts {
  const byHost = new Map<string, number>();
  for (const { host, attempts } of probes) {
    for (const { http } of attempts) {
      if (http.status !== 'passed' || http.value.clockOffsetMs === null) continue;
      // A cache repeats the origin's Date and says how old it is (RFC 9111 section 5.1).
      const age = Number(http.value.headers.find(([name]) => name === 'age')?.[1] ?? 0);
      const offset = http.value.clockOffsetMs + (Number.isFinite(age) && age > 0 ? age * 1000 : 0);
      const nearest = byHost.get(host);
      const nearer = nearest === undefined ? -1 : Math.abs(offset) - Math.abs(nearest) || offset - nearest;
      if (nearer < 0) byHost.set(host, offset);
    }
  }
  const sorted = [...byHost.values()].sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  const agreeing = sorted.filter((offset) => median !== undefined && Math.abs(offset - median) <= AGREE_MS).length;
  const agreed = median !== undefined && agreeing * 2 > sorted.length;
  return { offsetMs: agreed ? median : null, hosts: agreed ? agreeing : 0, wrongDates, rightDates };
}
