import type { NoticeWords } from '../contract.ts';
import { phrase, spaced } from './spacing.ts';

/** What is told on standard error, in French. */
export const notices: NoticeWords = {
  passwordReadable: 'tout le monde sur cette machine peut lire le fichier du mot de passe du proxy',
  askPassword: spaced('Mot de passe du proxy : '),
  sets: (file, keys) => `${file} dans ce dossier fixe ${keys.join(', ')}`,
  outputFailed: (format, file, why) =>
    phrase`la sortie ${format}${file === null ? '' : ` vers ${file}`} a échoué : ${why}`,
  fault: (where, text) =>
    phrase`un défaut de wayclear lui-même${where === null ? '' : ` (${where})`}, merci de le signaler : ${text}`,
  stuck: 'le travail attend quelque chose qui ne viendra pas',
  tooFewFiles: {
    line: (code) => `trop peu de fichiers peuvent être ouverts à la fois (${code})`,
    hint: 'Relevez la limite, par exemple par ulimit -n 1024.',
  },
};
