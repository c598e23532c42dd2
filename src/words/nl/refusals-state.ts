import type { RefusalWordsOf } from '../refusals.ts';

/** Of what this machine keeps from run to run, in Dutch. */
export const state: RefusalWordsOf<'state'> = {
  'state.nowhere': () => ['nergens staat waar dit account zijn toestand bewaart', 'Noem een map met --state.'],
  'state.unwritable': ({ folder, why }) => [
    `kan niet schrijven in de toestandsmap ${folder} (${why})`,
    'Noem met --state een map waarin dit account mag schrijven.',
  ],
  'state.unreadable': ({ file, why }) => [
    `kan ${file} niet lezen (${why})`,
    'Het bestand is van het account dat het heeft gemaakt.',
  ],
  'state.key-broken': ({ file }) => [
    `de sleutel van deze machine (${file}) is geen Ed25519-sleutel`,
    'Verplaats het bestand; wayclear carry key maakt een nieuwe sleutel.',
  ],
  'state.key-open': ({ file }) => [
    `anderen kunnen de sleutel van deze machine lezen (${file})`,
    `Wie hem heeft gelezen, kan als deze machine ondertekenen. Als niemand dat deed: chmod 600 ${file}`,
  ],
  'state.key-rights': ({ file }) => [
    `kan anderen hun rechten op ${file} niet ontnemen (icacls)`,
    'Noem met --state een map die alleen dit account kan lezen.',
  ],
  'state.folder-rights': ({ folder }) => [
    `kan anderen hun rechten op de nieuwe map ${folder} niet ontnemen (icacls)`,
    'Maak haar zelf, gesloten voor anderen: docs/windows.md zegt hoe.',
  ],
};
