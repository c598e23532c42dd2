import type { DoctorWords } from '../contract.ts';

/** Japanese words of what `doctor` judges. */
export const doctor: DoctorWords = {
  verdict(wrong, look) {
    if (wrong + look === 0)
      return 'このマシンの設定に支障はありません。経路に支障があるかどうかは wayclear check で確認できます。';
    const parts = [...(wrong === 0 ? [] : [`問題 ${wrong} 件`]), ...(look === 0 ? [] : [`要確認 ${look} 件`])];
    return `${parts.join('、')}。`;
  },
  history: '記録の保存先',
  windows: {
    account: 'アカウント',
    accounts: {
      'local-system': 'ローカル システム',
      'local-service': 'ローカル サービス',
      'network-service': 'ネットワーク サービス',
      other: 'その他',
      unknown: '不明',
    },
    suffixes: 'DNS サフィックス',
    rules: '名前解決の規則',
    servers: 'アダプターのサーバー',
    sources: {
      policy: 'グループ ポリシー',
      local: 'このマシン',
      set: '手動設定',
      dhcp: 'DHCP',
    },
    logs: '役割のログ',
    logsFrom: {
      registry: 'レジストリによる',
      default: 'ドキュメントの既定値',
    },
    notThere: 'なし',
    proven: 'Windows に問い合わせる部分と、その検証の程度 (Windows 自体で動かしたものはない)',
    part: '部分',
    proof: '検証',
    parts: {
      registry: 'レジストリ',
      'code-pages': 'コード ページ',
      'hosts-file': 'hosts ファイル',
      resolver: 'システムの名前解決',
      'name-policy': '名前解決の規則',
      suffixes: 'DNS サフィックス',
      'dns-servers': 'アダプターのネーム サーバー',
      winhttp: 'WinHTTP',
      wininet: 'WinINET (アカウントごと)',
      'proxy-policy': 'ポリシーによるプロキシ設定',
      'certificate-stores': '証明書ストア',
      'role-logs': '役割のログ フォルダー',
      netsh: 'netsh の出力',
      account: 'アカウント',
      'disallowed-list': '信頼されない証明書の一覧',
      'event-log': 'イベント ログ (通知用)',
    },
    proofs: {
      wine: 'Wine で動作',
      published: '公開されている出力を読み取り',
      constructed: 'ドキュメントから作った出力を読み取り',
    },
  },
  findings: {
    'own-roots': {
      what: 'このアカウントだけが信頼するルート証明書がある',
      next: '役割は Local System として動作し、それらを信頼しません。マシンのストア (ローカル コンピューター、信頼されたルート証明機関) にインポートしてください。',
    },
    'other-account': {
      what: '役割が動作するアカウントとは異なるアカウントで実行中',
      next: '役割は Local System として、独自のプロキシ設定と証明書で動作します。そのアカウントで wayclear を実行してください (docs/windows.md)。',
    },
    'unknown-account': {
      what: 'どのアカウントで実行中かを確認できません',
      next: '役割は Local System として、独自のプロキシ設定と証明書で動作します。そのアカウントでは whoami /user が S-1-5-18 を表示します (docs/windows.md)。',
    },
    pac: {
      what: 'PAC ファイルがホストごとに決定',
      next: 'ローカルのファイルの結果は wayclear plan で、リモートのファイルの結果は wayclear check で確認できます。',
    },
    'proxy-mistakes': {
      what: 'プロキシ設定に、効果のない項目、またはプログラムによって解釈が異なる項目がある',
      next: '下に示す項目を、設定されている場所で修正してください。',
    },
    'no-resolver': {
      what: 'ネーム サーバーが設定されていない',
      next: 'ネットワーク設定で指定するか、--dns-server IP を指定してください。',
    },
    'no-address': {
      what: 'このマシンにはネットワーク上のアドレスがない',
      next: 'ネットワークに接続し、アダプターと DHCP を確認してください。',
    },
    'no-default-route': {
      what: '既定のルートがなく、このマシンのネットワークにしか到達できない',
      next: 'ネットワーク設定でゲートウェイを指定してください。ただし、このネットワークのプロキシが外部に通じている場合は不要です (--proxy)。',
    },
    'store-unread': {
      what: '証明書ストアを (すべては) 読み取れない',
      next: 'パスが存在し、このアカウントに読み取り権限があることを確認してください。',
    },
    'store-empty': {
      what: 'このマシンの証明書ストアが空',
      next: '公開ルートをインストールする (Debian では ca-certificates) か、Windows ではルート証明書の自動更新を有効にしてください。',
    },
    'no-sqlite': {
      what: 'SQLite の保存先を開けるものがない (watch、history、check --store に必要)',
      next: 'Node.js 22.13 以降か実行ファイルを使うか、パッケージを追加してください: npm install @photostructure/sqlite@1.2.1',
    },
    'old-sqlite': {
      what: 'この SQLite は 3.51.3 より古く、二つのプログラムが開いた保存先を壊すことがある',
      next: 'Node.js を更新するか、実行ファイルを使ってください。',
    },
  },
};
