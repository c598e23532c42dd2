import type { View } from '../../model.ts';

/** What the view of proxy settings says besides values. */
export interface ProxyLabels {
  readonly heading: string;
  readonly source: string;
  readonly decides: string;
  readonly says: string;
  readonly yes: string;
  readonly no: string;
  readonly nothing: string;
  readonly direct: string;
  readonly pacFile: string;
  readonly discovery: string;
  readonly mistakes: string;
  /** Names of sources; one that is not here keeps its own. */
  readonly sources: Readonly<Record<string, string>>;
  /** Notes of sources; one that is not here keeps its code. */
  readonly notes: Readonly<Record<string, string>>;
  readonly byPac: (url: string) => string;
}

const en: ProxyLabels = {
  heading: 'Proxy settings, in the order in which they are asked',
  source: 'source',
  decides: 'decides',
  says: 'says',
  yes: 'yes',
  no: 'no',
  nothing: 'nothing',
  direct: 'direct',
  pacFile: 'PAC file',
  discovery: 'automatic discovery (WPAD)',
  mistakes: 'Mistakes in proxy settings',
  sources: {
    flag: 'command line',
    config: 'configuration file',
    environment: 'environment variables',
    winhttp: 'WinHTTP (services)',
    'wininet-system': 'WinINET, Local System account',
    'wininet-user': 'WinINET, this user',
    macos: 'macOS network settings',
    gnome: 'GNOME settings',
  },
  notes: {
    cgi: 'HTTP_PROXY in capitals is not read in a CGI process',
    'per-machine': 'set for the whole machine by policy',
    'gnome-authentication': 'an account is stored',
  },
  byPac: (url) => `decided for each host by the PAC file ${url}`,
};

/** In the language of the view where it has these words, else in English. */
export function proxyLabelsOf(lang: View['lang']): ProxyLabels {
  return ({ en } as Partial<Record<View['lang'], ProxyLabels>>)[lang] ?? en;
}
