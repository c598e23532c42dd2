/** What belongs together, under its key; keys and what is under each in the order in which they come. */

/** Values under their keys. Node.js 20 has no `Map.groupBy`. */
export function grouped<K, V>(pairs: Iterable<readonly [K, V]>): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of pairs) addToGroup(groups, key, value);
  return groups;
}

function addToGroup<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

/** The same of values that tell their keys themselves. */
export function groupedBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) addToGroup(groups, keyOf(value), value);
  return groups;
}

/** How often each value comes. */
export function counted<T>(values: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) addCount(counts, value);
  return counts;
}

/** Counts a value once more, or so often. */
export function addCount<T>(counts: Map<T, number>, value: T, times = 1): void {
  counts.set(value, (counts.get(value) ?? 0) + times);
}

/** Adds to the set of a key. */
export function addTo<K>(map: Map<K, Set<string>>, key: K, value: string): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set<string>().add(value));
  else set.add(value);
}
