import type { RefusalWordsOf } from '../refusals.ts';

/** Of a run on another machine, in Japanese. */
export const remote: RefusalWordsOf<'remote'> = {
  'remote.place': ({ where, text }) => [
    `${where}: 「${text}」は ssh://[ユーザー@]ホスト[:ポート] の形ではない`,
    'パスワードは受け取らない。ssh が自分の鍵、エージェント、Kerberos を使う。その他は ssh の設定に書く。',
  ],
  'remote.program': ({ where, text }) => [
    `${where}: 「${text}」は英数字と / \\ : . _ ~ + - だけのパスではない`,
    'その他の文字はシェルごとに読み方が違う。Windows では dir /x が、空白を含むフォルダーの短い名前を表示する。',
  ],
  'remote.attended': () => [
    '--attended には --config - と --format ndjson だけを付ける',
    '別の wayclear のためのオプションである。向こうで --on を使う。',
  ],
  'remote.nowhere': () => [
    '--remote-program は別のマシンの wayclear を指すが、どのマシンかを示す --on がない',
    '--on ssh://HOST を加えるか、--remote-program を外す。',
  ],
  'remote.send': () => [
    '--on と --send は同時に指定できない。メッセージには測定したマシンが署名する',
    '向こうの wayclear に ssh と check --send で送らせるか、-o ファイル でレポートをここに残す。',
  ],
  'remote.no-ssh': () => [
    '--on には ssh プログラムが必要だが、ここにはない',
    'OpenSSH クライアントをインストールする。Windows とすべての Linux に含まれている。',
  ],
  'remote.not-started': ({ host, why, line }) => [`${host} での実行は始まらなかった: ${why}`, `手で試すには: ${line}`],
  'remote.no-program': ({ host, program, why }) => [
    `${host} での実行は始まらなかった: ${program} がないか、wayclear ではない (${why})`,
    '同じバージョンの wayclear をそこに置き、そのパスを --remote-program で指定する。',
  ],
  'remote.version': ({ host, there, schema, here }) => [
    schema === null
      ? `${host} の wayclear は ${there}、こちらは ${here} である`
      : `${host} の wayclear は ${there} (レポート スキーマ ${schema})、こちらは ${here} (レポート スキーマ 1) である`,
    '両方のマシンに同じバージョンを置く。',
  ],
  'remote.refused': ({ host, why, hint }) => [`${host} から: ${why}`, hint],
  'remote.garbage': ({ host, text }) => [
    `${host} から届いたものは wayclear のレコードではない: 「${text}」`,
    '何も取り込んでいない。--remote-program は wayclear 自身か確かめる。',
  ],
  'remote.too-much': ({ host }) => [
    `${host} がどのレポートよりも多くを送ってくる`,
    '何も取り込んでいない。--remote-program は wayclear 自身か確かめる。',
  ],
  'remote.late': ({ host }) => [
    `${host} での実行は期限までに終わらなかった`,
    '何も判定していない。--deadline を長くすると時間が増える。',
  ],
  'remote.broken-off': ({ host, done, total, why }) => [
    `${host} での実行は ${total} 件中 ${done} 件の後で途切れた: ${why}`,
    '何も判定していない。判定には実行の全体が必要である。',
  ],
  'remote.no-reason': () => ['理由は示されなかった'],
  'remote.status': ({ status }) => [`何も言わずにコード ${status} で終わった`],
  'remote.killed': () => ['ssh が終了させられた'],
};
