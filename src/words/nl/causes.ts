import type { Words } from '../contract.ts';
import { dns } from './causes-dns.ts';
import { http } from './causes-http.ts';
import { local } from './causes-local.ts';
import { proxy } from './causes-proxy.ts';
import { tcp } from './causes-tcp.ts';
import { tls } from './causes-tls.ts';

/** Dutch words of all causes: the first word of a cause's id names the file that holds them. */
export const causes: Words['causes'] = {
  ...local,
  ...dns,
  ...tcp,
  ...tls,
  ...http,
  ...proxy,
  undetermined: {
    title: 'De oorzaak kon niet worden bepaald',
    meaning: 'Het pad mislukt, en wat is waargenomen past bij geen oorzaak goed genoeg.',
    evidence: 'Het ruwe resultaat, en het experiment dat uitsluitsel zou geven.',
    remedies: ['Doe het genoemde experiment, en bewaar het rapport met zijn waarnemingen voor wie het onderzoekt.'],
  },
};
