import { entryOf } from '../../entry.ts';
import type { ProxyFactWords } from '../contract.ts';

/** Why an authentication did not succeed; also why a scheme was passed over. */
const reasons: Readonly<Record<string, string>> = {
  disabled: '認証が無効 (--proxy-auth none)',
  'no-challenge': '407 に認証方式の記載がない',
  unsupported: '共通の認証方式がない',
  'no-credentials': 'アカウントの指定がない',
  ticket: 'チケットを送信できない',
  'account-unusable': 'この認証方式ではこのアカウントを使えない',
  'no-continuation': 'プロキシが同じ接続で認証のやり取りを続けない',
  'malformed-challenge': 'チャレンジを解釈できない',
  rejected: 'プロキシが拒否した',
  'connection-closed': 'プロキシが 407 のたびに接続を閉じる',
};

const details: Readonly<Record<string, string>> = {
  'not-available': 'オプションの kerberos パッケージがインストールされていない',
  'no-ticket': 'このアカウントにチケットがない',
  'ticket-expired': 'チケットが期限切れ',
  clock: '時計がドメイン コントローラーから大きくずれている',
  'unknown-service': 'ディレクトリに、プロキシに対応するこの名前のサービスがない',
  'no-kdc': 'どのドメイン コントローラーにも到達できない',
  timeout: 'ドメイン コントローラーが時間内に応答しない',
};

const reason = (text: string): string => entryOf(reasons, text) ?? entryOf(details, text) ?? text;

/** What is wrong with an entry, in a few words. */
const mistakes: Readonly<Record<string, string>> = {
  'empty-entry': '空の項目 (連続した区切り文字) は効果がない',
  'star-without-dot': '名前の直前に置いた * はパターンではない',
  'star-in-list': 'ほかの項目と並んだ * は、すべてと解釈するプログラムと無視するプログラムがある',
  'star-inside': '名前は末尾で照合されるため、途中の * は効果がない',
  'star-dot': 'ワイルドカードを扱わないプログラムがある',
  'cidr-for-names': 'ネットワークの表記はアドレスに一致し、名前には一致しない',
  'cidr-invalid': 'ネットワークの表記ではない',
  'local-token': '<local> は Windows だけで意味を持つ',
  'missing-dot': '先頭のドットがないと、名前そのものだけに一致し、その下には一致しないプログラムがある',
  'leading-dot': '先頭のドットがあると、名前そのものには一致しないプログラムがある',
  port: 'ポートを解釈しないプログラムがある',
  'url-entry': '項目は URL ではなく名前で書く',
  'path-entry': '項目にパスは書けない',
  'wrong-separator': 'ここでは区切り文字が異なる',
  'space-separator': 'コンマだけを区切りとするプログラムがある',
  'too-long': 'リストが読み取りの上限より長い',
  'scheme-missing': 'http:// がないと、https など別のスキームとみなすプログラムがある',
  quoted: '引用符が値に含まれている',
  'line-end': '値の末尾に改行文字があり、ほかのプログラムは値の一部とみなす',
  'account-unencoded': 'アカウントの @ が %40 と書かれていない',
  'proxy-unencoded': '値を読み取れない。アカウント内の #、/、?、@ は %23、%2F、%3F、%40 と書く必要がある',
  'proxy-list': '値に複数の代入がある。ここで複数のプロキシを読むプログラムはない',
  'path-ignored': 'プロキシの URL のパスは無視される',
  'proxy-invalid': '値が、使えるプロキシを示していない',
  'pac-url-unusable': '自動構成のアドレスを使えない',
};

/** Readers of PAC files, by their codes. */
const pacReaderNames: Readonly<Record<string, string>> = {
  winhttp: 'WinHTTP',
  'older-browsers': '2018 年までのブラウザー',
  'pac-resolver': 'Node.js の pac-resolver',
};

const pacReaders = (codes: string): string =>
  codes
    .split(',')
    .map((code) => entryOf(pacReaderNames, code) ?? code)
    .join('、');

const entryText = (name: string, entry: string): string => (entry === '' ? name : `${name} の項目 ${entry}`);

