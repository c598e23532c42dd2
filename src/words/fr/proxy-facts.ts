import { entryOf } from '../../entry.ts';
import type { ProxyFactWords } from '../contract.ts';
import { compte, phrase } from './spacing.ts';

/** Why an authentication did not succeed; also why a scheme was passed over. */
const reasons: Readonly<Record<string, string>> = {
  disabled: "l'authentification est désactivée (--proxy-auth none)",
  'no-challenge': 'le 407 ne nomme aucun schéma',
  unsupported: 'aucun schéma en commun',
  'no-credentials': "aucun compte n'est fourni",
  ticket: "aucun ticket n'a pu être envoyé",
  'account-unusable': 'le schéma ne peut pas transporter ce compte',
  'no-continuation': 'le proxy ne poursuit pas le dialogue sur sa connexion',
  'malformed-challenge': 'le défi est illisible',
  rejected: 'le proxy le refuse',
  'connection-closed': 'le proxy ferme chaque connexion après son 407',
};

const details: Readonly<Record<string, string>> = {
  'not-available': "le paquet facultatif kerberos n'est pas installé",
  'no-ticket': 'ce compte ne détient aucun ticket',
  'ticket-expired': 'le ticket a expiré',
  clock: "l'horloge est trop éloignée de celle du contrôleur de domaine",
  'unknown-service': "l'annuaire ne connaît aucun service de ce nom pour le proxy",
  'no-kdc': "aucun contrôleur de domaine n'est joignable",
  timeout: 'le contrôleur de domaine ne répond pas à temps',
};

const reason = (text: string): string => entryOf(reasons, text) ?? entryOf(details, text) ?? text;

/** What is wrong with an entry, in a few words. */
const mistakes: Readonly<Record<string, string>> = {
  'empty-entry': 'une entrée vide (deux séparateurs de suite) est sans effet',
  'star-without-dot': "un * collé devant un nom n'est pas un motif",
  'star-in-list': "un * à côté d'autres entrées vaut tout pour certains et rien pour d'autres",
  'star-inside': 'les noms sont comparés par leur fin, un * au milieu est sans effet',
  'star-dot': 'tous les programmes ne connaissent pas les caractères génériques',
  'cidr-for-names': 'un réseau correspond à des adresses, non à des noms',
  'cidr-invalid': "ce n'est pas un réseau",
  'local-token': "<local> n'a de sens que sous Windows",
  'missing-dot': 'sans point initial, certains ne retiennent que le nom lui-même, non ce qui est en dessous',
  'leading-dot': 'avec un point initial, certains ne retiennent pas le nom lui-même',
  port: 'tous les programmes ne lisent pas les ports',
  'url-entry': 'une entrée est un nom, non une URL',
  'path-entry': 'une entrée ne peut pas avoir de chemin',
  'wrong-separator': 'le séparateur est un autre ici',
  'space-separator': 'certains ne lisent que les virgules',
  'too-long': 'la liste est plus longue que ce qui est lu',
  'scheme-missing': 'sans http://, certains prennent un autre schéma, dont https',
  quoted: 'les guillemets font partie de la valeur',
  'line-end':
    'la valeur se termine par un retour chariot ou un saut de ligne, que d’autres prennent pour une partie d’elle',
  'account-unencoded': 'le compte contient un @ qui n’est pas écrit %40',
  'proxy-unencoded':
    'personne ne peut lire la valeur\u00a0: dans le compte, #, /, ? et @ doivent s’écrire %23, %2F, %3F et %40',
  'proxy-list': 'la valeur contient plusieurs affectations\u00a0; personne ne lit plus d’un proxy ici',
  'path-ignored': "le chemin d'une URL de proxy est ignoré",
  'proxy-invalid': 'la valeur ne nomme aucun proxy utilisable',
  'pac-url-unusable': "l'adresse de configuration automatique est inutilisable",
};

/** Readers of PAC files, by their codes. */
const pacReaderNames: Readonly<Record<string, string>> = {
  winhttp: 'WinHTTP',
  'older-browsers': "les navigateurs jusqu'en 2018",
  'pac-resolver': 'pac-resolver de Node.js',
};

