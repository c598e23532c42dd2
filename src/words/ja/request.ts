import type { RequestWords } from '../contract.ts';

/** Japanese words of the change request. */
export const request: RequestWords = {
  title: 'ネットワーク変更依頼',
  nothing: '依頼する項目はありません。失敗したエンドポイントはありません。',
  intro: (version, at, sources) =>
    `wayclear ${version} が ${at} に ${sources} から測定しました。すべてここからの送信接続です。`,
  to: '宛先',
  owners: {
    firewall: 'ファイアウォールの管理者',
    dns: 'ネーム サーバーの管理者',
    proxy: 'Web プロキシまたはフィルターの管理者',
    inspection: 'TLS インスペクションの管理者',
    machine: 'このマシンの管理者',
    service: 'サーバーの管理者',
    unknown: 'ネットワーク担当者',
  },
  asks: {
    firewall: '次の宛先を名前で許可し、TLS に干渉しないでください。',
    dns: '次の名前を公開 DNS と同じように解決してください。',
    proxy: '次の宛先を通過させてください。',
    inspection: '次の宛先を TLS インスペクションの対象外にしてください。',
    machine: 'このマシンを修正してください。次の宛先に影響しています。',
    service: '次の宛先で応答しているものを修正してください。',
    unknown: '次の宛先への接続に何が起きているかを調べてください。',
  },
  columns: {
    host: '宛先',
    pattern: '文書上の表記',
    addresses: '確認したアドレス',
    port: 'ポート',
    direction: '方向',
    importance: '重要度',
  },
  outbound: '送信',
  evidence: '根拠',
  remedies: '詳細',
};
