/** English words of what `doctor` judges. */
export const doctor = {
  /** First line: how many things are wrong, and how many need a look. */
  verdict(wrong: number, look: number): string {
    if (wrong + look === 0) return 'Nothing here stands in the way; wayclear check tells whether the path does.';
    const parts = [
      ...(wrong === 0 ? [] : [`${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong`]),
      ...(look === 0 ? [] : [`${look} ${look === 1 ? 'needs' : 'need'} a look`]),
    ];
    return `${parts.join(', ')}.`;
  },
  /** Where what is recorded lies. */
  history: 'What is recorded',
  /** What is shown of Windows alone. */
  windows: {
    account: 'Account',
    accounts: {
      'local-system': 'Local System',
      'local-service': 'Local Service',
      'network-service': 'Network Service',
      other: 'another one',
      unknown: 'unknown',
    },
    suffixes: 'DNS suffixes',
    rules: 'Name resolution rules',
    servers: 'Servers of the adapters',
    sources: {
      policy: 'group policy',
      local: 'this machine',
      set: 'set by hand',
      dhcp: 'DHCP',
    },
    logs: "The role's logs",
    logsFrom: {
      registry: 'by the registry',
      default: 'the documented default',
    },
    notThere: 'not there',
    /** Heading and columns of the table of parts. */
    proven: 'What asks Windows, and how far it is proven (nothing here ever ran on Windows itself)',
    part: 'part',
    proof: 'proven',
    parts: {
      registry: 'registry',
      'code-pages': 'code pages',
      'hosts-file': 'hosts file',
      resolver: 'resolver of the system',
      'name-policy': 'name resolution rules',
      suffixes: 'DNS suffixes',
      'dns-servers': 'name servers of the adapters',
      winhttp: 'WinHTTP',
      wininet: 'WinINET, of each account',
      'proxy-policy': 'proxy settings by policy',
      'certificate-stores': 'certificate stores',
      'role-logs': "folder of the role's logs",
      netsh: 'text of netsh',
      account: 'account',
      'disallowed-list': 'list of distrusted certificates',
      'event-log': 'event log, for notices',
    },
    proofs: {
      wine: 'ran under Wine',
      published: 'reads output as others published it',
      constructed: 'reads output made after the documents',
    },
  },
  /** What is wrong and no cause of a run, without a full stop, and the next step, a whole sentence. */
  findings: {
    'own-roots': {
      what: 'Root certificates are trusted for this account alone',
      next: "The role works as Local System and does not trust them: import them into the machine's store (Local Computer, Trusted Root Certification Authorities).",
    },
    'other-account': {
      what: 'This is not the account that the role works as',
      next: 'The role works as Local System, with its own proxy settings and certificates: run wayclear as that account (docs/windows.md).',
    },
    'unknown-account': {
      what: 'Nobody here says which account this is',
      next: 'The role works as Local System, with its own proxy settings and certificates: `whoami /user` says S-1-5-18 there (docs/windows.md).',
    },
    pac: {
      what: 'A PAC file decides for each host',
      next: 'wayclear plan shows what a local one answers, wayclear check what a remote one does.',
    },
    'proxy-mistakes': {
      what: 'Proxy settings hold entries that do nothing, or that programs read differently',
      next: 'Correct the entries listed below, where they are set.',
    },
    'no-resolver': {
      what: 'No name server is set',
      next: 'Enter one in the network settings, or give --dns-server IP.',
    },
    'no-address': {
      what: 'This machine has no address on a network',
      next: 'Connect it, and check the adapter and its DHCP.',
    },
    'no-default-route': {
      what: 'No default route: only the network that this machine is in can be reached',
      next: 'Set the gateway in the network settings, unless a proxy in this network leads outside (--proxy).',
    },
    'store-unread': {
      what: 'A certificate store cannot be read, or not wholly',
      next: 'Check that its path exists and that this account may read it.',
    },
    'store-empty': {
      what: "This machine's certificate store is empty",
      next: 'Install the public roots (ca-certificates on Debian), or allow automatic root update on Windows.',
    },
    'no-sqlite': {
      what: 'Nothing here opens a store of SQLite: watch, history and check --store need one',
      next: 'Use Node.js 22.13 or newer, the executable, or add the package: npm install @photostructure/sqlite@1.2.1',
    },
    'old-sqlite': {
      what: 'This SQLite is older than 3.51.3, and may damage a store that two programs have open',
      next: 'Update Node.js, or use the executable.',
    },
  },
};
