import type { RefusalWordsOf } from '../refusals.ts';
import { phrase, spaced } from './spacing.ts';

/** Of a run on another machine, in French. */
export const remote: RefusalWordsOf<'remote'> = {
  'remote.place': ({ where, text }) => [
    phrase`${where} : « ${text} » n’est pas ssh://[utilisateur@]hôte[:port]`,
    spaced(
      'Un mot de passe n’est jamais pris : ssh se sert de ses clés, de son agent ou de Kerberos. Tout le reste va dans sa propre configuration.',
    ),
  ],
  'remote.program': ({ where, text }) => [
    phrase`${where} : « ${text} » n’est pas un chemin fait de lettres, de chiffres et de / \\ : . _ ~ + -`,
    'Chaque shell lit les autres caractères à sa façon. Sous Windows, dir /x montre le nom court d’un dossier avec espaces.',
  ],
  'remote.attended': () => [
    '--attended demande --config - et --format ndjson, et rien d’autre',
    spaced('L’option est pour un autre wayclear : utilisez --on là-bas.'),
  ],
  'remote.nowhere': () => [
    '--remote-program nomme wayclear sur une autre machine, et aucun --on ne dit laquelle',
    'Ajoutez --on ssh://HÔTE, ou retirez --remote-program.',
  ],
  'remote.send': () => [
    spaced('--on et --send s’excluent : un message est signé par la machine qui a mesuré'),
    'Faites envoyer wayclear là-bas, par ssh et check --send, ou gardez ici le rapport par -o FICHIER.',
  ],
  'remote.no-ssh': () => [
    '--on demande le programme ssh, absent ici',
    spaced('Installez le client OpenSSH ; il fait partie de Windows et de tout Linux.'),
  ],
  'remote.not-started': ({ host, why, line }) => [
    phrase`l’exécution sur ${host} n’a pas commencé : ${why}`,
    phrase`Essayez à la main : ${line}`,
  ],
  'remote.no-program': ({ host, program, why }) => [
    phrase`l’exécution sur ${host} n’a pas commencé : ${program} n’y est pas, ou n’est pas wayclear (${why})`,
    'Mettez-y la même version de wayclear et nommez son chemin par --remote-program.',
  ],
  'remote.version': ({ host, there, schema, here }) => [
    schema === null
      ? `${host} a wayclear ${there}, ici c’est ${here}`
      : `${host} a wayclear ${there} (schéma de rapport ${schema}), ici c’est ${here} (schéma de rapport 1)`,
    'Mettez la même version sur les deux machines.',
  ],
  'remote.refused': ({ host, why, hint }) => [phrase`sur ${host} : ${why}`, hint],
  'remote.garbage': ({ host, text }) => [
    phrase`ce qui vient de ${host} n’est pas un enregistrement de wayclear : « ${text} »`,
    spaced('Rien n’en a été pris. --remote-program est-il bien wayclear ?'),
  ],
  'remote.too-much': ({ host }) => [
    `${host} envoie plus que ne contient aucun rapport`,
    spaced('Rien n’en a été pris. --remote-program est-il bien wayclear ?'),
  ],
  'remote.late': ({ host }) => [
    `l’exécution sur ${host} n’a pas fini à son échéance`,
    'Rien n’est jugé. Un --deadline plus long lui laisse plus de temps.',
  ],
  'remote.broken-off': ({ host, done, total, why }) => [
    phrase`l’exécution sur ${host} s’est interrompue après ${done} cibles sur ${total} : ${why}`,
    spaced('Rien n’est jugé : un verdict demande l’exécution entière.'),
  ],
  'remote.no-reason': () => ['aucune raison donnée'],
  'remote.status': ({ status }) => [`fin avec le code ${status}, sans explication`],
  'remote.killed': () => ['ssh a été arrêté'],
};
