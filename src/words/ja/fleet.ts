import type { FleetWords } from '../contract.ts';

/** 多数のマシンについての答えの日本語。 */
export const fleet: FleetWords = {
  headline: (failing, all, explanations) =>
    `${all}台のうち${failing}台に問題があり、${explanations}件の原因で説明できます`,
  allFine: (all) => `${all}台のどれにも問題はありません`,
  someFine: (fine, all) => `判明している問題はありませんが、正常と確認できたのは${all}台のうち${fine}台だけです`,
  span: (from, to, reports) => `${from}から${to}までの報告${reports}件`,
  twice: (count) => `${count}件の報告は重複しており、一度だけ数えます`,
  nameless: (count) => `${count}件の報告はマシン名がなく、それぞれ別の一台として数えます`,
  incomplete: (count) => `${count}台はすべてを検査し終えていません`,
  fields: {
    where: '場所',
    machines: 'マシン',
    endpoints: '接続先',
    since: '開始',
    alike: '別の見方',
    evidence: '根拠',
    remedies: '対処',
    alternatives: '他の可能性',
    ask: '依頼先',
  },
  scopes: {
    machine: '一台だけ',
    machines: '固有の共通点がない個々のマシン',
    everybody: '始まった後に検査したすべてのマシン',
    service: 'サービスそのもの',
  },
  group: (trait) => `${trait}のすべて`,
  since: (at, fineUntil) => (fineUntil === null ? `${at}(最初の報告)` : `${at}(${fineUntil}にはまだ正常)`),
  attributes: {
    subnet: 'サブネット',
    egress: '出口アドレス',
    proxy: 'プロキシ',
    resolver: 'ネームサーバー',
    issuer: '検査を行う認証局',
    os: 'オペレーティングシステム',
    'os-version': 'オペレーティングシステムの版',
    version: 'wayclearの版',
    account: 'アカウント',
  },
  trait: (attribute, value) => `${attribute} ${value}`,
  owners: {
    firewall: 'ファイアウォールの管理者',
    dns: 'DNSの管理者',
    proxy: 'プロキシの管理者',
    inspection: 'TLS検査の管理者',
    machine: 'マシンの管理者',
    service: 'サービスの提供者',
    unknown: '何であるかを判断できる人',
  },
  request: (owner, numbers) => `${owner}：${numbers}`,
  headings: { explanations: '説明となる原因', requests: '依頼先', endpoints: '接続先' },
  columns: { endpoint: '接続先', failing: '失敗', where: '場所', since: '開始', explanation: '原因' },
  failing: (count, tested) => `${tested}台中${count}台`,
  reached: (count) => `${count}件の接続先には、検査したすべてのマシンが到達しています`,
  serviceTitle: 'サービス自体に障害があります',
  serviceRemedies: [
    'サービスの状況ページを確認し、これらの時刻と場所を添えて提供者に障害を報告してください。',
    'このためにネットワークを変更しないでください。サービスまでの経路は正常です。',
  ],
  facts: {
    counted: ({ failing, fine }) =>
      fine === 0
        ? `${failing}台が失敗し、その後検査して問題がなかったマシンはありません。`
        : `${failing}台が失敗し、検査した${fine}台は失敗していません。`,
    'only-there': ({ trait, fine }) => `${trait}で検査したすべてが失敗し、それ以外では${fine}台が失敗していません。`,
    'no-outside': ({ trait }) => `${trait}の外からは判断できません。そこだけの問題かどうかは未定です。`,
    exceptions: ({ trait, fine }) => `${trait}の${fine}台は、それでも失敗していません。`,
    places: ({ count }) => `それぞれ独自の出口を持つ${count}か所から同じように失敗します。`,
    'others-fine': ({ machines }) => `そのうち${machines}台は同時に他の接続先へ到達しています。`,
    'one-policy': () => 'これらの場所すべてに共通の規則があれば、同じように見えます。',
    'one-place': () =>
      '検査したマシンはすべて同じ場所にあるか、同じ出口を通ります。そこにある規則とサービスの障害は区別できません。',
    'places-unknown': () => '出口に共通点があるかどうかは不明です。各マシンの拠点を--label site=NAMEで示してください。',
    'seen-as': ({ title, cause, machines }) => `${machines}台ではこれが「${title}」(${cause})と見えます。`,
    'not-since': ({ machines: count }) => `${count}台は以前そこに問題を見つけず、その後まだ検査していません。`,
    'fine-elsewhere': ({ fine }) =>
      `${fine}台にとってサービスは正常です。経路上の何かが代わりに応答しているか、サービスの拠点の一つに不具合があります。`,
  },
};
