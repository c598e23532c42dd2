import type { RefusalWordsOf } from '../refusals.ts';

/** Of watches and of what a store holds, in Dutch. */
export const watching: RefusalWordsOf<'watch'> = {
  'watch.every': ({ where, text }) => [
    `${where}: ${text} is te kort`,
    'Een blik duurt even, en de diensten zijn niet van ons: minstens 1m.',
  ],
  'watch.window': ({ where, text }) => [
    `${where}: ${text} is geen tijdvenster`,
    'Schrijf 22:00/8h, sat,sun 06:00/4h Europe/Berlin of 2026-12-24T18:00/3d: het begin, de duur en de zone.',
  ],
  'watch.size': ({ where, text }) => [
    `${where}: ${text} is geen grootte`,
    'Schrijf een getal en een eenheid: 500M of 2G.',
  ],
  'watch.time': ({ where, text }) => [
    `${where}: ${text} is geen tijd`,
    'Schrijf 2026-11-01, 2026-11-01T08:00 of 2026-11-01T08:00:00Z.',
  ],
  'watch.url': ({ where, text }) => [
    `${where}: ${text} is geen https-adres`,
    'Een catalogus komt van waar niemand hem onderweg kan veranderen.',
  ],
  'watch.stdout': ({ name }) => [
    `watch schrijft elk rapport naar een bestand: ${name} heeft er een nodig`,
    `Schrijf --format ${name}=FILE.`,
  ],
  'watch.interval': ({ every }) => [
    `cron heeft geen regel voor elke ${every}`,
    'Neem minuten die een uur delen, uren die een dag delen, of 24h; of een timer van systemd.',
  ],
  'watch.interval-long': ({ every }) => [`de taakplanner herhaalt niets elke ${every}`, 'Hij neemt hoogstens 31d.'],
  'watch.nobody-reads': ({ option }) => [
    `${option} laat een pagina lezen, en die is er niet`,
    'Voeg --listen toe, dat haar toont.',
  ],
  'watch.machine': ({ place, machines, how }) => [
    `opslag ${place}: welke machine? Hij kent ${machines.join(', ')}`,
    `Noem er een met ${how}.`,
  ],
  'watch.no-machine': ({ place, text, machines }) => [
    `opslag ${place}: hij kent de machine ${text} niet`,
    `Hij kent ${machines.join(', ')}.`,
  ],
  'watch.no-look': ({ place, text }) => [
    `opslag ${place}: er is geen blik vastgelegd voor ${text}`,
    'wayclear history toont welke er wel zijn.',
  ],
  'watch.no-report': ({ place, text }) => [
    `opslag ${place}: het rapport van ${text} wordt niet meer bewaard`,
    'Bewaar meer met --keep en --keep-size.',
  ],
  'watch.action': ({ word }) => [`store: onbekende actie ${word}`, 'Het kan check of copy zijn.'],
  'watch.not-empty': ({ place }) => [
    `opslag ${place}: er staat al iets in`,
    'Kopieer naar een opslag die er nog niet is.',
  ],
  'watch.unsound': ({ place, faults }) => [
    `opslag ${place}: hij is niet in orde`,
    'Kopieer wat te lezen is: wayclear store copy FROM TO',
    faults,
  ],
  'watch.catalog': ({ url, why }) => [
    `de catalogus op ${url} is niet te krijgen (${why})`,
    'Klopt het adres, en kan deze machine erbij?',
  ],
  'watch.listen': ({ address, why }) => [
    `--listen: ${address} is niet te krijgen: ${why}`,
    'Noem een andere poort, of beëindig wat daar luistert.',
  ],
  'watch.listen-open': ({ address }) => [
    `--listen: ${address} is van elders te lezen`,
    'Noem een --password-file, of een --trusted-header van een proxy op deze machine; of luister op 127.0.0.1.',
  ],
  'watch.header': ({ where, text }) => [`${where}: ${text} is geen kopnaam`, 'Schrijf bijvoorbeeld X-Remote-User.'],
  'watch.once-listen': () => [
    '--listen heeft een bewaking nodig die blijft',
    'Laat --once en --print weg: een planner start er een die na zijn blik eindigt.',
  ],
  'watch.printed-secret': () => [
    'een wachtwoord in een adres gaat niet in het bestand van een planner',
    'Gebruik PGPASSWORD, WAYCLEAR_PROXY_PASSWORD of --proxy-password-file.',
  ],
  'watch.log': ({ file, why }) => [
    `--cmtrace-log: ${file} is niet te schrijven: ${why}`,
    'Noem een bestand dat dit account mag schrijven.',
  ],
};
