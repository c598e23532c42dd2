import type { RefusalWordsOf } from '../refusals.ts';
import { phrase } from './spacing.ts';

/** Of watches and of what a store holds, in French. */
export const watching: RefusalWordsOf<'watch'> = {
  'watch.every': ({ where, text }) => [
    phrase`${where} : ${text} est trop court`,
    phrase`Un examen prend du temps, et les services ne sont pas à nous : 1m au moins.`,
  ],
  'watch.window': ({ where, text }) => [
    phrase`${where} : ${text} n’est pas une fenêtre de temps`,
    phrase`Écrivez 22:00/8h, sat,sun 06:00/4h Europe/Berlin ou 2026-12-24T18:00/3d : le début, la durée et le fuseau.`,
  ],
  'watch.size': ({ where, text }) => [
    phrase`${where} : ${text} n’est pas une taille`,
    phrase`Écrivez un nombre et une unité : 500M ou 2G.`,
  ],
  'watch.time': ({ where, text }) => [
    phrase`${where} : ${text} n’est pas une heure`,
    'Écrivez 2026-11-01, 2026-11-01T08:00 ou 2026-11-01T08:00:00Z.',
  ],
  'watch.url': ({ where, text }) => [
    phrase`${where} : ${text} n’est pas une adresse https`,
    'Un catalogue se prend là où personne ne peut le changer en route.',
  ],
  'watch.stdout': ({ name }) => [
    phrase`watch écrit chaque rapport dans un fichier : il en faut un pour ${name}`,
    `Écrivez --format ${name}=FILE.`,
  ],
  'watch.interval': ({ every }) => [
    `cron n’a pas de ligne pour chaque ${every}`,
    phrase`Prenez des minutes qui divisent une heure, des heures qui divisent un jour, ou 24h ; ou un minuteur systemd.`,
  ],
  'watch.interval-long': ({ every }) => [
    `le planificateur de tâches ne répète rien tous les ${every}`,
    'Il accepte 31d au plus.',
  ],
  'watch.nobody-reads': ({ option }) => [
    `${option} laisse lire une page, et il n’y en a pas`,
    'Ajoutez --listen, qui la sert.',
  ],
  'watch.machine': ({ place, machines, how }) => [
    phrase`historique ${place} : quelle machine ? Il connaît ${machines.join(', ')}`,
    `Nommez-en une par ${how}.`,
  ],
  'watch.no-machine': ({ place, text, machines }) => [
    phrase`historique ${place} : il ne connaît pas la machine ${text}`,
    `Il connaît ${machines.join(', ')}.`,
  ],
  'watch.no-look': ({ place, text }) => [
    phrase`historique ${place} : aucun examen pour ${text}`,
    'wayclear history montre ceux qui y sont.',
  ],
  'watch.no-report': ({ place, text }) => [
    phrase`historique ${place} : le rapport de ${text} n’est plus gardé`,
    'Gardez-en plus par --keep et --keep-size.',
  ],
  'watch.action': ({ word }) => [phrase`store : action inconnue ${word}`, 'Ce peut être check ou copy.'],
  'watch.not-empty': ({ place }) => [
    phrase`historique ${place} : il contient déjà quelque chose`,
    'Copiez vers un historique qui n’existe pas encore.',
  ],
  'watch.unsound': ({ place, faults }) => [
    phrase`historique ${place} : il n’est pas sain`,
    phrase`Copiez ce qui se lit : wayclear store copy FROM TO`,
    faults,
  ],
  'watch.catalog': ({ url, why }) => [
    `le catalogue de ${url} n’est pas accessible (${why})`,
    phrase`L’adresse est-elle la bonne, et cette machine peut-elle l’atteindre ?`,
  ],
  'watch.listen': ({ address, why }) => [
    phrase`--listen : ${address} ne peut être pris : ${why}`,
    'Nommez un autre port, ou mettez fin à ce qui y écoute.',
  ],
  'watch.listen-open': ({ address }) => [
    phrase`--listen : ${address} peut être lu d’ailleurs`,
    phrase`Nommez un --password-file, ou un --trusted-header d’un proxy de cette machine ; ou écoutez sur 127.0.0.1.`,
  ],
  'watch.header': ({ where, text }) => [
    phrase`${where} : ${text} n’est pas un nom d’en-tête`,
    'Écrivez X-Remote-User, par exemple.',
  ],
  'watch.once-listen': () => [
    '--listen demande une surveillance qui reste',
    phrase`Retirez --once et --print : un planificateur en lance une qui finit après son examen.`,
  ],
  'watch.printed-secret': () => [
    'un mot de passe dans une adresse ne va pas dans le fichier d’un planificateur',
    'Prenez PGPASSWORD, WAYCLEAR_PROXY_PASSWORD ou --proxy-password-file.',
  ],
  'watch.log': ({ file, why }) => [
    phrase`--cmtrace-log : ${file} ne peut être écrit : ${why}`,
    'Nommez un fichier que ce compte peut écrire.',
  ],
};
