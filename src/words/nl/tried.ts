import type { TriedResult } from '../../model/facts.ts';
import type { FactWords } from '../contract.ts';
import { place } from '../place.ts';

const outcome: Readonly<Record<TriedResult, string>> = {
  answers: 'antwoordt hetzelfde adres',
  refuses: 'antwoordt hetzelfde adres met een weigering',
  same: 'mislukt het op dezelfde manier',
};

const serverSays = (answer: string): string => (answer === '' ? 'geeft geen antwoord' : `antwoordt ${answer}`);

const echoed = {
  altered: 'komt veranderd terug: iets onderweg herschrijft onversleuteld HTTP',
  other: 'wordt door een ander beantwoord dan de gewone verzoeken: iets onderweg leest onversleuteld HTTP',
  same: 'komt terug zoals het is verzonden',
} as const;

/** Dutch sentences about what follow-up experiments tried and what came of it. */
export const tried: FactWords<'tried'> = {
  'tried.whole': ({ host, status }) => `${host}: zonder bereik komt het object wel (status ${status})`,
  'tried.other-content': ({ host, status }) => `${host}: een ander pad van dezelfde host antwoordt (status ${status})`,
  'tried.again': (a) => `${place(a)}: alleen herhaald mislukt het op dezelfde manier`,
  'tried.load': ({ host, failure }) =>
    `${host}: mislukt (${failure}) terwijl er veel tegelijk loopt; hosts die net zo mislukten, werken als ze alleen worden geprobeerd`,
  'tried.representative': ({ host, by }) => `${host}: zelf niet geprobeerd; mislukt zoals ${by}, die wel is geprobeerd`,
  'tried.neutral-name': (a) => `${place(a)}: met een andere servernaam (${a.name}) ${outcome[a.result]}`,
  'tried.no-name': (a) => `${place(a)}: zonder servernaam ${outcome[a.result]}`,
  'tried.neutral-address': (a) =>
    a.result === 'same'
      ? `${place(a)}: de naam mislukt net zo op dit adres, dat voor zijn eigen host werkt`
      : `${place(a)}: op dit adres van een andere host krijgt de naam wel antwoord`,
  'tried.small-hello': (a) => `${place(a)}: met een ClientHello van ${a.bytes} bytes ${outcome[a.result]}`,
  'tried.padded-hello': (a) =>
    `${place(a)}: met een klassieke ClientHello, opgevuld tot ${a.bytes} bytes, ${outcome[a.result]}`,
  'tried.version': (a) => `${place(a)}: met alleen ${a.version} ${outcome[a.result]}`,
  'tried.wide-ciphers': (a) => `${place(a)}: met alle cipher suites die dit programma kent ${outcome[a.result]}`,
  'tried.refusable-hello': (a) =>
    a.result === 'same'
      ? `${place(a)}: zelfs de kleine weigering van een onmogelijke ClientHello komt niet terug`
      : `${place(a)}: de kleine weigering van een onmogelijke ClientHello komt terug; het grote antwoord op een juiste niet`,
  'tried.other-address': (a) =>
    a.result === 'same'
      ? `${place(a)}: het adres dat de naamservers geven, mislukt ook`
      : `${place(a)}: het adres dat de naamservers geven, werkt`,
  'tried.other-port': (a) =>
    a.result === 'same'
      ? `${place(a)}: poort ${a.port} van hetzelfde adres antwoordt ook niet`
      : `${place(a)}: poort ${a.port} van hetzelfde adres antwoordt`,
  'tried.elsewhere': ({ host }) => `${host}, dat niets met de doelen te maken heeft: ook geen verbinding`,
  'tried.neutral-request': ({ host, status, genuine }) =>
    `${host}, dat iedereen hetzelfde antwoordt: status ${status}, ${genuine === 1 ? 'in zijn eigen woorden: niemand antwoordt op onversleuteld HTTP in andermans plaats' : 'niet in zijn eigen woorden'}`,
  'tried.documentation-address': (a) =>
    `${a.address}:${a.port} aanvaardt een verbinding na ${a.ms} ms, en daar kan niemand zijn (RFC 5737, RFC 3849)`,
  'tried.plain-http': (a) =>
    `${place(a)}: onversleutelde HTTP krijgt status ${a.status}${a.location === '' ? '' : `, die naar ${a.location} leidt`}`,
  'tried.body': ({ host, by }) =>
    `${host}: pas de pagina zelf, opgevraagd met GET, zegt wie er antwoordde (${host === by ? 'hier opgevraagd' : `opgevraagd bij ${by}, waarvan het antwoord dezelfde kenmerken heeft`})`,
  'tried.made-up-host': ({ host, name, status }) =>
    `${host}: een verzonnen naam (${name}) krijgt op hetzelfde pad dezelfde pagina (status ${status}): het is niet de pagina van deze host`,
  'tried.echo': ({ host, echo }) => `${host}: een verzoek dat de eerste lezer moet herhalen (TRACE) ${echoed[echo]}`,
  'tried.random-name': ({ name, server, answer }) => `${name}, die niet bestaat: ${server} ${serverSays(answer)}`,
  'tried.sibling-name': ({ name, server, answer, zone }) =>
    `${name}, een verzonnen naam ernaast: ${server} ${serverSays(answer)}${zone === '' ? '' : ` (zone ${zone})`}`,
  'tried.control-name': ({ name, server, answer }) => `${name}, die altijd bestaat: ${server} ${serverSays(answer)}`,
  'tried.other-resolver': ({ name, server, answer }) => `${name}: de andere naamserver ${server} ${serverSays(answer)}`,
  'tried.dns-over-tcp': ({ name, server, answer }) => `${name}: via TCP ${server} ${serverSays(answer)}`,
  'tried.pattern-refused': ({ pattern, name, status }) =>
    `${pattern}: op een verzonnen naam (${name}) antwoordt de proxy ${status}: zijn beleid weigert het hele patroon; toe te staan is ${pattern}, niet losse namen`,
  'tried.name-refused': ({ host, pattern, name, status }) =>
    `${host}: geweigerd om zijn eigen naam: op een verzonnen naam (${name}) antwoordt de proxy ${status}, dus zijn beleid laat ${pattern} door`,
  'tried.pattern-allowed': ({ pattern, name, status }) =>
    `${pattern}: op een verzonnen naam (${name}) antwoordt de proxy ${status}: zijn beleid laat het patroon door`,
};
