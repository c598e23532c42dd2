import type { RefusalWordsOf } from '../refusals.ts';
import { phrase } from './spacing.ts';

/** Of what this machine keeps from run to run, in French. */
export const state: RefusalWordsOf<'state'> = {
  'state.nowhere': () => ['rien ne dit où ce compte garde son état', 'Nommez un dossier par --state.'],
  'state.unwritable': ({ folder, why }) => [
    `impossible d’écrire dans le dossier d’état ${folder} (${why})`,
    'Nommez par --state un dossier où ce compte peut écrire.',
  ],
  'state.unreadable': ({ file, why }) => [
    `impossible de lire ${file} (${why})`,
    'Le fichier appartient au compte qui l’a créé.',
  ],
  'state.key-broken': ({ file }) => [
    `la clé de cette machine (${file}) n’est pas une clé Ed25519`,
    phrase`Déplacez le fichier ; wayclear carry key crée une nouvelle clé.`,
  ],
  'state.key-open': ({ file }) => [
    `d’autres peuvent lire la clé de cette machine (${file})`,
    phrase`Qui l’a lue peut signer au nom de cette machine. Si personne ne l’a lue : chmod 600 ${file}`,
  ],
  'state.key-rights': ({ file }) => [
    `impossible de retirer aux autres leurs droits sur ${file} (icacls)`,
    'Nommez par --state un dossier que seul ce compte peut lire.',
  ],
  'state.folder-rights': ({ folder }) => [
    `impossible de retirer aux autres leurs droits sur le nouveau dossier ${folder} (icacls)`,
    phrase`Créez-le vous-même, fermé aux autres : docs/windows.md dit comment.`,
  ],
};
