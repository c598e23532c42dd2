import type { Survey } from '../survey.ts';

const known = new WeakMap<Survey, ReadonlyMap<string, number>>();

/** How many targets each proxy led to in this run, by `protocol://HOST:PORT`. Read once for a survey. */
export function proxiesOf(survey: Survey): ReadonlyMap<string, number> {
  const found = known.get(survey);
  if (found !== undefined) return found;
  const tunnels = new Map<string, Set<string>>();
  for (const [id, probes] of survey.probes) {
    for (const { proxy, tunnel } of probes.flatMap(({ attempts }) => attempts)) {
      if (proxy === undefined || tunnel.status !== 'passed') continue;
      const targets = tunnels.get(proxy.proxy) ?? new Set();
      tunnels.set(proxy.proxy, targets.add(id));
    }
  }
  const counts = new Map([...tunnels].map(([proxy, targets]) => [proxy, targets.size]));
  known.set(survey, counts);
  return counts;
}
