import type { SessionSettings } from '../../model/experiments.ts';
import type { ProxyRoute } from '../../model/plan.ts';

/** A hello that every path and every server takes; without a name. */
export const classicHello = {
  servername: null,
  hello: 'classic',
  pad: 0,
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: null,
} as const satisfies Partial<SessionSettings>;

/** A proxy alone, without the candidates after it and what is said of one destination. */
export const proxyAlone = ({ kind, protocol, host, port, source, why }: ProxyRoute): ProxyRoute => ({
  kind,
  protocol,
  host,
  port,
  source,
  why,
});
