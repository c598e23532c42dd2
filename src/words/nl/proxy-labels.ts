import type { ProxyLabels } from '../contract.ts';

/** Dutch words of the view of proxy settings. */
export const proxyLabels: ProxyLabels = {
  heading: 'Proxyinstellingen, in de volgorde waarin ze worden geraadpleegd',
  source: 'bron',
  decides: 'beslist',
  says: 'inhoud',
  yes: 'ja',
  no: 'nee',
  nothing: 'niets',
  direct: 'rechtstreeks',
  pacFile: 'PAC-bestand',
  discovery: 'automatische detectie (WPAD)',
  mistakes: 'Fouten in proxyinstellingen',
  sources: {
    flag: 'opdrachtregel',
    config: 'configuratiebestand',
    environment: 'omgevingsvariabelen',
    winhttp: 'WinHTTP (Windows-services)',
    'wininet-system': 'WinINET, account Lokaal systeem',
    'wininet-user': 'WinINET, deze gebruiker',
    macos: 'netwerkinstellingen van macOS',
    gnome: 'instellingen van GNOME',
  },
  notes: {
    cgi: 'HTTP_PROXY in hoofdletters wordt in een CGI-proces niet gelezen',
    'https-alone': 'alleen HTTPS_PROXY: http://-adressen gaan buiten de proxy om',
    'http-alone': 'alleen HTTP_PROXY: https://-adressen gaan buiten de proxy om',
    'per-machine': 'door beleid voor de hele machine ingesteld',
    'wpad-disabled': 'automatische detectie door beleid verboden',
    'gnome-authentication': 'er is een account opgeslagen',
    unread: 'onleesbaar',
  },
  byPac: (url) => `per host bepaald door het PAC-bestand ${url}`,
  atRunTime: (url) => `bij het uitvoeren bepaald, door het PAC-bestand ${url}`,
  evaluated: (url) => `PAC-bestand ${url}: hier geëvalueerd, per test`,
  unresolved: (names, more) =>
    `Namen worden hier niet opgezocht: dnsResolve antwoordt null en isResolvable false aan het PAC-bestand, dat vroeg naar ${names}${more === 0 ? '' : ` en nog ${more}`}. Een echte test kan een andere weg nemen.`,
};
