/** English words of the change request. */
export const request = {
  title: 'Network change request',
  nothing: 'Nothing to ask for: no endpoint failed.',
  made: (version: string, at: string) => `Measured by wayclear ${version} at ${at}.`,
  machine: 'Machine',
  account: 'Account',
  sources: 'Source addresses',
  /** Stands for what the report keeps to itself. */
  unnamed: 'not named',
  to: 'To',
  owners: {
    firewall: 'the owner of the firewall',
    dns: 'the owner of the name servers',
    proxy: 'the owner of the web proxy or filter',
    inspection: 'the owner of the TLS inspection',
    machine: 'the administrator of this machine',
    service: 'the owner of the servers',
    unknown: 'the network team',
  },
  /**
   * What is asked for, said of the destinations in the table below it. `open`: let connections out; `path`: stop disturbing
   * them; `let-through`: a proxy's or filter's list; `proxy`: the proxy itself; `settings`: what sends connections the wrong
   * way.
   */
  asks: {
    open: 'Allow outbound connections to these destinations, by name, without interfering with TLS:',
    path: 'Stop what disturbs connections to these destinations on the way:',
    'let-through': 'Let these destinations through the proxy or filter:',
    exempt: 'Exempt these destinations from TLS inspection:',
    resolve: 'Resolve these names as the public DNS does:',
    proxy: 'Mend the proxy, or the access to it; these destinations depend on it:',
    settings: 'Correct the setting that sends connections to these destinations the wrong way:',
    machine: 'Mend this machine; these destinations depend on it:',
    service: 'Mend what answers at these destinations:',
    unknown: 'Find out what happens to connections to these destinations:',
  },
  /** What is not to be opened or changed, because something else is to blame. */
  not: {
    open: 'Open the names, not whole address ranges: the addresses are those of the moment and change.',
    path: 'No rule has to be opened: something answers these connections, or changes them on the way.',
    'let-through': 'No direct way past the proxy has to be opened.',
    exempt:
      'No firewall rule has to be opened: the destinations are reached. Do not switch certificate validation off.',
    resolve:
      'No firewall rule has to be opened for these destinations: without their right addresses nothing was sent to them.',
    proxy: 'Do not open a direct way to these destinations: the proxy is to blame.',
    settings: 'Do not open these destinations in a firewall: it rightly stops what a wrong setting sends there.',
    machine: 'Nothing in the network has to be opened.',
    service: 'Nothing in the network has to be opened: the servers themselves answer so.',
    unknown: 'Open nothing before it is known what stops these connections.',
  },
  columns: {
    host: 'Destination',
    pattern: 'Documented as',
    addresses: 'Addresses seen',
    port: 'Port',
    direction: 'Direction',
    purpose: 'Needed for',
    exempt: 'Exempt from inspection',
    document: 'Document',
  },
  outbound: 'outbound',
  through: (proxy: string) => `through ${proxy}`,
  yes: 'yes',
  no: 'no',
  evidence: 'Evidence',
  remedies: 'In detail',
  documents: 'Documents',
  more: (rows: number) => `and ${rows} more destinations: --format firewall-request has them all`,
};
