import { entryOf } from '../../entry.ts';
import type { FactWords, Words } from '../contract.ts';
import { place } from '../place.ts';
import { family, naming, share } from './naming.ts';

const received = (count: number): string => (count === 0 ? '受信なし' : `${count} バイト受信`);

const skew = (seconds: number): string => {
  const size = Math.abs(seconds);
  const text =
    size < 120 ? `${size} 秒` : size < 7200 ? `${Math.round(size / 60)} 分` : `${Math.round(size / 3600)} 時間`;
  return `${text}${seconds >= 0 ? '遅れ' : '進み'}`;
};

/** Classes of addresses (IANA special-purpose registries). */
const classes: Readonly<Record<string, string>> = {
  global: 'グローバル アドレス',
  unspecified: '未指定アドレス',
  loopback: 'ループバック アドレス',
  private: 'プライベート アドレス',
  shared: 'CGNAT 共有アドレス',
  'link-local': 'リンクローカル アドレス',
  'unique-local': 'ユニークローカル アドレス',
  documentation: '文書用アドレス',
  benchmarking: 'ベンチマーク用アドレス',
  multicast: 'マルチキャスト アドレス',
  reserved: '予約済みアドレス',
};

const stores: Readonly<Record<string, string>> = { machine: 'マシン', extra: '追加' };

const names: FactWords<'dns'> = {
  'dns.rcode': ({ host, rcode, server, ms }) => `${host}: ネーム サーバー ${server} が ${ms} ms 後に ${rcode} を返した`,
  'dns.extended-error': ({ host, code, text }) =>
    `${host}: ネーム サーバーの説明: 拡張エラー ${code}${text === '' ? '' : `「${text}」`}`,
  'dns.no-soa': ({ host, server }) =>
    `${host}: ${server} の否定応答にゾーンの記載 (SOA レコード) がない。作られた応答によく見られる`,
  'dns.no-answer': ({ host, server, ms }) => `${host}: ネーム サーバー ${server} から ${ms} ms 以内に応答なし`,
  'dns.unreachable': ({ host, server }) => `${host}: ネーム サーバー ${server} に到達できない`,
  'dns.no-server': ({ host }) => `${host}: このマシンにネーム サーバーが構成されていない`,
  'dns.malformed': ({ host, server }) => `${host}: ネーム サーバー ${server} の応答を解釈できない`,
  'dns.no-address': ({ host, server }) => `${host}: ネーム サーバー ${server} は名前を知っているが、アドレスを返さない`,
  'dns.truncated': ({ host, server }) => `${host}: ${server} の応答が UDP に収まらず、TCP での再試行も失敗した`,
  'dns.system-error': ({ host, error }) => `${host}: OS のエラー: ${error}`,
  'dns.none-resolve': ({ names: count, servers }) =>
    `公開名 ${count} 件のうち解決できたものなし。応答したネーム サーバー: ${servers}`,
  'dns.nobody-answers': ({ names: count, servers }) =>
    `${count} 件の名前のどれにも応答なし。問い合わせたネーム サーバー: ${servers}`,
  'dns.others-resolve': ({ names: count }) => `ほかの名前 ${count} 件は解決できる`,
  'dns.internal-resolve': ({ names: count }) => `同じネーム サーバーで内部の名前 ${count} 件は解決できる`,
  'dns.address': ({ host, address, class: kind }) =>
    `${host}: ${address} (${entryOf(classes, kind) ?? `${kind} アドレス`}) に解決される`,
  'dns.cname': ({ host, chain }) => `${host}: 別名のチェーン ${chain}`,
  'dns.privatelink': ({ host, alias }) => `${host}: 別名 ${alias} は、プライベート エンドポイントの意図を示している`,
  'dns.hosts-entry': ({ host, address }) => `${host}: hosts ファイルでは ${address}`,
  'dns.hosts-differs': ({ host, addresses }) => `${host}: ネーム サーバーの応答では ${addresses}`,
  'dns.same-alias': ({ alias, names, sample }) => `${names} 個の名前が ${alias} の別名になっている: ${sample}`,
  'dns.same-address': ({ address, names: count, sample }) =>
    `無関係な ${count} 個のドメインが ${address} に解決される (${sample})`,
};

