import type { RefusalWordsOf } from '../refusals.ts';

/** Of watches and of what a store holds, in Japanese. */
export const watching: RefusalWordsOf<'watch'> = {
  'watch.every': ({ where, text }) => [
    `${where}: ${text} は短すぎます`,
    '確認には時間がかかり、サービスは他者のものです。1m 以上にしてください。',
  ],
  'watch.window': ({ where, text }) => [
    `${where}: ${text} は時間帯ではありません`,
    '22:00/8h、sat,sun 06:00/4h Europe/Berlin、2026-12-24T18:00/3d のように、開始、長さ、タイムゾーンを書いてください。',
  ],
  'watch.size': ({ where, text }) => [
    `${where}: ${text} は大きさではありません`,
    '数と単位を書いてください: 500M、2G。',
  ],
  'watch.time': ({ where, text }) => [
    `${where}: ${text} は時刻ではありません`,
    '2026-11-01、2026-11-01T08:00、2026-11-01T08:00:00Z のように書いてください。',
  ],
  'watch.url': ({ where, text }) => [
    `${where}: ${text} は https のアドレスではありません`,
    'カタログは途中で改変できない経路からだけ取得します。',
  ],
  'watch.stdout': ({ name }) => [
    `watch は各報告をファイルに書きます。${name} にはファイルが必要です`,
    `--format ${name}=FILE と書いてください。`,
  ],
  'watch.interval': ({ every }) => [
    `cron では ${every} ごとを表せません`,
    '1 時間を割り切る分、1 日を割り切る時間、24h、または systemd のタイマーを使ってください。',
  ],
  'watch.interval-long': ({ every }) => [
    `タスク スケジューラーは ${every} ごとの繰り返しを受け付けない`,
    '最長は 31d。',
  ],
  'watch.nobody-reads': ({ option }) => [
    `${option} はページを読ませるためのものだが、ページがない`,
    'ページを出す --listen を加える。',
  ],
  'watch.machine': ({ place, machines, how }) => [
    `保存先 ${place}: どのマシンですか。記録があるのは ${machines.join(', ')} です`,
    `${how} で一つを指定する。`,
  ],
  'watch.no-machine': ({ place, text, machines }) => [
    `保存先 ${place}: マシン ${text} を知らない`,
    `知っているのは ${machines.join('、')}。`,
  ],
  'watch.no-look': ({ place, text }) => [
    `保存先 ${place}: ${text} の記録はありません`,
    'wayclear history で記録を確認できます。',
  ],
  'watch.no-report': ({ place, text }) => [
    `保存先 ${place}: ${text} の報告はもう残っていません`,
    '--keep と --keep-size で保存量を増やせます。',
  ],
  'watch.action': ({ word }) => [`store: 不明な操作 ${word}`, 'check か copy を指定してください。'],
  'watch.not-empty': ({ place }) => [
    `保存先 ${place}: すでに中身があります`,
    'まだ存在しない保存先へコピーしてください。',
  ],
  'watch.unsound': ({ place, faults }) => [
    `保存先 ${place}: 健全ではありません`,
    '読めるものをコピーしてください: wayclear store copy FROM TO',
    faults,
  ],
  'watch.catalog': ({ url, why }) => [
    `${url} のカタログを取得できません (${why})`,
    'アドレスは正しいですか。このマシンから到達できますか。',
  ],
  'watch.listen': ({ address, why }) => [
    `--listen: ${address} で待ち受けられない: ${why}`,
    '別のポートを指定するか、そこで待ち受けているものを終了する。',
  ],
  'watch.listen-open': ({ address }) => [
    `--listen: ${address} はほかのマシンからも読める`,
    '--password-file か、このマシンのプロキシの --trusted-header を指定する。または 127.0.0.1 で待ち受ける。',
  ],
  'watch.header': ({ where, text }) => [`${where}: ${text} はヘッダー名ではない`, 'X-Remote-User のように書く。'],
  'watch.once-listen': () => [
    '--listen には動き続ける監視が要る',
    '--once と --print を外す。スケジューラーが始める監視は一回の確認で終わる。',
  ],
  'watch.printed-secret': () => [
    'アドレスの中のパスワードはスケジューラーのファイルに書けない',
    'PGPASSWORD、WAYCLEAR_PROXY_PASSWORD、--proxy-password-file のいずれかを使う。',
  ],
  'watch.log': ({ file, why }) => [
    `--cmtrace-log: ${file} に書き込めない: ${why}`,
    'このアカウントが書き込めるファイルを指定する。',
  ],
};
