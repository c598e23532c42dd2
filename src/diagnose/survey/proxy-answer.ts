/** How a proxy's answer to CONNECT is read. */
import type { HttpValue, TunnelValue } from '../../model/observations.ts';

/** An answer to CONNECT in the shape that the rules for web answers read. */
export const asAnswer = ({ status, reason, headers = [], bodyExcerpt = '' }: Partial<TunnelValue>): HttpValue => ({
  status: status ?? 0,
  reason: reason ?? '',
  headers,
  headersMs: 0,
  clockOffsetMs: null,
  bodyExcerpt,
  bodyBytes: bodyExcerpt.length,
  bodyEnd: 'complete',
});

/** Statuses by which a web server answers a CONNECT that it doesn't know. */
export const notOfAProxy: ReadonlySet<number> = new Set([400, 401, 404, 405, 426, 501, 505]);
