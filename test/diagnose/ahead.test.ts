/** What is asked of a failure while another host is still waited for is asked of it in the end as well: the recorded lab, one host added. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { propose } from '../../src/diagnose/propose/propose.ts';
import type { Experiment } from '../../src/model/experiments.ts';
import type { ExperimentObservation, Observation, Observations } from '../../src/model/observations.ts';
import { isOfItsPlace } from '../../src/probe/follow-up.ts';

const file = join(import.meta.dirname, '..', 'golden', 'replay', 'lab.ndjson.br');
const recordings = brotliDecompressSync(readFileSync(file))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((line): { readonly scenario: string; readonly observations: Observations } => JSON.parse(line));

const stagesOf = ({ dns, attempts }: Observation) => [
  dns,
  ...attempts.flatMap(({ tcp, tunnel, tls, http }) => [tcp, tunnel, tls, http]),
];
const isLate = (probe: Observation): boolean =>
  stagesOf(probe).some((stage) => stage.status !== 'skipped' && stage.ms > 2_000);

/** The one host that stalls, under a name and an address of its own. */
function lateHost(): Pick<Observations, 'probes'> & { readonly targets: Observations['plan']['targets'] } {
  const { observations } = recordings.find(({ scenario }) => scenario === 'tls-stalled-one-host') ?? fail();
  const host = observations.probes.find(isLate)?.host ?? '';
  const text = JSON.stringify({ targets: observations.plan.targets, probes: observations.probes });
  const { targets, probes } = JSON.parse(
    text.replaceAll(host, 'late.northwind.example').replaceAll('"20.40.', '"20.99.'),
  ) as ReturnType<typeof lateHost>;
  const late = probes.filter(isLate).map((probe) => ({ ...probe, target: `late/${probe.target}` }));
  const ids = late.map(({ target }) => target);
  return {
    probes: late,
    targets: targets.map((one) => ({ ...one, id: `late/${one.id}` })).filter(({ id }) => ids.includes(id)),
  };
}

const fail = (): never => {
  throw new Error('no such recording');
};

/** What is proposed, round by round, where experiments give what they gave. */
function asked(
  run: Observations,
  given: readonly ExperimentObservation[],
  isWanted: (experiment: Experiment) => boolean,
) {
  const seen = new Map<string, Experiment>();
  const made: ExperimentObservation[] = [];
  for (let round = 0; round < 5; round++) {
    const fresh = propose({ ...run, experiments: [...made] }).filter((one) => isWanted(one) && !seen.has(one.id));
    if (fresh.length === 0) break;
    for (const one of fresh) {
      const { rested: _, ...known } = one;
      seen.set(one.id, known);
      made.push(...given.filter(({ id }) => id === one.id));
    }
  }
  return seen;
}

it('asks for nothing ahead that is not asked for in the end', () => {
  const late = lateHost();
  let ahead = 0;
  for (const { scenario, observations } of recordings) {
    if (observations.experiments.length === 0 || observations.probes.some(isLate)) continue;
    const plan = { ...observations.plan, targets: [...late.targets, ...observations.plan.targets] };
    const run: Observations = { ...observations, plan, revocation: [], ended: null };
    const before = asked(run, observations.experiments, isOfItsPlace);
    if (before.size === 0) continue;
    const after = asked({ ...run, probes: [...late.probes, ...run.probes] }, observations.experiments, () => true);
    for (const [id, experiment] of before) expect([scenario, after.get(id)]).toEqual([scenario, experiment]);
    ahead += before.size;
  }
  expect(ahead).toBeGreaterThan(50);
}, 120_000);
