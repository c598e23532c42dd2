import type { RefusalWordsOf } from '../refusals.ts';
import { phrase } from './spacing.ts';

/** Of the file of ways that notices take, in French. */
export const ways: RefusalWordsOf<'ways'> = {
  'ways.json': ({ file }) => [phrase`${file} : JSON attendu`, 'docs/notices.md montre un tel fichier.'],
  'ways.placeholder': ({ file, name, placeholder }) => [
    phrase`${file} : ${name} : rien ne s’appelle {${placeholder}}`,
    'docs/notices.md énumère ce qu’un corps peut contenir.',
  ],
  'ways.event-log': ({ file, name }) => [
    phrase`${file} : ${name} : seul Windows a un journal d’événements`,
    'Prenez syslog ici.',
  ],
  'ways.two-secrets': ({ file, name }) => [
    phrase`${file} : ${name} : secretFile et secretEnv s’excluent`,
    'Dites à un seul endroit où est le secret.',
  ],
  'ways.no-secret': ({ file, name }) => [
    phrase`${file} : ${name} : un compte demande secretFile ou secretEnv`,
    'Le mot de passe est dans un fichier ou une variable, jamais dans ce fichier.',
  ],
  'ways.clear-text': ({ file, name }) => [
    phrase`${file} : ${name} : clearText est pour smtp:// sans user`,
    'Un compte ne part jamais en clair, et smtps:// ne l’est jamais.',
  ],
  'ways.empty-variable': ({ name, variable }) => [
    phrase`--notify : ${name} : la variable ${variable} n’est pas définie`,
    'Définissez-la dans l’environnement de la surveillance.',
  ],
};
