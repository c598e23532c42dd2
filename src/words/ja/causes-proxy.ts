import type { CauseWordsOf } from '../contract.ts';

/** Japanese words of the causes whose ids begin with `proxy`. */
export const proxy: CauseWordsOf<'proxy'> = {
  'proxy.name-not-found': {
    title: 'プロキシの名前を解決できない',
    meaning: '構成されたプロキシの名前が見つかりません。',
    evidence: 'プロキシの名前に対するネーム サーバーの応答。',
    remedies: ['プロキシの設定を修正するか、DNS の管理者にレコードを依頼してください。'],
  },
  'proxy.unreachable': {
    title: 'プロキシに到達できない',
    meaning: 'プロキシ自体への接続が失敗します。',
    evidence: 'プロキシへの接続がどのように終わったか。',
    remedies: [
      'プロキシのホストとポート、および動作していることを確認してください。待ち受けのないローカル ポートは、削除されたエージェントの設定が残ったものであることがよくあります。',
    ],
  },
  'proxy.auth-required': {
    title: 'プロキシが資格情報を要求する',
    meaning: 'プロキシが 407 を返し、資格情報は指定されていません。',
    evidence: '407 応答と、提示された認証方式。',
    remedies: [
      'プロキシの管理者に、このマシンについてこれらのホストを認証なしで通すよう依頼するか、プロキシのアカウント (--proxy-user NAME) を指定してください。',
    ],
  },
  'proxy.auth-rejected': {
    title: 'プロキシが資格情報を拒否する',
    meaning: '資格情報を送った後も、プロキシが再び 407 を返します。',
    evidence: '2 回目の 407 応答。',
    remedies: [
      'ユーザー名 (--proxy-user)、パスワード、またはアカウントを修正し、Kerberos の場合は時計も確認してください。',
    ],
  },
  'proxy.auth-unsupported': {
    title: 'プロキシと共通の認証方式がない',
    meaning: 'プロキシが提示する認証方式は、どれもここでは使えません。',
    evidence: '提示された認証方式。',
    remedies: ['プロキシの管理者に、これらのホストの除外、または製品がサポートする認証方式を依頼してください。'],
  },
  'proxy.denied': {
    title: 'プロキシがホストへのアクセスを拒否する',
    meaning: 'プロキシがポリシーによりトンネルを拒否しています。',
    evidence: 'CONNECT に対するプロキシの応答。',
    remedies: ['プロキシの管理者に、このマシンについて一覧のホストとポートの許可を依頼してください。'],
  },
  'proxy.upstream-dns': {
    title: 'プロキシがホスト名を解決できない',
    meaning: 'プロキシは、この名前のアドレスが見つからないと応答しています。',
    evidence: 'プロキシの応答とエラー コード。',
    remedies: ['プロキシの管理者に、プロキシ自身のネーム サーバーの確認を依頼してください。'],
  },
  'proxy.upstream-unreachable': {
    title: 'プロキシがホストに到達できない',
    meaning: 'プロキシは、ホストへの接続に失敗したと応答しています。',
    evidence: 'プロキシの応答とエラー コード。',
    remedies: [
      'プロキシの管理者に、プロキシ自身の接続に対するファイアウォール規則と上位プロキシの確認を依頼してください。',
    ],
  },
  'proxy.timeout': {
    title: 'プロキシが時間内に応答しない',
    meaning: 'プロキシは接続を受け付けますが、応答を返さないか、ホストからの応答がないと通知します。',
    evidence: 'トンネル段階でのタイムアウト、またはプロキシが送ったゲートウェイ タイムアウト。',
    remedies: ['プロキシの管理者に、プロキシの負荷と上流の調査を依頼してください。'],
  },
  'proxy.tls-failed': {
    title: 'プロキシとの TLS セッションが失敗する',
    meaning: 'プロキシ自体への接続を暗号化する設定ですが、その暗号化に失敗します。',
    evidence: 'プロキシとのハンドシェイクがどのように終わったか。',
    remedies: ['プロキシの設定のスキーム (http または https) を確認し、--proxy-ca でそのルートを指定してください。'],
  },
  'proxy.not-a-proxy': {
    title: '応答しているものがプロキシではない',
    meaning: '構成されたアドレスは応答しますが、プロキシとしての応答ではありません。',
    evidence: 'CONNECT に対する応答。',
    remedies: ['プロキシの設定のホスト、ポート、スキームを修正してください (ここでは --proxy URL)。'],
  },
  'proxy.required': {
    title: '直接接続は失敗し、プロキシ経由は成功する',
    meaning: '直接の経路は閉じており、構成されたプロキシはホストに到達できます。',
    evidence: '並べて測定した両方の経路。',
    remedies: [
      '製品にプロキシを構成してください (ここでは --proxy URL。HTTPS_PROXY だけが設定されている場合は HTTP_PROXY も)。',
    ],
  },
  'proxy.bypass-mistake': {
    title: 'プロキシ設定が誤っている',
    meaning: '除外リスト、PAC ファイル、またはプロキシ変数がターゲットを誤った経路に送っているか、読み取れない。',
    evidence: '現在の設定内容と、もう一方の経路が機能すること。',
    remedies: [
      '根拠に示された設定を修正してください。除外リストにはホストを記載し、PAC ファイルは正しい経路を返すようにし、変数は読み取れる値にします。ファイアウォールを開ける必要はありません。',
    ],
  },
  'proxy.pac-unreachable': {
    title: 'プロキシ構成ファイルを読み取れない',
    meaning: 'PAC ファイルのアドレスからファイルを取得できません。',
    evidence: '取得がどのように失敗したか。',
    remedies: ['PAC のアドレスを修正するか、その管理者にファイルの公開を依頼してください。'],
  },
  'proxy.pac-invalid': {
    title: 'プロキシ構成ファイルが壊れている',
    meaning: 'PAC ファイルが有効なスクリプトではないか、使える結果を返しません。',
    evidence: '評価の結果。',
    remedies: ['PAC ファイルの管理者に修正を依頼してください。'],
  },
  'proxy.socks-refused': {
    title: 'SOCKS プロキシが接続を拒否する',
    meaning: 'SOCKS プロキシがエラーを返します。',
    evidence: '応答コード。',
    remedies: ['プロキシの管理者に、このマシンについて一覧のホストとポートの許可を依頼してください。'],
  },
};
