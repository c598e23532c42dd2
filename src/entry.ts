/** The entry of a record that a text from outside names: what every object inherits (`constructor`) is none. */
export const entryOf = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
