import type { TopicWords } from '../contract.ts';

/** Dutch words of the topics of the help. */
export const topics: TopicWords = {
  purposes: {
    table: 'voor de ogen: oordeel, oorzaken, functies (de standaard)',
    json: 'het hele rapport; diagnose en diff lezen het',
    ndjson: 'één record per regel, elk doel zodra het gemeten is',
    html: 'één bestand voor een browser, of om te mailen',
    junit: 'testresultaten, een suite per functie',
    github: 'annotaties van GitHub Actions',
    azure: 'logopdrachten van Azure Pipelines',
    sarif: 'SARIF 2.1.0, een regel per oorzaak',
    tap: 'Test Anything Protocol',
    markdown: 'voor tickets en opmerkingen',
    csv: 'één rij per doel',
    prometheus: 'voor de textfile-collector van de node exporter',
    nagios: 'één regel met prestatiegegevens, voor bewaking',
    summary: 'één regel JSON, minder dan 4000 bytes',
    cmtrace: 'het logboek dat Configuration Manager leest',
    'firewall-request': 'wat er te vragen is; .csv geeft alleen rijen',
  },
  texts: {
    'exit-codes': () => `Afsluitcodes

  0    volledig, en niets op of boven --fail-on (bij diff: niets werd slechter)
  1    bevindingen op of boven --fail-on (bij diff: iets werd slechter)
  2    verkeerd gebruik, foute catalogus, configuratie of uitvoer, of een fout
       in wayclear
  3    onvolledig: de run eindigde vroeg of testte niets, en niets maakt het 1
  130  onderbroken; het gedeeltelijke rapport wordt toch geschreven

--fail-on is critical (de standaard), warning, untested of never; elke waarde
omvat die ervoor. Met never geeft een onvolledige run 0.`,
    environment: (languages) => `Omgeving

  HTTPS_PROXY, HTTP_PROXY,   met hoofd- of kleine letters; zie wayclear help
  ALL_PROXY, NO_PROXY        proxy
  WAYCLEAR_PROXY_PASSWORD    het wachtwoord voor de proxy
  WAYCLEAR_ALERTMANAGER_PASSWORD
                             dat voor de Alertmanager van collect
  WAYCLEAR_MODE              offline: geen opdracht stuurt een pakket
  NO_COLOR                   geen kleur
  FORCE_COLOR                ook kleur in een pijp
  LC_ALL, LC_MESSAGES, LANG  de taal (${languages}), tenzij --lang of een
                             configuratiebestand die noemt
  XDG_CONFIG_HOME, APPDATA   waar uw eigen configuratie staat

Een optie gaat vóór de omgeving, en die vóór een configuratiebestand. Uw eigen
bestand is wayclear/config.json onder $XDG_CONFIG_HOME (standaard ~/.config) of
%APPDATA%; wayclear.config.json in de werkmap wordt daarna gelezen. Beide
bevatten de namen van de opties, en "what" voor wat te controleren is.`,
    proxy: () => `Proxyserver

Zonder --proxy beslist de omgeving, dan de instellingen van het
besturingssysteem, dan de directe weg. wayclear doctor toont wat elk ervan zegt.

  --proxy URL            http, https, socks4, socks4a, socks5 of socks5h
  --proxy pac+URL        een PAC-bestand
  --proxy env|system     één bron alleen
  --proxy direct         geen proxy
  --no-proxy LIJST       hosts buiten de proxy om; vervangt NO_PROXY
  --direct-too           meet ook de directe weg

Een account: --proxy-user NAAM, en het wachtwoord met --proxy-password-file
BESTAND, WAYCLEAR_PROXY_PASSWORD of de vraag op het scherm. Basic, Digest, NTLM
en Negotiate kunnen; --proxy-auth kiest er één. HTTPS_PROXY geldt alleen voor
https: waar gewoon HTTP de proxy ook nodig heeft, moet HTTP_PROXY ernaast staan.`,
    formats: (languages, rows) => `Formaten

  --format NAAM          naar de standaarduitvoer
  --format NAAM=BESTAND  naar een bestand; meerdere in één run

${rows}

wayclear diagnose RAPPORT.json --format NAAM maakt elk ervan later. Talen
(--lang): ${languages}.`,
    catalog: () => `Catalogus

De eindpunten die met wayclear meekomen zijn één JSON-bestand per functie;
wayclear list toont de functies, wayclear list FUNCTIE de eindpunten ervan met
hun bronnen.

  --catalog BESTAND|MAP      voegt een eigen lijst toe
  --catalog m365:worldwide   voegt de eindpuntenservice van Microsoft 365 toe
  --no-bundled               laat de meegeleverde weg
  --set NAAM=WAARDE          geeft een sjabloon zijn waarde, zoals {tenantId}
  --only, --skip PATROON     kiezen op id, host of gedocumenteerd patroon

wayclear schema catalog beschrijft een bestand. Een jokernaam wordt nooit getest
met een verzonnen host: gedocumenteerde getuigen wel, en het rapport zegt
hoeveel er bereikt werden.`,
  },
};
