/** What is told on standard error, in English. */
export const notices = {
  passwordReadable: 'everybody on this machine can read the proxy password file',
  askPassword: 'Password for the proxy: ',
  /** A configuration file that merely lies in the working directory. */
  sets: (file: string, keys: readonly string[]) => `${file} in this folder sets ${keys.join(', ')}`,
  /** `file`: null for standard output. */
  outputFailed: (format: string, file: string | null, why: string) =>
    `the ${format} output${file === null ? '' : ` for ${file}`} failed: ${why}`,
  /** `where`: null where nobody knows. */
  fault: (where: string | null, text: string) =>
    `a fault in wayclear itself${where === null ? '' : ` (${where})`}, please report it: ${text}`,
  stuck: 'the work waits for something that will not come',
  tooFewFiles: {
    line: (code: string) => `too few files may be open at once (${code})`,
    hint: 'Raise the limit, as by ulimit -n 1024.',
  },
};
