import type { RefusalWordsOf } from '../refusals.ts';
import { all, either, meant } from './phrases.ts';

/** Of commands, their words and their options, in Japanese. */
export const commands: RefusalWordsOf<'command'> = {
  'command.hint': () => ['詳細は wayclear --help を参照。'],
  'command.no-value': ({ name }) => [`--${name} には値が必要`, 'オプションの一覧は wayclear --help で表示できる。'],
  'command.parser': ({ text }) => [text, 'オプションの一覧は wayclear --help で表示できる。'],
  'command.topic': ({ word, near, topics, example }) => [
    `help: ${word} というトピックはない${meant(near)}`,
    `トピックは ${either(topics)}。各コマンドにもヘルプがある: wayclear help ${example}`,
  ],
  'command.surplus': ({ command, word, usage }) => [
    `${command}: ${word} は余分`,
    `使い方: wayclear ${usage} [options]`,
  ],
  'command.twice': ({ name }) => [
    `--${name} が異なる値で 2 回指定されている`,
    '指定できる値は 1 つだけ。もう一方を外す。',
  ],
  'command.missing': ({ command, word, usage }) => [
    `${command}: ${word} がない`,
    `使い方: wayclear ${usage} [options]`,
  ],
  'command.switch': ({ name }) => [`--${name} は値を取らない`, `--${name} だけを書く。`],
  'command.unknown-option': ({ shown, near, command }) => [
    `不明なオプション ${shown}${meant(near)}`,
    `オプションの一覧は wayclear ${command} --help で表示できる。`,
  ],
  'command.misplaced': ({ name, command, owners }) => [
    `--${name} は ${command} のオプションではない`,
    `使えるコマンド: ${all(owners)}`,
  ],
  'command.unknown': ({ word, command }) => [
    `不明なコマンドまたは機能 ${word} (wayclear ${command} のことですか?)`,
    'コマンドの一覧は wayclear --help、機能の一覧は wayclear list で表示できる。',
  ],
  'command.from-alone': () => [
    '--from はエンドポイントのほかの指定と併用できない',
    '失敗したものはレポートからわかる。ほかの指定を外す。',
  ],
  'command.pac-proxy': () => [
    '--format pac には、それ以外のすべてが通るプロキシの指定が必要',
    '例: --proxy http://proxy.example.com:8080',
  ],
  'command.explain': ({ text, near }) => [
    `explain: 不明な原因 ${text}${meant(near)}`,
    '原因の一覧は wayclear explain で表示できる。ステータス コード、メッセージ ID、機能、カタログのホストも指定できる。',
  ],
  'command.list': ({ word, near }) => [`不明な機能 ${word}${meant(near)}`, '機能の一覧は wayclear list で表示できる。'],
  'command.offline-catalog': ({ source }) => [
    `--catalog ${source} は取得が必要だが、--offline ではパケットを送らない`,
    'リストをファイルに保存し、そのパスを指定する。',
  ],
  'command.one-report': ({ format }) => [
    `diagnose: ${format} は 1 つのレポートの形式で、複数のレポートには使えない`,
    '複数のレポートには --format table または --format json を使う。',
  ],
};
