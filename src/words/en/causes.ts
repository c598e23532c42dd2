import type { Words } from '../contract.ts';
import { dns } from './causes-dns.ts';
import { http } from './causes-http.ts';
import { local } from './causes-local.ts';
import { proxy } from './causes-proxy.ts';
import { tcp } from './causes-tcp.ts';
import { tls } from './causes-tls.ts';

/** English words of all causes: the first word of a cause's id names the file that holds them. */
export const causes: Words['causes'] = {
  ...local,
  ...dns,
  ...tcp,
  ...tls,
  ...http,
  ...proxy,
  undetermined: {
    title: 'The cause could not be determined',
    meaning: 'The path fails, and what was seen fits no cause well enough.',
    evidence: 'The raw result, and the experiment that would decide.',
    remedies: ['Do the named experiment, and keep the report with its observations for whoever looks into it.'],
  },
};
