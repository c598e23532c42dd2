import { get } from 'node:https';
import { defaultRoots } from '../certificate.ts';
import { systemClock } from '../clock.ts';
import { hostLookup } from '../probe/dns/lookup.ts';
import { type DocumentProxy, documentAgent } from '../proxy/document-agent.ts';
import { UsageError } from '../usage-error.ts';

interface Fetching {
  /** Ends the fetch; by a TimeoutError after `timeoutMs`. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Null for the direct path. */
  readonly proxy: DocumentProxy | null;
  /** Roots in PEM besides the runtime's own. */
  readonly ca: readonly string[];
  readonly mostBytes: number;
}

/** One answer over HTTPS with certificate checks, no redirect followed, bounded in size. Rejects for everything but a 200. */
export async function fetchDocument(url: URL, fetching: Fetching): Promise<Buffer> {
  const { proxy } = fetching;
  const first = await fetchBy(proxy?.url ?? null, url, fetching);
  if (Buffer.isBuffer(first)) return first;
  const account = proxy?.withAccount ?? null;
  if (account === null) throw new UsageError('fetch.account');
  const { offered } = first;
  if (!offered.includes('Basic')) {
    throw new UsageError('fetch.scheme', { schemes: offered });
  }
  const second = await fetchBy(account, url, fetching);
  if (Buffer.isBuffer(second)) return second;
  throw new UsageError('fetch.refused');
}

/** Schemes that a person would know, in the order in which proxies are strongest. */
const schemes = ['Negotiate', 'NTLM', 'Digest', 'Basic'] as const;

/** The document, or the demand of the proxy for an account. */
async function fetchBy(
  proxy: string | null,
  url: URL,
  { signal, timeoutMs, ca, mostBytes }: Fetching,
): Promise<Buffer | { readonly offered: readonly string[] }> {
  const { env, platform } = process;
  const lookup = hostLookup({ env, platform, clock: systemClock, dnsServers: [], signal });
  const agent = proxy === null ? false : await documentAgent(proxy, lookup);
  return await new Promise((resolve, reject) => {
    const headers = { accept: 'application/json' };
    const trust = ca.length === 0 ? {} : { ca: [...defaultRoots(), ...ca] };
    const request = get(url, { signal, agent, lookup, headers, ...trust }, (answer) => {
      const parts: Buffer[] = [];
      let length = 0;
      const fail = (why: UsageError): void => {
        reject(why);
        request.destroy();
      };
      if (answer.statusCode === 407) {
        const challenges = [answer.headers['proxy-authenticate'] ?? []].flat().join(', ').toLowerCase();
        const words = challenges.split(',').map((part) => part.trim().split(/\s/, 1)[0]);
        resolve({ offered: schemes.filter((scheme) => words.includes(scheme.toLowerCase())) });
        request.destroy();
        return undefined;
      }
      if (answer.statusCode === 429) return fail(new UsageError('fetch.wait'));
      if (answer.statusCode !== 200) return fail(new UsageError('fetch.status', { status: String(answer.statusCode) }));
      answer.on('data', (part: Buffer) => {
        length += part.length;
        if (length > mostBytes) return fail(new UsageError('fetch.large', { mib: mostBytes / 1024 / 1024 }));
        parts.push(part);
      });
      answer.on('end', () => resolve(Buffer.concat(parts)));
      answer.on('error', reject);
      return undefined;
    });
    const end = (error: unknown): void => {
      const timedOut = signal.aborted && signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
      reject(timedOut ? new UsageError('fetch.late', { seconds: timeoutMs / 1000 }) : error);
    };
    request.on('error', end);
    // A request whose connection a proxy has not given yet tells nobody that it was ended.
    if (signal.aborted) end(signal.reason);
    else signal.addEventListener('abort', () => end(signal.reason), { once: true });
  });
}
