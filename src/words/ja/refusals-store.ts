import type { RefusalWordsOf } from '../refusals.ts';

/** Of a store that can't be used, in Japanese. */
export const store: RefusalWordsOf<'store'> = {
  'store.no-driver': () => [
    '保存先には SQLite が必要ですが、この実行環境にはありません',
    'Node.js 22.13 以降か実行ファイルを使うか、パッケージを追加してください: npm install @photostructure/sqlite@1.2.1',
  ],
  'store.scheme': ({ where, scheme }) => [
    `${where}: ${scheme}:// に保存先は置けない`,
    'SQLite のファイルか postgres://USER@HOST/DATABASE を指定する。',
  ],
  'store.none-yet': ({ place }) => [
    `保存先 ${place}: まだありません`,
    'wayclear watch か wayclear check --store が作成します。',
  ],
  'store.other-program': ({ place }) => [`保存先 ${place}: 別のプログラムのものです`, '別の保存先を指定してください。'],
  'store.newer': ({ place, theirs, ours }) => [
    `保存先 ${place}: より新しい wayclear が書いたものです (保存先の版 ${theirs}、このプログラムが知るのは ${ours})`,
    'その版を使うか、別の保存先を指定してください。',
  ],
  'store.older': ({ place }) => [
    `保存先 ${place}: 古い wayclear が書いたものです`,
    'wayclear watch --once が更新します。',
  ],
  'store.denied': ({ place }) => [
    `保存先 ${place}: このアカウントには使う権限がありません`,
    '監視のアカウントに書き込む権限を与えてください。',
  ],
  'store.locked': ({ place }) => [
    `保存先 ${place}: 別のプログラムがロックしています`,
    'そのプログラムが終わるのを待つか、終了させてください。',
  ],
  'store.read-only': ({ place }) => [
    `保存先 ${place}: 読み取り専用です`,
    '監視のアカウントに書き込む権限を与えるか、別の保存先を指定してください。',
  ],
  'store.disk': ({ place }) => [
    `保存先 ${place}: ディスクの読み書きができません`,
    'ディスクと空き容量を確認してください。',
  ],
  'store.damaged': ({ place }) => [
    `保存先 ${place}: 壊れています`,
    '控えを戻すか、別の場所へ移してください。新しいものが作られます。',
  ],
  'store.full': ({ place }) => [
    `保存先 ${place}: ディスクがいっぱいです`,
    '空きを作ってください。記録済みのものは失われていません。',
  ],
  'store.cannot-open': ({ place }) => [
    `保存先 ${place}: 開けません`,
    'フォルダーが存在し、このアカウントが書き込める必要があります。',
  ],
  'store.no-database': ({ place }) => [
    `保存先 ${place}: 保存先ではありません (データベースでないか、壊れています)`,
    '別のファイルを指定してください。',
  ],
  'store.no-server': ({ place }) => [
    `保存先 ${place}: そこでは何も待ち受けていません`,
    'PostgreSQL は動いていますか。ポートは合っていますか。',
  ],
  'store.no-name': ({ place }) => [`保存先 ${place}: 名前を解決できません`, 'サーバー名は合っていますか。'],
  'store.no-answer': ({ place }) => [
    `保存先 ${place}: 応答がないか、接続が切られました`,
    'サーバーと、そこまでのネットワークを確認してください。',
  ],
  'store.password': ({ place }) => [
    `保存先 ${place}: このアカウントかパスワードが拒否されました`,
    'パスワードはアドレス、PGPASSWORD、または PGPASSFILE の指すファイルから取られます。',
  ],
  'store.missing-database': ({ place }) => [
    `保存先 ${place}: サーバーにそのデータベースはありません`,
    '作成してください: createdb NAME',
  ],
  'store.busy': ({ place }) => [
    `保存先 ${place}: サーバーは今応じられません`,
    '起動中、停止中、接続数超過、または時間切れです。やり直してください。',
  ],
};
