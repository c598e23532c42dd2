import type { ScreenWords } from '../contract.ts';

/** Japanese words of the screen. */
export const screen: ScreenWords = {
  typed: '指定されたアドレス',
  ofHosts: (hosts, all) => `(${all} ホスト中 ${hosts} ホスト)`,
  fields: {
    affected: '影響範囲',
    shared: '共通点',
    evidence: '根拠',
    remedies: '対処',
    alternatives: '別の可能性',
    untested: '未テスト',
    leftOut: '対象外',
    wildcards: '総称名',
    next: '次に',
  },
  comma: '、',
  verdict(unreachable, degraded, tested) {
    const part = degraded === 0 ? '' : `、${degraded} 件は要注意`;
    return unreachable > 0
      ? `テストしたエンドポイント ${tested} 件中 ${unreachable} 件が使用不可${part}`
      : `テストしたエンドポイント ${tested} 件はすべて使用可${part}`;
  },
  causes: (count) => `原因 ${count} 件`,
  notTested: (count) => `未テスト ${count} 件`,
  status: (messageId, severity) => `状態メッセージ ${messageId} (${severity})`,
  grade: (severity, confidence) => `${severity}、確度: ${confidence}`,
  hosts: (count) => `ホスト ${count} 件`,
  hostsIn: (count, domain) => `${domain} のホスト ${count} 件`,
  inDomain: (count, domain) => `${domain} に ${count} 件`,
  columns: { feature: '機能', cause: '原因', dns: 'DNS', tcp: '接続', tunnel: 'プロキシ', tls: 'TLS', http: 'HTTP' },
  unlike: '結果の異なる行',
  moreRows: (count) => `ほか ${count} 行 (--verbose)`,
  untestedBecause(code, count) {
    const why = {
      'no-witness': '試せるホストなし',
      udp: 'UDP のためプローブ不可',
      family: '無効にしたアドレス ファミリ',
      deadline: '制限時間までに未到達 (--deadline)',
      interrupted: '中断までに未到達',
      resources: 'ソケット、ポート、メモリの不足 (--concurrency)',
      offline: 'オフライン実行 (--offline)',
      inside: '持ち出さなかった内部の名前',
    };
    return `${count} 件: ${why[code]}`;
  },
  needs: (count, option) => `${count} 件: ${option} の指定が必要`,
  leftOut: (count) => `${count} 件 (wayclear list FEATURE で確認可)`,
  elsewhere: (features) => `このクラウドにない機能: ${features}`,
  wildcards: (patterns, reached, tried) => `${tried} 台中 ${reached} 台に到達、${patterns} パターン自体は証明不可`,
  phases: { measure: '測定中', experiments: '原因の切り分け中' },
  next: {
    request: '担当者への依頼文',
    explain: '意味と、ほかに試せること',
    verbose: 'すべての行、段階、アドレス、証明書',
  },
};
