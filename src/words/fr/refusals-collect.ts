import type { RefusalWordsOf } from '../refusals.ts';

/** Of who sends and of who collects, in French. */
export const collect: RefusalWordsOf<'collect' | 'send'> = {
  'send.place': ({ where, text }) => [
    `${where} : ${text} n’est pas une destination`,
    'Écrivez https://COLLECTOR, http://127.0.0.1:PORT, un dossier, ou "-" pour la sortie standard.',
  ],
  'send.output': () => [
    'avec --send -, les messages et le rapport partageraient la sortie standard',
    'Écrivez le rapport dans un fichier, par exemple -o report.json, ou envoyez dans un dossier.',
  ],
  'send.token': ({ where }) => [
    `${where} : le fichier ne contient aucun jeton`,
    'wayclear collect token en crée un ; le fichier le contient et rien d’autre.',
  ],
  'collect.listen': ({ where, text }) => [
    `${where} : ${text} n’est pas une adresse d’écoute`,
    'Écrivez HOST:PORT, [IPv6]:PORT, ou :PORT pour cette machine seule.',
  ],
  'collect.no-listen': () => ['collect : il manque --listen', 'Par exemple : wayclear collect --listen :8443'],
  'collect.plain': ({ address }) => [
    `${address} est au-delà de cette machine, et rien ne chiffre ce qui arrive`,
    'Donnez --tls-cert et --tls-key, ou --insecure-http si quelque chose devant parle TLS.',
  ],
  'collect.tls-pair': () => ['--tls-cert et --tls-key vont ensemble', 'Donnez les deux, ou aucun.'],
  'collect.certificate-file': ({ file, why }) => [`${file} est illisible (${why})`],
  'collect.certificate': ({ file }) => [
    `${file} : le certificat et la clé ne vont pas ensemble`,
    'Les deux sont en PEM ; le premier certificat du fichier est celui du collecteur.',
  ],
  'collect.address': ({ address, why }) => [
    `impossible d’écouter sur ${address} (${why})`,
    'Un autre programme l’occupe peut-être : choisissez un autre port.',
  ],
  'collect.fingerprint': ({ text }) => [
    `${text} n’est pas une empreinte`,
    'Elle compte seize chiffres hexadécimaux ; wayclear collect machines les énumère.',
  ],
  'collect.unknown': ({ fingerprint }) => [
    `aucune machine de clé ${fingerprint} n’est venue`,
    'wayclear collect machines énumère celles qui sont venues.',
  ],
  'collect.token-name': ({ text }) => [
    `${text} n’est pas un nom de jeton`,
    'Il a douze chiffres hexadécimaux ; wayclear collect tokens les énumère.',
  ],
  'collect.token-unknown': ({ token }) => [
    `il n’y a pas de jeton ${token}`,
    'wayclear collect tokens énumère ceux qui sont conservés.',
  ],
  'collect.token-used': ({ token, fingerprint }) => [
    `le jeton ${token} a déjà été utilisé, par ${fingerprint}`,
    `wayclear collect revoke ${fingerprint} exclut cette machine.`,
  ],
  'collect.alertmanager': ({ where }) => [
    `${where} : ce n’est pas l’adresse d’un Alertmanager`,
    'Écrire https://HOST:9093 ou https://USER@HOST:9093 ; le mot de passe est dans le fichier de --alertmanager-password-file.',
  ],
  'collect.alertmanager-plain': ({ where, host }) => [
    `${where} : ${host} est au-delà de cette machine, et rien ne chiffre ce qui lui est dit`,
    'Écrire https://, ou ajouter --insecure-http là où personne d’autre ne peut écouter.',
  ],
  'collect.alertmanager-password': ({ variable }) => [
    '--alertmanager : son URL nomme un utilisateur, et rien ne donne le mot de passe',
    `Nommer un fichier avec --alertmanager-password-file, ou définir ${variable}.`,
  ],
  'collect.read-tokens': () => [
    '--read-token-file : le fichier ne contient aucun jeton',
    'Un par ligne, un texte quelconque sans espaces.',
  ],
};
