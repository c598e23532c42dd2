import type { NoticeWords } from '../notice-words.ts';

/** What is told on standard error, in English. */
export const notices: NoticeWords = {
  passwordReadable: 'everybody on this machine can read the proxy password file',
  askPassword: 'Password for the proxy: ',
  sets: (file, keys) => `${file} in this folder sets ${keys.join(', ')}`,
  outputFailed: (format, file, why) => `the ${format} output${file === null ? '' : ` for ${file}`} failed: ${why}`,
  fault: (where, text) => `a fault in wayclear itself${where === null ? '' : ` (${where})`}, please report it: ${text}`,
  stuck: 'the work waits for something that will not come',
  tooFewFiles: {
    line: (code) => `too few files may be open at once (${code})`,
    hint: 'Raise the limit, as by ulimit -n 1024.',
  },
};
