/** Sets of texts by what they belong to. */

/** Adds to the set of a key. */
export function addTo<K>(map: Map<K, Set<string>>, key: K, value: string): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set<string>().add(value));
  else set.add(value);
}
