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
  readonly signal: AbortSignal;
}): LookupFunction {
  return (host, { all }, done) => {
    // Anew for each name: networks change while a watch goes on.
    const names = createNameLookup({ ...machine, dnsServers: [], timeoutMs });
    void names.addressesOf(host).then((addresses) => {
      names.close();
      const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      const [first] = found;
      if (first === undefined) done(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 4);
      else if (all === true) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}
