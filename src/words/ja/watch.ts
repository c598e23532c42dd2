import type { WatchWords } from '../contract.ts';

/** Japanese words of watches, their history and their incidents. */
export const watch: WatchWords = {
  kinds: {
    opened: '発生',
    worse: '悪化',
    closed: '解消',
    unwatched: '監視対象外',
    reminder: '継続中',
    unstable: '不安定',
    changed: '変更',
    silent: '無音',
    'maintenance-ended': '保守終了',
  },
  states: { suspected: '一度検出', open: '発生中', closed: '解消' },
  unstable: '現れたり消えたりしています',
  subjects: {
    issuer: '証明書の発行者',
    root: 'チェーンのルート',
    'certificate-end': '証明書の期限',
    addresses: '名前のネットワーク',
    catalog: '文書が求めるもの',
    proxy: 'このマシンのプロキシ',
    resolver: 'このマシンのリゾルバー',
  },
  lookKinds: { watch: '監視', again: '再確認', check: '手動', carried: '持ち込み', collected: '収集', late: '遅着' },
  watching: (machine, store, every) => `${machine} を ${every} ごとに監視します。結果は ${store} に保存されます。`,
  serving: (address) => `ページのアドレス: ${address}`,
  next: (at) => `次の確認 ${at}`,
  overlap:
    'このマシンの別の監視が、同じ対象または別の対象について、この保存先で動いています。この監視は何も確認しませんでした。',
  stopped: '監視を終了しました。',
  held: (count) => `${count} 件の通知が時間帯の終わりを待っています`,
  waiting: (trouble) => `まだ記録できていません。再試行します: ${trouble}`,
  oldCatalog: (trouble) => `前回のカタログを使います: ${trouble}`,
  olderCatalog: (url, features) => `${url} のカタログはここのものより古いため、次については通知しません: ${features}`,
  undelivered: (way, why, final) =>
    `${way} で通知を届けられません: ${why}。${final ? 'あきらめます' : 'あとでもう一度送ります'}`,
  whyNot: {
    status: (status) => `ステータス ${status}`,
    exit: (code) => `${code} で終了した`,
    signal: (signal) => `${signal} で止められた`,
    'proxy-status': (status) => `プロキシがステータス ${status} を返した`,
    'proxy-account': () => 'プロキシがアカウントを求めている (ステータス 407)',
    'proxy-refused': () => 'プロキシがアカウントを拒否した。パスワードが変わるか 30 分たつまで再送しない',
    'account-refused': (status) => `サーバーがアカウントを拒否した (ステータス ${status})。30 分たつまで再送しない`,
    'account-unasked': () => 'サーバーがこの種のアカウントを求めていないため、送信していない',
    'account-held': () => 'アカウントは拒否されたか、正しいと確かめられなかった。30 分たつまで再送しない',
    'connection-ended': () => '接続が切れた',
    failed: () => '失敗した',
    TimeoutError: () => '時間内に何も届かなかった',
    ENOENT: () => 'そのプログラムがない',
  },
  restart:
    '変更されたものをサービス接続ポイントが使う場合は、役割を持つサーバーで SMS_EXECUTIVE を再起動してください。',
  moved:
    'これらのマシンの間で役割を移した場合: コンソールで Microsoft Entra テナントのシークレット キーを更新し、移動先で SMS_EXECUTIVE を再起動してください。',
  open: (count) => `${count} 件発生中`,
  noneOpen: '発生中のものはありません',
  looks: (count, from, to) => `${from} から ${to} まで ${count} 回の確認`,
  noLooks: 'まだ記録された確認はありません。',
  nothingMatches: '一致する記録はありません。',
  since: (at, lasted) => `${at} から (${lasted})`,
  lasted: (ms) => {
    const minutes = Math.max(1, Math.round(ms / 60_000));
    if (minutes < 120) return `${minutes} 分`;
    return minutes < 2880 ? `${Math.round(minutes / 60)} 時間` : `${Math.round(minutes / 1440)} 日`;
  },
  columns: {
    time: '時刻',
    kind: '種類',
    opened: '発生',
    closed: '解消',
    lasted: '期間',
    hosts: 'ホスト',
    feature: '機能',
    days: '30 日間',
    reached: '到達',
    times: '時間の推移',
    proxy: 'プロキシ',
  },
  headings: {
    open: '発生中',
    closed: '解消済み',
    features: '機能 (日ごと)',
    targets: '対象 (確認ごと)',
    looks: '最近の確認',
  },
  evidenceThen: '当時',
  evidenceNow: '現在',
  sound: (engine, size, looks) => `健全: ${engine}、${size}、確認 ${looks} 回`,
  copied: (rows) => `${rows} 行をコピーしました`,
};
