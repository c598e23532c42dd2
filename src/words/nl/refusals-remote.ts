import type { RefusalWordsOf } from '../refusals.ts';

/** Of a run on another machine, in Dutch. */
export const remote: RefusalWordsOf<'remote'> = {
  'remote.place': ({ where, text }) => [
    `${where}: "${text}" is geen ssh://[gebruiker@]host[:poort]`,
    'Een wachtwoord wordt nooit aangenomen: ssh gebruikt zijn sleutels, zijn agent of Kerberos. Al het andere hoort in zijn eigen configuratie.',
  ],
  'remote.program': ({ where, text }) => [
    `${where}: "${text}" is geen pad van letters, cijfers en / \\ : . _ ~ + -`,
    'Andere tekens leest elke shell op zijn eigen manier. Op Windows toont dir /x de korte naam van een map met spaties.',
  ],
  'remote.attended': () => [
    '--attended vraagt --config - en --format ndjson, en verder niets',
    'De optie is voor een andere wayclear: gebruik daar --on.',
  ],
  'remote.nowhere': () => [
    '--remote-program noemt wayclear op een andere machine, en geen --on zegt op welke',
    'Voeg --on ssh://HOST toe, of laat --remote-program weg.',
  ],
  'remote.send': () => [
    '--on en --send sluiten elkaar uit: een bericht wordt ondertekend door de machine die heeft gemeten',
    'Laat wayclear daar versturen, met ssh en check --send, of bewaar het rapport hier met -o BESTAND.',
  ],
  'remote.no-ssh': () => [
    '--on heeft het programma ssh nodig, en dat is hier niet',
    'Installeer de client van OpenSSH; die hoort bij Windows en bij elke Linux.',
  ],
  'remote.not-started': ({ host, why, line }) => [
    `de controle op ${host} is niet begonnen: ${why}`,
    `Probeer het met de hand: ${line}`,
  ],
  'remote.no-program': ({ host, program, why }) => [
    `de controle op ${host} is niet begonnen: ${program} is daar niet, of is geen wayclear (${why})`,
    'Zet daar dezelfde versie van wayclear neer en noem het pad met --remote-program.',
  ],
  'remote.version': ({ host, there, schema, here }) => [
    schema === null
      ? `${host} heeft wayclear ${there}, hier is het ${here}`
      : `${host} heeft wayclear ${there} (rapportschema ${schema}), hier is het ${here} (rapportschema 1)`,
    'Zet op beide machines dezelfde versie.',
  ],
  'remote.refused': ({ host, why, hint }) => [`op ${host}: ${why}`, hint],
  'remote.garbage': ({ host, text }) => [
    `wat van ${host} komt is geen record van wayclear: "${text}"`,
    'Er is niets van overgenomen. Is --remote-program wel wayclear zelf?',
  ],
  'remote.too-much': ({ host }) => [
    `${host} stuurt meer dan enig rapport bevat`,
    'Er is niets van overgenomen. Is --remote-program wel wayclear zelf?',
  ],
  'remote.late': ({ host }) => [
    `de controle op ${host} was op zijn uiterste tijd niet klaar`,
    'Er is niets beoordeeld. Een langere --deadline geeft meer tijd.',
  ],
  'remote.broken-off': ({ host, done, total, why }) => [
    `de controle op ${host} brak af na ${done} van ${total} doelen: ${why}`,
    'Er is niets beoordeeld: een oordeel vraagt de hele controle.',
  ],
  'remote.no-reason': () => ['er is geen reden genoemd'],
  'remote.status': ({ status }) => [`het eindigde met ${status} en zei niets`],
  'remote.killed': () => ['ssh is beëindigd'],
};
