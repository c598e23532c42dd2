import type { AdvisedExperiment } from '../../model/experiments.ts';
import type { UnexpectedStatus, Words } from '../contract.ts';
import { carry } from './carry.ts';
import { causes } from './causes.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { facts } from './facts.ts';
import { features } from './features.ts';
import { formats } from './formats.ts';
import { help } from './help.ts';
import { importance } from './importance.ts';
import { labels } from './labels.ts';
import { list } from './list.ts';
import { telling } from './naming.ts';
import { page } from './page.ts';
import { proxyFacts } from './proxy-facts.ts';
import { proxyLabels } from './proxy-labels.ts';
import { refusals } from './refusals.ts';
import { request } from './request.ts';
import { rules } from './rules.ts';
import { screen } from './screen.ts';
import { shapes } from './shapes.ts';
import { topics } from './topics.ts';
import { tried } from './tried.ts';
import { watch } from './watch.ts';

const experiments: Readonly<Record<AdvisedExperiment, string>> = {
  'neutral-name': '同じアドレスに、ClientHello のサーバー名を変えて接続する',
  'small-hello': '小さな ClientHello で繰り返す (--tls-hello classic)',
  'padded-hello': '同じサイズまでパディングした従来の ClientHello で繰り返す',
  'tls-1.2': 'TLS 1.2 だけで、次に TLS 1.3 だけで繰り返す',
  'other-resolver': '別のネーム サーバーに問い合わせる (--dns-server IP)',
  'random-name': '存在しえない名前を問い合わせる。アドレスが返れば、ネーム サーバーがリダイレクトしている',
  'documentation-address': '応答するもののないアドレスに接続する (192.0.2.1)',
  'through-proxy': 'Web プロキシ経由で繰り返す (--proxy URL)',
  'other-network': '別のネットワークで同じチェックを実行して比較する (wayclear diff)',
  'other-program': 'このマシンの別のプログラムで接続する',
  'plain-request': '同じポートに平文の HTTP 要求を送り、応答を読む',
  'fetch-issuer': '証明書に記載されたアドレスから、不足している発行者を取得する',
  'compare-time': '時計を信頼できる時刻源と比較する',
  'list-roots': 'このマシンのストアでルートをフィンガープリントで探す (wayclear doctor)',
  'known-good-host': '無関係でよく知られたホストをチェックする',
  again: '--concurrency 1 で繰り返す',
  'as-service-account': 'サービスが使うアカウントで実行する',
  'address-by-address': '--ipv4 と --ipv6 でそれぞれ繰り返す',
  'fetch-revocation': '示された失効確認アドレスを別のプログラムで取得する',
  'ask-proxy': '許可されていることが分かっている別のホストをプロキシに要求する',
  'wildcard-name':
    '記載されたパターンに当たる架空の名前をプロキシに求める。403 ならポリシー、502 から 504 ならアドレスの解決',
  'show-pac': '各ホストについて PAC ファイルの結果を読む (wayclear doctor)',
};

const proxyIssue = 'プロキシの問題';

const statusCodes: Words['statusCodes'] = {
  407: { meaning: 'プロキシ認証が必要', indicates: proxyIssue },
  408: { meaning: '要求のタイムアウト', indicates: proxyIssue },
  426: { meaning: 'アップグレードが必要', indicates: 'TLS の構成ミス' },
  451: { meaning: '法的理由により利用不可', indicates: proxyIssue },
  502: { meaning: '不正なゲートウェイ', indicates: proxyIssue },
  511: { meaning: 'ネットワーク認証が必要', indicates: proxyIssue },
  598: {
    meaning: 'ネットワーク読み取りタイムアウト (RFC のコードではなく、一部のプロキシが使用)',
    indicates: proxyIssue,
  },
  599: {
    meaning: 'ネットワーク接続タイムアウト (RFC のコードではなく、一部のプロキシが使用)',
    indicates: proxyIssue,
  },
};