/** What is said of a proxy, in Japanese. */
export const proxyFacts: ProxyFactWords = {
  'proxy.source': ({ proxy, source, why }) => `プロキシ ${proxy} の設定元は ${why} (${source})`,
  'proxy.name': ({ proxy, failure, server }) =>
    `${proxy} の名前を解決できない (${failure}${server === '' ? '' : `、ネーム サーバー ${server}`})`,
  'proxy.connect': ({ proxy, address, failure }) => `${proxy} (${address}): 接続できない (${failure})`,
  'proxy.own-machine': ({ proxy }) =>
    `${proxy} はこのマシン上にある。アンインストールされたエージェントの設定が残ると、このように見える`,
  'proxy.others-reached': ({ proxy, tunnels }) => `この実行で、${proxy} はほかのターゲット ${tunnels} 件に到達している`,
  'proxy.refuses-tunnel': ({ host, proxy, status }) =>
    `${host}: ${proxy} はこのホストへの CONNECT にも ${status} と答える。この応答はプロキシ自身のもの`,
  'proxy.same-for-address': ({ proxy, address }) =>
    `${proxy} はアドレス ${address} だけを求めても、名前のときと同じ答えを返す。名前の問題ではない`,
  'proxy.other-for-address': ({ proxy, address }) =>
    `${proxy} はアドレス ${address} だけなら接続を試みる。アドレスが見つからないのは名前である`,
  'proxy.same-answer': ({ host, proxy, other }) =>
    `${host}: ${proxy} は ${other} への CONNECT と同じ応答を返す (プロキシ自身の応答)`,
  'proxy.status': ({ host, proxy, status, reason: text }) =>
    `${host}: プロキシ ${proxy} の応答は ${status}${text === '' ? '' : ` ${text}`}`,
  'proxy.header': ({ proxy, name, value }) => `${proxy}: 応答ヘッダー ${name}: ${value}`,
  'proxy.body': ({ proxy, text }) => `${proxy}: ページの冒頭は「${text}」`,
  'proxy.vendor': ({ proxy, vendor }) => `${proxy}: 応答に ${vendor} の特徴がある`,
  'proxy.silent': ({ host, proxy, ms }) => `${host}: プロキシ ${proxy} は接続を受け付けるが、${ms} ms 以内に応答なし`,
  'proxy.ended': ({ host, proxy, failure }) => `${host}: プロキシ ${proxy} が応答なしに接続を終了 (${failure})`,
  'proxy.not-http': ({ proxy, text }) => `${proxy}: 最初のバイト列が別のプロトコルのもの:「${text}」`,
  'proxy.speaks-tls': ({ proxy }) => `${proxy}: TLS で応答する。スキームを https にする必要があるかもしれない`,
  'proxy.page-for-tunnel': ({ proxy }) => `${proxy} は CONNECT にページを返し、通ったセッションは一つもない`,
  'proxy.overflow': ({ proxy }) => `${proxy}: 応答のヘッダーが上限内で終わらない`,
  'proxy.tls': ({ proxy, problem }) => `${proxy}: プロキシとの TLS セッションが失敗 (${problem})`,
  'proxy.certificate': ({ proxy, subject, issuer }) => `${proxy}: 提示された証明書は ${subject}、発行者は ${issuer}`,
  'proxy.offers': ({ proxy, schemes }) => `${proxy}: 認証を要求し、${schemes} を提示`,
  'proxy.offers-nothing': ({ proxy }) => `${proxy}: 認証を要求するが、認証方式を提示しない`,
  'proxy.auth': ({ proxy, scheme, legs, reason: why, detail }) =>
    `${proxy}: ${scheme === '' ? '' : `${scheme} (応答 ${legs} 回の後): `}${reason(why)}${detail === '' || detail === why ? '' : ` (${reason(detail)})`}`,
  'proxy.auth-skipped': ({ proxy, scheme, why }) => `${proxy}: ${scheme} は試していない: ${reason(why)}`,
  'proxy.auth-once': ({ proxy, scheme, host }) =>
    `${proxy}: アカウントを求めている (${scheme})。${host} のために 1 度送ったが受け入れられず、ロックされないよう、この実行では再送していない`,
  'proxy.socks': ({ host, proxy, reply, name }) => `${host}: SOCKS プロキシ ${proxy} の応答は ${reply} (${name})`,
  'proxy.passed-over': ({ proxy, failure }) => `PAC ファイルの先頭の候補 ${proxy} は使えない (${failure})`,
  'proxy.granted': ({ host, proxy }) => `${host}: プロキシ ${proxy} は経路を開いた。失敗はその後に起きる`,
  'proxy.direct-works': ({ host }) => `${host}: 直接の経路は使える`,
  'proxy.direct-fails': ({ host, failure }) => `${host}: 直接の経路は失敗 (${failure})`,
  'proxy.bypassed': ({ host, entry }) => `${host} は除外リストの項目 ${entry} によりプロキシを通らない`,
  'proxy.other-works': ({ host, proxy }) => `${host}: 構成済みのプロキシ ${proxy} からは到達できる`,
  'proxy.intended': ({ host, entry }) => `${host} は除外リストの項目 ${entry} の対象と思われるが、プロキシを通っている`,
  'proxy.network-entry': ({ host, address, entry }) =>
    `${host} のアドレス ${address} は除外リストの ${entry} に含まれるが、リスト内のネットワークは名前ではなくアドレスにだけ一致する`,
  'proxy.unlisted': ({ host, address }) => `${host} はプライベート アドレス ${address} を持ち、プロキシを通っている`,
  'proxy.direct-closed': ({ targets, sample }) =>
    `プロキシ経由で到達できる ${targets} 件のターゲットは直接経路では到達できない (${sample})`,
  'proxy.mistakes': ({ name, entry, code, dialects, more }) =>
    `${proxyFacts['proxy.mistake']({ name, entry, code, dialects })}${more === 0 ? '' : ` (同様のものがほかに ${more} 件)`}`,
  'proxy.client-name': ({ proxy, name }) =>
    `${proxy}: クライアント名 ${name} で要求した。既知のプログラムだけを許可するプロキシは別の名前なら受け付ける (--user-agent)`,
  'proxy.pac': ({ url, detail }) => `PAC ファイル ${url}: ${detail}`,
  'proxy.pac-answer': ({ host, answer }) => `${host} に対する PAC ファイルの結果は「${answer}」`,
  'proxy.pac-reading': ({ call, value, readers, otherwise }) =>
    `PAC ファイルの ${call} は、現在のブラウザーとこのプログラムでは ${value}、${pacReaders(readers)} では ${otherwise} になる`,
  'proxy.readers-differ': ({ call, value, readers, otherwise, more }) =>
    `${proxyFacts['proxy.pac-reading']({ call, value, readers, otherwise })}${more === 0 ? '' : ` (ほかに ${more} 件)`}。このマシンのプログラムが異なる経路を使う可能性がある`,
  'proxy.mistake': ({ name, entry, code, dialects }) =>
    `${entryText(name, entry)}: ${entryOf(mistakes, code) ?? code}${dialects === '' ? '' : ` (${dialects} では解釈が異なる)`}`,
  'proxy.differs': ({ host, entry, dialects, bypass }) =>
    bypass === 1
      ? `${host} は ${entry} によりプロキシを通らない。${dialects} ではプロキシを通る`
      : `${host} はプロキシを通る。${dialects} ではプロキシを通らない`,
};
