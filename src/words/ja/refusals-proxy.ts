import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';

const write = 'http://ホスト:ポート、https://、socks4://、socks4a://、socks5://、または socks5h:// と書く。';
const encode = 'ユーザー名とパスワードの特殊文字はパーセント エンコードする: @ は %40、: は %3A、/ は %2F、% は %25。';

/** Of proxies, their accounts and their PAC files, in Japanese. */
export const proxies: RefusalWordsOf<'proxy'> = {
  'proxy.at': ({ where, problem }) => [`${where}: ${problem}`],
  'proxy.url-long': () => ['プロキシの URL が 4096 文字を超えている', write],
  'proxy.url-list': () => ['プロキシの URL に複数の指定がある', 'プロキシを 1 つだけ書く。例: http://proxy01:8080'],
  'proxy.url-kind': ({ kind }) => [`${kind}:// の種類のプロキシには対応していない`, write],
  'proxy.url-unencoded': () => ['プロキシの URL の /、?、または # の後に @ がある', encode],
  'proxy.url-host': () => ['プロキシの URL に使えるホストがない', encode],
  'proxy.url-port': () => ['プロキシの URL に使えるポートがない', encode],
  'proxy.url-escape': () => ['プロキシの URL のアカウントにある % の書き方が正しくない', encode],
  'proxy.user-control': () => ['プロキシのユーザー名に制御文字がある', '取り除く。'],
  'proxy.password-control': () => ['プロキシのパスワードに制御文字がある', 'これを送れる認証方式はない。'],
  'proxy.no-password': () => [
    '--proxy-user のアカウントにパスワードがなく、入力を求める端末もない',
    '--proxy-password-file ファイルを指定するか、WAYCLEAR_PROXY_PASSWORD を設定する。',
  ],
  'proxy.choice': ({ where, text, near }) => [
    `${where}: ${text} はプロキシではない${meant(near)}`,
    'http://ホスト:ポート (または https、socks4、socks4a、socks5、socks5h)、pac+URL、auto、env、system、direct のいずれかを書く。',
  ],
  'proxy.pac-address': ({ where }) => [
    `${where}: PAC ファイルにはアドレスが必要`,
    'pac+http://ホスト/ファイル、pac+https://、または pac+file:///パスと書く。',
  ],
  'proxy.pac-account': ({ where }) => [
    `${where}: PAC ファイルのアドレスにアカウントは書けない`,
    'アカウントを除いたアドレスを指定する。',
  ],
  'proxy.engine': ({ error }) => [
    `PAC ファイルのエンジンが起動しない: ${error}`,
    'PAC ファイルが原因ではない。wayclear を入れ直すか、メモリを増やす。',
  ],
  'proxy.undecided': ({ host, url, late }) => [
    `${host} への経路がない: PAC ファイル ${url} が${late ? '時間内に決定しなかった' : '決定しない'}`,
    '--proxy でプロキシを指定するか、--proxy direct を指定する。',
  ],
};
