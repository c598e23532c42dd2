import type { HelpWords } from '../contract.ts';

/** Dutch words of the help. */
export const help: HelpWords = {
  usage: 'Gebruik:',
  purpose:
    'Zegt welke vereiste eindpunten deze machine niet kan gebruiken, waarom niet, en wat er precies gevraagd moet worden.',
  headings: {
    commands: 'Opdrachten:',
    words: 'Argumenten:',
    examples: 'Voorbeelden:',
    scope: 'Bereik:',
    route: 'Weg:',
    trust: 'Namen en vertrouwen:',
    limits: 'Grenzen:',
    carry: 'Overbrengen:',
    store: 'Bewaking en opslag:',
    send: 'Zenden:',
    collect: 'Verzamelen:',
    output: 'Uitvoer:',
    other: 'Overig:',
  },
  commands: {
    check: {
      describe: 'Test de eindpunten en zegt welke deze machine kan gebruiken, en waarom de andere niet.',
      words: {
        what: 'Id’s van functies, URL’s of host[:poort]; zonder iets de huidige functies van het serviceverbindingspunt.',
      },
      examples: [
        'Controleert de standaardfuncties.',
        'Controleert één functie.',
        'Controleert wat u noemt.',
        'Toont een tabel en bewaart het hele rapport.',
      ],
    },
    list: {
      describe: 'Toont de catalogus: functies, eindpunten, belang en brondocumenten.',
      words: { feature: 'Id’s van functies; zonder iets alle.' },
      examples: ['Toont de eindpunten van één functie.'],
    },
    plan: {
      describe: 'Toont precies de tests die check zou sturen. Er vertrekt geen pakket.',
      words: { what: 'Zoals bij check.' },
      examples: ['Toont wat met een parameter te testen wordt.'],
    },
    allowlist: {
      describe:
        'Schrijft regels voor firewalls en proxy’s: wat de documenten vragen, of precies wat in een rapport mislukte.',
      words: { what: 'Zoals bij check.' },
      examples: [
        'Toont wat één functie nodig heeft. Er vertrekt geen pakket.',
        'Schrijft regels die squid opneemt.',
        'Somt precies op wat in een run mislukte.',
      ],
    },
    explain: {
      describe:
        'Legt een oorzaak uit: wat ze betekent, waarop ze steunt, wat te doen; of een gedocumenteerde code, een functie, een host.',
      words: {
        what: 'De id van een oorzaak of het eerste woord ervan (tls), een statuscode (407), een bericht-id (11412), een functie of een host uit de catalogus; zonder iets de tabel van oorzaken.',
      },
      examples: ['Legt één oorzaak uit.'],
    },
    diagnose: {
      describe:
        'Beoordeelt een bewaard JSON-rapport opnieuw op grond van de waarnemingen; zegt van meer rapporten wat ze allemaal verklaart. Er vertrekt geen pakket.',
      words: {
        report: 'Een bestand geschreven door --format json, of "-" voor de standaardinvoer; met --store geen.',
        more: 'Rapporten van andere machines, of eerdere: dan gaat het antwoord over alle samen.',
      },
      examples: [
        'Toont een bewaard rapport met alle details.',
        'Zegt wat veel machines gemeen hebben.',
        'Toont een blik van dat moment in elk formaat.',
      ],
    },
    diff: {
      describe: 'Vergelijkt twee bewaarde JSON-rapporten. De afsluitcode is 1 als iets slechter werd.',
      words: {
        old: 'Het eerdere rapport; met --store een MACHINE, MACHINE@TIME of @TIME.',
        new: 'Het latere rapport, net zo geschreven.',
      },
      examples: [
        'Toont wat een wijziging in het netwerk deed.',
        'Zegt wat alleen op de nieuwe server mislukt, naar hun blikken in een opslag.',
      ],
    },
    watch: {
      describe: 'Kijkt telkens weer, bewaart wat het zag, en meldt wat er veranderde.',
      words: { what: 'Als bij check.' },
      examples: [
        'Kijkt eens per dag, en meteen als de laatste blik langer geleden is.',
        'Kijkt vier keer per uur; op zaterdagnacht wachten berichten.',
        'Kijkt één keer, voor een planner van het besturingssysteem.',
        'Toont de bestanden daarvoor.',
      ],
    },
    history: {
      describe: 'Toont wat is vastgelegd: functies dag voor dag, doelen blik voor blik.',
      words: { what: 'Functies, hosts of doelen; niets betekent alle functies.' },
      examples: ['Toont de doelen van één functie.'],
    },
    incidents: {
      describe: 'Toont wat open is en wat voorbij is: oorzaken met doelen, bewijs en tijden.',
      words: { what: 'Oorzaken, hosts of doelen; niets betekent alles.' },
      examples: ['Toont ze met bewijs en remedies.'],
    },
    store: {
      describe: 'Controleert een opslag, of kopieert hem naar een die leeg is.',
      words: {
        action: '"check" of "copy".',
        from: 'De opslag; geen betekent die van dit account.',
        to: 'De opslag om naar te kopiëren.',
      },
      examples: ['Zegt of hij in orde is.', 'Verplaatst een bestand naar PostgreSQL.'],
    },
    doctor: {
      describe:
        'Toont wat deze machine gebruikt: proxy, naamservers, adresfamilies, certificaatarchieven, klok, runtime.',
      words: {},
      examples: ['Toont het. Er vertrekt geen pakket.'],
    },
    demo: {
      describe: 'Controleert en verklaart gezonde en kapotte servers op deze machine. Geen internet of root nodig.',
      words: {},
      examples: ['Voert de demonstratie uit met alle details.'],
    },
    'carry key': {
      describe: 'Toont de sleutel van deze machine, en maakt hem als er geen is.',
      words: {},
      examples: ['Toont de vingerafdruk die op een andere machine wordt vergeleken.'],
    },
    'carry prepare': {
      describe: 'Schrijft de controle in een bestand voor een verbonden machine. Er vertrekt geen pakket.',
      words: { what: 'Als bij check.' },
      examples: ['Schrijft de standaardcontrole.', 'Laat interne namen weg.'],
    },
    'carry show': {
      describe: 'Toont wat elke regel van een overgebracht bestand zegt.',
      words: { file: 'Een verzoek of een resultaat, of "-" voor standaardinvoer.' },
      examples: ['Toont een bestand voor het vertrekt.'],
    },
    'carry connect': {
      describe:
        'Voert de controle uit een overgebracht bestand uit op een verbonden machine, en schrijft wat ervan kwam.',
      words: { file: 'Een verzoek, of "-" voor standaardinvoer.' },
      examples: ['Meet wat het verzoek vraagt.'],
    },
    'carry import': {
      describe:
        'Controleert een resultaat, beoordeelt het met de trust stores van deze machine, en rapporteert zoals check.',
      words: { file: 'Een resultaat, of "-" voor standaardinvoer.' },
      examples: ['Beoordeelt een resultaat waarvan de vingerafdruk is vergeleken.'],
    },
    'collect token': {
      describe: 'Maakt een token waarmee één machine een week lang bij een verzamelaar kan worden toegelaten.',
      words: {},
      examples: ['Toont het; geef het in een bestand aan de machine.'],
    },
    'collect tokens': {
      describe: 'Somt de tokens op: wie ze maakte en wanneer, welke machine elk toeliet, tot wanneer de andere gelden.',
      words: {},
      examples: ['Toont welke tokens nog een machine toelaten.'],
    },
    'collect withdraw': {
      describe: 'Trekt een token in dat nog niemand toeliet.',
      words: { token: 'De naam van het token, zoals collect tokens die toont.' },
      examples: ['Trekt een token in dat is zoekgeraakt.'],
    },
    'collect machines': {
      describe:
        'Somt de machines op die naar een verzamelaar zenden: wie wacht, wie is toegelaten, wie is uitgesloten.',
      words: {},
      examples: ['Toont wie op toelating wacht.'],
    },
    'collect audit': {
      describe: 'Toont wie is toegelaten en uitgesloten, door wie en wanneer, en de tokens die zijn gemaakt.',
      words: {},
      examples: ['Toont de laatste regels eerst.'],
    },
    'collect admit': {
      describe: 'Laat een machine toe die wacht, of die uitgesloten was.',
      words: { fingerprint: 'De vingerafdruk van de sleutel, zoals collect machines die toont.' },
      examples: ['Laat één machine toe.'],
    },
    'collect revoke': {
      describe: 'Sluit een machine uit.',
      words: { fingerprint: 'De vingerafdruk van de sleutel, zoals collect machines die toont.' },
      examples: ['Sluit één machine uit.'],
    },
    collect: {
      describe:
        'Ontvangt de rapporten van veel machines en toont wat ze samen zeggen: een pagina, een interface, metrieken.',
      words: {},
      examples: [
        'Bedient alleen deze machine.',
        'Bedient anderen over TLS, met een opslag die meer verzamelaars delen.',
        'Vertelt een Alertmanager op deze machine wat er in het park mis is.',
      ],
    },
    schema: {
      describe:
        'Schrijft het JSON-schema van het rapport, van catalogusbestanden, van configuratiebestanden, van wat lang mis is, van berichten of van wat over veel machines wordt gezegd.',
      words: {
        name: '"report" (de standaard), "catalog", "config", "incident", "history", "message", "fleet", "collector" of "ways".',
      },
      examples: ['Bewaart een schema voor een editor.'],
    },
    completion: {
      describe: 'Schrijft wat een shell nodig heeft om opdrachten, opties, functies en oorzaken aan te vullen.',
      words: { shell: '"bash", "zsh", "fish" of "powershell".' },
      examples: ['Schrijft het; de eerste regel zegt waar het hoort.'],
    },
    version: { describe: 'Toont de versie.', words: {}, examples: [] },
  },
  purposeOfHelp: 'Toont hulp.',
  configKeys: {
    title: 'configuratiebestand van wayclear',
    description: 'Opties van de opdrachtregel onder hun naam: wayclear.config.json, of wat --config noemt.',
    schema: 'Waar een editor dit schema vindt.',
    what: 'Functie-id’s, URL’s of host[:poort], zoals op de opdrachtregel.',
  },
  options: {
    catalog:
      'Voegt een catalogusbestand toe, een map ervan, of de eindpuntenservice van Microsoft 365 (m365:worldwide, of m365: en een bewaard bestand). Mag meermaals voorkomen.',
    'no-bundled': 'Laat de catalogus weg die met wayclear meekomt.',
    role: 'Neemt de eindpunten van deze rol, bijvoorbeeld service-connection-point of client.',
    cloud: 'De cloud waarvan de eindpunten tellen.',
    'include-legacy': 'Neemt ook eindpunten van beëindigde en vervangen functies.',
    only: 'Houdt de doelen waarvan id, host of gedocumenteerd patroon bij dit patroon past (* staat voor elke tekst). Mag meermaals voorkomen.',
    skip: 'Laat de doelen weg die bij dit patroon passen. Mag meermaals voorkomen.',
    set: 'Geeft een sjabloonparameter zijn waarde, zoals in --set tenantId=WAARDE. Mag meermaals voorkomen.',
    targets:
      'Leest meer doelen uit een bestand, of van de standaardinvoer bij "-": URL’s, host[:poort], jokernamen en netwerken, één per regel of in kolommen van CSV.',
    from: 'Maakt de regels voor precies wat in dit JSON-rapport mislukte ("-" voor de standaardinvoer), en noemt wat een andere wijziging moet verhelpen.',
    proxy:
      'Hoe de eindpunten te bereiken zijn: een proxy-URL (http, https, socks4, socks4a, socks5, socks5h), pac+URL voor een PAC-bestand, env, system, direct, of auto (de omgeving, dan het besturingssysteem, dan direct).',
    'no-proxy':
      'Hosts die zonder de proxy bereikt worden, gescheiden door komma’s; vervangt NO_PROXY. Een naam dekt zijn subdomeinen; adressen, CIDR-blokken en host:poort kunnen ook.',
    'proxy-auth': 'Hoe bij de proxy aan te melden.',
    'proxy-user': 'Het account voor de proxy, als NAAM, DOMEIN\\NAAM of NAAM@REALM.',
    'proxy-password-file':
      'Een bestand met het wachtwoord voor de proxy en niets anders. WAYCLEAR_PROXY_PASSWORD kan ook; voor het wachtwoord zelf is er geen optie, want anderen op deze machine zouden die kunnen lezen.',
    'proxy-ca': 'Een PEM-bestand met de rootcertificaten die het certificaat van een https-proxy mag gebruiken.',
    'direct-too': 'Meet naast de weg door de proxy ook de directe weg.',
    on: 'Voert de controle uit op een andere machine, ssh://[gebruiker@]host[:poort], met de ssh van deze (sleutels en bekende hosts zoals ssh ze heeft, zonder vragen), en beoordeelt en toont haar hier. wayclear moet daar in dezelfde versie staan.',
    'remote-program': 'De naam of het pad van wayclear daar, zonder spaties.',
    attended:
      'Voor een andere wayclear, die dit met --on uitvoert: leest zijn opties als één regel JSON, laat het oordeel aan wie de records leest, en eindigt met de standaardinvoer. Met --config - en --format ndjson.',
    'dns-server':
      'Vraagt deze naamserver (IP of IP:POORT, [IP]:POORT bij IPv6) en niet die van de machine. Mag meermaals voorkomen.',
    'ca-file':
      'Vertrouwt ook de rootcertificaten in dit PEM-bestand, zoals de clients hier zouden doen. Mag meermaals voorkomen.',
    ipv4: 'Gebruikt alleen IPv4.',
    ipv6: 'Gebruikt alleen IPv6. Beide schakelaars samen betekenen beide families, net als geen van beide.',
    'user-agent':
      'De clientnaam van alle verzoeken, ook CONNECT: sommige proxy’s laten alleen bekende programma’s toe.',
    'tls-hello':
      'De grootte van het eerste TLS-bericht: classic past in één klein pakket, zoals Windows het stuurt; large bevat een post-kwantumsleutel, zoals nieuwere browsers het sturen.',
    timeout: 'Hoe lang elke fase van een test mag duren: 500ms, 10s of 2m.',
    deadline: 'Hoe lang alles samen mag duren, van de start van het programma tot het laatste geschreven woord.',
    concurrency: 'Hoeveel doelen tegelijk getest worden. Volgt uit het plan als het niet gegeven is.',
    repeat:
      'Kijkt zo vaak naar wat mislukt of wisselt, de ene keer na de andere: 2 tot 100. Zonder deze optie tien keer naar wat eerst mislukte en daarna werkte.',
    'no-experiments':
      'Stuurt niets wat een mislukking alleen verklaart. Wat beslist of er iets mislukt, wordt nog wel gevraagd, zoals hetzelfde nog een keer.',
    offline: 'Controleert alleen deze machine: er vertrekt geen pakket, en elk doel blijft ongetest.',
    mode: 'Of deze machine pakketten mag sturen. Waar een bron offline zegt (een optie, WAYCLEAR_MODE, een configuratiebestand), wordt elke opdracht geweigerd die er zou sturen, en geen andere bron heft dat op.',
    out: 'Het bestand dat wordt geschreven en overgebracht.',
    redact: 'Vervangt interne namen (van deze machine en van interne hosts) door gezouten hashes; import zet ze terug.',
    trust:
      'De vingerafdruk van een sleutel waarvan de resultaten vanaf nu worden geloofd, zoals carry connect hem toont.',
    'accept-catalog': 'Neemt nieuwere functies van de catalogus die geen vertrouwde sleutel heeft ondertekend.',
    extract: 'Schrijft meegebrachte certificaten van uitgevers, intrekkingslijsten en catalogusbestanden in deze map.',
    'max-age': 'Hoeveel dagen geleden een resultaat gemeten mag zijn: 1 tot en met 90.',
    state:
      'De map die sleutels, verzoeken en aanvaarde catalogi bewaart. Zonder deze optie: /var/lib/wayclear voor root op Linux, %ProgramData%\\wayclear op Windows, anders ~/.local/state/wayclear.',
    store:
      'De opslag: een bestand van SQLite of postgres://USER@HOST/DATABASE. watch, history en incidents nemen die van dit account als er geen genoemd is; check legt de run dan vast.',
    machine: 'De machine die bedoeld is, waar een opslag er meer kent.',
    at: 'Neemt de laatste blik die op dat moment of eerder begon, als in --at 2026-11-01T08:00:00Z.',
    every: 'Hoe lang het is van blik tot blik: minstens 1m.',
    once: 'Kijkt één keer en eindigt, voor een planner van het besturingssysteem; wat twijfelachtig is, komt de volgende keer.',
    confirm: 'Hoeveel blikken een storing moeten zien voor ze gemeld wordt.',
    maintenance:
      'Wanneer berichten wachten en aan het einde als één komen: 22:00/8h, "sat,sun 06:00/4h Europe/Berlin" of 2026-12-24T18:00/3d. Het kijken gaat door. Mag vaker gegeven worden.',
    keep: 'Hoe lang blikken, berichten en gesloten incidenten bewaard worden; het laatste bericht van elke machine blijft.',
    'keep-size':
      'Hoeveel de bewaarde rapporten en berichten mogen innemen; de oudste gaan eerst, en het laatste van elke machine blijft.',
    'catalog-url':
      'Vergelijkt de catalogus met die op dit https-adres, en meldt wat daar bijkwam, verdween of kritiek werd. Er wordt niet mee gekeken.',
    notify:
      'Meldt wat veranderde langs de wegen in dit JSON-bestand: webhooks, mail, syslog, gebeurtenislogboek, opdrachten.',
    'password-file': 'Laat lezen wie het wachtwoord in dit bestand kent, waar dan ook.',
    'trusted-header': 'Laat lezen wie een reverse proxy op deze machine in deze kop noemt.',
    'cmtrace-log':
      'Voegt elke blik aan dit bestand toe in de vorm van de rol, zoals EndpointConnectivityCheckWorker.log. Een vol bestand blijft als .lo_ bewaard.',
    print: 'Toont wat deze planner nodig heeft voor dezelfde bewaking, en kijkt naar niets.',
    send: 'Zendt het rapport, ondertekend, naar een verzamelaar (https://HOST), in een map of naar de standaarduitvoer ("-"); de volgende vervangt een die onbereikbaar is. Wat niemand aanneemt wacht op de schijf. Mag vaker worden gegeven.',
    'send-detail':
      'Wat er wordt verzonden: full is het hele rapport, summary de status, de oorzaken en de tijden van de stappen.',
    'send-token-file': 'Een bestand met het eenmalige token dat deze machine toelaat.',
    listen:
      'Waar te luisteren, naar rapporten (collect) of naar lezers van de pagina (watch): HOST:PORT, [IPv6]:PORT, of :PORT voor deze machine alleen.',
    limit:
      'Hoeveel berichten van alle machines samen in één venster worden aangenomen; een vijfde blijft voor slecht nieuws.',
    per: 'Hoe lang een venster is.',
    'accept-new': 'Laat elke machine toe die komt, zonder token of collect admit.',
    'insecure-http':
      'Bedient anderen zonder TLS, waar iets ervoor TLS spreekt, en neemt een Alertmanager elders over http://.',
    'tls-cert':
      'Een PEM-bestand met het certificaat van de verzamelaar en zijn keten; opnieuw gelezen als het verandert.',
    'tls-key': 'Een PEM-bestand met de sleutel ervan.',
    'read-token-file':
      'Een bestand met tokens, één per regel, waarvan wie leest er een moet tonen. Zonder mag alleen deze machine lezen.',
    'silent-after':
      'Hoe lang een machine mag zwijgen voordat ze als stil telt, tenzij ze zei hoe vaak ze bericht: dan zo lang, en twee uur.',
    alertmanager:
      'Vertelt deze Alertmanager wat er mis is, één melding per oorzaak en wat haar machines delen, tot het voorbij is: https://HOST:9093, of http:// op deze machine of met --insecure-http; https://USER@HOST waar men zich moet aanmelden. Mag meermaals worden gegeven.',
    'alertmanager-password-file':
      'Een bestand met het wachtwoord van die gebruiker, of zonder gebruiker een bearer-token, en niets anders. WAYCLEAR_ALERTMANAGER_PASSWORD kan ook.',
    check: 'Kijkt of adres, certificaat, opslag, schijf en klok zijn zoals het moet, en begint niet.',
    format:
      'Schrijft het resultaat als NAAM naar de standaarduitvoer, of met NAAM=BESTAND naar een bestand. Mag meermaals voorkomen.',
    output:
      'Schrijft naar dit bestand wat naar de standaarduitvoer zou gaan; zonder --format kiest het einde van de naam het formaat.',
    json: 'Hetzelfde als --format json.',
    lang: 'De taal van de teksten.',
    'fail-on': 'Wat de afsluitcode 1 maakt; elke waarde omvat die ervoor.',
    'ignore-missing':
      'Telt in de afsluitcode niet mee wat eerder getest is en nu niet meer, zoals na een beperktere uitvoering.',
    'exit-codes':
      'Wiens afsluitcodes: nagios geeft die van een plug-in (0 goed, 1 waarschuwing, 2 kritiek, 3 onbekend), wat --fail-on standaard ook zegt.',
    quiet: 'Toont alleen de samenvattende regel, zonder voortgang.',
    verbose: 'Voegt elke fase, elk adres, elke tijd, keten en controle aan de tabel toe.',
    anonymous:
      'Laat naam, account en adressen van deze machine uit het rapport weg; van een adres blijft het netwerk staan.',
    label:
      'Zegt iets van deze machine dat het rapport bewaart, zoals --label site=Berlin; daaraan is te zien wat machines gemeen hebben. Mag vaker worden gegeven.',
    'no-color': 'Gebruikt geen kleur. NO_COLOR doet hetzelfde.',
    config:
      'Leest opties uit dit JSON-bestand, of van de standaardinvoer bij "-": dezelfde namen als de opties, en "what". Zonder deze optie wordt uw eigen bestand gelezen ($XDG_CONFIG_HOME/wayclear/config.json, standaard in ~/.config; %APPDATA%\\wayclear\\config.json op Windows), dan wayclear.config.json in de werkmap, dat geen proxy, account, bestand, adres of vertrouwen mag noemen.',
    help: 'Toont deze hulp.',
    version: 'Toont de versie.',
  },
  choices: (values) => ` Mogelijk: ${values.slice(0, -1).join(', ')} of ${values.at(-1)}.`,
  default: (value) => ` Standaard: ${value}.`,
  epilogue: (topics) => `Opties komen van de opdrachtregel, dan uit de omgeving, dan uit het
configuratiebestand, dan uit de standaardwaarden. In de omgeving: NO_COLOR,
WAYCLEAR_PROXY_PASSWORD en de proxyvariabelen (HTTPS_PROXY, HTTP_PROXY,
ALL_PROXY, NO_PROXY).

Afsluitcodes:
  0    niets op of boven --fail-on (bij diff: niets werd slechter)
  1    bevindingen op of boven --fail-on (bij diff: iets werd slechter)
  2    verkeerd gebruik, foute catalogus, configuratie of uitvoer, of een fout
       in wayclear
  3    onvolledig: de run eindigde vroeg of testte niets, en niets maakt het 1
  130  onderbroken; het gedeeltelijke rapport wordt toch geschreven
Resultaten gaan naar de standaarduitvoer, al het andere naar de standaardfout.
Een lezer die de standaarduitvoer vroeg sluit, beëindigt niets: de afsluitcode
blijft die van het oordeel.

Meer: wayclear help ONDERWERP (${topics.join(', ')}).`,
};
