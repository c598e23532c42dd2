import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';

/** Of what a run should check, in Dutch. */
export const plans: RefusalWordsOf<'plan'> = {
  'plan.too-many': ({ targets, most }) => [
    `${targets} doelen zijn er te veel`,
    `Een uitvoering neemt er hoogstens ${most}; zie --only.`,
  ],
  'plan.values': ({ names, id, url }) => [
    `--set ${names.join(', ')}: de waarden geven geen geldig adres voor ${id}: ${url}`,
    'Een waarde is een hostnaam of een deel ervan, zoals contoso of contoso.westus.cloudapp.azure.com.',
  ],
  'plan.glob': () => [
    '--only en --skip nemen een patroon van 1 tot 300 tekens',
    '`*` staat voor een willekeurige reeks tekens.',
  ],
  'plan.filtered': ({ targets, feature, id }) => [
    `er blijft niets te controleren over: --only en --skip laten geen van de ${targets} doelen over`,
    `Patronen gelden voor hele id’s, hosts en gedocumenteerde patronen, bijvoorbeeld ${feature}/* of ${id}.`,
  ],
  'plan.nothing': () => [
    'er valt niets te controleren',
    '`wayclear list` toont de functies; verouderde hebben --include-legacy nodig; een URL of host[:poort] mag ook.',
  ],
  'plan.parameter': ({ name, near, names }) => [
    `--set: onbekende parameter ${name}${meant(near)}`,
    names.length === 0 ? 'De catalogus heeft geen sjablonen.' : `De catalogus kent ${names.join(', ')}.`,
  ],
  'plan.braces': ({ name }) => [
    `--set ${name}: een waarde mag geen accolades bevatten`,
    'Een parameter kan niet uit een andere worden gemaakt.',
  ],
  'plan.host-part': ({ name, value }) => [
    `--set ${name}: een hostnaam of een deel ervan verwacht, gekregen: ${value}`,
    'Geef ze zonder schema, poort en pad.',
  ],
  'plan.cloud': ({ cloud, features }) => [
    `zonder naam van een functie is er geen eindpunt in cloud ${cloud}`,
    `De catalogus kent daar ${features.join(', ')}; noem wat u wilt.`,
  ],
  'plan.role': ({ role, near, roles }) => [
    `onbekende rol ${role}${meant(near)}`,
    `De catalogus kent ${roles.join(', ')}.`,
  ],
  'plan.feature-cloud': ({ feature, cloud, clouds, sibling }) => [
    `functie "${feature}" heeft geen eindpunt in cloud ${cloud}; wel in ${clouds.join(', ')}`,
    sibling === null ? null : `Functie "${sibling}" dekt die cloud.`,
  ],
  'plan.feature-role': ({ feature, role, roles }) => [
    `functie "${feature}" heeft geen eindpunt voor rol ${role}`,
    `Ze heeft er voor ${roles.join(', ')}.`,
  ],
  'plan.legacy': ({ feature }) => [
    `functie "${feature}" is verouderd: er wordt niets meer van gebruikt`,
    'Voeg --include-legacy toe om ze toch te controleren.',
  ],
  'plan.no-targets': () => ['het doelenbestand noemt geen doel', 'Eén URL of host[:poort] per regel.'],
};
