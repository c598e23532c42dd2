import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';
import { phrase, spaced } from './spacing.ts';

const write = 'Écrivez http://HÔTE:PORT, https://, socks4://, socks4a://, socks5:// ou socks5h://.';
const encode = spaced(
  'Encodez les caractères spéciaux du nom d’utilisateur et du mot de passe : %40 pour @, %3A pour le deux-points, %2F pour /, %25 pour %.',
);

/** Of proxies, their accounts and their PAC files, in French. */
export const proxies: RefusalWordsOf<'proxy'> = {
  'proxy.at': ({ where, problem }) => [phrase`${where} : ${problem}`],
  'proxy.url-long': () => ['L’URL du proxy dépasse 4096 caractères', write],
  'proxy.url-list': () => [
    'L’URL du proxy contient plusieurs affectations',
    'Écrivez un seul proxy, par exemple http://proxy01:8080.',
  ],
  'proxy.url-kind': ({ kind }) => [`Un proxy de type ${kind}:// n’est pas pris en charge`, write],
  'proxy.url-unencoded': () => [spaced('L’URL du proxy a un @ après « / », « ? » ou « # »'), encode],
  'proxy.url-host': () => ['L’URL du proxy n’a pas d’hôte utilisable', encode],
  'proxy.url-port': () => ['L’URL du proxy n’a pas de port utilisable', encode],
  'proxy.url-escape': () => ['Le compte dans l’URL du proxy a une séquence % incomplète', encode],
  'proxy.user-control': () => ['Le nom d’utilisateur du proxy contient un caractère de contrôle', 'Retirez-le.'],
  'proxy.password-control': () => [
    'Le mot de passe du proxy contient un caractère de contrôle',
    'Aucune méthode d’authentification ne peut le transporter.',
  ],
  'proxy.no-password': () => [
    '--proxy-user nomme un compte sans mot de passe, et il n’y a pas de terminal où le demander',
    'Donnez --proxy-password-file FICHIER ou définissez WAYCLEAR_PROXY_PASSWORD.',
  ],
  'proxy.choice': ({ where, text, near }) => [
    phrase`${where} : ${text} n’est pas un proxy${meant(near)}`,
    'Écrivez http://HÔTE:PORT (ou https, socks4, socks4a, socks5, socks5h), pac+URL, auto, env, system ou direct.',
  ],
  'proxy.pac-address': ({ where }) => [
    phrase`${where} : un fichier PAC demande une adresse`,
    'Écrivez pac+http://HÔTE/FICHIER, pac+https:// ou pac+file:///CHEMIN.',
  ],
  'proxy.pac-account': ({ where }) => [
    phrase`${where} : l’adresse d’un fichier PAC ne peut pas contenir de compte`,
    'Donnez l’adresse sans lui.',
  ],
  'proxy.engine': ({ error }) => [
    phrase`le moteur des fichiers PAC ne démarre pas : ${error}`,
    'Le fichier PAC n’y est pour rien. Réinstallez wayclear, ou donnez-lui plus de mémoire.',
  ],
  'proxy.undecided': ({ host, url, late }) => [
    phrase`aucun chemin vers ${host} : le fichier PAC ${url} ${late ? 'n’a pas décidé à temps' : 'ne décide pas'}`,
    'Nommez un proxy par --proxy, ou --proxy direct.',
  ],
};
