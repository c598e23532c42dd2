import type { DiffWords } from '../contract.ts';

/** Japanese words of the comparison. */
export const diff: DiffWords = {
  same: (targets) => `ターゲット ${targets} 件に差異なし`,
  worse: '悪化したものがある',
  noWorse: '比較できた範囲で悪化したものはない',
  missing: (count) => `以前はテストされ、今回はテストされていないもの ${count} 件`,
  headings: { targets: 'ターゲット', causes: '原因' },
  change: '変化',
  changes: { worse: '悪化', better: '改善', appeared: '出現', vanished: '消失', notCompared: '比較対象外' },
  counted: (count, change) => `${change} ${count} 件`,
  machine: (name) => `マシン ${name}`,
  route: (routes) => `経路 ${routes}`,
  routeChange: '経路の変更',
  was: (verdict) => `以前は${verdict}`,
};
