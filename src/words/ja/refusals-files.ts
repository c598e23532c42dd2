import { entryOf } from '../../entry.ts';
import type { RefusalWordsOf } from '../refusals.ts';
import { faultsTold } from '../shape-words.ts';
import { reasons, unknownReason } from './reasons.ts';
import { shapes } from './shapes.ts';

const example = '例: { "timeout": "5s", "cloud": "usgov" }';
const passwordHint = 'パスワードだけが入ったファイルを指定する。';

/** Of files that are read and written, and why the system refuses one, in Japanese. */
export const files: RefusalWordsOf<'file' | 'reason'> = {
  'reason.system': ({ code }) => [code === '' ? unknownReason : (entryOf(reasons, code) ?? code)],
  'reason.runtime': ({ code }) => [code === '' ? unknownReason : (entryOf(reasons, code) ?? code)],
  'file.faults': (args) => faultsTold(shapes, args),
  'file.stdin': () => ['標準入力'],
  'file.key': ({ file, key }) => [`${file}: "${key}"`],
  'file.of': ({ where, file }) => [`${where}: ${file}`],
  'file.folder': ({ where, file }) => [`${where}: ${file} はフォルダー`],
  'file.large': ({ where, file, kib }) => [`${where}: ${file} が ${kib} KiB を超えている`],
  'file.unreadable': ({ where, file, why }) => [`${where}: ${file} を読み取れない (${why})`],
  'file.missing': ({ where, file, why }) => [
    `${where}: ${file} を読み取れない (${why})`,
    '存在するファイルのパスを指定する。相対パスは作業フォルダーから数える。',
  ],
  'file.stdin-twice': () => ['標準入力が 2 回指定されている', '読み取れるのは 1 つの目的だけ。'],
  'file.stdin-large': ({ kib }) => [`標準入力が ${kib} KiB を超えている`, '量を減らす。'],
  'file.stdin-late': () => ['標準入力が制限時間までに終わらなかった', '代わりにファイルを指定する。'],
  'file.config-json': ({ file }) => [`${file}: JSON ではない`, `ファイルには 1 つのオブジェクトを書く。${example}`],
  'file.config-object': ({ file }) => [`${file}: JSON オブジェクトではない`, example],
  'file.report-json': ({ file }) => [
    `${file} は JSON ではない`,
    '--format json=ファイルで書き出したファイルを指定する。',
  ],
  'file.stranger': ({ file, what }) => [
    `${file}: このフォルダーにあるだけのファイルからは ${what} を読み込まない`,
    `自分のファイルであれば --config ${file} で指定するか、自分の設定ファイルに書く (wayclear --help を参照)。`,
  ],
  'file.stranger-format': ({ file }) => [`"format" のファイル ${file}`],
  'file.stranger-address': ({ address }) => [`"what" のアドレス ${address}`],
  'file.stranger-parameter': ({ parameter }) => [`"set" のパラメーター ${parameter}（アドレスになりうる値）`],
  'file.no-root': ({ where }) => [
    `${where}: ファイルに証明書がない`,
    'プロキシのルート証明書が入った PEM ファイルを指定する。',
  ],
  'file.ca-unreadable': ({ file, code }) => [
    `CA ファイル ${file} を読み取れない (${code})`,
    '--ca-file には読み取れる PEM または DER のファイルを指定する。',
  ],
  'file.ca-empty': ({ file }) => [
    `CA ファイル ${file} に証明書がない`,
    'ルート証明書を PEM (Base64) または DER でエクスポートする。',
  ],
  'file.ca-broken': ({ file }) => [
    `CA ファイル ${file} に証明書ではないものがある`,
    'PEM (Base64) または DER でもう一度エクスポートする。',
  ],
  'file.password-large': () => ['プロキシのパスワード ファイルが 64 KiB を超えている', passwordHint],
  'file.password-unreadable': ({ why }) => [`プロキシのパスワード ファイルを読み取れない (${why})`, passwordHint],
  'file.password-empty': () => ['プロキシのパスワード ファイルが空', passwordHint],
  'file.password-text': () => ['プロキシのパスワード ファイルが UTF-8 のテキストではない', 'UTF-8 で保存する。'],
  'file.output-folder': ({ file }) => [`${file} に書き込めない: フォルダーである`, 'その中のファイル名を指定する。'],
  'file.output': ({ file, why }) => [
    `${file} に書き込めない: ${why}`,
    '何も送信していない。書き込める既存のフォルダーのファイル名を指定する。',
  ],
  'file.output-link': ({ file }) => [
    `${file} に書き込めない: リンク先のファイルが存在しない`,
    '何も送信していない。ファイルそのものを指定する。',
  ],
  'file.output-pipe': ({ file }) => [`${file} に書き込めない: このパイプを読むプロセスがない`, '何も送信していない。'],
  'file.one-line': ({ where }) => [
    `${where}: 一行だけのファイルではない`,
    '秘密だけを一行に書いたファイルを指定する。',
  ],
};
