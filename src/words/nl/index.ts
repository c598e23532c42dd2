import type { AdvisedExperiment } from '../../model/experiments.ts';
import type { UnexpectedStatus, Words } from '../contract.ts';
import { carry } from './carry.ts';
import { causes } from './causes.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { facts } from './facts.ts';
import { features } from './features.ts';
import { formats } from './formats.ts';
import { help } from './help.ts';
import { importance } from './importance.ts';
import { labels } from './labels.ts';
import { list } from './list.ts';
import { telling } from './naming.ts';
import { page } from './page.ts';
import { proxyFacts } from './proxy-facts.ts';
import { proxyLabels } from './proxy-labels.ts';
import { refusals } from './refusals.ts';
import { request } from './request.ts';
import { rules } from './rules.ts';
import { screen } from './screen.ts';
import { shapes } from './shapes.ts';
import { topics } from './topics.ts';
import { tried } from './tried.ts';
import { watch } from './watch.ts';

const experiments: Readonly<Record<AdvisedExperiment, string>> = {
  'neutral-name': 'verbind met hetzelfde adres met een andere servernaam in de ClientHello',
  'small-hello': 'herhaal met een kleine ClientHello (--tls-hello classic)',
  'padded-hello': 'herhaal met een klassieke ClientHello die tot dezelfde grootte is opgevuld',
  'tls-1.2': 'herhaal met alleen TLS 1.2, daarna met alleen TLS 1.3',
  'other-resolver': 'vraag een andere naamserver (--dns-server IP)',
  'random-name': 'vraag naar een naam die niet kan bestaan: een adres als antwoord bewijst een omleidende naamserver',
  'documentation-address': 'verbind met een adres waar niemand kan antwoorden (192.0.2.1)',
  'through-proxy': 'herhaal via de webproxy (--proxy URL)',
  'other-network': 'voer dezelfde controle vanaf een ander netwerk uit en vergelijk (wayclear diff)',
  'other-program': 'verbind met een ander programma op deze machine',
  'plain-request': 'stuur een onversleuteld HTTP-verzoek naar dezelfde poort en lees het antwoord',
  'fetch-issuer': 'haal de ontbrekende uitgever op van het adres dat het certificaat noemt',
  'compare-time': 'vergelijk de klok met een betrouwbare tijdbron',
  'list-roots': 'zoek de root op vingerafdruk in het archief van deze machine (wayclear doctor)',
  'known-good-host': 'controleer een bekende host zonder verband met de andere',
  again: 'herhaal met --concurrency 1',
  'as-service-account': 'voer uit onder het account dat de dienst gebruikt',
  'address-by-address': 'herhaal met --ipv4 en met --ipv6',
  'fetch-revocation': 'haal het genoemde intrekkingsadres met een ander programma op',
  'ask-proxy': 'vraag de proxy om een andere host waarvan bekend is dat hij die toestaat',
  'wildcard-name':
    'vraag de proxy om een verzonnen naam onder het gedocumenteerde patroon: 403 is zijn beleid, 502 tot 504 zijn zoektocht naar een adres',
  'show-pac': 'lees wat het PAC-bestand voor elke host zegt (wayclear doctor)',
};

const proxyIssue = 'een proxyprobleem';

const statusCodes: Words['statusCodes'] = {
  407: { meaning: 'proxyauthenticatie vereist', indicates: proxyIssue },
  408: { meaning: 'time-out van het verzoek', indicates: proxyIssue },
  426: { meaning: 'upgrade vereist', indicates: 'een verkeerde TLS-configuratie' },
  451: { meaning: 'om juridische redenen niet beschikbaar', indicates: proxyIssue },
  502: { meaning: 'ongeldige gateway', indicates: proxyIssue },
  511: { meaning: 'netwerkauthenticatie vereist', indicates: proxyIssue },
  598: {
    meaning: 'time-out bij lezen van het netwerk (geen RFC-code; sommige proxy’s gebruiken hem)',
    indicates: proxyIssue,
  },
  599: {
    meaning: 'time-out bij verbinden met het netwerk (geen RFC-code; sommige proxy’s gebruiken hem)',
    indicates: proxyIssue,
  },
};

