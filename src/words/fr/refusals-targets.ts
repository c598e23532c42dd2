import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';
import { phrase, spaced } from './spacing.ts';

const unknownHint = spaced(
  '`wayclear list` montre les fonctionnalités. Un hôte sans point demande un port : proxy01:443.',
);

/** Of addresses that somebody typed or listed, in French. */
export const targets: RefusalWordsOf<'target'> = {
  'target.no-address': ({ word, address }) => [
    `${word} n’est ni une URL ni un hôte`,
    address === null ? 'Écrivez https://hôte/chemin, hôte ou hôte:port.' : `Écrivez ${address}`,
  ],
  'target.feature': ({ word, near }) => [`fonctionnalité inconnue ${word}${meant(near)}`, unknownHint],
  'target.scheme': ({ word }) => [
    phrase`${word} : https://, http:// ou tcp:// attendu`,
    'hôte:port sans schéma convient aussi.',
  ],
  'target.credentials': ({ word }) => [
    phrase`${word} : un nom d’utilisateur ou un mot de passe n’a pas sa place dans une adresse`,
    spaced('Donnez l’adresse seule ; rien d’autre n’est envoyé.'),
  ],
  'target.host': ({ word }) => [
    phrase`${word} : nom d’hôte ou adresse IP attendu`,
    spaced('Une adresse IPv6 avec un port demande des crochets : [2001:db8::1]:443.'),
  ],
  'target.port': ({ word }) => [
    phrase`${word} : numéro de port de 1 à 65535 attendu`,
    'Écrivez hôte:port, tcp://hôte:port ou https://hôte:port/chemin.',
  ],
  'target.path': ({ word }) => [phrase`${word} : une adresse tcp:// n’a pas de chemin`, 'Écrivez tcp://hôte:port.'],
  'target.length': ({ word }) => [phrase`${word} : une adresse a au plus 2048 caractères`, 'Raccourcissez-la.'],
  'target.pattern': ({ word }) => [
    phrase`${word} : caractère générique attendu, tel que les documents l’écrivent`,
    'Par exemple *.manage.example.com ou *.example.com:8443.',
  ],
  'target.network': ({ word }) => [
    phrase`${word} : réseau attendu, une adresse et une longueur`,
    'Par exemple 10.0.0.0/8 ou 2001:db8::/32.',
  ],
  'target.is-feature': ({ word }) => [
    `${word} est une fonctionnalité`,
    'Les fonctionnalités se nomment sur la ligne de commande, pas dans ce fichier.',
  ],
  'target.no-host': ({ word }) => [`${word} n’est ni une URL ni un hôte avec un point ou un port`, unknownHint],
  'target.numbered': ({ line, problem }) => [phrase`ligne ${line} : ${problem}`],
  'target.line': ({ line }) => [phrase`--targets : ${line}`],
  'target.lines': ({ count, lines, more }) => [
    phrase`--targets : ${count} lignes ne nomment aucune cible : ${lines.join('\u00a0; ')}${
      more === 0 ? '' : phrase` ; et ${more} de plus`
    }`,
    spaced(
      'Une ligne contient une URL, un hôte avec ou sans port, un caractère générique ou un réseau ; # commence un commentaire.',
    ),
  ],
};
