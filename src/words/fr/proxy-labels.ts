import type { ProxyLabels } from '../contract.ts';
import { phrase } from './spacing.ts';

/** French words of the view of proxy settings. */
export const proxyLabels: ProxyLabels = {
  heading: "Paramètres de proxy, dans l'ordre où ils sont consultés",
  source: 'provenance',
  decides: 'décide',
  says: 'contenu',
  yes: 'oui',
  no: 'non',
  nothing: 'rien',
  direct: 'accès direct',
  pacFile: 'fichier PAC',
  discovery: 'découverte automatique (WPAD)',
  mistakes: 'Erreurs dans les paramètres de proxy',
  sources: {
    flag: 'ligne de commande',
    config: 'fichier de configuration',
    environment: "variables d'environnement",
    winhttp: 'WinHTTP (services Windows)',
    'wininet-system': 'WinINET, compte Système local',
    'wininet-user': 'WinINET, cet utilisateur',
    macos: 'paramètres réseau de macOS',
    gnome: 'paramètres de GNOME',
  },
  notes: {
    cgi: "HTTP_PROXY en majuscules n'est pas lu dans un processus CGI",
    'https-alone': phrase`HTTPS_PROXY seul : les adresses http:// contournent le proxy`,
    'http-alone': phrase`HTTP_PROXY seul : les adresses https:// contournent le proxy`,
    'per-machine': 'défini pour toute la machine par une stratégie',
    'wpad-disabled': 'découverte automatique interdite par stratégie',
    'gnome-authentication': 'un compte est enregistré',
    unread: 'illisible',
  },
  byPac: (url) => `décidé pour chaque hôte par le fichier PAC ${url}`,
  atRunTime: (url) => `décidé à l'exécution, par le fichier PAC ${url}`,
  evaluated: (url) => phrase`fichier PAC ${url} : évalué ici, pour chaque sonde`,
  unresolved: (names, more) =>
    phrase`Aucun nom n'est résolu ici : dnsResolve répond null et isResolvable false au fichier PAC, qui a demandé ${names}${more === 0 ? '' : ` et ${more} de plus`}. Une exécution peut prendre un autre chemin.`,
};
