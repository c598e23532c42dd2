import { defaultRoots } from '../certificate.ts';
import { systemClock } from '../clock.ts';
import { hostLookup } from '../probe/dns/lookup.ts';
import { type DocumentProxy, ProxyDemand, requestDocument } from '../proxy/document-request.ts';
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
  try {
    return await fetchOnce(url, fetching);
  } catch (error) {
    const { signal, timeoutMs } = fetching;
    if (error instanceof UsageError) throw error;
    if (error instanceof ProxyDemand) throw demandOf(error);
    const timedOut = signal.aborted && signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    throw timedOut ? new UsageError('fetch.late', { seconds: timeoutMs / 1000 }) : error;
  }
}

/** Schemes that a person would know, in the order in which proxies are strongest. */
const schemes = ['Negotiate', 'NTLM', 'Digest', 'Basic'] as const;

function demandOf({ why, offered }: ProxyDemand): UsageError {
  if (why === 'account') return new UsageError('fetch.account');
  if (why === 'refused') return new UsageError('fetch.refused');
  return new UsageError('fetch.scheme', {
    schemes: schemes.filter((scheme) => offered.includes(scheme.toLowerCase())),
  });
}

async function fetchOnce(url: URL, { signal, proxy, ca, mostBytes }: Fetching): Promise<Buffer> {
  const { env, platform } = process;
  const lookup = hostLookup({ env, platform, clock: systemClock, dnsServers: [], signal });
  const trust = ca.length === 0 ? {} : { ca: [...defaultRoots(), ...ca].join('\n') };
  const headers = { accept: 'application/json' };
  const { answer } = await requestDocument(url, { proxy, lookup, signal, headers, ...trust });
  try {
    if (answer.statusCode === 429) throw new UsageError('fetch.wait');
    if (answer.statusCode !== 200) throw new UsageError('fetch.status', { status: String(answer.statusCode) });
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of answer) {
      length += (part as Buffer).length;
      if (length > mostBytes) throw new UsageError('fetch.large', { mib: mostBytes / 1024 / 1024 });
      parts.push(part as Buffer);
    }
    return Buffer.concat(parts);
  } finally {
    answer.destroy();
  }
}
