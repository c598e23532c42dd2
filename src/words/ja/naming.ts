import type { FactWords, TellingWords } from '../contract.ts';

/** Japanese sentences about what programs on this machine get for a name. */
export const naming: FactWords<'naming'> = {
  'naming.searched': ({ host, name, addresses, search, ndots }) =>
    `${host}: このマシンのプログラムは ${name} を問い合わせて ${addresses} を得る (resolv.conf: search ${search}、ndots ${ndots})`,
  'naming.suffix': ({ host, name, addresses, suffixes }) =>
    `${host}: このマシンのプログラムは ${name} を問い合わせて ${addresses} を得る (DNS サフィックス: ${suffixes})`,
  'naming.rule': ({ host, rule, from, servers, answer }) =>
    `${host}: 名前解決ポリシー テーブルの規則 (${from === 'policy' ? 'グループ ポリシー' : 'このマシン'}、「${rule}」) により ${servers} に問い合わせる。そこでの応答: ${answer}`,
  'naming.servers-say': ({ host, answer }) => `${host}: 名前そのものへのネーム サーバーの応答は ${answer}`,
  'naming.sources': ({ host, sources }) =>
    `${host}: このマシンのプログラムは「${sources}」(nsswitch.conf) を調べ、何も得られない`,
  'naming.too-late': ({ host, server, ms, waitMs, attempts }) =>
    `${host}: ${server} は ${ms} ms 後に応答した。このマシンのプログラムが待つのは ${waitMs} ms (resolv.conf) で、さらに ${attempts} 回問い合わせてもその時間内に応答なし`,
  'naming.over-tcp': ({ servers }) =>
    `このマシンのプログラムは ${servers} に TCP だけで問い合わせる (resolv.conf: use-vc)`,
  'naming.turn': ({ host, server, answer }) =>
    `${host}: ${server} から始めたプログラムは ${answer} を得る (resolv.conf: rotate)`,
};

/** Japanese sentences about address families that don't meet. */
export const family: FactWords<'family'> = {
  'family.only': ({ host, family, machine }) =>
    `${host}: 名前には IPv${family} のアドレスだけがあり、このマシンには IPv${machine} だけがある`,
};

/** Japanese sentences about what fails at times. */
export const share: FactWords<'share'> = {
  'share.failed': ({ what, failed, tried }) => `${what}: 1 つずつ ${tried} 回試したうち ${failed} 回失敗した`,
};

/** Japanese titles and remedies of root causes of which a fact says more than the cause. */
export const telling: TellingWords = {
  'naming.searched': {
    title: '検索リストによって名前が別の場所に向かう',
    remedies: [
      'resolv.conf、またはその生成元 (DHCP、ポッドの設定) で、このドメインを検索リストから外すか ndots を下げる。',
      'または、そのドメインのワイルドカード レコードの削除を DNS の管理者に依頼する。',
    ],
  },
  'naming.suffix': {
    title: 'DNS サフィックスによって名前が別の場所に向かう',
    remedies: [
      'このマシンの一覧からサフィックスを外す。ポリシー「DNS サフィックス検索一覧」、アダプターの設定、または DHCP で行う。',
      'または、そのドメインのワイルドカード レコードの削除を DNS の管理者に依頼する。',
    ],
  },
  'naming.rule': {
    title: '名前解決ポリシーによって名前が別のサーバーに向かう',
    remedies: [
      'ポリシーの管理者 (VPN、DirectAccess、グループ ポリシー。Get-DnsClientNrptPolicy で表示できる) に、この名前を規則から外すよう依頼する。',
      'または、規則にあるサーバーの DNS の管理者に、この名前に応答するよう依頼する。',
    ],
  },
  'naming.sources': {
    title: 'このマシンのプログラムは名前を見つけられない',
    remedies: [
      '/etc/nsswitch.conf の hosts 行を直す。「files dns」なら hosts ファイル、次にネーム サーバーの順に調べる。',
    ],
  },
  'naming.too-late': {
    title: 'ネーム サーバーの応答がプログラムの待ち時間より遅い',
    remedies: [
      'サーバーの応答に時間がかかる理由を DNS の管理者に確認する。',
      'それまでは resolv.conf の timeout と attempts を増やす。',
    ],
  },
  'naming.over-tcp': {
    title: 'TCP で応答するネーム サーバーがない',
    remedies: [
      'このマシンからネーム サーバーへの TCP ポート 53 の許可をファイアウォールの管理者に、または TCP での応答を DNS の管理者に依頼する。',
      'または resolv.conf から「options use-vc」を外す。',
    ],
  },
  'naming.turn': {
    title: 'ネーム サーバーの 1 つがほかより知っていることが少ない',
    remedies: [
      'そのサーバーを resolv.conf から外すか、公開名の転送を DNS の管理者に依頼する。',
      '「options rotate」がなければ、プログラムは常に最初のサーバーから始める。',
    ],
  },
  'family.only': {
    title: '名前とこのマシンに共通のアドレス ファミリがない',
    remedies: [
      '名前に IPv4 しかない場合: NAT64 と DNS64、または IPv4 をネットワークの管理者に依頼する。',
      '名前に IPv6 しかない場合: IPv6 をネットワークの管理者に依頼する。',
      'または両方を持つプロキシを使う: --proxy URL。',
    ],
  },
  'share.failed': {
    title: '成功するときと失敗するときがある',
    remedies: [
      'そこで応答するものの管理者に、マシンを 1 台ずつ調べるよう依頼する。1 台が故障または過負荷の可能性がある。',
      '失敗の割合と時刻を伝える。1 回のテストでは成功することが多い。',
    ],
  },
  'proxy.pac-answer': {
    title: 'PAC ファイルが対象を誤った経路に向けている',
    remedies: [
      'PAC ファイルの管理者に、これらのホストに対する結果の修正を依頼する。直接の経路が閉じている所ではプロキシを、プロキシからは届かない内部ホストには DIRECT を返すようにする。このために新しく許可するものはない。',
    ],
  },
  'tcp.refused-here': {
    title: 'このマシンのこのポートでは何も待ち受けていない',
    remedies: [
      'そこで応答するはずのサービスを起動するか、アドレスを訂正してください。途中にファイアウォールはありません。',
    ],
  },
};
