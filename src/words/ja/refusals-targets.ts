import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';

const unknownHint = '機能の一覧は `wayclear list` で表示できる。ドットのないホストにはポートが必要: proxy01:443';

/** Of addresses that somebody typed or listed, in Japanese. */
export const targets: RefusalWordsOf<'target'> = {
  'target.no-address': ({ word, address }) => [
    `${word} は URL でもホストでもない`,
    address === null ? 'https://ホスト/パス、ホスト、またはホスト:ポートと書く。' : `${address} と書く。`,
  ],
  'target.feature': ({ word, near }) => [`不明な機能 ${word}${meant(near)}`, unknownHint],
  'target.scheme': ({ word }) => [
    `${word}: https://、http://、または tcp:// が必要`,
    'スキームのないホスト:ポートも指定できる。',
  ],
  'target.credentials': ({ word }) => [
    `${word}: アドレスにユーザー名やパスワードは書けない`,
    'アドレスだけを指定する。何も添えて送らない。',
  ],
  'target.host': ({ word }) => [
    `${word}: ホスト名または IP アドレスが必要`,
    'ポート付きの IPv6 アドレスは角かっこで囲む: [2001:db8::1]:443',
  ],
  'target.port': ({ word }) => [
    `${word}: 1 ～ 65535 のポート番号が必要`,
    'ホスト:ポート、tcp://ホスト:ポート、または https://ホスト:ポート/パスと書く。',
  ],
  'target.path': ({ word }) => [`${word}: tcp:// のアドレスにパスはない`, 'tcp://ホスト:ポートと書く。'],
  'target.length': ({ word }) => [`${word}: アドレスは 2048 文字まで`, '短くする。'],
  'target.pattern': ({ word }) => [
    `${word}: 文書にあるようなワイルドカードが必要`,
    '例: *.manage.example.com、*.example.com:8443',
  ],
  'target.network': ({ word }) => [`${word}: アドレスと長さによるネットワークが必要`, '例: 10.0.0.0/8、2001:db8::/32'],
  'target.is-feature': ({ word }) => [`${word} は機能`, '機能はこのファイルではなくコマンド ラインで指定する。'],
  'target.no-host': ({ word }) => [`${word} は URL でも、ドットかポートのあるホストでもない`, unknownHint],
  'target.numbered': ({ line, problem }) => [`${line} 行目: ${problem}`],
  'target.line': ({ line }) => [`--targets: ${line}`],
  'target.lines': ({ count, lines, more }) => [
    `--targets: ターゲットを示していない行が ${count} 行: ${lines.join('、')}${more === 0 ? '' : `、ほか ${more} 行`}`,
    '1 行に URL、ポートの有無を問わないホスト、ワイルドカード、またはネットワークを書く。# からはコメント。',
  ],
};
