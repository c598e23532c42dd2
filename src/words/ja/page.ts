import type { PageWords } from '../contract.ts';

/** Japanese words of the page. */
export const page: PageWords = {
  verdict: (broken, tested, causes) =>
    `検査した ${tested} 件のエンドポイントのうち ${broken} 件に問題があります${causes === 0 ? '' : `(原因 ${causes} 件)`}`,
  fine: (tested) => `検査した ${tested} 件のエンドポイントはすべて利用できます`,
  skip: 'エンドポイントへ移動',
  measured: '測定日時',
  machine: 'マシン',
  route: '経路',
  feature: '機能',
  endpoints: 'エンドポイント',
  matrix: '経路が途切れる段階',
  passed: (passed, reached) => `${reached} 件中 ${passed} 件が成功`,
  notReached: '未到達',
  search: '検索',
  all: 'すべて',
  sort: '並べ替え',
  sorts: { verdict: '判定順', host: 'ホスト名順', slowest: '遅い順' },
  shown: '表示件数',
  steps: '棒は、判定を決めた試行の各段階を割合で示します。長い棒ほど時間がかかっています(対数目盛)。',
  chainsIntro: 'サーバーが送信した証明書チェーンと、末端のルートを保持するこのマシンのストアです。',
  trustedBy: '信頼元',
  stores: {
    public: '公開ルート',
    machine: 'このマシン',
    extra: 'オプションで指定したルート',
    catalog: 'カタログのルート',
  },
  usedBy: '確認したホスト',
  notSent: '送信なし',
  request: '提出用の依頼文',
  print: '作成: wayclear',
};
