import type { DoctorWords } from '../doctor-words.ts';
import { phrase } from './spacing.ts';

/** French words of what `doctor` judges. */
export const doctor: DoctorWords = {
  verdict(wrong, look) {
    if (wrong + look === 0) return phrase`Rien ici ne fait obstacle ; wayclear check dit si le chemin le fait.`;
    const parts = [
      ...(wrong === 0 ? [] : [`${wrong} ${wrong === 1 ? 'défaut' : 'défauts'}`]),
      ...(look === 0 ? [] : [`${look} ${look === 1 ? 'point' : 'points'} à vérifier`]),
    ];
    return `${parts.join(', ')}.`;
  },
  findings: {
    pac: {
      what: 'Un fichier PAC décide pour chaque hôte',
      next: 'wayclear plan montre ce que répond un fichier local, wayclear check ce que répond un fichier distant.',
    },
    'proxy-mistakes': {
      what: 'Des paramètres de proxy contiennent des entrées sans effet, ou que les programmes lisent différemment',
      next: 'Corriger les entrées énumérées ci-dessous, là où elles sont définies.',
    },
    'no-resolver': {
      what: 'Aucun serveur de noms n’est défini',
      next: 'En indiquer un dans les paramètres réseau, ou donner --dns-server IP.',
    },
    'no-address': {
      what: 'Cette machine n’a aucune adresse sur un réseau',
      next: 'La connecter, et vérifier la carte réseau et son DHCP.',
    },
    'no-default-route': {
      what: phrase`Aucune route par défaut : seul le réseau de cette machine est accessible`,
      next: 'Définir la passerelle dans les paramètres réseau, sauf si un proxy de ce réseau mène à l’extérieur (--proxy).',
    },
    'store-unread': {
      what: 'Un magasin de certificats ne peut pas être lu, ou pas entièrement',
      next: 'Vérifier que son chemin existe et que ce compte a le droit de le lire.',
    },
    'store-empty': {
      what: 'Le magasin de certificats de cette machine est vide',
      next: 'Installer les racines publiques (ca-certificates sous Debian), ou permettre la mise à jour automatique des racines sous Windows.',
    },
  },
};
