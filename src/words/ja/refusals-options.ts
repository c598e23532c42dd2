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
  'option.range': ({ where, text, least, most }) => [
    `${where}: ${text} は範囲外`,
    `${least} から ${most} まで指定できる。`,
  ],
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
  'option.client-name': ({ where }) => [`${where}: クライアント名は印刷可能な ASCII 文字で 1 ～ 256 文字`],
  'option.empty': ({ where }) => [`${where}: 値が空`],
  'option.set-twice': ({ where, name }) => [
    `${where}: ${name} に値が 2 つ指定されている`,
    'テンプレートのパラメーターはそれぞれ 1 回だけ指定する。',
  ],
  'option.exit-codes': () => [
    '--exit-codes nagios と --fail-on は同時に指定できない',
    'プラグインの終了コードは警告と重大を自分で区別する。--fail-on を外す。',
  ],
  'option.no-format': ({ file, suffixes }) => [
    `--output: ファイル名 ${file} から形式がわからない`,
    `--format 名前を指定するか、${either(suffixes)} で終わるファイル名にする。`,
  ],
  'option.two-formats': ({ name }) => [
    '--format: 標準出力に形式が 2 つ指定されている',
    `1 つを除いてファイルに書き出す。例: --format ${name}=ファイル`,
  ],
  'option.same-file': ({ file }) => [`--format: ファイル ${file} に形式が 2 つ指定されている`],
  'option.label': ({ where, text }) => [`${where}: ${text} は「名前=値」の形式ではない`, '例: --label site=Berlin'],
  'option.label-twice': ({ where, name }) => [
    `${where}: ${name} に値が 2 つ指定されている`,
    'ラベルはそれぞれ 1 回だけ指定する。',
  ],
  'option.labels': ({ where, most }) => [
    `${where}: ラベルが ${most} 個を超えている`,
    '拠点のように、複数のマシンに共通するものを指定する。',
  ],
  'option.action': ({ command, actions }) => [
    `${command}: ${either(actions)} の指定がない`,
    `それぞれの働きは wayclear ${command} --help を参照。`,
  ],
};
