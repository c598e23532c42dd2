import type { LookupFunction } from 'node:net';
import type { Clock } from '../clock.ts';
import { createNameLookup } from '../probe/dns/lookup.ts';

/** For one name, in milliseconds. */
const timeoutMs = 5000;

/** What finds addresses for sockets as this machine's programs do; the system's own call could keep the process for ever. */
export function hostLookup(machine: {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `process.platform`. */
  readonly platform: string;
  readonly clock: Clock;
  /** Resolvers in place of the machine's own; left out: the machine's. */
  readonly dnsServers?: readonly string[];
  readonly signal: AbortSignal;
}): LookupFunction {
  const { dnsServers = [] } = machine;
  return (host, { all, family }, done) => {
    // Anew for each name: networks change while a watch goes on.
    const names = createNameLookup({ ...machine, dnsServers, timeoutMs });
    void names.addressesOf(host).then((addresses) => {
      names.close();
      const found = addresses
        .map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
        .filter((one) => (family === 4 || family === 6 ? one.family === family : true));
      const [first] = found;
      if (first === undefined) done(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 4);
      else if (all === true) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}