const certificates: FactWords<'certificate'> = {
  'certificate.missing': ({ host }) => `${host}: ハンドシェイクは完了したが、証明書を取得できなかった`,
  'certificate.issuer': ({ host, issuer }) => `${host}: 証明書の発行者は ${issuer}`,
  'certificate.private-root': ({ host, root, store }) =>
    `${host}: チェーンの終端は ${root}。${entryOf(stores, store) ?? store} ストアだけにあり、公開ルートではない`,
  'certificate.unknown-root': ({ host, authority }) =>
    `${host}: チェーンの終端は ${authority}。ここのストアにも公開ルートの一覧にもない`,
  'certificate.recurs': ({ authority, domains, sample }) =>
    `${authority} が無関係な ${domains} 個のドメインの証明書に署名している (${sample})`,
  'certificate.recurs-in-domain': ({ authority, hosts, sample }) =>
    `${authority} が ${hosts} 台のホストの証明書に署名している (${sample})`,
  'certificate.vendor': ({ vendor, subject }) => `${subject} は、${vendor} が自身の証明機関に付ける名前`,
  'certificate.self-signed': ({ host, subject }) => `${host}: 証明書 ${subject} は自己署名`,
  'certificate.incomplete': ({ host, sent, issuer }) =>
    `${host}: 送られた証明書は ${sent} 枚で、発行者 ${issuer} が含まれていない`,
  'certificate.completed': ({ host, root }) => `${host}: 送られなかった発行者を補うと、チェーンは ${root} に届く`,
  'certificate.issuer-seen': ({ host, issuer }) => `${host}: 不足している発行者 ${issuer} を、別のサーバーが送っている`,
  'certificate.issuer-named': ({ host, issuer }) => `${host}: 不足している発行者 ${issuer} はカタログに記載がある`,
  'certificate.issuer-listed': ({ host, issuer }) =>
    `${host}: 不足している発行者 ${issuer} は、名前と鍵識別子からみて公開の中間認証局である`,
  'certificate.bad-signature': ({ host, position }) => `${host}: チェーンの ${position + 1} 番目の証明書の署名が不正`,
  'certificate.distrusted': ({ host, root }) => `${host}: ${root} は、このマシンで明示的に信頼されていない`,
  'certificate.dates': ({ host, subject, notBefore, notAfter, now }) =>
    `${host}: ${subject} の有効期間は ${notBefore} から ${notAfter}。このマシンの時計は ${now}`,
  'certificate.names': ({ host, names: list }) =>
    list === '' ? `${host}: 証明書にホスト名の記載がない` : `${host}: 証明書の対象は ${list}`,
  'certificate.purpose': ({ host, subject }) => `${host}: ${subject} は TLS サーバー用ではない`,
  'certificate.weak': ({ host, subject, weakness }) => `${host}: ${subject} は強度不足: ${weakness}`,
  'certificate.common-name': ({ host }) =>
    `${host}: 名前はコモンネームにしかなく、古いクライアントしか見ない場所にある（RFC 9525 第 2 節）`,
  'certificate.pinned': ({ host }) => `${host}: クライアントが証明書をピン留めし、ほかの証明書を受け付けない`,
  'certificate.inspection-unsupported': ({ host }) =>
    `${host}: 提供元は、ここでの TLS インスペクションをサポートしていない`,
  'certificate.inspection-works': ({ host }) => `${host}: ルートがこのマシンで信頼されているため、セッションは成立する`,
  'certificate.no-scts': ({ host }) => `${host}: 証明書に Certificate Transparency の証跡 (SCT) がない`,
  'certificate.revoked': ({ host, subject, at, url }) =>
    `${host}: ${subject} は${at === '' ? '' : ` ${at} に`}失効している (${url} による)`,
  'certificate.root-missing': ({ host, root, sha256 }) =>
    `${host}: チェーンに必要な ${root} (SHA-256 ${sha256}) がマシン ストアにない`,
  'certificate.root-expired': ({ host, root, notAfter }) =>
    `${host}: チェーンに必要な ${root} が ${notAfter} に期限切れ`,
  'certificate.root-corrupt': ({ host, root, found }) =>
    `${host}: チェーンに必要な ${root} の代わりに、マシン ストアには ${found} がある`,
};

const ends = (usedBy: number): string => `ここで終わるチェーン: ${usedBy}`;

