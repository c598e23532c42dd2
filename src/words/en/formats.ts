/** English words of formats for programs and tickets. */
export const formats = {
  /** Head of the column with titles of features. */
  feature: 'Feature',
  /** Which version measured, when, and on which machine; null where it is to stay unnamed. */
  measured: (version: string, at: string, machine: string | null) =>
    `Measured by wayclear ${version} at ${at}${machine === null ? '' : ` on ${machine}`}.`,
};
