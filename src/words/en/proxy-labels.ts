const sources: Readonly<Record<string, string>> = {
  flag: 'command line',
  config: 'configuration file',
  environment: 'environment variables',
  winhttp: 'WinHTTP (services)',
  'wininet-system': 'WinINET, Local System account',
  'wininet-user': 'WinINET, this user',
  macos: 'macOS network settings',
  gnome: 'GNOME settings',
};

const notes: Readonly<Record<string, string>> = {
  cgi: 'HTTP_PROXY in capitals is not read in a CGI process',
  'https-alone': 'HTTPS_PROXY alone: http:// addresses go past the proxy',
  'http-alone': 'HTTP_PROXY alone: https:// addresses go past the proxy',
  'per-machine': 'set for the whole machine by policy',
  'wpad-disabled': 'automatic discovery forbidden by policy',
  'gnome-authentication': 'an account is stored',
  unread: "can't be read",
};

/** English words of the view of proxy settings. */
export const proxyLabels = {
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
  /** Names of sources; one that is not here keeps its own. */
  sources,
  /** Notes of sources; one that is not here keeps its code. */
  notes,
  byPac: (url: string) => `decided for each host by the PAC file ${url}`,
  /** Of a plan: a remote PAC file, or discovery's, which nobody fetches for it. */
  atRunTime: (url: string) => `decided at run time, by the PAC file ${url}`,
  /** Of a plan: a local PAC file was asked about each probe. */
  evaluated: (url: string) => `PAC file ${url}: evaluated here, for each probe`,
  /** Of a plan: names that scripts wanted addresses of, and the number of those that are not written out. */
  unresolved: (names: string, more: number) =>
    `Names are not looked up here: dnsResolve answers null and isResolvable false to the PAC file, which asked for ${names}${more === 0 ? '' : ` and ${more} more`}. A run may go another way.`,
};
