import type { RefusalWordsOf } from '../refusals.ts';

/** Of what this machine keeps from run to run, in Japanese. */
export const state: RefusalWordsOf<'state'> = {
  'state.nowhere': () => ['このアカウントの状態の保存先が分からない', '--state でフォルダーを指定する。'],
  'state.unwritable': ({ folder, why }) => [
    `状態フォルダー ${folder} に書き込めない (${why})`,
    'このアカウントが書き込めるフォルダーを --state で指定する。',
  ],
  'state.unreadable': ({ file, why }) => [
    `${file} を読み取れない (${why})`,
    'このファイルは、作成したアカウントのものである。',
  ],
  'state.key-broken': ({ file }) => [
    `このマシンの鍵 (${file}) は Ed25519 の鍵ではない`,
    'ファイルを別の場所に移す。wayclear carry key が新しい鍵を作成する。',
  ],
  'state.key-open': ({ file }) => [
    `このマシンの鍵 (${file}) は他人が読める`,
    `読んだ者はこのマシンとして署名できる。誰も読んでいなければ: chmod 600 ${file}`,
  ],
  'state.key-rights': ({ file }) => [
    `${file} から他人の権限を取り除けない (icacls)`,
    'このアカウントだけが読めるフォルダーを --state で指定する。',
  ],
  'state.folder-rights': ({ folder }) => [
    `新しいフォルダー ${folder} から他人の権限を取り除けない (icacls)`,
    '他人に閉じたフォルダーを自分で作成する。方法は docs/windows.md にある。',
  ],
};
