import type { At } from '../model/facts.ts';

/** `host:port`, or `host (address:port)` where the address tells more. */
export const place = ({ host, address, port }: At): string =>
  address === '' || address === host
    ? `${host}:${port}`
    : `${host} (${address.includes(':') ? `[${address}]` : address}:${port})`;
