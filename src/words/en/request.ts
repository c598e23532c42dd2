import type { RequestWords } from '../contract.ts';

/** English words of the change request. */
export const request: RequestWords = {
  title: 'Network change request',
  nothing: 'Nothing to ask for: no endpoint failed.',
  intro: (version, at, sources) =>
    `Measured by wayclear ${version} at ${at} from ${sources}. All connections are outbound from there.`,
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
  asks: {
    firewall: 'Allow these destinations, by name, without interfering with TLS:',
    dns: 'Resolve these names as the public DNS does:',
    proxy: 'Let these destinations through:',
    inspection: 'Exempt these destinations from TLS inspection:',
    machine: 'Mend this machine; these destinations depend on it:',
    service: 'Mend what answers at these destinations:',
    unknown: 'Find out what happens to connections to these destinations:',
  },
  columns: {
    host: 'Destination',
    pattern: 'Documented as',
    addresses: 'Addresses seen',
    port: 'Port',
    direction: 'Direction',
    importance: 'Importance',
  },
  outbound: 'outbound',
  evidence: 'Evidence',
  remedies: 'In detail',
};
