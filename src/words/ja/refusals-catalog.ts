import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';

/** Of catalogs, and of fetching one, in Japanese. */
export const catalogs: RefusalWordsOf<'catalog' | 'fetch'> = {
  'catalog.json': ({ file, line }) => [
    `カタログ ${file}: JSON ではない${line === null ? '' : ` (${line} 行目)`}`,
    '`wayclear schema catalog` で、カタログ ファイルに書ける内容を表示できる。',
  ],
  'catalog.twice': ({ file, feature, first, bundled }) => [
    `カタログ ${file}: 機能 "${feature}" は ${first} にすでにある`,
    bundled ? '名前を変えるか、--no-bundled で付属のカタログを外す。' : 'どちらかの名前を変える。',
  ],
  'catalog.endpoints': ({ file, most }) => [
    `カタログ ${file}: エンドポイントが合計 ${most} 件を超えている`,
    'カタログを分割し、一部ずつ確認する。',
  ],
  'catalog.empty-folder': ({ file }) => [
    `カタログ ${file}: フォルダーにカタログ ファイルがない`,
    'カタログ ファイルの名前は .json で終わる。',
  ],
  'catalog.files': ({ file, most }) => [
    `カタログ ${file}: ファイルが ${most} 個を超えている`,
    '必要なファイルを指定する。',
  ],
  'catalog.no-file': ({ file }) => [
    `カタログ ${file}: ファイルではない`,
    'カタログをファイルに保存し、そのパスを指定する。',
  ],
  'catalog.text': ({ file }) => [`カタログ ${file}: UTF-8 のテキストではない`, 'UTF-8 で保存する。'],
  'catalog.large': ({ file, mib }) => [
    `カタログ ${file}: ${mib} MiB を超えている`,
    '機能ごとに 1 ファイルに分割する。',
  ],
  'catalog.unreadable': ({ file, why }) => [
    `カタログ ${file}: 読み取れない: ${why}`,
    'ファイル、*.json のあるフォルダー、または m365:worldwide を指定する。',
  ],
  'catalog.instance': ({ file, near, names }) => [
    `カタログ ${file}: 不明なインスタンス${meant(near)}`,
    `使えるもの: ${names.join('、')}。保存した応答は m365:./ファイルと書く。`,
  ],
  'catalog.fetch': ({ file, host, why, url }) => [
    `カタログ ${file}: ${host} から取得できない: ${why}`,
    `別の場所で ${url}?ClientRequestId=<GUID> を保存し、そのファイルのパスを指定する。`,
  ],
  'fetch.account': () => ['プロキシがアカウントを求めている (ステータス 407)'],
  'fetch.scheme': ({ schemes }) => [
    `プロキシが${
      schemes.length === 0 ? '不明な方式' : ` ${schemes.join('、')} `
    }を求めているが、カタログの取得は Basic だけに対応している (ステータス 407)`,
  ],
  'fetch.refused': () => ['プロキシがアカウントを拒否した (ステータス 407)'],
  'fetch.wait': () => ['サービスが 1 時間待つよう求めている (ステータス 429)'],
  'fetch.status': ({ status }) => [`ステータス ${status}`],
  'fetch.large': ({ mib }) => [`応答が ${mib} MiB を超えている`],
  'fetch.late': ({ seconds }) => [`${seconds} 秒以内に応答がない`],
  'fetch.deadline': () => ['先に制限時間が過ぎた'],
};
