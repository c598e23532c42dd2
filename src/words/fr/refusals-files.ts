import { entryOf } from '../../entry.ts';
import type { RefusalWordsOf } from '../refusals.ts';
import { faultsTold } from '../shape-words.ts';
import { reasons, unknownReason } from './reasons.ts';
import { shapes } from './shapes.ts';
import { phrase, spaced } from './spacing.ts';

const example = spaced('Par exemple : { "timeout": "5s", "cloud": "usgov" }.');
const passwordHint = 'Donnez un fichier qui contient le mot de passe et rien d’autre.';

/** Of files that are read and written, and why the system refuses one, in French. */
export const files: RefusalWordsOf<'file' | 'reason'> = {
  'reason.system': ({ code }) => [code === '' ? unknownReason : (entryOf(reasons, code) ?? code)],
  'reason.runtime': ({ code }) => [code === '' ? unknownReason : (entryOf(reasons, code) ?? code)],
  'file.faults': (args) => faultsTold(shapes, args),
  'file.stdin': () => ['entrée standard'],
  'file.key': ({ file, key }) => [phrase`${file} : "${key}"`],
  'file.of': ({ where, file }) => [phrase`${where} : ${file}`],
  'file.folder': ({ where, file }) => [phrase`${where} : ${file} est un dossier`],
  'file.large': ({ where, file, kib }) => [phrase`${where} : ${file} dépasse ${kib} Kio`],
  'file.unreadable': ({ where, file, why }) => [phrase`${where} : ${file} ne peut pas être lu (${why})`],
  'file.missing': ({ where, file, why }) => [
    phrase`${where} : ${file} ne peut pas être lu (${why})`,
    spaced('Donnez le chemin d’un fichier existant ; un chemin relatif part du dossier courant.'),
  ],
  'file.stdin-twice': () => [
    'l’entrée standard est nommée deux fois',
    'Elle ne peut être lue que pour une seule chose.',
  ],
  'file.stdin-large': ({ kib }) => [`l’entrée standard dépasse ${kib} Kio`, 'Donnez-en moins.'],
  'file.stdin-late': () => [
    'l’entrée standard ne s’est pas terminée avant l’échéance',
    'Donnez un fichier à la place.',
  ],
  'file.config-json': ({ file }) => [
    phrase`${file} : ce n’est pas du JSON`,
    `Le fichier contient un objet. ${example}`,
  ],
  'file.config-object': ({ file }) => [phrase`${file} : ce n’est pas un objet JSON`, example],
  'file.report-json': ({ file }) => [`${file} n’est pas du JSON`, 'Donnez un fichier écrit par --format json=FICHIER.'],
  'file.stranger': ({ file, what }) => [
    phrase`${file} : ${what} n’est pas accepté d’un fichier qui se trouve simplement dans ce dossier`,
    `Si le fichier est à vous, nommez-le par --config ${file}, ou mettez ceci dans votre propre fichier (voir wayclear --help).`,
  ],
  'file.stranger-format': ({ file }) => [phrase`le fichier de "format" : ${file}`],
  'file.stranger-address': ({ address }) => [`l’adresse ${address} de "what"`],
  'file.stranger-parameter': ({ parameter }) => [`le paramètre ${parameter} de "set", qui peut être une adresse`],
  'file.no-root': ({ where }) => [
    phrase`${where} : aucun certificat dans le fichier`,
    'Donnez un fichier PEM avec les racines du proxy.',
  ],
  'file.ca-unreadable': ({ file, code }) => [
    `le fichier d’autorités ${file} ne peut pas être lu (${code})`,
    'Donnez à --ca-file un fichier PEM ou DER lisible.',
  ],
  'file.ca-empty': ({ file }) => [
    `aucun certificat dans le fichier d’autorités ${file}`,
    'Exportez le certificat racine en PEM (Base64) ou DER.',
  ],
  'file.ca-broken': ({ file }) => [
    `le fichier d’autorités ${file} contient quelque chose qui n’est pas un certificat`,
    'Exportez-le à nouveau en PEM (Base64) ou DER.',
  ],
  'file.password-large': () => ['Le fichier du mot de passe du proxy dépasse 64 Kio', passwordHint],
  'file.password-unreadable': ({ why }) => [
    `Le fichier du mot de passe du proxy ne peut pas être lu (${why})`,
    passwordHint,
  ],
  'file.password-empty': () => ['Le fichier du mot de passe du proxy est vide', passwordHint],
  'file.password-text': () => [
    'Le fichier du mot de passe du proxy n’est pas du texte UTF-8',
    'Enregistrez-le en UTF-8.',
  ],
  'file.output-folder': ({ file }) => [
    phrase`impossible d’écrire ${file} : c’est un dossier`,
    'Nommez un fichier dedans.',
  ],
  'file.output': ({ file, why }) => [
    phrase`impossible d’écrire ${file} : ${why}`,
    'Rien n’a été envoyé. Nommez un fichier dans un dossier qui existe et où l’on peut écrire.',
  ],
  'file.output-link': ({ file }) => [
    phrase`impossible d’écrire ${file} : c’est un lien vers un fichier qui n’existe pas`,
    'Rien n’a été envoyé. Nommez le fichier lui-même.',
  ],
  'file.output-pipe': ({ file }) => [
    phrase`impossible d’écrire ${file} : personne ne lit ce tube`,
    'Rien n’a été envoyé.',
  ],
  'file.one-line': ({ where }) => [
    phrase`${where} : une seule ligne attendue`,
    'Donnez un fichier qui ne contient que le secret.',
  ],
};
