import type { Said } from '../said.ts';
import { meant } from './phrases.ts';

const write = 'Write http://HOST:PORT, https://, socks4://, socks4a://, socks5:// or socks5h://.';
const encode =
  'Percent-encode special characters of the user name and password: @ is %40, : is %3A, / is %2F, % is %25.';

/** Of proxies, their accounts and their PAC files, in English. */
export const proxies = {
  'proxy.at': ({ where, problem }: { where: string; problem: string }): Said => [`${where}: ${problem}`],
  'proxy.url-long': (): Said => ['The proxy URL is longer than 4,096 characters', write],
  'proxy.url-list': (): Said => [
    'The proxy URL holds several assignments',
    'Write one proxy, for example http://proxy01:8080.',
  ],
  'proxy.url-kind': ({ kind }: { kind: string }): Said => [`A proxy of the kind ${kind}:// is not supported`, write],
  'proxy.url-unencoded': (): Said => ['The proxy URL has an @ after a /, ? or #', encode],
  'proxy.url-host': (): Said => ['The proxy URL has no usable host', encode],
  'proxy.url-port': (): Said => ['The proxy URL has no usable port', encode],
  'proxy.url-escape': (): Said => ['The credentials in the proxy URL have a broken % escape', encode],
  'proxy.user-control': (): Said => ['The proxy user name holds a control character', 'Remove it.'],
  'proxy.password-control': (): Said => [
    'The proxy password holds a control character',
    'No authentication scheme can carry it.',
  ],
  'proxy.no-password': (): Said => [
    '--proxy-user names an account without a password, and there is no terminal to ask on',
    'Give --proxy-password-file FILE or set WAYCLEAR_PROXY_PASSWORD.',
  ],
  'proxy.choice': ({ where, text, near }: { where: string; text: string; near: string | null }): Said => [
    `${where}: ${text} is not a proxy${meant(near)}`,
    'Write http://HOST:PORT (or https, socks4, socks4a, socks5, socks5h), pac+URL, auto, env, system or direct.',
  ],
  'proxy.pac-address': ({ where }: { where: string }): Said => [
    `${where}: a PAC file needs an address`,
    'Write pac+http://HOST/FILE, pac+https:// or pac+file:///PATH.',
  ],
  'proxy.pac-account': ({ where }: { where: string }): Said => [
    `${where}: the address of a PAC file cannot hold credentials`,
    'Give the address without them.',
  ],
  'proxy.engine': ({ error }: { error: string }): Said => [
    `the engine for PAC files does not start: ${error}`,
    'The PAC file is not to blame. Install wayclear again, or give it more memory.',
  ],
  'proxy.undecided': ({ host, url, late }: { host: string; url: string; late: boolean }): Said => [
    `no way to ${host}: the PAC file ${url} ${late ? 'did not decide in time' : 'does not decide'}`,
    'Name a proxy by --proxy, or --proxy direct.',
  ],
};
