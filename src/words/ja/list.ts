import type { ListWords } from '../contract.ts';

/** Japanese words of the overview of the catalog. */
export const list: ListWords = {
  columns: {
    feature: '機能',
    id: 'ID',
    critical: '重大',
    other: 'その他',
    needs: '必要な --set',
    date: '文書の日付',
  },
  more: 'wayclear list FEATURE: その機能のエンドポイントと、それを求める文書',
};
