import type { RefusalWordsOf } from '../refusals.ts';

/** Of who sends and of who collects, in Japanese. */
export const collect: RefusalWordsOf<'collect' | 'send'> = {
  'send.place': ({ where, text }) => [
    `${where}: ${text}は送り先ではありません`,
    'https://COLLECTOR、http://127.0.0.1:PORT、フォルダー、または標準出力の"-"を指定してください。',
  ],
  'send.output': () => [
    '--send -：メッセージと報告が標準出力で混ざります',
    '報告は-o report.jsonなどでファイルに書くか、フォルダーに送ってください。',
  ],
  'send.token': ({ where }) => [
    `${where}: ファイルにトークンがありません`,
    'wayclear collect tokenで作れます。ファイルにはそれだけを入れてください。',
  ],
  'collect.listen': ({ where, text }) => [
    `${where}: ${text}は待ち受けるアドレスではありません`,
    'HOST:PORT、[IPv6]:PORT、このマシンだけなら:PORTと指定してください。',
  ],
  'collect.no-listen': () => ['collect: --listenがありません', '例: wayclear collect --listen :8443'],
  'collect.plain': ({ address }) => [
    `${address}はこのマシンの外にあり、届くものが暗号化されません`,
    '--tls-certと--tls-keyを指定するか、手前でTLSを使うなら--insecure-httpを指定してください。',
  ],
  'collect.tls-pair': () => ['--tls-certと--tls-keyは組で使います', '両方を指定するか、どちらも指定しないでください。'],
  'collect.certificate-file': ({ file, why }) => [`${file}を読めません(${why})`],
  'collect.certificate': ({ file }) => [
    `${file}: 証明書と鍵が対応していません`,
    'どちらもPEMです。ファイルの最初の証明書が収集側のものです。',
  ],
  'collect.address': ({ address, why }) => [
    `${address}で待ち受けられません(${why})`,
    '別のプログラムが使っているかもしれません。別のポートを選んでください。',
  ],
  'collect.fingerprint': ({ text }) => [
    `${text}は指紋ではありません`,
    '16桁の16進数です。wayclear collect machinesで一覧できます。',
  ],
  'collect.unknown': ({ fingerprint }) => [
    `鍵${fingerprint}のマシンは来ていません`,
    '来たマシンはwayclear collect machinesで一覧できます。',
  ],
  'collect.token-name': ({ text }) => [
    `${text}はトークンの名前ではありません`,
    '十六進数字十二桁です。wayclear collect tokensが一覧します。',
  ],
  'collect.token-unknown': ({ token }) => [
    `トークン${token}はありません`,
    'wayclear collect tokensが、保存されているものを一覧します。',
  ],
  'collect.token-used': ({ token, fingerprint }) => [
    `トークン${token}はすでに${fingerprint}が使っています`,
    `wayclear collect revoke ${fingerprint}でそのマシンを締め出します。`,
  ],
  'collect.alertmanager': ({ where }) => [
    `${where}: Alertmanagerのアドレスではありません`,
    'https://HOST:9093またはhttps://USER@HOST:9093と書きます。パスワードは--alertmanager-password-fileのファイルに置きます。',
  ],
  'collect.alertmanager-plain': ({ where, host }) => [
    `${where}: ${host}はこのマシンの外にあり、伝える内容が暗号化されません`,
    'https://と書くか、他に誰も盗み聞きできない場所なら--insecure-httpを加えます。',
  ],
  'collect.alertmanager-password': ({ variable }) => [
    '--alertmanager: URLにユーザーがありますが、パスワードがどこにもありません',
    `--alertmanager-password-fileでファイルを指定するか、${variable}を設定します。`,
  ],
  'collect.read-tokens': () => [
    '--read-token-file: ファイルにトークンがありません',
    '一行に一つ、空白のない任意の文字列です。',
  ],
};
