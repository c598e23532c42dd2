/** Values that are kept for those who come next. What many answers share is met again soon. */
const most = 2048;

/**
 * One object for what is equal by its key, so that thousands of answers don't hold a copy each. Forgets everything when
 * it holds too much: what is unique (a date, a request number) can't fill the memory.
 */
export function createInterner<V>(): (key: string, make: () => V) => V {
  const known = new Map<string, V>();
  return (key, make) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make();
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  };
}

const nothing: readonly never[] = [];

/** A list to keep, without the room for 16 more that one made by `flatMap` or `push` has; one object for all empty ones. */
export const exact = <T>(list: readonly T[]): readonly T[] => (list.length === 0 ? nothing : list.slice());
