import type { RefusalWordsOf } from '../refusals.ts';
import { either, meant } from './phrases.ts';
import { phrase } from './spacing.ts';

/** Of the command line and of values of options, in French. */
export const options: RefusalWordsOf<'option'> = {
  'option.duration': ({ where, text, digits }) => [
    phrase`${where} : ${text} n’est pas une durée`,
    phrase`Écrivez un nombre et une unité : 500ms, 10s ou 2m.${
      digits === null ? '' : ` ${digits}s signifie des secondes, ${digits}ms des millisecondes.`
    }`,
  ],
  'option.range': ({ where, text, least, most }) => [
    phrase`${where} : ${text} est hors limites`,
    `La valeur peut aller de ${least} à ${most}.`,
  ],
  'option.count': ({ where, text, least, most }) => [
    phrase`${where} : ${text} n’est pas un nombre entier de ${least} à ${most}`,
  ],
  'option.choice': ({ where, text, near, choices }) => [
    phrase`${where} : valeur inconnue ${text}${meant(near)}`,
    phrase`Valeurs possibles : ${either(choices)}.`,
  ],
  'option.assignment': ({ where, text }) => [
    phrase`${where} : ${text} n’est pas de la forme NOM=VALEUR`,
    phrase`Par exemple : --set tenantId=VALEUR`,
  ],
  'option.resolver': ({ where, text }) => [
    phrase`${where} : ${text} n’est pas l’adresse d’un résolveur`,
    'Écrivez IP, IP:PORT ou [IPv6]:PORT, par exemple 192.0.2.53 ou [2001:db8::53]:5353.',
  ],
  'option.no-file': ({ where, text, name }) => [
    phrase`${where} : ${text} ne nomme aucun fichier`,
    `Écrivez ${name}=FICHIER, ou ${name} seul pour la sortie standard.`,
  ],
  'option.client-name': ({ where }) => [phrase`${where} : un nom de client a de 1 à 256 caractères ASCII imprimables`],
  'option.empty': ({ where }) => [phrase`${where} : valeur vide`],
  'option.set-twice': ({ where, name }) => [
    phrase`${where} : ${name} reçoit deux valeurs`,
    'Donnez chaque paramètre de modèle une seule fois.',
  ],
  'option.exit-codes': () => [
    '--exit-codes nagios et --fail-on s’excluent',
    'Le code de sortie d’un plugin distingue lui-même un avertissement de ce qui est critique. Omettez --fail-on.',
  ],
  'option.no-format': ({ file, suffixes }) => [
    phrase`--output : le nom ${file} n’indique aucun format`,
    `Donnez --format NOM, ou un fichier dont le nom se termine par ${either(suffixes)}.`,
  ],
  'option.two-formats': ({ name }) => [
    phrase`--format : deux formats pour la sortie standard`,
    `Envoyez-les dans des fichiers sauf un, par exemple --format ${name}=FICHIER.`,
  ],
  'option.same-file': ({ file }) => [phrase`--format : deux formats pour le fichier ${file}`],
  'option.label': ({ where, text }) => [
    phrase`${where} : ${text} n’est pas de la forme NOM=VALEUR`,
    phrase`Par exemple : --label site=Berlin`,
  ],
  'option.label-twice': ({ where, name }) => [
    phrase`${where} : ${name} reçoit deux valeurs`,
    'Donnez chaque étiquette une seule fois.',
  ],
  'option.labels': ({ where, most }) => [
    phrase`${where} : plus de ${most} étiquettes`,
    'Nommez ce que des machines ont en commun, comme un site.',
  ],
  'option.action': ({ command, actions }) => [
    phrase`${command} : il manque ${either(actions)}`,
    `wayclear ${command} --help dit ce que fait chacune.`,
  ],
};
