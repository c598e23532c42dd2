import type { RefusalWordsOf } from '../refusals.ts';
import { phrase, spaced } from './spacing.ts';

const shownBy = 'wayclear carry show FICHIER montre ce qu’il contient.';
const again = spaced('Refaites le transport : wayclear carry prepare, connect, import.');
const clocks = 'Réglez l’horloge des deux machines, et mesurez à nouveau.';

/** Of documents that are carried, in French. */
export const carry: RefusalWordsOf<'carry'> = {
  'carry.empty': () => ['le document est vide', again],
  'carry.too-large': () => ['le document est plus grand que tout ce que wayclear écrit', again],
  'carry.not-text': () => ['le document n’est pas du texte UTF-8', again],
  'carry.too-many-lines': () => ['le document a plus de lignes que tout ce que wayclear écrit', again],
  'carry.long-line': ({ line }) => [`la ligne ${line} est plus longue que toutes celles que wayclear écrit`, again],
  'carry.not-json': ({ line }) => [`la ligne ${line} n’est pas un objet JSON`, shownBy],
  'carry.unsigned': () => [spaced('le document n’a pas de signature à la fin : il en manque une partie'), again],
  'carry.changed': () => [spaced('la signature ne correspond pas : le document a été modifié en chemin'), again],
  'carry.line': ({ line, place }) => [
    `la ligne ${line} n’est pas telle que cette version l’écrit${place === '' ? '' : ` (en ${place})`}`,
    'Utilisez la même version de wayclear sur les deux machines.',
  ],
  'carry.no-request': () => ['le document n’est pas une demande de cette version', shownBy],
  'carry.no-result': () => ['le document n’est pas un résultat de cette version', shownBy],
  'carry.no-such-request': ({ nonce }) => [
    `cette machine n’a écrit aucune demande ${nonce}, ou l’a oubliée`,
    'Importez sur la machine, et sous le compte, qui a préparé la demande.',
  ],
  'carry.other-request': () => ['le résultat répond à une autre demande que celle de cette machine', again],
  'carry.untrusted': ({ fingerprint }) => [
    `le résultat est signé par ${fingerprint}, une clé que personne n’a nommée ici`,
    phrase`Comparez avec ce que carry connect a indiqué ; si c’est la même : --trust ${fingerprint}`,
  ],
  'carry.future': ({ at, now }) => [phrase`le résultat vient du futur : ${at}, alors qu’ici il est ${now}`, clocks],
  'carry.before-request': ({ at, asked }) => [`le résultat (${at}) est plus ancien que sa demande (${asked})`, clocks],
  'carry.too-old': ({ at, days }) => [
    `le résultat date du ${at}, il y a plus de ${days} jours`,
    'Mesurez à nouveau, ou permettez davantage par --max-age JOURS.',
  ],
  'carry.imported-before': ({ at }) => [`le résultat a déjà été importé, le ${at}`, again],
  'carry.unreadable': ({ command, file, why }) => [
    phrase`${command} : impossible de lire ${file} (${why})`,
    spaced('Donnez le chemin d’un fichier qui existe ; un chemin relatif part du dossier de travail.'),
  ],
  'carry.unwritable': ({ folder, why }) => [
    `impossible d’écrire dans ${folder} ce qui a été apporté (${why})`,
    'Nommez par --extract un dossier où ce compte peut écrire.',
  ],
  'carry.fetched': ({ source }) => [
    `--catalog ${source} doit être téléchargé, et carry prepare n’envoie aucun paquet`,
    'Donnez-le à carry connect, ou enregistrez la liste dans un fichier et donnez son chemin.',
  ],
  'carry.out': ({ command }) => [phrase`${command} : il manque --out FICHIER`, 'Nommez le fichier à transporter.'],
  'carry.same-file': ({ file }) => [
    phrase`carry connect : --out nomme la demande elle-même, ${file}`,
    'Donnez au résultat un nom à lui.',
  ],
  'carry.fingerprint': ({ where, text }) => [
    phrase`${where} : ${text} n’est pas une empreinte`,
    'Elle a 16 chiffres hexadécimaux, comme carry key et carry connect les montrent.',
  ],
};
