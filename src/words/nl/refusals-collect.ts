import type { RefusalWordsOf } from '../refusals.ts';

/** Of who sends and of who collects, in Dutch. */
export const collect: RefusalWordsOf<'collect' | 'send'> = {
  'send.place': ({ where, text }) => [
    `${where}: ${text} is geen bestemming`,
    'Schrijf https://COLLECTOR, http://127.0.0.1:PORT, een map, of "-" voor de standaarduitvoer.',
  ],
  'send.output': () => [
    '--send -: berichten en het rapport zouden samen op standaarduitvoer komen',
    'Schrijf het rapport in een bestand, zoals -o report.json, of stuur naar een map.',
  ],
  'send.token': ({ where }) => [
    `${where}: het bestand bevat geen token`,
    'wayclear collect token maakt er een; het bestand bevat dat en niets anders.',
  ],
  'collect.listen': ({ where, text }) => [
    `${where}: ${text} is geen adres om op te luisteren`,
    'Schrijf HOST:PORT, [IPv6]:PORT, of :PORT voor deze machine alleen.',
  ],
  'collect.no-listen': () => ['collect: --listen ontbreekt', 'Bijvoorbeeld: wayclear collect --listen :8443'],
  'collect.plain': ({ address }) => [
    `${address} ligt buiten deze machine, en niets versleutelt wat er komt`,
    'Geef --tls-cert en --tls-key, of --insecure-http waar iets ervoor TLS spreekt.',
  ],
  'collect.tls-pair': () => ['--tls-cert en --tls-key horen bij elkaar', 'Geef beide, of geen van beide.'],
  'collect.certificate-file': ({ file, why }) => [`${file} is niet te lezen (${why})`],
  'collect.certificate': ({ file }) => [
    `${file}: certificaat en sleutel passen niet bij elkaar`,
    'Beide zijn PEM; het eerste certificaat van het bestand is dat van de verzamelaar.',
  ],
  'collect.address': ({ address, why }) => [
    `kan niet luisteren op ${address} (${why})`,
    'Misschien heeft een ander programma het: kies een andere poort.',
  ],
  'collect.fingerprint': ({ text }) => [
    `${text} is geen vingerafdruk`,
    'Die heeft zestien hexadecimale cijfers; wayclear collect machines somt ze op.',
  ],
  'collect.unknown': ({ fingerprint }) => [
    `er is geen machine met sleutel ${fingerprint} geweest`,
    'wayclear collect machines somt op welke er waren.',
  ],
  'collect.token-name': ({ text }) => [
    `${text} is geen naam van een token`,
    'Die heeft twaalf hexadecimale cijfers; wayclear collect tokens toont ze.',
  ],
  'collect.token-unknown': ({ token }) => [
    `er is geen token ${token}`,
    'wayclear collect tokens toont de tokens die bewaard zijn.',
  ],
  'collect.token-used': ({ token, fingerprint }) => [
    `het token ${token} is al gebruikt, door ${fingerprint}`,
    `wayclear collect revoke ${fingerprint} sluit die machine uit.`,
  ],
  'collect.alertmanager': ({ where }) => [
    `${where}: dat is geen adres van een Alertmanager`,
    'Schrijf https://HOST:9093 of https://USER@HOST:9093; het wachtwoord staat in het bestand van --alertmanager-password-file.',
  ],
  'collect.alertmanager-plain': ({ where, host }) => [
    `${where}: ${host} ligt buiten deze machine, en niets versleutelt wat het te horen krijgt`,
    'Schrijf https://, of voeg --insecure-http toe waar niemand anders kan meeluisteren.',
  ],
  'collect.alertmanager-password': ({ variable }) => [
    '--alertmanager: de URL noemt een gebruiker, en niets geeft het wachtwoord',
    `Noem een bestand met --alertmanager-password-file, of zet ${variable}.`,
  ],
  'collect.read-tokens': () => [
    '--read-token-file: het bestand bevat geen token',
    'Eén per regel, een tekst zonder spaties.',
  ],
};
