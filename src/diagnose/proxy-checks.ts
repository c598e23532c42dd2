/** Checks of proxy settings: what other programs on this machine take otherwise. They cost no verdict. */
import type { Check } from '../model/diagnosis.ts';
import type { Observations } from '../model/observations.ts';
import { fact } from './evidence.ts';

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

/** What is worth knowing of proxy settings beside what failed; empty where there is nothing. */
export function proxyChecks(observations: Observations): readonly Check[] {
  return pacReaders(observations);
}
