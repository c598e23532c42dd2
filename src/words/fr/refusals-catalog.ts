import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';
import { phrase, spaced } from './spacing.ts';

/** Of catalogs, and of fetching one, in French. */
export const catalogs: RefusalWordsOf<'catalog' | 'fetch'> = {
  'catalog.json': ({ file, line }) => [
    phrase`catalogue ${file} : JSON attendu${line === null ? '' : `, ligne ${line}`}`,
    '`wayclear schema catalog` montre ce qu’un fichier de catalogue peut contenir.',
  ],
  'catalog.twice': ({ file, feature, first, bundled }) => [
    phrase`catalogue ${file} : la fonctionnalité "${feature}" est déjà dans ${first}`,
    bundled ? 'Renommez-la, ou excluez le catalogue fourni par --no-bundled.' : 'Renommez l’une des deux.',
  ],
  'catalog.endpoints': ({ file, most }) => [
    phrase`catalogue ${file} : plus de ${most} points de terminaison en tout`,
    'Divisez le catalogue et vérifiez une partie à la fois.',
  ],
  'catalog.empty-folder': ({ file }) => [
    phrase`catalogue ${file} : le dossier ne contient aucun fichier de catalogue`,
    'Un fichier de catalogue se termine par .json.',
  ],
  'catalog.files': ({ file, most }) => [
    phrase`catalogue ${file} : plus de ${most} fichiers`,
    'Nommez les fichiers voulus.',
  ],
  'catalog.no-file': ({ file }) => [
    phrase`catalogue ${file} : fichier attendu`,
    'Enregistrez le catalogue dans un fichier et donnez son chemin.',
  ],
  'catalog.text': ({ file }) => [phrase`catalogue ${file} : texte UTF-8 attendu`, 'Enregistrez-le en UTF-8.'],
  'catalog.large': ({ file, mib }) => [
    phrase`catalogue ${file} : plus de ${mib} Mio`,
    spaced('Divisez-le : un fichier par fonctionnalité.'),
  ],
  'catalog.unreadable': ({ file, why }) => [
    phrase`catalogue ${file} : lecture impossible : ${why}`,
    'Donnez un fichier, un dossier de fichiers *.json ou m365:worldwide.',
  ],
  'catalog.instance': ({ file, near, names }) => [
    phrase`catalogue ${file} : instance inconnue${meant(near)}`,
    phrase`Il y a ${names.join(', ')} ; une réponse enregistrée s’écrit m365:./FICHIER.`,
  ],
  'catalog.fetch': ({ file, host, why, url }) => [
    phrase`catalogue ${file} : téléchargement impossible depuis ${host} : ${why}`,
    `Enregistrez ${url}?ClientRequestId=<GUID> ailleurs et donnez le chemin du fichier.`,
  ],
  'fetch.account': () => ['le proxy demande un compte (statut 407)'],
  'fetch.scheme': ({ schemes }) => [
    `le proxy demande ${
      schemes.length === 0 ? 'une méthode inconnue' : schemes.join(', ')
    }, et les catalogues ne sont téléchargés qu’avec Basic (statut 407)`,
  ],
  'fetch.refused': () => ['le proxy refuse le compte (statut 407)'],
  'fetch.wait': () => ['le service demande d’attendre une heure (statut 429)'],
  'fetch.status': ({ status }) => [`statut ${status}`],
  'fetch.large': ({ mib }) => [`la réponse dépasse ${mib} Mio`],
  'fetch.late': ({ seconds }) => [`pas de réponse en ${seconds} s`],
  'fetch.deadline': () => ['l’échéance est passée avant'],
};