/** Dutch. */
export const nl: Words = {
  lang: 'nl',
  causes,
  telling,
  facts: {
    ...facts,
    ...tried,
    ...proxyFacts,
    'http.status-meaning': ({ status }) => {
      const row = statusCodes[status as UnexpectedStatus] as Words['statusCodes'][UnexpectedStatus] | undefined;
      const meaning = row === undefined ? '' : `: ${row.meaning}; kan wijzen op ${row.indicates}`;
      return `Status ${status} telt volgens de documentatie van de rol als een fout van het pad${meaning}`;
    },
    experiment: ({ experiment }) => `Zou uitsluitsel geven: ${experiments[experiment]}`,
  },
  labels,
  screen,
  diff,
  carry,
  list,
  features,
  importance,
  proxyLabels,
  doctor,
  request,
  formats,
  help,
  topics,
  shapes,
  refusals,
  page,
  rules,
  watch,
  experiments,
  statusCodes,
  attributes: {
    issuer: 'uitgever',
    certificate: 'certificaat',
    resolver: 'naamserver',
    address: 'adres',
    'search domain': 'zoekdomein',
    'name rule': 'naamomzettingsregel',
    'address family': 'adresfamilie',
    status: 'statuscode',
    vendor: 'product',
    location: 'doel van de omleiding',
    host: 'host',
    root: 'rootcertificaat',
    alert: 'TLS-alert',
    clock: 'klok',
    proxy: 'proxy',
    'pac file': 'PAC-bestand',
    prefix: 'adresbereik',
    domain: 'domein',
    alias: 'doel van de alias',
    feature: 'functie',
    port: 'poort',
    stage: 'fase',
  },
  untested: {
    parameter: ({ parameters }) => ({
      reason: `hangt af van ${parameters.join(', ')}, niet ingesteld`,
      remedy: `Geef ${parameters.map((name) => `--set ${name}=WAARDE`).join(' ')} op.`,
    }),
    'no-witness': ({ port, network, features }) => ({
      reason:
        network === true
          ? 'een netwerk, dat geen host noemt'
          : port === undefined
            ? 'een wildcard zonder gedocumenteerde host erachter'
            : `geen document zegt wat er op poort ${port} antwoordt`,
      remedy:
        network === true
          ? 'Noem de hosts of adressen erin die uw product gebruikt: wayclear check HOST:POORT.'
          : port === undefined
            ? features === undefined
              ? 'Noem een host die uw product gebruikt: wayclear check HOST.'
              : `De catalogus kent er hosts van: wayclear check ${features.join(' ')}.`
            : `Toch proberen: wayclear check HOST:${port}.`,
    }),
    udp: ({ protocol }) => ({
      reason: `${protocol} kan hiervandaan niet worden getest`,
      remedy: `Controleer ${protocol} met een programma dat het spreekt.`,
    }),
    offline: () => ({ reason: 'offline uitvoering: er vertrekt geen pakket', remedy: 'Voer uit zonder --offline.' }),
    inside: () => ({
      reason: 'een interne naam, die niet is meegegaan',
      remedy: 'Controleer die op deze machine: wayclear check HOST.',
    }),
    family: () => ({
      reason: 'de adressen zijn van een familie die is uitgeschakeld',
      remedy: 'Voer uit zonder --ipv4 of --ipv6.',
    }),
    deadline: () => ({
      reason: 'de uitvoering bereikte haar deadline voordat dit doel klaar was',
      remedy: 'Geef een langere --deadline op, of minder doelen.',
    }),
    interrupted: () => ({
      reason: 'de uitvoering is onderbroken',
      remedy: 'Laat de uitvoering vanzelf eindigen.',
    }),
    resources: () => ({
      reason: 'deze machine heeft geen sockets, poorten of geheugen meer over',
      remedy: 'Geef een lagere --concurrency op, of verhoog de limiet voor open bestanden.',
    }),
  },
  messages: {
    11410: 'Alle vereiste eindpunten zijn bereikbaar.',
    11411: 'Een of meer niet-kritieke eindpunten zijn onbereikbaar, of er zijn problemen te verwachten.',
    11412: 'Een of meer kritieke eindpunten zijn onbereikbaar.',
    11488: (feature) => `De vereiste eindpunten van ${feature} zijn onbereikbaar.`,
  },
  witnesses: (pattern, reached, tried, policy) =>
    `${pattern}: ${reached} van ${tried} getuigen bereikt; ${
      policy === null
        ? 'het patroon zelf is niet te bewijzen'
        : policy === 'allows'
          ? 'het beleid van de proxy laat het patroon door'
          : 'het beleid van de proxy weigert het patroon'
    }`,
};