const checks: FactWords<'check'> = {
  'check.root-present': ({ name, usedBy }) => `${name} はマシン ストアにある。${ends(usedBy)}`,
  'check.root-absent': ({ name, usedBy }) => `${name} がマシン ストアにない。${ends(usedBy)}`,
  'check.root-absent-automatic': ({ name, usedBy }) =>
    `${name} がマシン ストアにない。ルートの自動更新が有効で、必要時に取得される。${ends(usedBy)}`,
  'check.root-absent-unneeded': ({ name }) => `${name} がマシン ストアにないが、この実行のチェーンには必要ない`,
  'check.root-absent-retired': ({ name, notAfter, usedBy }) =>
    `${name} はマシン ストアになく、必要もない (${notAfter} に期限切れ)。${ends(usedBy)}`,
  'check.root-expired': ({ name, notAfter, usedBy }) =>
    `マシン ストアの ${name} は ${notAfter} に期限切れ。${ends(usedBy)}`,
  'check.root-expired-retired': ({ name, notAfter, usedBy }) =>
    `${name} はマシン ストアにあるが、${notAfter} に期限が切れ、もう必要ない。${ends(usedBy)}`,
  'check.root-corrupt': ({ name, sha256, found }) =>
    `${name}: マシン ストアには ${sha256} の代わりに${found === '' ? '別の証明書' : ` ${found} `}がある`,
  'check.root-distrusted': ({ name }) => `${name} は、このマシンで明示的に信頼されていない`,
  'check.root-unknown': ({ name }) => `${name}: マシン ストアを読み取れない`,
  'check.clock-right': ({ hosts }) => `時計は ${hosts} 台のホストと 5 分以内で一致`,
  'check.clock-wrong': ({ seconds, hosts }) => `時計は ${hosts} 台のホストの時刻より ${skew(seconds)}`,
  'check.clock-suspect': ({ hosts }) => `この時計では、無関係な ${hosts} 台のホストの証明書が有効期間外`,
  'check.clock-untested': () => '時計と比較できる日付を含む応答がない',
  'check.network-families': ({ families }) => `アドレスと経路: ${families}`,
  'check.network-none': () => '有効なインターフェイスにアドレスがない',
  'check.network-no-route': ({ families }) => `デフォルト ルートがない: ${families}`,
  'check.resolver-answers': ({ servers }) => `応答するネーム サーバー: ${servers}`,
  'check.resolver-silent': ({ servers }) => `${servers} から応答なし`,
  'check.resolver-internal': ({ servers }) => `ネーム サーバーは応答するが、公開名を知らない: ${servers}`,
  'check.resolver-none': () => 'ネーム サーバーが構成されていない',
  'check.content-head': ({ host, by, status, length, documented }) =>
    length === documented
      ? `${host}: GET ではダウンロードできる (ステータス ${status}) が、HEAD ではできない (${by})。先に長さを尋ねるプログラムは失敗する`
      : `${host}: 長さは HEAD では ${length} バイト、GET では ${documented} バイト。先に長さを尋ねるプログラムは誤る`,
  'check.content-object': ({ host, status, first, expected, length, documented }) =>
    length === documented
      ? `${host}: 正規の証明書のもとで、文書とは別のものが届いた (ステータス ${status})。先頭は ${first === '' ? '空' : first}、文書では ${expected}`
      : `${host}: 正規の証明書のもとで、オブジェクトは ${length} バイト、文書では ${documented} バイト。提供元が新しいものに置き換えた可能性がある`,
  'check.cdn-edge-denial': ({ network, hosts, sample, references }) =>
    `${network} のエッジ自身が、各ホストの正規の証明書のもとで ${hosts} 個のホストを拒否している（403）: ${sample}。このネットワークの送信元アドレスを拒否している可能性がある。提供元に${references === '' ? 'そのアドレスと時刻' : `参照番号 ${references}`} を伝えること`,
  'check.store-empty': ({ store }) =>
    `マシンのストア（${store}）に証明書が一つもない。この判定は同梱の公開ルートに基づくが、ほかのプログラムはそれを持たない`,
  'check.resolver-untested': ({ servers }) =>
    servers === '' ? '問い合わせた名前なし' : `問い合わせた名前なし。構成済み: ${servers}`,
  'check.names-differ': ({ names: count, sample }) =>
    `${count} 件の名前で、このマシンのプログラムはネーム サーバーの応答と異なるアドレスを得る (${sample})`,
  'check.pace-limited': ({ failed, sample }) =>
    `同時に多く問い合わせたときは ${failed} 件が失敗し、1 つずつでは成功した。同時の数が制限されている (${sample})`,
  'check.steadiness-once': ({ what, tried }) => `${what}: ${tried} 回のうち 1 回失敗した`,
  'check.revocation-good': ({ addresses }) => `チェーンの失効確認と発行者のアドレス ${addresses} 件はすべて応答`,
  'check.revocation-partly': ({ failed, addresses }) =>
    `チェーンの失効確認と発行者のアドレス ${addresses} 件のうち ${failed} 件が応答しない`,
  'check.revocation-revoked': ({ certificates: count }) => `${count} 枚の証明書が失効`,
  'check.revocation-untested': () => 'テストしたアドレスを記載しているチェーンがない',
};