/** Japanese. */
export const ja: Words = {
  lang: 'ja',
  causes,
  telling,
  facts: {
    ...facts,
    ...tried,
    ...proxyFacts,
    'http.status-meaning': ({ status }) => {
      const row = statusCodes[status as UnexpectedStatus] as Words['statusCodes'][UnexpectedStatus] | undefined;
      const meaning = row === undefined ? '' : `: ${row.meaning}。${row.indicates}の可能性がある`;
      return `ステータス ${status} は、ロールのドキュメントで経路の障害とみなされる${meaning}`;
    },
    experiment: ({ experiment }) => `決め手になる実験: ${experiments[experiment]}`,
  },
  labels,
  screen,
  diff,
  carry,
  list,
  features,
  importance,
  proxyLabels,
  doctor,
  request,
  formats,
  help,
  topics,
  shapes,
  refusals,
  page,
  rules,
  watch,
  experiments,
  statusCodes,
  attributes: {
    issuer: '発行者',
    certificate: '証明書',
    resolver: 'ネーム サーバー',
    address: 'アドレス',
    'search domain': '検索ドメイン',
    'name rule': '名前解決の規則',
    'address family': 'アドレス ファミリ',
    status: 'ステータス コード',
    vendor: '製品',
    location: 'リダイレクト先',
    host: 'ホスト',
    root: 'ルート証明書',
    alert: 'TLS アラート',
    clock: '時計',
    proxy: 'プロキシ',
    'pac file': 'PAC ファイル',
    stage: '段階',
    prefix: 'アドレス範囲',
    domain: 'ドメイン',
    alias: '別名の参照先',
    feature: '機能',
    port: 'ポート',
  },
  untested: {
    parameter: ({ parameters }) => ({
      reason: `未設定の ${parameters.join(', ')} に依存`,
      remedy: `${parameters.map((name) => `--set ${name}=値`).join(' ')} を指定してください。`,
    }),
    'no-witness': ({ port, network, features }) => ({
      reason:
        network === true
          ? 'ホストを特定しないネットワーク'
          : port === undefined
            ? '対応するホストが文書化されていないワイルドカード'
            : `ポート ${port} で何が応答するかは文書化されていません`,
      remedy:
        network === true
          ? '製品が使うホストまたはアドレスを指定してください: wayclear check ホスト:ポート'
          : port === undefined
            ? features === undefined
              ? '製品が使うホストを指定してください: wayclear check ホスト'
              : `カタログに該当するホストがあります: wayclear check ${features.join(' ')}`
            : `それでも試すには: wayclear check ホスト:${port}`,
    }),
    udp: ({ protocol }) => ({
      reason: `${protocol} はここからは検査できない`,
      remedy: `${protocol} に対応したプログラムで確認してください。`,
    }),
    offline: () => ({
      reason: 'オフライン実行のため、パケットを送信しない',
      remedy: '--offline なしで実行してください。',
    }),
    inside: () => ({
      reason: '内部の名前のため持ち出していない',
      remedy: 'このマシンで確認してください: wayclear check ホスト。',
    }),
    family: () => ({
      reason: 'アドレスが、無効にされたファミリのもの',
      remedy: '--ipv4 や --ipv6 なしで実行してください。',
    }),
    deadline: () => ({
      reason: 'このターゲットが終わる前に、実行が制限時間に達した',
      remedy: '--deadline を長くするか、ターゲットを減らしてください。',
    }),
    interrupted: () => ({ reason: '実行が中断された', remedy: '実行が終わるまで待ってください。' }),
    resources: () => ({
      reason: 'このマシンのソケット、ポート、またはメモリが不足',
      remedy: '--concurrency を小さくするか、オープン ファイル数の上限を引き上げてください。',
    }),
  },
  messages: {
    11410: '必要なすべてのエンドポイントに到達できます。',
    11411: '重要でない 1 つ以上のエンドポイントに到達できないか、支障が出るおそれがあります。',
    11412: '1 つ以上の重要なエンドポイントに到達できません。',
    11488: (feature) => `${feature} に必要なエンドポイントに到達できません。`,
  },
  witnesses: (pattern, reached, tried, policy) =>
    `${pattern}: 代表ホスト ${tried} 台のうち ${reached} 台に到達。${
      policy === null
        ? 'パターン自体は証明できない'
        : policy === 'allows'
          ? 'プロキシのポリシーはパターンを通している'
          : 'プロキシのポリシーはパターンを拒否している'
    }`,
};
