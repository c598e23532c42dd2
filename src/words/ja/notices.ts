import type { NoticeWords } from '../contract.ts';

/** What is told on standard error, in Japanese. */
export const notices: NoticeWords = {
  passwordReadable: 'プロキシのパスワード ファイルは、このマシンの誰でも読める',
  askPassword: 'プロキシのパスワード: ',
  sets: (file, keys) => `このフォルダーの ${file} による設定: ${keys.join('、')}`,
  outputFailed: (format, file, why) => `${format} の出力${file === null ? '' : ` (${file})`} に失敗した: ${why}`,
  fault: (where, text) => `wayclear 自体の不具合${where === null ? '' : ` (${where})`}。報告をお願いします: ${text}`,
  stuck: '来ることのないものを待っている',
  tooFewFiles: {
    line: (code) => `同時に開けるファイルが少なすぎる (${code})`,
    hint: 'ulimit -n 1024 などで上限を上げる。',
  },
};
