import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';
import { phrase, spaced } from './spacing.ts';

/** Of what a run should check, in French. */
export const plans: RefusalWordsOf<'plan'> = {
  'plan.too-many': ({ targets, most }) => [
    `${targets} cibles, c’est trop`,
    phrase`Une exécution en admet ${most} au plus ; voir --only.`,
  ],
  'plan.values': ({ names, id, url }) => [
    phrase`--set ${names.join(', ')} : les valeurs ne donnent pas d’adresse valide pour ${id} : ${url}`,
    'Une valeur est un nom d’hôte ou une partie d’un nom, comme contoso ou contoso.westus.cloudapp.azure.com.',
  ],
  'plan.glob': () => [
    '--only et --skip prennent un motif de 1 à 300 caractères',
    '`*` vaut n’importe quelle suite de caractères.',
  ],
  'plan.filtered': ({ targets, feature, id }) => [
    phrase`il ne reste rien à vérifier : --only et --skip ne laissent aucune des ${targets} cibles`,
    `Les motifs valent pour des identifiants, des hôtes et des motifs documentés entiers, par exemple ${feature}/* ou ${id}.`,
  ],
  'plan.nothing': () => [
    'il n’y a rien à vérifier',
    spaced(
      '`wayclear list` montre les fonctionnalités ; les anciennes demandent --include-legacy ; une URL ou hôte[:port] convient aussi.',
    ),
  ],
  'plan.parameter': ({ name, near, names }) => [
    phrase`--set : paramètre inconnu ${name}${meant(near)}`,
    names.length === 0 ? 'Le catalogue n’a pas de modèles.' : `Le catalogue connaît ${names.join(', ')}.`,
  ],
  'plan.braces': ({ name }) => [
    phrase`--set ${name} : une valeur ne peut pas contenir d’accolades`,
    'Un paramètre ne peut pas être fait d’un autre.',
  ],
  'plan.host-part': ({ name, value }) => [
    phrase`--set ${name} : nom d’hôte ou partie d’un nom attendu, reçu ${value}`,
    'Donnez-le sans schéma, port ni chemin.',
  ],
  'plan.cloud': ({ cloud, features }) => [
    `sans nom de fonctionnalité, il n’y a aucun point de terminaison dans le cloud ${cloud}`,
    phrase`Le catalogue y connaît ${features.join(', ')} ; nommez ce que vous voulez.`,
  ],
  'plan.role': ({ role, near, roles }) => [
    `rôle inconnu ${role}${meant(near)}`,
    `Le catalogue connaît ${roles.join(', ')}.`,
  ],
  'plan.feature-cloud': ({ feature, cloud, clouds, sibling }) => [
    phrase`la fonctionnalité "${feature}" n’a aucun point de terminaison dans le cloud ${cloud} ; elle en a dans ${clouds.join(', ')}`,
    sibling === null ? null : `La fonctionnalité "${sibling}" couvre ce cloud.`,
  ],
  'plan.feature-role': ({ feature, role, roles }) => [
    `la fonctionnalité "${feature}" n’a aucun point de terminaison pour le rôle ${role}`,
    `Elle en a pour ${roles.join(', ')}.`,
  ],
  'plan.legacy': ({ feature }) => [
    phrase`la fonctionnalité "${feature}" est ancienne : plus rien n’en est utilisé`,
    'Ajoutez --include-legacy pour la vérifier malgré tout.',
  ],
  'plan.no-targets': () => ['le fichier des cibles ne nomme aucune cible', 'Une URL ou hôte[:port] par ligne.'],
};
