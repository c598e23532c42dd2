/** An answer of a proxy, with the names of headers in lower case. */
interface ProxyAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
}

const valuesOf = ({ headers }: Pick<ProxyAnswer, 'headers'>, name: string): readonly string[] =>
  headers.filter(([given]) => given === name).map(([, value]) => value);

/**
 * A proxy that does not take an account owes a 407 (RFC 9110 section 15.5.8). These are said of the target, by one that
 * came to it: not allowed, forbidden by law, what came from there is no answer, nothing came from there.
 */
const ofTarget: readonly number[] = [403, 451, 502, 504];
/** What a proxy says of itself or of the request where it forwards one; any other 4xx is the origin's. */
const ofProxy: readonly number[] = [400, 407, 408, 429];

/** Why the target could not be had, in the proxy's own terms: squid's, or those of RFC 9209. */
function namesTarget(head: Pick<ProxyAnswer, 'headers'>): boolean {
  const squid = valuesOf(head, 'x-squid-error').some(
    (value) => value.startsWith('ERR_') && !value.startsWith('ERR_CACHE_'),
  );
  return (
    squid ||
    valuesOf(head, 'proxy-status').some((value) => /;\s?error="?(?:dns|destination|connection|tls)_/.test(value))
  );
}

/**
 * Whether only a proxy that took the account answers so. A 503 without a reason may be of its directory: it says nothing
 * of the account.
 */
export function provesAccount(head: ProxyAnswer, isForwarded: boolean): boolean {
  const { status } = head;
  if (status < 400 || ofTarget.includes(status)) return true;
  return (isForwarded && status < 500 && !ofProxy.includes(status)) || namesTarget(head);
}