/** Japanese sentences of all facts, except those that quote the other words. */
export const facts: Omit<Words['facts'], 'experiment' | 'http.status-meaning' | `tried.${string}` | `proxy.${string}`> =
  {
    ...names,
    ...naming,
    ...family,
    ...share,
    ...certificates,
    ...checks,
    'tcp.timeout': (a) => `${place(a)}: 接続試行に ${a.ms} ms 以内に応答なし`,
    'tcp.refused': (a) => `${place(a)}: ${a.ms} ms 後に接続拒否`,
    'tcp.refused-here': (a) => `${place(a)}: このマシンのアドレスで、このポートを待ち受けるプログラムがない`,
    'tcp.reset': (a) => `${place(a)}: 接続の確立中、${a.ms} ms 後にリセット`,
    'tcp.host-unreachable': (a) => `${place(a)}: ${a.ms} ms 後に「host unreachable」の通知`,
    'tcp.network-unreachable': (a) => `${place(a)}: ${a.ms} ms 後にルーターから「network unreachable」の通知`,
    'tcp.no-route': (a) => `${place(a)}: このマシンに、このアドレスへの経路がない`,
    'tcp.refused-near': (a) =>
      `${place(a)}: 拒否は ${a.ms} ms 後に届いた。${a.quickest} ms 未満で応答するホストはほかになく、拒否はこの近くから来ている`,
    'tcp.permission': (a) => `${place(a)}: OS が接続を拒否 (権限エラー)`,
    'tcp.nothing-connects': ({ addresses, targets }) =>
      `外部アドレス ${addresses} 件 (ターゲット ${targets} 件) のどれにも接続できない`,
    'tcp.others-connect': ({ addresses }) => `ほかのアドレス ${addresses} 件には接続できる`,
    'address.failed': (a) => `${place(a)}: 段階 ${a.stage} で失敗 (${a.failure})`,
    'address.works': ({ host, working, tried }) => `${host}: ${tried} 件のアドレスのうち ${working} 件が使える`,
    'ipv6.all-fail': ({ addresses, hosts }) =>
      `IPv6 アドレス ${addresses} 件はすべて失敗し、同じ ${hosts} 台のホストに IPv4 では接続できる`,
    'tunnel.failed': ({ host, proxy, failure }) => `${host}: プロキシ ${proxy} でトンネルを確立できない (${failure})`,
    'tls.reset': (a) =>
      `${place(a)}: TLS ハンドシェイク開始から ${a.ms} ms で接続がリセットされた (それまでに${received(a.bytesRead)})`,
    'tls.closed': (a) =>
      `${place(a)}: TLS ハンドシェイク開始から ${a.ms} ms で接続が閉じられた (それまでに${received(a.bytesRead)})`,
    'tls.before-hello': (a) => `${place(a)}: ClientHello の送信前に接続が終了した`,
    'tls.timeout': (a) =>
      `${place(a)}: TLS ハンドシェイクが停止。${a.ms} ms 以内の受信は ${a.bytesRead === 0 ? '0 バイト' : `${a.bytesRead} バイトのみ`}`,
    'tls.hello-size': ({ host, bytes }) => `${host}: ClientHello は ${bytes} バイト`,
    'tls.alert': (a) => `${place(a)}: TLS アラート ${a.alert} (${a.name})`,
    'tls.not-tls': (a) =>
      `${place(a)}: ${a.text === '' ? '応答が TLS ではない' : `最初のバイト列が TLS ではない:「${a.text}」`}`,
    'tls.old-version': (a) => `${place(a)}: ${a.version} で応答`,
    'tls.protocol': (a) => `${place(a)}: TLS の応答を受け入れられない${a.detail === '' ? '' : ` (${a.detail})`}`,
    'revocation.unreachable': ({ host, url, failure }) => `${host}: ${url} に到達できない (${failure})`,
    'revocation.refused': ({ host, url, status }) => `${host}: ${url} がステータス ${status} で拒否される`,
    'revocation.block-page': ({ host, url }) => `${host}: ${url} が失効情報ではなく Web ページを返す`,
    'http.status': ({ host, status, reason }) =>
      `${host}: HTTP ステータス ${status}${reason === '' ? '' : ` ${reason}`}`,
    'http.header': ({ host, name, value }) => `${host}: 応答ヘッダー ${name}: ${value}`,
    'http.page': ({ host, vendor }) => `${host}: 応答に ${vendor} の特徴がある`,
    'http.body': ({ host, text }) => `${host}: ページの冒頭は「${text}」`,
    'http.plain': ({ host }) => `${host}: 経路が暗号化されていないため、途中の誰でも応答できる`,
    'http.content': ({ host, status, bytes, first }) =>
      first === ''
        ? `${host}: ステータス ${status}、オブジェクトは何も届かない`
        : `${host}: ステータス ${status}、${first} で始まる ${bytes} バイト`,
    'http.truncated': ({ host, bytes, expected, how }) => {
      const end = how === 'stalled' ? '本文が止まる' : '接続が終わる';
      return expected < 0
        ? `${host}: ${bytes} バイトで${end}`
        : `${host}: ${expected} バイト中 ${bytes} バイトで${end}`;
    },
    'http.expected-bytes': ({ host, expected }) => `${host}: 文書ではオブジェクトは ${expected} で始まる`,
    'http.range-ignored': ({ host }) => `${host}: 要求した範囲が無視される`,
    'http.content-length': ({ host, length, documented }) =>
      `${host}: オブジェクトは ${length} バイト、文書では ${documented} バイト`,
    'http.content-hash': ({ host, sha256 }) => `${host}: オブジェクトのハッシュが文書と異なる: ${sha256}`,
    'http.cdn': ({ host, header }) => `${host}: サービス自身のフロント エンドが応答 (ヘッダー ${header})`,
    'http.redirect': ({ host, location }) => `${host}: ${location} へリダイレクト`,
    'http.same-page': ({ host, domains }) =>
      `${host} の平文の HTTP 応答は、無関係な ${domains} 個のドメインと同じサインイン要求である`,
    'http.shared-page': ({ host, domains }) =>
      `${host} は平文の HTTP に、無関係な ${domains} 個のドメインと同じページで答える`,
    'http.same-redirect': ({ location, domains }) =>
      `無関係な ${domains} 個のドメインが ${location} へリダイレクトされる`,
    'http.added-header': ({ name, value, domains }) =>
      `平文の HTTP 応答はすべて (互いに無関係な ${domains} ドメイン) ヘッダー ${name}: ${value} を含みますが、TLS 上の応答には含まれません`,
    'http.expected-status': ({ host, status, expected }) =>
      `${host}: 文書によればサービスは ${expected} と答えるはずで、${status} ではない`,
    'http.expected-header': ({ host, name }) => `${host}: サービスが送るはずのヘッダー ${name} がない`,
    'http.timeout': (a) => `${place(a)}: ${a.ms} ms 以内に HTTP 応答なし`,
    'http.reset': (a) => `${place(a)}: 要求の ${a.ms} ms 後に接続がリセットされた`,
    'http.closed': (a) => `${place(a)}: 要求の ${a.ms} ms 後に、応答のないまま接続が閉じられた`,
    'http.malformed': (a) => `${place(a)}: 応答が有効な HTTP ではない${a.detail === '' ? '' : ` (${a.detail})`}`,
    'http.overflow': (a) => `${place(a)}: 応答のヘッダーが上限内で終わらない`,
    'http.hop': ({ host, hop, cause }) => `${host}: リダイレクト先の ${hop} が失敗 (${cause})`,
    'local.no-address': () => '有効なインターフェイスに、ループバック以外のアドレスがない',
    'local.no-default-route': () => 'どのアドレス ファミリにもデフォルト ルートがない',
    'local.nothing-leaves': ({ targets }) => `このマシンの外のターゲット ${targets} 件のどれからも応答なし`,
    'local.resources': ({ host, error }) => `${host}: このマシンのエラー ${error} のため未テスト`,
    'local.fault': ({ host, error }) => `${host}: ネットワークではなく wayclear 自体の不具合: ${error}`,
    'clock.offset': ({ seconds, hosts }) => `時計は ${hosts} 台のホストの時刻より ${skew(seconds)}`,
    'clock.dates': ({ hosts }) => `この時計では、無関係な ${hosts} 台のホストの証明書が有効期間外`,
    'failure.raw': ({ host, stage, failure, message }) => `${host}: 段階 ${stage} が ${failure} で終了: ${message}`,
  };
