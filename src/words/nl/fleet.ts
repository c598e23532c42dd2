import type { FleetWords } from '../contract.ts';

const machines = (count: number): string => `${count} ${count === 1 ? 'machine' : 'machines'}`;

/** Nederlandse woorden van het antwoord over veel machines. */
export const fleet: FleetWords = {
  headline: (failing, all, explanations) =>
    `${failing} van ${machines(all)} ${failing === 1 ? 'heeft' : 'hebben'} bevindingen, te verklaren uit ${explanations === 1 ? 'één oorzaak' : `${explanations} oorzaken`}`,
  allFine: (all) => (all === 1 ? 'Op de ene machine is niets mis' : `Op geen van ${machines(all)} is iets mis`),
  someFine: (fine, all) =>
    `Er is niets bekend dat mis is, maar slechts van ${fine} van ${machines(all)} is bekend dat alles in orde is`,
  span: (from, to, reports) => `${reports} ${reports === 1 ? 'rapport' : 'rapporten'} van ${from} tot ${to}`,
  twice: (count) =>
    count === 1
      ? 'Eén rapport kwam twee keer en telt één keer'
      : `${count} rapporten kwamen opnieuw en tellen één keer`,
  nameless: (count) =>
    count === 1
      ? 'Eén rapport noemt geen machine en telt als een eigen machine'
      : `${count} rapporten noemen geen machine en tellen elk als een eigen machine`,
  incomplete: (count) => `${machines(count)} ${count === 1 ? 'heeft' : 'hebben'} niet alles getest`,
  fields: {
    where: 'Waar',
    machines: 'Machines',
    endpoints: 'Adressen',
    since: 'Sinds',
    alike: 'Of volgens',
    evidence: 'Bewijs',
    remedies: 'Wat te doen',
    alternatives: 'Of anders',
    ask: 'Vraag',
  },
  scopes: {
    machine: 'één machine',
    machines: 'losse machines die niets eigens gemeen hebben',
    everybody: 'elke machine die het sinds het begin getest heeft',
    service: 'de dienst zelf',
  },
  group: (trait) => `alles met ${trait}`,
  since: (at, fineUntil) => (fineUntil === null ? `${at}, het eerste rapport` : `${at}; nog in orde op ${fineUntil}`),
  attributes: {
    subnet: 'subnet',
    egress: 'uitgaand adres',
    proxy: 'proxy',
    resolver: 'naamserver',
    issuer: 'inspecterende autoriteit',
    os: 'besturingssysteem',
    'os-version': 'versie van het besturingssysteem',
    version: 'versie van wayclear',
    account: 'account',
  },
  trait: (attribute, value) => `${attribute} ${value}`,
  owners: {
    firewall: 'de beheerder van de firewall',
    dns: 'de beheerder van DNS',
    proxy: 'de beheerder van de proxy',
    inspection: 'de beheerder van de TLS-inspectie',
    machine: 'de beheerder van de machines',
    service: 'de aanbieder van de dienst',
    unknown: 'wie kan uitmaken wat het is',
  },
  request: (owner, numbers) => `${owner}: ${numbers}`,
  headings: { explanations: 'Wat het verklaart', requests: 'Aan wie te vragen', endpoints: 'Adressen' },
  columns: { endpoint: 'Adres', failing: 'Mislukt', where: 'Waar', since: 'Sinds', explanation: 'Oorzaak' },
  failing: (count, tested) => `${count} van ${tested}`,
  reached: (count) =>
    count === 1
      ? '1 adres wordt bereikt door elke machine die het getest heeft'
      : `${count} adressen worden bereikt door elke machine die ze getest heeft`,
  serviceTitle: 'De dienst zelf heeft een storing',
  serviceRemedies: [
    'Kijk op de statuspagina van de dienst en meld de storing met deze tijden en plaatsen aan de aanbieder.',
    'Verander er niets voor aan het netwerk: de weg is in orde tot aan de dienst.',
  ],
  facts: {
    counted: ({ failing, fine }) =>
      fine === 0
        ? `Bij ${machines(failing)} mislukt het, en geen enkele die het sindsdien testte is er zonder problemen.`
        : `Bij ${machines(failing)} mislukt het; bij ${fine} die het ${fine === 1 ? 'testte' : 'testten'} niet.`,
    'only-there': ({ trait, fine }) =>
      `Bij alle die het met ${trait} getest hebben mislukt het; elders bij ${machines(fine)} niet.`,
    'no-outside': ({ trait }) => `Niets buiten ${trait} kon het uitmaken: of het alleen daar is, blijft open.`,
    exceptions: ({ trait, fine }) => `Bij ${machines(fine)} met ${trait} mislukt het toch niet.`,
    places: ({ count }) => `Het mislukt op dezelfde manier vanaf ${count} plaatsen met een eigen weg naar buiten.`,
    'others-fine': ({ machines: count }) =>
      `${machines(count)} daarvan ${count === 1 ? 'bereikt' : 'bereiken'} tegelijk andere adressen.`,
    'one-policy': () => 'Een regel die al deze plaatsen gemeen hebben zou er hetzelfde uitzien.',
    'one-place': () =>
      'Alle die het getest hebben staan op één plaats of gaan langs één weg naar buiten: een regel daar en een storing van de dienst zien er hetzelfde uit.',
    'places-unknown': () =>
      'Of hun wegen naar buiten iets gemeen hebben is niet bekend: noem de vestiging van elke machine met --label site=NAAM.',
    'seen-as': ({ title, cause, machines: count }) =>
      `${machines(count)} ${count === 1 ? 'ziet' : 'zien'} het als «${title}» (${cause}).`,
    'not-since': ({ machines: count }) =>
      `${machines(count)} ${count === 1 ? 'vond' : 'vonden'} daar eerder niets mis, en ${count === 1 ? 'heeft' : 'hebben'} sindsdien niet gekeken.`,
    'fine-elsewhere': ({ fine }) =>
      `De dienst is in orde voor ${machines(fine)}: iets onderweg antwoordt in zijn plaats, of een van zijn locaties is ziek.`,
  },
};
