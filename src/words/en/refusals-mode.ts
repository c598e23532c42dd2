import type { Said } from '../said.ts';

const instead =
  'wayclear carry prepare takes the check to a connected machine; wayclear check --offline looks at this machine alone.';

/** Of a machine that is to send nothing, in English. `where` says what makes it so. */
export const mode = {
  'mode.offline': ({ where, command }: { where: string; command: string }): Said => [
    `${where} is offline, and ${command} sends packets`,
    instead,
  ],
  'mode.connect': ({ where, command }: { where: string; command: string }): Said => [
    `${where} is offline, and ${command} sends packets`,
    'Run it on a connected machine.',
  ],
  'mode.fetched': ({ where, source }: { where: string; source: string }): Said => [
    `${where} is offline, and --catalog ${source} has to be fetched`,
    'wayclear carry connect --catalog brings it along from a connected machine.',
  ],
  'mode.sealed': ({ where }: { where: string }): Said => [`${where} is offline: nothing is sent`, instead],
  'mode.store': ({ where, place }: { where: string; place: string }): Said => [
    `${where} is offline, and the store ${place} is reached over the network`,
    `On a connected machine, wayclear store copy ${place} FILE makes a file of it, which can be read here.`,
  ],
};
