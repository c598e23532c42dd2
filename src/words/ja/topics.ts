import type { TopicWords } from '../contract.ts';

/** Japanese words of the topics of the help. */
export const topics: TopicWords = {
  purposes: {
    table: '目で読むため: 判定、原因、機能(既定)',
    json: '報告全体。diagnoseとdiffが読む',
    ndjson: '1行に1レコード。対象ごとに測定後すぐ出力',
    html: 'ブラウザーやメール添付のための1つのファイル',
    junit: 'テスト結果。機能ごとに1スイート',
    github: 'GitHub Actionsの注釈',
    azure: 'Azure Pipelinesのログコマンド',
    sarif: 'SARIF 2.1.0。原因ごとに1規則',
    tap: 'Test Anything Protocol',
    markdown: 'チケットやコメント用',
    csv: '対象ごとに1行',
    prometheus: 'node exporterのtextfileコレクター用',
    nagios: '性能データ付きの1行。監視用',
    summary: '1行のJSON。4,000バイト未満',
    cmtrace: 'Configuration Managerが読むログ',
    'firewall-request': '依頼すべき内容。.csvなら行だけ',
  },
  texts: {
    'exit-codes': () => `終了コード

  0    完了し、--fail-on以上のものはない(diff: 悪化なし)
  1    --fail-on以上の所見がある(diff: 悪化あり)
  2    使い方、カタログ、設定、出力の誤り、またはwayclear自体の欠陥
  3    不完全: 実行が途中で終わったか何もテストせず、1にするものもない
  130  中断。途中までの報告は書き出される

--fail-onはcritical(既定)、warning、untested、neverのいずれかで、それぞれ前の
ものを含みます。neverなら、不完全な実行でも0です。`,
    environment: (languages) => `環境変数

  HTTPS_PROXY, HTTP_PROXY,   大文字でも小文字でも。wayclear help proxyを参照
  ALL_PROXY, NO_PROXY
  WAYCLEAR_PROXY_PASSWORD    プロキシのパスワード
  WAYCLEAR_ALERTMANAGER_PASSWORD
                             collectのAlertmanagerのパスワード
  WAYCLEAR_MODE              offlineなら、どのコマンドもパケットを送らない
  NO_COLOR                   色を使わない
  FORCE_COLOR                パイプにも色を出す
  LC_ALL, LC_MESSAGES, LANG  言語(${languages})。--langや設定ファイルの
                             指定が優先
  XDG_CONFIG_HOME, APPDATA   自分の設定の置き場所

オプションは環境変数に優先し、環境変数は設定ファイルに優先します。自分のファイル
は$XDG_CONFIG_HOME(既定は~/.config)または%APPDATA%の下のwayclear/config.jsonで、
その後に作業フォルダーのwayclear.config.jsonを読みます。どちらもオプションと同じ
名前を使い、調べる対象は"what"に書きます。`,
    proxy: () => `プロキシ

--proxyがなければ、環境変数、オペレーティングシステムの設定、直接の経路の順に
決まります。それぞれの内容はwayclear doctorが示します。

  --proxy URL            http、https、socks4、socks4a、socks5、socks5h
  --proxy pac+URL        PACファイル
  --proxy env|system     その設定だけを使う
  --proxy direct         プロキシを使わない
  --no-proxy リスト      プロキシを通さないホスト。NO_PROXYに代わる
  --direct-too           直接の経路も測定する

アカウントは--proxy-user 名前で、パスワードは--proxy-password-file ファイル、
WAYCLEAR_PROXY_PASSWORD、またはプロンプトで渡します。Basic、Digest、NTLM、
Negotiateに対応し、--proxy-authで選べます。HTTPS_PROXYはhttpsだけに効きます。
平文のHTTPにもプロキシが要る所では、HTTP_PROXYも設定してください。`,
    formats: (languages, rows) => `形式

  --format 形式名            標準出力へ
  --format 形式名=ファイル   ファイルへ。1回の実行で複数可

${rows}

wayclear diagnose 報告.json --format 形式名で、後からどの形式にもできます。
言語(--lang): ${languages}`,
    catalog: () => `カタログ

wayclearに付属するエンドポイントは、機能ごとに1つのJSONファイルです。
wayclear listは機能を、wayclear list 機能はそのエンドポイントと出典を示します。

  --catalog ファイル         自分のリスト(フォルダーも可)を加える
  --catalog m365:worldwide   Microsoft 365エンドポイントサービスを加える
  --no-bundled               付属のものを除く
  --set 名前=値              {tenantId}などのテンプレートに値を与える
  --only, --skip パターン    ID、ホスト、文書のパターンで選ぶ

ファイルの書き方はwayclear schema catalogが示します。ワイルドカードを、作った
ホスト名で調べることはありません。文書にある代表ホストを調べ、到達できた数を
報告に示します。`,
  },
};
