import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';

const write = 'Schrijf http://HOST:POORT, https://, socks4://, socks4a://, socks5:// of socks5h://.';
const encode = 'Codeer bijzondere tekens van gebruikersnaam en wachtwoord: @ is %40, : is %3A, / is %2F, % is %25.';

/** Of proxies, their accounts and their PAC files, in Dutch. */
export const proxies: RefusalWordsOf<'proxy'> = {
  'proxy.at': ({ where, problem }) => [`${where}: ${problem}`],
  'proxy.url-long': () => ['De URL van de proxy is langer dan 4096 tekens', write],
  'proxy.url-list': () => [
    'De URL van de proxy bevat meerdere toewijzingen',
    'Schrijf één proxy, bijvoorbeeld http://proxy01:8080.',
  ],
  'proxy.url-kind': ({ kind }) => [`Een proxy van het soort ${kind}:// wordt niet ondersteund`, write],
  'proxy.url-unencoded': () => ['De URL van de proxy heeft een @ na een /, ? of #', encode],
  'proxy.url-host': () => ['De URL van de proxy heeft geen bruikbare host', encode],
  'proxy.url-port': () => ['De URL van de proxy heeft geen bruikbare poort', encode],
  'proxy.url-escape': () => ['Het account in de URL van de proxy heeft een onvolledige %-code', encode],
  'proxy.user-control': () => ['De gebruikersnaam van de proxy bevat een besturingsteken', 'Haal het weg.'],
  'proxy.password-control': () => [
    'Het wachtwoord van de proxy bevat een besturingsteken',
    'Geen enkele verificatiemethode kan het overbrengen.',
  ],
  'proxy.no-password': () => [
    '--proxy-user noemt een account zonder wachtwoord, en er is geen terminal om het op te vragen',
    'Geef --proxy-password-file BESTAND of stel WAYCLEAR_PROXY_PASSWORD in.',
  ],
  'proxy.choice': ({ where, text, near }) => [
    `${where}: ${text} is geen proxy${meant(near)}`,
    'Schrijf http://HOST:POORT (of https, socks4, socks4a, socks5, socks5h), pac+URL, auto, env, system of direct.',
  ],
  'proxy.pac-address': ({ where }) => [
    `${where}: een PAC-bestand heeft een adres nodig`,
    'Schrijf pac+http://HOST/BESTAND, pac+https:// of pac+file:///PAD.',
  ],
  'proxy.pac-account': ({ where }) => [
    `${where}: het adres van een PAC-bestand mag geen account bevatten`,
    'Geef het adres zonder account.',
  ],
  'proxy.engine': ({ error }) => [
    `de engine voor PAC-bestanden start niet: ${error}`,
    'Het ligt niet aan het PAC-bestand. Installeer wayclear opnieuw, of geef het meer geheugen.',
  ],
  'proxy.undecided': ({ host, url, late }) => [
    `geen weg naar ${host}: het PAC-bestand ${url} ${late ? 'besliste niet op tijd' : 'beslist niet'}`,
    'Noem een proxy met --proxy, of --proxy direct.',
  ],
};
