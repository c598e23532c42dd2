import type { CauseWordsOf } from '../contract.ts';

/** Dutch words of the causes whose ids begin with `http`. */
export const http: CauseWordsOf<'http'> = {
  'http.range-blocked': {
    title: 'Bytebereiken worden geweigerd of genegeerd',
    meaning:
      'De dienst geeft downloads uit in bytebereiken, en iets onderweg beantwoordt een bereik met het geheel, of helemaal niet.',
    evidence: 'Het antwoord op een verzoek om een bereik, naast hetzelfde object zonder bereik.',
    remedies: [
      'Vraag de beheerder van de webproxy of het filter om de Range-header en gedeeltelijke antwoorden (206) voor deze hosts door te laten.',
    ],
  },
  'http.content-blocked': {
    title: 'Dit soort bestand wordt tegengehouden',
    meaning: 'De host antwoordt, maar de download zelf komt er niet door: een filter houdt dit soort bestand tegen.',
    evidence: 'Wat er in plaats van het object kwam, naast wat dezelfde host op iets anders antwoordt.',
    remedies: [
      'Vraag de beheerder van de webproxy of het filter om downloads van dit soort (.cab, .exe, .msi) van deze hosts toe te staan, zonder het bestand te vervangen of vast te houden.',
    ],
  },
  'http.truncated': {
    title: 'Downloads eindigen voordat ze heel zijn',
    meaning: 'Het antwoord begint, en de inhoud eindigt vóór de aangekondigde lengte.',
    evidence: 'Bytes die kwamen, naast de aangekondigde.',
    remedies: [
      'Vraag de beheerder van de webproxy, het filter of de virusscanner of die grootte of duur van downloads van deze hosts beperkt.',
    ],
  },
  'http.block-page': {
    title: 'Een filter antwoordt met een blokkeerpagina',
    meaning: 'Het antwoord komt van een webfilter in plaats van de dienst.',
    evidence: 'De kenmerken van het filter in de headers of de pagina.',
    remedies: ['Vraag de beheerder van het webfilter om deze hosts toe te staan (uitzondering op categorie of URL).'],
  },
  'http.captive-portal': {
    title: 'Een captive portal vraagt om aanmelding',
    meaning: 'Het netwerk antwoordt in plaats van de dienst totdat iemand zich aanmeldt.',
    evidence: 'Een omleiding naar, of een pagina van, hetzelfde portaal voor hosts zonder verband.',
    remedies: [
      'Meld u aan bij het portaal van het netwerk, of vraag de beheerder ervan om deze machine uit te zonderen.',
    ],
  },
  'http.unexpected-status': {
    title: 'De statuscode wijst op een apparaat onderweg',
    meaning: 'De documentatie van de rol telt deze statuscode als een fout van het pad.',
    evidence: 'De statuscode en wie hem stuurde.',
    remedies: [
      'Vraag de beheerder van de webproxy of het filter wat die over dit verzoek meldt, en om de host door te laten.',
      'Als er niets onderweg zit: probeer het later opnieuw en vraag de beheerder van de dienst.',
    ],
  },
  'http.timeout': {
    title: 'De dienst beantwoordt het verzoek niet',
    meaning: 'De sessie staat, maar op het HTTP-verzoek komt niet op tijd antwoord.',
    evidence: 'Een time-out nadat het verzoek was verzonden.',
    remedies: [
      'Vraag de beheerder van een inspecterende proxy of filter of die dit verzoek vasthoudt.',
      'Probeer het anders later opnieuw en bekijk de status van de dienst.',
    ],
  },
  'http.reset': {
    title: 'De verbinding wordt na het verzoek verbroken',
    meaning: 'De sessie staat en eindigt zodra het HTTP-verzoek wordt verzonden.',
    evidence: 'Een reset of het einde van de verbinding vóór een antwoord.',
    remedies: [
      'Vraag de beheerder van een inspecterende proxy, filter of inbraakpreventiesysteem (IPS) of die dit verzoek afbreekt.',
    ],
  },
  'http.malformed': {
    title: 'Het antwoord is geen geldige HTTP',
    meaning: 'Er antwoordt iets dat geen HTTP-antwoord is, of een met eindeloze headers.',
    evidence: 'Wat niet kon worden gelezen.',
    remedies: ['Controleer host en poort, en vraag de beheerder van een apparaat onderweg wat daar antwoordt.'],
  },
  'http.redirect-blocked': {
    title: 'Een omleiding voert naar een geblokkeerde host',
    meaning: 'De eerste host antwoordt, maar die waarnaar hij omleidt is niet bruikbaar.',
    evidence: 'De hop die mislukt, en hoe.',
    remedies: ['Vraag om ook de host toe te staan die de omleiding noemt.'],
  },
  'http.tampered': {
    title: 'Het antwoord is onderweg veranderd',
    meaning: 'In het antwoord ontbreekt wat alleen de dienst zelf stuurt.',
    evidence: 'De header die ontbreekt op een onversleuteld pad.',
    remedies: ['Vraag de beheerder van een transparante proxy om deze hosts erbuiten te laten.'],
  },
  'http.service-error': {
    title: 'De dienst zelf faalt',
    meaning: 'Het pad werkt, en de eigen front-end van de dienst antwoordt met een fout.',
    evidence: 'De statuscode en de eigen headers van de front-end in een geauthenticeerde sessie.',
    remedies: ['Probeer het later opnieuw en bekijk de statuspagina van de aanbieder.'],
  },
};
