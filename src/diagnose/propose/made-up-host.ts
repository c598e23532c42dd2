/** Plain requests for a name that nobody has: a page that it gets as well is not the origin's. */
import type { Experiment } from '../../model/experiments.ts';
import type { Observation } from '../../model/observations.ts';
import type { ProxyRoute } from '../../model/plan.ts';
import { classicHello, proxyAlone } from './hello.ts';
import { label } from './label.ts';

/** What the made-up name is asked of: the address of a host, or a proxy. */
export type AskedThere =
  | { readonly action: 'connect'; readonly address: string; readonly family: 4 | 6 }
  | { readonly action: 'through'; readonly route: ProxyRoute };

/** The probe's request for a name below a domain that the registries keep (RFC 2606), to the same address or proxy. */
export function madeUpHost(
  startedAt: string,
  { target, host, port, url }: Observation,
  there: AskedThere,
): Experiment | null {
  if (url === null) return null;
  const name = `${label({ startedAt }, host)}.example.com`;
  const { pathname, search } = new URL(url);
  const at = port === 80 ? name : `${name}:${port}`;
  const request = { port, scheme: 'http', url: `http://${at}${pathname}${search}`, ...classicHello } as const;
  const does: Experiment['does'] =
    there.action === 'connect'
      ? { ...there, ...request }
      : { ...there, route: proxyAlone(there.route), asked: name, address: null, family: null, ...request };
  const where = there.action === 'connect' ? there.address : `${there.route.host}:${there.route.port}`;
  return { id: `made-up-host ${host} ${port} ${where}`, kind: 'made-up-host', target, host, port, does };
}
