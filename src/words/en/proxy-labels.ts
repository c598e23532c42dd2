import type { ProxyLabels } from '../contract.ts';

/** English words of the view of proxy settings. */
export const proxyLabels: ProxyLabels = {
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
    'wpad-disabled': 'automatic discovery forbidden by policy',
    'gnome-authentication': 'an account is stored',
  },
  byPac: (url) => `decided for each host by the PAC file ${url}`,
  atRunTime: (url) => `decided at run time, by the PAC file ${url}`,
  evaluated: (url) => `PAC file ${url}: evaluated here, for each probe`,
  unresolved: (names, more) =>
    `Names are not looked up here: dnsResolve answers null and isResolvable false to the PAC file, which asked for ${names}${more === 0 ? '' : ` and ${more} more`}. A run may go another way.`,
};
