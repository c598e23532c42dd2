/** All rows of what a store gives in pages of `most`: each page is asked for behind the last row of the one before. */
export async function* pagedRows<T>(
  most: number,
  read: (behind: T | undefined) => Promise<readonly T[]>,
): AsyncIterable<T> {
  for (let last: T | undefined; ; ) {
    const rows = await read(last);
    yield* rows;
    last = rows.at(-1);
    if (rows.length < most || last === undefined) return;
  }
}
