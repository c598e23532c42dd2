/** What a proxy's answer alone means, as causes. */
import type { CauseId } from '../../model/causes.ts';
import { notOfAProxy } from '../survey/proxy-answer.ts';

/** What a status alone means in answer to CONNECT, with the neighbours that it leaves open. */
export function byStatus(status: number, works: boolean): readonly [CauseId, readonly CauseId[]] {
  if (status >= 300 && status < 400)
    return ['proxy.denied', ['proxy.auth-required', 'http.captive-portal', 'proxy.not-a-proxy']];
  switch (status) {
    case 403:
    case 451:
      return ['proxy.denied', []];
    case 408:
    case 504:
    case 598:
      // Where it leads to others, it is not its load: it waits for what stands behind these.
      return works
        ? ['proxy.upstream-unreachable', ['proxy.timeout', 'proxy.upstream-dns']]
        : ['proxy.timeout', ['proxy.upstream-unreachable', 'proxy.upstream-dns']];
    case 500:
    case 502:
    case 503:
      return ['proxy.upstream-unreachable', ['proxy.upstream-dns', 'proxy.timeout']];
    case 599:
      return ['proxy.upstream-unreachable', ['proxy.timeout']];
    case 511:
      return ['http.captive-portal', ['proxy.denied']];
    default:
      if (notOfAProxy.has(status)) return works ? ['proxy.denied', []] : ['proxy.not-a-proxy', ['proxy.denied']];
      return status < 500 ? ['proxy.denied', ['proxy.not-a-proxy']] : ['proxy.upstream-unreachable', ['proxy.denied']];
  }
}

/** RFC 1928 section 6, and the codes of version 4. */
export const socksReplies: Readonly<Record<number, readonly [name: string, alternatives: readonly CauseId[]]>> = {
  1: ['general failure', ['proxy.upstream-unreachable', 'proxy.upstream-dns']],
  2: ['not allowed by its rules', []],
  3: ['network unreachable', ['proxy.upstream-unreachable']],
  4: ['host unreachable', ['proxy.upstream-unreachable', 'proxy.upstream-dns']],
  5: ['connection refused', ['proxy.upstream-unreachable']],
  6: ['time to live expired', ['proxy.timeout']],
  7: ['command not supported', []],
  8: ['kind of address not supported', []],
  91: ['rejected or failed', ['proxy.denied', 'proxy.upstream-unreachable']],
  92: ['no identd to ask', ['proxy.auth-required']],
  93: ['identd names another user', ['proxy.auth-rejected']],
};
