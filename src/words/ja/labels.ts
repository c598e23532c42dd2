import type { Labels } from '../contract.ts';

function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} 秒`;
  const seconds = Math.round(ms / 1000);
  const minutes = `${Math.floor(seconds / 60)} 分`;
  return seconds % 60 === 0 ? minutes : `${minutes} ${seconds % 60} 秒`;
}

/** Japanese labels. */
export const labels: Labels = {
  punctuation: { colon: ': ', stop: '。', gap: '' },
  text: {
    rootCauses: '根本原因',
    evidence: '根拠',
    remedies: '依頼事項',
    alternatives: 'ほかの可能性',
    affected: '影響範囲',
    shared: '共通点',
    importance: '重要度',
    checks: 'このマシンのチェック',
    detail: '詳細',
    host: 'ホスト',
    port: 'ポート',
    verdict: '判定',
    possibleCause: '考えられる原因',
    status: '状態メッセージ',
    explainedBy: '原因:',
    meaning: '意味',
    restsOn: '判断の根拠',
    experiment: '決め手になる実験',
    explains: 'これを説明する原因',
    cause: '原因',
    title: '内容',
    target: 'ターゲット',
    before: '前',
    after: '後',
    runtime: 'ランタイム',
    platform: 'プラットフォーム',
    resolvers: 'ネーム サーバー',
    trustStores: '信頼ストア',
    families: 'アドレス ファミリ',
    clock: '時計',
    proxy: 'プロキシ',
    limits: '制限',
    certificateAddresses: '証明書内のアドレス',
    hello: 'ClientHello',
    rootUpdate: 'ルートの自動更新',
    documented: '文書上の表記',
    document: '出典',
    store: 'ストア',
    certificates: '証明書数',
    readFrom: '読み取り元',
    root: 'ルート証明書',
    state: '状態',
    validUntil: '有効期限',
    untested: '未テスト',
    details: '詳細',
    chains: '証明書チェーン',
    roots: 'ルート証明書',
    none: 'なし',
    unknown: '不明',
  },
  verdicts: { reachable: '到達可', degraded: '要注意', unreachable: '到達不可', untested: '未テスト' },
  severities: { critical: '重大', error: 'エラー', warning: '警告', informational: '情報' },
  confidences: { high: '高', medium: '中', low: '低' },
  importances: { critical: '重大', 'non-critical': '重大でない' },
  checkVerdicts: { pass: '合格', warn: '警告', fail: '不合格', untested: '未テスト' },
  stages: { dns: '名前解決', tcp: '接続', tunnel: 'プロキシ トンネル', tls: 'TLS', http: 'HTTP' },
  stageStates: { passed: '成功', failed: '失敗', skipped: '省略' },
  rootStates: {
    present: 'あり',
    absent: 'なし',
    expired: '期限切れ',
    corrupt: '不正',
    distrusted: '信頼しない',
    unknown: '不明',
  },
  routeSources: {
    flag: 'オプション指定',
    environment: '環境変数',
    config: '構成ファイル',
    system: 'OS の設定',
    pac: 'PAC ファイル',
    default: '既定',
  },
  rootUpdate: {
    on: '有効 (不足するルートは Windows が自動で取得)',
    off: '無効 (不足するルートは補われない)',
  },
  nothingTested: '何もテストされていません。',
  interruptedLate: '失敗の原因を切り分ける前に実行が中断されました。',
  unanchored: '終端が、ここのストアにあるルートではない',
  defaultRun: '既定の実行対象',
  legacy: '旧式',
  certificateAddresses:
    '受け取った証明書が示す失効リスト、OCSP レスポンダー、発行者。最大 64 件、標準ポートのみ。内部のアドレスは、示した側がそこにある場合だけ接続します',
  machineResolvers: 'このマシンの設定',
  clockUnchecked: '比較は check の実行時のみ: サーバーが送る日付を使用',
  duration,
  summary: ({ reachable, degraded, unreachable, untested }, ms) =>
    `到達不可\u00a0${unreachable}、要注意\u00a0${degraded}、到達可\u00a0${reachable}、未テスト\u00a0${untested} (所要時間 ${duration(ms)})`,
  incomplete(tested, testable, because) {
    const why = {
      deadline: '制限時間に達したため実行を終了しました',
      interrupted: '実行が中断されました',
      resources: 'このマシンのリソースが不足しました',
    }[because];
    return `${testable} 件中 ${tested} 件をテストしました。${why}。`;
  },
  leftOut(counts) {
    const parts = [
      counts['not-current'] > 0 ? `現行でないもの ${counts['not-current']} 件` : '',
      counts['other-cloud'] > 0 ? `別のクラウドのもの ${counts['other-cloud']} 件` : '',
      counts['other-role'] > 0 ? `別の役割のもの ${counts['other-role']} 件` : '',
    ].filter((part) => part !== '');
    return `対象外: ${parts.join('、')} (wayclear list で確認できます)。`;
  },
  more: (count) => `ほか ${count} 件`,
  targets: (count) => `ターゲット ${count} 件`,
  fine: (reachable, untested) =>
    [
      ...(reachable === 0 ? [] : [`到達可 ${reachable} 件`]),
      ...(untested === 0 ? [] : [`未テスト ${untested} 件`]),
    ].join('、'),
  besides: (rest) => `そのほか: ${rest}`,
  confident: (confidence) => `確度: ${labels.confidences[confidence]}`,
  anchored: (subject, stores, validUntil) => `終端: ${subject} (ストア: ${stores}、有効期限 ${validUntil})`,
  planned: (targets, probes, untested) =>
    `ターゲット ${targets} 件: 送信予定のプローブ ${probes} 件、未テスト ${untested} 件。何も送信していません。`,
  limits: (timeout, deadline, concurrency) =>
    `段階ごとに ${timeout}、実行全体で ${deadline}、同時ターゲット ${concurrency} 件`,
  catalog: (features, endpoints) => `機能 ${features} 件、エンドポイント ${endpoints} 件`,
  serverName: (name) => `サーバー名 ${name}`,
  noServerName: 'サーバー名なし',
  defaultRoute: (has) =>
    has === null ? 'デフォルト ルート不明' : has ? 'デフォルト ルートあり' : 'デフォルト ルートなし',
  readFailed: (error) => `読み取り不可: ${error}`,
  secretsCut: (places) =>
    `出力の ${places} か所にこの実行の秘密情報が含まれていたため、取り除きました。この件をご報告ください。`,
  shortPassword: 'パスワードが 4 文字未満のため、文章から取り除けません。プロキシが返した文章は省きます。',
  demo: (right, all) => `${all} 台のサーバーのうち ${right} 台が、想定どおりに判定されました。`,
};
