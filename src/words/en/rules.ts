const set = (parameters: readonly string[]): string => parameters.map((name) => `--set ${name}=VALUE`).join(' ');

type Left = 'template' | 'invalid' | 'udp' | 'wildcard' | 'network' | 'port' | 'address';
const left: Readonly<Record<Left, (destination: string, parameters: readonly string[]) => string>> = {
  template: (destination, parameters) => `Not in the rules: ${destination}; it needs ${set(parameters)}`,
  invalid: (destination) => `Not in the rules: ${destination}; this is no host and no pattern`,
  udp: (destination) => `Not in the rules: ${destination}; this format knows no UDP`,
  wildcard: (destination) => `Not in the rules: ${destination}; this format can't write such a wildcard`,
  network: (destination) => `Not in the rules: ${destination}; networks belong in a list of addresses`,
  port: (destination) => `Not in the rules: ${destination}; this product takes wildcards for HTTP and HTTPS alone`,
  address: (destination) => `Not in the rules: ${destination}; addresses belong in a list of addresses`,
};

/** English words of allow-lists. */
export const rules = {
  title: 'Allow-list',
  documented: (version: string) => `What the documents ask for, by wayclear ${version}. Nothing was probed.`,
  /** `sources`: addresses of the machine; empty where the report keeps them to itself. */
  failed: (version: string, at: string, sources: string) =>
    `Documented destinations that failed, measured by wayclear ${version} at ${at}${sources === '' ? '' : ` from ${sources}`}.`,
  nothing: 'There is nothing to allow.',
  /** Why a destination is not among the rules. */
  left,
  notOpened: (destination: string, cause: string, owner: string) =>
    `Do not open ${destination}: it failed because of something else (${cause}), which is for ${owner}`,
  /** Above names in a list without ports. */
  onlyPort: (port: string) => `${port} alone: a list like this holds no ports, the rule that uses it has to`,
  squidPlace: 'Include this file before the last http_access deny. The rules hold for every client of the proxy.',
  squidPorts: (ports: string) =>
    `squid's own configuration refuses CONNECT to these ports, so include this file before it: ${ports}`,
  pac: (proxy: string) => `The destinations below go directly, everything else to ${proxy}.`,
  yes: 'yes',
  no: 'no',
  columns: {
    destination: 'Destination',
    port: 'Port',
    exempt: 'Exempt from TLS inspection',
    document: 'Document',
  },
};
