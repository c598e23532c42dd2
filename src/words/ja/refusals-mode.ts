import type { RefusalWordsOf } from '../refusals.ts';

const instead =
  'wayclear carry prepare で接続されたマシンに検査を託せる。wayclear check --offline はこのマシンだけを調べる。';

/** Of a machine that is to send nothing, in Japanese. */
export const mode: RefusalWordsOf<'mode'> = {
  'mode.offline': ({ where, command }) => [
    `${where} が offline のため、パケットを送る ${command} は実行できない`,
    instead,
  ],
  'mode.connect': ({ where, command }) => [
    `${where} が offline のため、パケットを送る ${command} は実行できない`,
    '接続されたマシンで実行する。',
  ],
  'mode.fetched': ({ where, source }) => [
    `${where} が offline のため、--catalog ${source} を取得できない`,
    'wayclear carry connect --catalog で、接続されたマシンから持ち込める。',
  ],
  'mode.sealed': ({ where }) => [`${where} が offline のため、何も送らない`, instead],
  'mode.store': ({ where, place }) => [
    `${where} が offline のため、ネットワーク経由の保存先 ${place} を使えない`,
    `接続されたマシンで wayclear store copy ${place} FILE を実行すると、ここで読めるファイルになる。`,
  ],
};
