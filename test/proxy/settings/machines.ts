import type { Environment } from '../../../src/model/observations.ts';

/** IPv4 alone, a resolver, readable stores: nothing wrong with it. */
export const healthyMachine: Environment = {
  runtime: { name: 'node', version: '20.20.2', openssl: '3.0.17' },
  platform: { os: 'linux', release: '6.1', arch: 'x64' },
  routes: [],
  resolvers: ['203.0.113.53:53'],
  trustStores: [
    { name: 'public', count: 144, from: 'runtime', error: null },
    { name: 'machine', count: 140, from: '/etc/ssl/certs/ca-certificates.crt', error: null },
  ],
  families: [
    { family: 4, addresses: ['203.0.113.5'], defaultRoute: true },
    { family: 6, addresses: [], defaultRoute: false },
  ],
  rootAutoUpdate: null,
  roots: [],
};

/** The same with working IPv6. */
export const withIpv6: Environment = {
  ...healthyMachine,
  families: [
    { family: 4, addresses: ['203.0.113.5'], defaultRoute: true },
    { family: 6, addresses: ['2a00:1450::5'], defaultRoute: true },
  ],
};
