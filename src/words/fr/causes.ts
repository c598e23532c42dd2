import type { Words } from '../contract.ts';
import { dns } from './causes-dns.ts';
import { http } from './causes-http.ts';
import { local } from './causes-local.ts';
import { proxy } from './causes-proxy.ts';
import { tcp } from './causes-tcp.ts';
import { tls } from './causes-tls.ts';
import { spacedCauses } from './spacing.ts';

/** French words of all causes: the first word of a cause's id names the file that holds them. */
export const causes: Words['causes'] = spacedCauses({
  ...local,
  ...dns,
  ...tcp,
  ...tls,
  ...http,
  ...proxy,
  undetermined: {
    title: "La cause n'a pas pu être déterminée",
    meaning: 'Le chemin échoue, et ce qui a été observé ne correspond assez bien à aucune cause.',
    evidence: "Le résultat brut, et l'expérience qui trancherait.",
    remedies: ["Faire l'expérience indiquée, et garder le rapport avec ses observations pour qui l'examinera."],
  },
});
