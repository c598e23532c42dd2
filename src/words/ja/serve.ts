import type { ServeWords } from '../contract.ts';

/** Japanese words of the page of a watch. */
export const serve: ServeWords = {
  title: (machine) => `${machine} の監視`,
  calm: '未解決のものはない。',
  wrong: (open) => `未解決のインシデントが ${open} 件ある。`,
  closing: (left) => `前回の確認では正常。あと ${left} 回正常なら解決とする`,
  nothingYet: '記録された確認はまだない。',
  lastLook: (at) => `前回の確認 ${at}`,
  late: (at) => `前回の確認は ${at} に始まった。次の確認が遅れている。`,
  headings: {
    open: '現在未解決のものと依頼内容',
    timeline: '機能ごとの 30 日間',
    closed: '直近 30 日間に解決したもの',
    times: '前回の確認の段階別の時間',
  },
  nobody: '確認なし',
  timeline: (feature, days) => `${feature}: 直近 ${days} 日間の各日で最も悪い結果`,
  times: (feature) => `${feature}: 各段階の平均時間`,
  total: '合計',
  report: '前回の確認のレポート',
  noClosed: '解決したものはない。',
  languages: '言語',
};
