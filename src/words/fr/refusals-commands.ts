import type { RefusalWordsOf } from '../refusals.ts';
import { all, either, meant } from './phrases.ts';
import { phrase, spaced } from './spacing.ts';

/** Of commands, their words and their options, in French. */
export const commands: RefusalWordsOf<'command'> = {
  'command.hint': () => ['wayclear --help en dit plus.'],
  'command.no-value': ({ name }) => [`--${name} demande une valeur`, 'wayclear --help énumère les options.'],
  'command.parser': ({ text }) => [text, 'wayclear --help énumère les options.'],
  'command.topic': ({ word, near, topics, example }) => [
    phrase`help : aucun sujet ne s’appelle ${word}${meant(near)}`,
    phrase`Les sujets sont ${either(topics)} ; chaque commande a le sien : wayclear help ${example}.`,
  ],
  'command.surplus': ({ command, word, usage }) => [
    phrase`${command} : ${word} est de trop`,
    phrase`Utilisation : wayclear ${usage} [options]`,
  ],
  'command.twice': ({ name }) => [
    phrase`--${name} est donné deux fois, avec deux valeurs`,
    phrase`Elle n’en prend qu’une : enlevez l’autre.`,
  ],
  'command.missing': ({ command, word, usage }) => [
    phrase`${command} : il manque ${word}`,
    phrase`Utilisation : wayclear ${usage} [options]`,
  ],
  'command.switch': ({ name }) => [`--${name} ne prend pas de valeur`, `Écrivez --${name} seul.`],
  'command.unknown-option': ({ shown, near, command }) => [
    `option inconnue ${shown}${meant(near)}`,
    `wayclear ${command} --help énumère les options.`,
  ],
  'command.misplaced': ({ name, command, owners }) => [
    `--${name} n’est pas une option de ${command}`,
    `Elle appartient à ${all(owners)}.`,
  ],
  'command.unknown': ({ word, command }) => [
    phrase`commande ou fonctionnalité inconnue ${word} ; vouliez-vous dire wayclear ${command} ?`,
    'wayclear --help énumère les commandes, wayclear list les fonctionnalités.',
  ],
  'command.from-alone': () => [
    '--from n’admet aucun autre choix de points de terminaison',
    spaced('Le rapport dit ce qui a échoué ; omettez le reste.'),
  ],
  'command.pac-proxy': () => [
    '--format pac demande le proxy vers lequel va tout le reste',
    'Nommez-le, par exemple --proxy http://proxy.example.com:8080',
  ],
  'command.explain': ({ text, near }) => [
    phrase`explain : cause inconnue ${text}${meant(near)}`,
    spaced(
      'wayclear explain les montre toutes ; un code de statut, un identifiant de message, une fonctionnalité ou un hôte du catalogue convient aussi.',
    ),
  ],
  'command.list': ({ word, near }) => [
    `fonctionnalité inconnue ${word}${meant(near)}`,
    'wayclear list les montre toutes.',
  ],
  'command.offline-catalog': ({ source }) => [
    `--catalog ${source} doit être téléchargé, et --offline n’envoie aucun paquet`,
    'Enregistrez la liste dans un fichier et donnez son chemin.',
  ],
  'command.one-report': ({ format }) => [
    phrase`diagnose : ${format} est un format pour un seul rapport, pas pour plusieurs`,
    phrase`Pour plusieurs rapports : --format table ou --format json.`,
  ],
};