const pacReaders = (codes: string): string =>
  codes
    .split(',')
    .map((code) => entryOf(pacReaderNames, code) ?? code)
    .join(', ');

const entryText = (name: string, entry: string): string => (entry === '' ? name : `${name}, entrée ${entry}`);

/** What is said of a proxy, in French. */
export const proxyFacts: ProxyFactWords = {
  'proxy.source': ({ proxy, source, why }) => `Le proxy ${proxy} vient de ${why} (${source})`,
  'proxy.name': ({ proxy, failure, server }) =>
    `Le nom dans ${proxy} ne se résout pas (${failure}${server === '' ? '' : `, serveur de noms ${server}`})`,
  'proxy.connect': ({ proxy, address, failure }) => phrase`${proxy} à ${address} : pas de connexion (${failure})`,
  'proxy.own-machine': ({ proxy }) =>
    phrase`${proxy} est sur cette machine : un réglage laissé par un agent désinstallé ressemble à cela`,
  'proxy.others-reached': ({ proxy, tunnels }) =>
    `${proxy} mène à ${compte(tunnels, 'autre cible', 'autres cibles')} dans cette exécution`,
  'proxy.refuses-tunnel': ({ host, proxy, status }) =>
    phrase`${host} : ${proxy} répond aussi ${status} à CONNECT pour cet hôte : la réponse est la sienne`,
  'proxy.same-for-address': ({ proxy, address }) =>
    phrase`${proxy} répond pour l'adresse seule ${address} comme pour les noms : les noms ne sont pas en cause`,
  'proxy.other-for-address': ({ proxy, address }) =>
    phrase`${proxy} essaie bien l'adresse seule ${address} : c'est aux noms qu'il ne trouve pas d'adresse`,
  'proxy.same-answer': ({ host, proxy, other }) =>
    phrase`${host} : ${proxy} donne la réponse qu'il a donnée à CONNECT pour ${other} : c'est la sienne`,
  'proxy.status': ({ host, proxy, status, reason: text }) =>
    phrase`${host} : le proxy ${proxy} répond ${status}${text === '' ? '' : ` ${text}`}`,
  'proxy.header': ({ proxy, name, value }) => phrase`${proxy} : en-tête de réponse ${name}: ${value}`,
  'proxy.body': ({ proxy, text }) => phrase`${proxy} : la page commence par « ${text} »`,
  'proxy.vendor': ({ proxy, vendor }) => phrase`${proxy} : la réponse porte les marques de ${vendor}`,
  'proxy.silent': ({ host, proxy, ms }) =>
    phrase`${host} : le proxy ${proxy} accepte la connexion et ne dit rien en ${ms} ms`,
  'proxy.ended': ({ host, proxy, failure }) =>
    phrase`${host} : le proxy ${proxy} termine la connexion sans réponse (${failure})`,
  'proxy.not-http': ({ proxy, text }) => phrase`${proxy} : les premiers octets sont d'un autre protocole : « ${text} »`,
  'proxy.speaks-tls': ({ proxy }) => phrase`${proxy} : TLS y répond : le schéma est peut-être à remplacer par https`,
  'proxy.page-for-tunnel': ({ proxy }) =>
    phrase`${proxy} répond à CONNECT par une page, et aucune session n’est passée par lui`,
  'proxy.overflow': ({ proxy }) => phrase`${proxy} : les en-têtes de la réponse dépassent la limite sans se terminer`,
  'proxy.tls': ({ proxy, problem }) => phrase`${proxy} : la session TLS avec le proxy échoue (${problem})`,
  'proxy.certificate': ({ proxy, subject, issuer }) =>
    phrase`${proxy} : présente le certificat ${subject}, émis par ${issuer}`,
  'proxy.offers': ({ proxy, schemes }) => phrase`${proxy} : exige une authentification et propose ${schemes}`,
  'proxy.offers-nothing': ({ proxy }) => phrase`${proxy} : exige une authentification et ne nomme aucun schéma`,
  'proxy.auth': ({ proxy, scheme, legs, reason: why, detail }) =>
    phrase`${proxy} : ${scheme === '' ? '' : phrase`${scheme}, après ${compte(legs, 'réponse')} : `}${reason(why)}${detail === '' || detail === why ? '' : ` (${reason(detail)})`}`,
  'proxy.auth-skipped': ({ proxy, scheme, why }) => phrase`${proxy} : ${scheme} n'a pas été essayé : ${reason(why)}`,
  'proxy.auth-once': ({ proxy, scheme, host }) =>
    phrase`${proxy} : demande le compte (${scheme}) ; il a été envoyé une fois, pour ${host}, sans être accepté, et n'a plus été envoyé pendant cette exécution, pour ne pas le verrouiller`,
  'proxy.socks': ({ host, proxy, reply, name }) => phrase`${host} : le proxy SOCKS ${proxy} répond ${reply} (${name})`,
  'proxy.passed-over': ({ proxy, failure }) => `Le fichier PAC nomme d'abord ${proxy}, inutilisable (${failure})`,
  'proxy.granted': ({ host, proxy }) =>
    phrase`${host} : le proxy ${proxy} ouvre le chemin ; c'est après que survient l'échec`,
  'proxy.direct-works': ({ host }) => phrase`${host} : le chemin direct fonctionne`,
  'proxy.direct-fails': ({ host, failure }) => phrase`${host} : le chemin direct échoue (${failure})`,
  'proxy.bypassed': ({ host, entry }) =>
    phrase`${host} contourne le proxy par l'entrée ${entry} de la liste d'exceptions`,
  'proxy.other-works': ({ host, proxy }) => phrase`${host} : le proxy configuré ${proxy} le joint`,
  'proxy.intended': ({ host, entry }) =>
    `${host} passe par le proxy, bien que l’entrée ${entry} de la liste d’exclusion semble le désigner`,
  'proxy.network-entry': ({ host, address, entry }) =>
    phrase`${host} a l’adresse ${address}, qui est dans ${entry} de la liste d’exclusion : un réseau y désigne des adresses, pas des noms`,
  'proxy.unlisted': ({ host, address }) => `${host} a l’adresse privée ${address} et passe par le proxy`,
  'proxy.direct-closed': ({ targets, sample }) =>
    `Le chemin direct est fermé pour ${targets} cible${targets === 1 ? '' : 's'} que le proxy joint (${sample})`,
  'proxy.mistakes': ({ name, entry, code, dialects, more }) =>
    `${proxyFacts['proxy.mistake']({ name, entry, code, dialects })}${more === 0 ? '' : `\u00a0; ${more} autre${more === 1 ? '' : 's'} de ce genre`}`,
  'proxy.client-name': ({ proxy, name }) =>
    phrase`${proxy} : interrogé sous le nom de client ${name} ; un proxy qui n’admet que des programmes connus en accepte un autre (--user-agent)`,
  'proxy.pac': ({ url, detail }) => phrase`Fichier PAC ${url} : ${detail}`,
  'proxy.pac-answer': ({ host, answer }) => phrase`Le fichier PAC répond « ${answer} » pour ${host}`,
  'proxy.pac-reading': ({ call, value, readers, otherwise }) =>
    `Dans le fichier PAC, ${call} vaut ${value} pour les navigateurs actuels et ici, et ${otherwise} pour ${pacReaders(readers)}`,
  'proxy.readers-differ': ({ call, value, readers, otherwise, more }) =>
    `${proxyFacts['proxy.pac-reading']({ call, value, readers, otherwise })}${more === 0 ? '' : `, et ainsi pour ${more} autre${more === 1 ? '' : 's'} appel${more === 1 ? '' : 's'}`}\u00a0: les programmes de cette machine peuvent prendre des chemins différents`,
  'proxy.mistake': ({ name, entry, code, dialects }) =>
    phrase`${entryText(name, entry)} : ${entryOf(mistakes, code) ?? code}${dialects === '' ? '' : ` (lu autrement par ${dialects})`}`,
  'proxy.differs': ({ host, entry, dialects, bypass }) =>
    bypass === 1
      ? phrase`${host} contourne le proxy par ${entry} ; ${dialects} utiliserait le proxy`
      : phrase`${host} passe par le proxy ; ${dialects} le contournerait`,
};
