import type { TopicWords } from '../contract.ts';
import { spaced, spacedAll } from './spacing.ts';

/** French words of the topics of the help. */
export const topics: TopicWords = {
  purposes: spacedAll({
    table: 'à lire : verdict, causes, fonctionnalités (par défaut)',
    json: 'le rapport entier ; diagnose et diff le lisent',
    ndjson: 'un enregistrement par ligne, dès que la cible est mesurée',
    html: 'un seul fichier, pour un navigateur ou un courriel',
    junit: 'résultats de tests, une suite par fonctionnalité',
    github: 'annotations de GitHub Actions',
    azure: 'commandes de journal d’Azure Pipelines',
    sarif: 'SARIF 2.1.0, une règle par cause',
    tap: 'Test Anything Protocol',
    markdown: 'pour tickets et commentaires',
    csv: 'une ligne par cible',
    prometheus: 'pour le collecteur textfile du node exporter',
    nagios: 'une ligne avec mesures de performance, pour la supervision',
    summary: 'une ligne de JSON, moins de 4000 octets',
    cmtrace: 'le journal que lit Configuration Manager',
    'firewall-request': 'ce qu’il faut demander ; .csv donne les lignes seules',
  }),
  texts: {
    'exit-codes': () =>
      spaced(`Codes de sortie

  0    complet, et rien au niveau de --fail-on ou au-dessus (pour diff : rien
       n’a empiré)
  1    constats à ce niveau ou au-dessus (pour diff : quelque chose a empiré)
  2    mauvais usage, catalogue, configuration ou sortie, ou défaut de wayclear
  3    incomplet : fin prématurée ou rien de testé, et rien qui impose 1
  130  interrompu ; le rapport partiel est écrit tout de même

--fail-on vaut critical (par défaut), warning, untested ou never ; chaque valeur
inclut celles qui la précèdent. Avec never, une exécution incomplète donne 0.`),
    environment: (languages) =>
      spaced(`Environnement

  HTTPS_PROXY, HTTP_PROXY,   en majuscules ou minuscules ; voir wayclear help
  ALL_PROXY, NO_PROXY        proxy
  WAYCLEAR_PROXY_PASSWORD    le mot de passe pour le proxy
  WAYCLEAR_ALERTMANAGER_PASSWORD
                             celui pour l’Alertmanager de collect
  WAYCLEAR_MODE              offline : aucune commande n’envoie de paquet
  NO_COLOR                   aucune couleur
  FORCE_COLOR                des couleurs même dans un tube
  LC_ALL, LC_MESSAGES, LANG  la langue (${languages}), sauf si --lang ou un
                             fichier de configuration la donne
  XDG_CONFIG_HOME, APPDATA   où se trouve votre propre configuration

Une option l’emporte sur l’environnement, qui l’emporte sur un fichier de
configuration. Votre propre fichier est wayclear/config.json sous
$XDG_CONFIG_HOME (par défaut ~/.config) ou %APPDATA% ; wayclear.config.json dans
le dossier courant est lu ensuite. Les deux contiennent les noms des options, et
"what" pour ce qu’il faut contrôler.`),
    proxy: () =>
      spaced(`Serveur proxy

Sans --proxy, l’environnement décide, puis les réglages du système
d’exploitation, puis le chemin direct. wayclear doctor montre ce que dit chacun.

  --proxy URL            http, https, socks4, socks4a, socks5 ou socks5h
  --proxy pac+URL        un fichier PAC
  --proxy env|system     une seule source
  --proxy direct         aucun proxy
  --no-proxy LISTE       hôtes joints sans le proxy ; remplace NO_PROXY
  --direct-too           mesure aussi le chemin direct

Un compte : --proxy-user NOM, et son mot de passe par --proxy-password-file
FICHIER, par WAYCLEAR_PROXY_PASSWORD ou à l’invite. Basic, Digest, NTLM et
Negotiate sont pris en charge ; --proxy-auth en choisit un. HTTPS_PROXY ne vaut
que pour https : là où HTTP en clair a aussi besoin du proxy, HTTP_PROXY doit
être défini à côté.`),
    formats: (languages, rows) =>
      spaced(`Formats de sortie

  --format NOM           sur la sortie standard
  --format NOM=FICHIER   dans un fichier ; plusieurs en une exécution

${rows}

wayclear diagnose RAPPORT.json --format NOM en fait n’importe lequel plus tard.
Langues (--lang) : ${languages}.`),
    catalog: () =>
      spaced(`Catalogue

Les points de terminaison fournis avec wayclear sont un fichier JSON par
fonctionnalité ; wayclear list montre les fonctionnalités, wayclear list
FONCTIONNALITÉ ses points de terminaison avec leurs sources.

  --catalog FICHIER|DOSSIER  ajoute une liste à vous
  --catalog m365:worldwide   ajoute le service de Microsoft 365
  --no-bundled               laisse de côté ceux qui sont fournis
  --set NOM=VALEUR           donne sa valeur à un modèle, comme {tenantId}
  --only, --skip MOTIF       choisissent par id, hôte ou motif documenté

wayclear schema catalog décrit un fichier. Un nom générique n’est jamais sondé
par un hôte inventé : ce sont les témoins documentés qui le sont, et le rapport
dit combien ont été joints.`),
  },
};
