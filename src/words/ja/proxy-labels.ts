import type { ProxyLabels } from '../contract.ts';

/** Japanese words of the view of proxy settings. */
export const proxyLabels: ProxyLabels = {
  heading: 'プロキシ設定 (参照順)',
  source: '設定元',
  decides: '採用',
  says: '内容',
  yes: 'はい',
  no: 'いいえ',
  nothing: '設定なし',
  direct: '直接接続',
  pacFile: 'PAC ファイル',
  discovery: '自動検出 (WPAD)',
  mistakes: 'プロキシ設定の誤り',
  sources: {
    flag: 'コマンド ライン',
    config: '構成ファイル',
    environment: '環境変数',
    winhttp: 'WinHTTP (サービス)',
    'wininet-system': 'WinINET (ローカル システム アカウント)',
    'wininet-user': 'WinINET (このユーザー)',
    macos: 'macOS のネットワーク設定',
    gnome: 'GNOME の設定',
  },
  notes: {
    cgi: 'CGI プロセスでは大文字の HTTP_PROXY は読まれない',
    'https-alone': 'HTTPS_PROXY のみ: http:// のアドレスはプロキシを経由しない',
    'http-alone': 'HTTP_PROXY のみ: https:// のアドレスはプロキシを経由しない',
    'per-machine': 'ポリシーによりマシン全体に設定されている',
    'wpad-disabled': 'ポリシーにより自動検出は禁止',
    'gnome-authentication': 'アカウントが保存されている',
    unread: '読み取れません',
  },
  byPac: (url) => `ホストごとに PAC ファイル ${url} が決定`,
  atRunTime: (url) => `実行時に PAC ファイル ${url} が決定`,
  evaluated: (url) => `PAC ファイル ${url}: ここでプローブごとに評価済み`,
  unresolved: (names, more) =>
    `ここでは名前を解決しません。PAC ファイルの dnsResolve は null、isResolvable は false になります (問い合わせた名前: ${names}${more === 0 ? '' : ` ほか ${more} 件`})。実行時には別の経路になることがあります。`,
};
