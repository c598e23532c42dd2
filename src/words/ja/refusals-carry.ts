import type { RefusalWordsOf } from '../refusals.ts';

const shownBy = '内容は wayclear carry show ファイル で確認できる。';
const again = '運び直す: wayclear carry prepare、connect、import';
const clocks = '両方のマシンの時計を合わせて、測定し直す。';

/** Of documents that are carried, in Japanese. */
export const carry: RefusalWordsOf<'carry'> = {
  'carry.empty': () => ['文書が空', again],
  'carry.too-large': () => ['文書が、wayclear が書き出す大きさを超えている', again],
  'carry.not-text': () => ['文書が UTF-8 のテキストではない', again],
  'carry.too-many-lines': () => ['文書の行数が、wayclear が書き出す数を超えている', again],
  'carry.long-line': ({ line }) => [`${line} 行目が、wayclear が書き出す長さを超えている`, again],
  'carry.not-json': ({ line }) => [`${line} 行目が JSON オブジェクトではない`, shownBy],
  'carry.unsigned': () => ['文書の末尾に署名がない。一部が失われている', again],
  'carry.changed': () => ['署名が一致しない。文書が途中で変更された', again],
  'carry.line': ({ line, place }) => [
    `${line} 行目が、このバージョンの書き方と異なる${place === '' ? '' : ` (${place})`}`,
    '両方のマシンで同じバージョンの wayclear を使う。',
  ],
  'carry.no-request': () => ['文書がこのバージョンの依頼ではない', shownBy],
  'carry.no-result': () => ['文書がこのバージョンの結果ではない', shownBy],
  'carry.no-such-request': ({ nonce }) => [
    `このマシンは依頼 ${nonce} を書き出していないか、もう覚えていない`,
    '依頼を作成したマシンとアカウントで取り込む。',
  ],
  'carry.other-request': () => ['結果が、このマシンの依頼とは別の依頼への回答である', again],
  'carry.untrusted': ({ fingerprint }) => [
    `結果の署名者 ${fingerprint} は、ここでは誰も指定していない鍵`,
    `carry connect が示したものと比べ、同じなら: --trust ${fingerprint}`,
  ],
  'carry.future': ({ at, now }) => [`結果が未来のもの: ${at}。ここでは ${now}`, clocks],
  'carry.before-request': ({ at, asked }) => [`結果 (${at}) が依頼 (${asked}) より古い`, clocks],
  'carry.too-old': ({ at, days }) => [
    `結果が ${days} 日より前のもの: ${at}`,
    '測定し直すか、--max-age 日数 で期間を延ばす。',
  ],
  'carry.imported-before': ({ at }) => [`結果は取り込み済み: ${at}`, again],
  'carry.unreadable': ({ command, file, why }) => [
    `${command}: ${file} を読み取れない (${why})`,
    '存在するファイルのパスを指定する。相対パスは作業フォルダーから数える。',
  ],
  'carry.unwritable': ({ folder, why }) => [
    `同梱されたものを ${folder} に書き込めない (${why})`,
    'このアカウントが書き込めるフォルダーを --extract で指定する。',
  ],
  'carry.fetched': ({ source }) => [
    `--catalog ${source} は取得が必要だが、carry prepare はパケットを送らない`,
    'carry connect に渡すか、一覧をファイルに保存してそのパスを指定する。',
  ],
  'carry.out': ({ command }) => [`${command}: --out ファイル がない`, '運ぶファイルの名前を指定する。'],
  'carry.same-file': ({ file }) => [
    `carry connect: --out が依頼のファイルそのもの (${file}) を指している`,
    '結果には別の名前を付ける。',
  ],
  'carry.fingerprint': ({ where, text }) => [
    `${where}: ${text} は指紋ではない`,
    'carry key と carry connect が示す 16 桁の 16 進数を書く。',
  ],
};
