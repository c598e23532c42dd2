const purposes: Readonly<Record<string, string>> = {
  table: 'for eyes: verdict, causes, features (the default)',
  json: 'the whole report; diagnose and diff read it',
  ndjson: 'one record a line, each target as soon as it is measured',
  html: 'one file for a browser, or to be sent by mail',
  junit: 'test results, a suite a feature',
  github: 'annotations of GitHub Actions',
  azure: 'logging commands of Azure Pipelines',
  sarif: 'SARIF 2.1.0, a rule a cause',
  tap: 'Test Anything Protocol',
  markdown: 'for tickets and comments',
  csv: 'one row a target',
  prometheus: 'for the textfile collector of the node exporter',
  nagios: 'one line with performance data, for monitoring',
  summary: 'one line of JSON, under 4,000 bytes',
  cmtrace: 'the log that Configuration Manager reads',
  'firewall-request': 'what to ask for; .csv gives rows alone',
};

/** `languages`: the tags, separated by commas; `rows`: a line for each format, made of its name and its purpose. */
const texts: Readonly<
  Record<'exit-codes' | 'environment' | 'proxy' | 'formats' | 'catalog', (languages: string, rows: string) => string>
> = {
  'exit-codes': () => `Exit codes

  0    complete, and nothing at or above --fail-on (for diff: nothing got worse)
  1    findings at or above --fail-on (for diff: something got worse)
  2    wrong usage, catalog, configuration or output, or a fault in wayclear
  3    incomplete: the run ended early or tested nothing, and nothing makes it 1
  130  interrupted; the partial report is still written

--fail-on is critical (the default), warning, untested or never; each includes
those before it. With never an incomplete run gives 0.`,
  environment: (languages) => `Environment

  HTTPS_PROXY, HTTP_PROXY,   in both spellings; see wayclear help proxy
  ALL_PROXY, NO_PROXY
  WAYCLEAR_PROXY_PASSWORD    the password for the proxy
  WAYCLEAR_ALERTMANAGER_PASSWORD
                             that for the Alertmanager of collect
  WAYCLEAR_MODE              offline: no command sends a packet
  NO_COLOR                   no colour
  FORCE_COLOR                colour into a pipe as well
  LC_ALL, LC_MESSAGES, LANG  the language (${languages}), unless --lang or
                             a configuration file says it
  XDG_CONFIG_HOME, APPDATA   where your own configuration is

A flag beats the environment, which beats a configuration file. Your own file
is wayclear/config.json below $XDG_CONFIG_HOME (by default ~/.config) or
%APPDATA%; wayclear.config.json in the working directory is read after it. Both
hold the names of the flags, and "what" for what to check.`,
  proxy: () => `Proxy

Without --proxy the environment decides, then the settings of the operating
system, then the direct path. wayclear doctor shows what each of them says.

  --proxy URL            http, https, socks4, socks4a, socks5 or socks5h
  --proxy pac+URL        a PAC file
  --proxy env|system     one source alone
  --proxy direct         no proxy
  --no-proxy LIST        hosts that go past it; replaces NO_PROXY
  --direct-too           measures the direct path as well

An account: --proxy-user NAME, and its password by --proxy-password-file FILE,
WAYCLEAR_PROXY_PASSWORD or the prompt. Basic, Digest, NTLM and Negotiate are
spoken; --proxy-auth chooses one. HTTPS_PROXY holds for https alone: where plain
HTTP needs the proxy as well, HTTP_PROXY has to be set beside it.`,
  formats: (languages, rows) => `Formats

  --format NAME          to standard output
  --format NAME=FILE     to a file; several in one run

${rows}

wayclear diagnose REPORT.json --format NAME makes any of them later. Languages
(--lang): ${languages}.`,
  catalog: () => `Catalog

The endpoints that come with wayclear are one JSON file a feature; wayclear
list shows the features, wayclear list FEATURE its endpoints with their sources.

  --catalog FILE|FOLDER      adds a list of your own
  --catalog m365:worldwide   adds the Microsoft 365 endpoint service
  --no-bundled               leaves the bundled ones out
  --set NAME=VALUE           gives a template its value, as in {tenantId}
  --only, --skip PATTERN     choose by id, host or documented pattern

wayclear schema catalog describes a file. A wildcard is never probed by
inventing a host: documented witnesses are, and the report says how many were
reached.`,
};

/** English words of the topics of the help. */
export const topics = {
  /** What a format is for; one that is not here is told by its name. */
  purposes,
  texts,
};
