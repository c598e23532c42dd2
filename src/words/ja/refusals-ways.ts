import type { RefusalWordsOf } from '../refusals.ts';

/** Of the file of ways that notices take, in Japanese. */
export const ways: RefusalWordsOf<'ways'> = {
  'ways.json': ({ file }) => [`${file}: JSON ではない`, 'ファイルの例は docs/notices.md にある。'],
  'ways.placeholder': ({ file, name, placeholder }) => [
    `${file}: ${name}: {${placeholder}} というものはない`,
    '本文に書けるものは docs/notices.md にある。',
  ],
  'ways.event-log': ({ file, name }) => [
    `${file}: ${name}: イベント ログがあるのは Windows だけである`,
    'ここでは syslog を使う。',
  ],
  'ways.two-secrets': ({ file, name }) => [
    `${file}: ${name}: secretFile と secretEnv は同時に書けない`,
    '秘密の置き場所は一つだけ書く。',
  ],
  'ways.no-secret': ({ file, name }) => [
    `${file}: ${name}: アカウントには secretFile か secretEnv が要る`,
    'パスワードはファイルか環境変数に置き、このファイルには書かない。',
  ],
  'ways.clear-text': ({ file, name }) => [
    `${file}: ${name}: clearText は user のない smtp:// のためのもの`,
    'アカウントを平文で送ることはなく、smtps:// が平文になることもない。',
  ],
  'ways.empty-variable': ({ name, variable }) => [
    `--notify: ${name}: 環境変数 ${variable} が設定されていない`,
    '監視の環境に設定する。',
  ],
};
