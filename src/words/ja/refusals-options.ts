import type { RefusalWordsOf } from '../refusals.ts';
import { either, meant } from './phrases.ts';

/** Of the command line and of values of options, in Japanese. */
export const options: RefusalWordsOf<'option'> = {
  'option.duration': ({ where, text, digits }) => [
    `${where}: ${text} は時間ではない`,
    `500ms、10s、2m のように数値と単位を書く。${
      digits === null ? '' : `${digits}s は秒、${digits}ms はミリ秒を表す。`
    }`,
  ],
  'option.range': ({ where, text, most }) => [`${where}: ${text} は範囲外`, `1ms から ${most} まで指定できる。`],
  'option.count': ({ where, text, least, most }) => [`${where}: ${text} は ${least} から ${most} までの整数ではない`],
  'option.choice': ({ where, text, near, choices }) => [
    `${where}: 不明な値 ${text}${meant(near)}`,
    `指定できる値: ${either(choices)}`,
  ],
  'option.assignment': ({ where, text }) => [`${where}: ${text} は「名前=値」の形式ではない`, '例: --set tenantId=値'],
  'option.resolver': ({ where, text }) => [
    `${where}: ${text} はリゾルバーのアドレスではない`,
    'IP、IP:ポート、または [IPv6]:ポートと書く。例: 192.0.2.53、[2001:db8::53]:5353',
  ],
  'option.no-file': ({ where, text, name }) => [
    `${where}: ${text} にファイル名がない`,
    `${name}=ファイルと書く。${name} だけなら標準出力に書き出す。`,
  ],
  'option.hint': () => ['詳細は wayclear --help を参照。'],
};
