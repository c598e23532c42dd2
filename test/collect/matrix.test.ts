import { expect, it } from 'vitest';
import { matrixOf } from '../../src/collect/matrix.ts';
import { look, site } from '../fleet/looks.ts';

const fails = [{ cause: 'tcp.dropped', hosts: ['a.example'] }] as const;

const shown = (...given: Parameters<typeof matrixOf>) =>
  [...matrixOf(...given).sites].map(([name, { features, silent }]) => {
    const cell = features.get('feature');
    return `${name}: ${cell === undefined ? '–' : `${cell.verdict} ${cell.machines}`}, silent ${silent}`;
  });

it('says of each site the worst of a feature, and how many machines have it', () => {
  const looks = [
    ...site('Aix', 3),
    ...site('Bonn', 2, { fails }),
    look({ name: 'x', traits: { 'label:site': 'Bonn' } }),
  ];
  expect(shown(looks, new Set())).toEqual(['Aix: reachable 3, silent 0', 'Bonn: unreachable 2, silent 0']);
});

it('takes what machines say that are silent now for no sign that anything is well', () => {
  const looks = [...site('Aix', 3), ...site('Bonn', 2), ...site('Caen', 2, { fails })];
  const silent = new Set(['Aix-1', 'Bonn-1', 'Bonn-2', 'Caen-1']);
  expect(shown(looks, silent)).toEqual([
    'Aix: reachable 2, silent 1',
    'Bonn: –, silent 2',
    'Caen: unreachable 2, silent 1',
  ]);
});
