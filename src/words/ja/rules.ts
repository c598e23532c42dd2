import type { RuleWords } from '../contract.ts';

const set = (parameters: readonly string[]): string => parameters.map((name) => `--set ${name}=値`).join(' ');

/** Japanese words of allow-lists. */
export const rules: RuleWords = {
  title: '許可リスト',
  documented: (version) => `文書が求めている宛先です(wayclear ${version})。検査は行っていません。`,
  failed: (version, at, sources) =>
    `文書に記載され、接続に失敗した宛先です(wayclear ${version}、測定日時 ${at}${sources === '' ? '' : `、測定元 ${sources}`})。`,
  nothing: '許可すべき宛先はありません。',
  left: {
    template: (destination, parameters) => `規則に含まれません: ${destination}。${set(parameters)} の指定が必要です`,
    invalid: (destination) => `規則に含まれません: ${destination}。ホスト名でもパターンでもありません`,
    udp: (destination) => `規則に含まれません: ${destination}。この形式は UDP を扱えません`,
    wildcard: (destination) => `規則に含まれません: ${destination}。この形式ではこのワイルドカードを書けません`,
    network: (destination) => `規則に含まれません: ${destination}。ネットワークはアドレスのリストに入れてください`,
    port: (destination) =>
      `規則に含まれません: ${destination}。この製品がワイルドカードを受け付けるのは HTTP と HTTPS だけです`,
    address: (destination) => `規則に含まれません: ${destination}。アドレスはアドレスのリストに入れてください`,
  },
  notOpened: (destination, cause, owner) =>
    `開けないでください: ${destination}。失敗の原因は別にあり(${cause})、対応するのは${owner}です`,
  onlyPort: (port) => `${port} のみ: このリストはポートを持てないため、利用する規則の側で限定してください`,
  squidPlace:
    '最後の http_access deny より前でこのファイルを読み込んでください。規則はこのプロキシの全クライアントに適用されます。',
  squidPorts: (ports) =>
    `squid の既定の設定は次のポートへの CONNECT を拒否するため、その設定より前でこのファイルを読み込んでください: ${ports}`,
  pac: (proxy) => `以下の宛先には直接接続し、それ以外はすべて ${proxy} を経由します。`,
  yes: 'はい',
  no: 'いいえ',
  columns: {
    destination: '宛先',
    port: 'ポート',
    exempt: 'TLS インスペクションの対象外',
    document: '文書',
  },
};
