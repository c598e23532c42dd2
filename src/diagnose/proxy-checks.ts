/** Checks of proxy settings: what makes no difference in this run, and will in another program or on another day. They cost no verdict. */
import type { Check } from '../model/diagnosis.ts';
import type { Observations } from '../model/observations.ts';
import { fact, sample } from './evidence.ts';
import { arrives } from './rules/proxy-route.ts';
import { decidingSources } from './rules/proxy-setting.ts';
import type { Survey } from './survey/survey.ts';

/** Calls of PAC files whose value depends on who reads the file, on the way to the answers of this run; none where all agree. */
function pacReaders({ plan }: Observations): readonly Check[] {
  const readings = new Map(
    plan.targets.flatMap(({ route }) => (route.readings ?? []).map((reading) => [reading.call, reading])),
  );
  const [first] = [...readings.values()];
  if (first === undefined) return [];
  const { call, value, readers, otherwise } = first;
  const args = { call, value, readers: readers.join(','), otherwise, more: readings.size - 1 };
  return [{ id: 'pac-readers', verdict: 'warn', cause: null, detail: fact('proxy.readers-differ', args) }];
}

/** Codes of mistakes in the value of a variable: whoever reads it otherwise gets another proxy, or none. */
const ofValues: readonly string[] = ['quoted', 'line-end', 'account-unencoded', 'scheme-missing'];

/** Entries without effect, and what some target of this run goes another way by for other readers. */
function mistakes(survey: Survey): readonly Check[] {
  const { targets } = survey.observations.plan;
  const disputed = targets.some(({ route }) => (route.differs ?? []).length > 0);
  const used = new Set(targets.map(({ route }) => (route.source === 'environment' ? route.why : '')));
  const all = decidingSources(survey)
    .flatMap((source) => source.mistakes)
    .filter(({ level, code, name }) =>
      ofValues.includes(code) ? level === 'no-effect' || used.has(name) : level === 'no-effect' || disputed,
    );
  const [first] = all;
  if (first === undefined) return [];
  const { name, entry, code, dialects } = first;
  const detail = fact('proxy.mistakes', { name, entry, code, dialects: dialects.join(', '), more: all.length - 1 });
  return [{ id: 'proxy-settings', verdict: 'warn', cause: null, detail }];
}

/** With `--direct-too`: what the proxy leads to and the direct path does not, as a proxy's network means it. */
function directPath(survey: Survey): readonly Check[] {
  const closed = (survey.observations.beside ?? [])
    .filter(
      ({ target, route, dns, attempts }) =>
        route?.kind === 'direct' &&
        route.why === '--direct-too' &&
        (attempts.length > 0 || dns.status === 'failed') &&
        (survey.probes.get(target)?.some((probe) => probe.hop === 0 && arrives(probe)) ?? false),
    )
    .filter((beside) => !arrives(beside));
  if (closed.length === 0) return [];
  const hosts = [...new Set(closed.map(({ host }) => host))];
  const detail = fact('proxy.direct-closed', { targets: closed.length, sample: sample(hosts, 3) });
  return [{ id: 'direct-path', verdict: 'pass', cause: null, detail }];
}

/** What is worth knowing of proxy settings beside what failed; empty where there is nothing. */
export function proxyChecks(survey: Survey): readonly Check[] {
  return [...mistakes(survey), ...pacReaders(survey.observations), ...directPath(survey)];
}
