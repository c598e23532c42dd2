import * as http from 'node:http';
import * as https from 'node:https';
import { fileURLToPath } from 'node:url';
import { lookupBy } from '../../addresses.ts';
import { harmless } from '../../harmless.ts';
import { type InsideRange, mayReach, mayRedirectTo, rangesOf } from '../../named-addresses.ts';
import { readNamedFile } from '../../named-file.ts';

/** Bytes of a PAC file that are taken at most, as in browsers. */
export const pacBound = 1_048_576;

export type PacFileProblem =
  | 'not-found' // its name has no address, or there is no such file
  | 'unreachable' // no connection, or it broke
  | 'timeout'
  | 'status' // an HTTP status other than 200; `detail` holds it
  | 'redirects' // more than three, or to what no stranger may send anybody to; `detail` holds it
  | 'too-large';

export type PacFile =
  | { readonly text: string; readonly url: string }
  | { readonly problem: PacFileProblem; readonly url: string; readonly detail: string | null };

export interface PacFetchOptions {
  /** Addresses of a name: the probe's own resolver. */
  readonly dns: (host: string) => Promise<readonly string[]>;
  /** For everything, redirects included, in milliseconds. */
  readonly deadlineMs: number;
  /** Extra trusted roots in PEM for https addresses. */
  readonly ca?: readonly string[];
  /** Ends it earlier, as a timeout. Left out: nothing does. */
  readonly signal?: AbortSignal | undefined;
}

const redirects = 3;

/** Where a redirect of a PAC file's server leads. */
interface Moved {
  readonly location: string;
  /** The ranges inside that the server lives in. */
  readonly homes: ReadonlySet<InsideRange>;
}

const portOf = ({ protocol, port }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));

/** Why a redirect to this URL is not followed, whatever its name has for addresses; null if it may be. */
function refusal(to: URL, from: URL): string | null {
  if (to.protocol !== 'http:' && to.protocol !== 'https:') return harmless(to.protocol, 20);
  if (to.username !== '' || to.password !== '') return 'an account';
  return mayRedirectTo(portOf(to), portOf(from)) ? null : `port ${portOf(to)}`;
}

/** Says of a host that the redirect may not lead there. */
const forbidden = 'ERR_ADDRESS_INSIDE';

function decode(chunks: readonly Uint8Array[]): string {
  return new TextDecoder('utf-8').decode(Buffer.concat(chunks));
}

/**
 * Gets a PAC file from `http:`, `https:` or `file:`. Always directly, never through what it will answer: a file that
 * names itself as the proxy of its own address can't go round in circles. Never rejects.
 */
export async function fetchPac(address: string, options: PacFetchOptions): Promise<PacFile> {
  const timeout = AbortSignal.timeout(options.deadlineMs);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  if (address.startsWith('file:')) return readPac(address, signal);
  let url = address;
  let homes: Moved['homes'] | null = null;
  const { protocol } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') {
    return { problem: 'redirects', url, detail: harmless(protocol, 20) };
  }
  for (let hop = 0; hop <= redirects; hop += 1) {
    const answer: PacFile | Moved = await get(url, homes, options, signal);
    if (!('location' in answer)) return answer;
    if (!URL.canParse(answer.location, url)) return { problem: 'redirects', url, detail: null };
    const next = new URL(answer.location, url);
    const detail = refusal(next, new URL(address));
    if (detail !== null) return { problem: 'redirects', url: next.href, detail };
    url = next.href;
    ({ homes } = answer);
  }
  return { problem: 'redirects', url, detail: null };
}

async function readPac(url: string, signal: AbortSignal): Promise<PacFile> {
  try {
    const { bytes } = await readNamedFile(fileURLToPath(url), { mostBytes: pacBound, signal });
    return { text: decode([bytes]), url };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EFBIG') return { problem: 'too-large', url, detail: null };
    if (code === 'ABORT_ERR') return { problem: 'timeout', url, detail: null };
    return { problem: 'not-found', url, detail: harmless(code ?? String(error)) };
  }
}

/** Addresses for a socket. What a redirect named is judged by what it would be connected to. */
const lookupFor = (dns: PacFetchOptions['dns'], homes: Moved['homes'] | null) =>
  lookupBy(async (host) => {
    const addresses = await dns(host);
    if (homes === null || mayReach(host, addresses, homes)) return addresses;
    throw Object.assign(new Error('a range inside'), { code: forbidden });
  });

/** `homes`: of the server that redirected here; null for the address that somebody configured. */
function get(
  url: string,
  homes: Moved['homes'] | null,
  { dns, ca }: PacFetchOptions,
  signal: AbortSignal,
): Promise<PacFile | Moved> {
  return new Promise((resolve) => {
    const failed = (problem: PacFileProblem, detail: string | null = null): void => resolve({ problem, url, detail });
    const headers = { accept: 'application/x-ns-proxy-autoconfig, */*', 'accept-encoding': 'identity' };
    const { request } = url.startsWith('https:') ? https : http;
    const trust = ca === undefined ? {} : { ca: [...ca] };
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
    // No socket looks up what is an address already.
    if (homes !== null && !mayReach(host, [], homes)) return failed('redirects', harmless(host));
    const sent = request(
      url,
      { lookup: lookupFor(dns, homes), signal, headers, agent: false, maxHeaderSize: 16_384, ...trust },
      (response) => {
        const { statusCode = 0 } = response;
        if ([301, 302, 303, 307, 308].includes(statusCode) && response.headers.location !== undefined) {
          const homesHere = new Set(rangesOf([response.socket.remoteAddress ?? '']));
          resolve({ location: response.headers.location, homes: homesHere });
          sent.destroy();
          return;
        }
        if (statusCode !== 200) {
          failed('status', String(statusCode));
          sent.destroy();
          return;
        }
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          chunks.push(chunk);
          if (length <= pacBound) return;
          failed('too-large');
          sent.destroy();
        });
        response.on('end', () => resolve({ text: decode(chunks), url }));
        response.on('error', (error: NodeJS.ErrnoException) => {
          failed(signal.aborted ? 'timeout' : 'unreachable', harmless(error.code ?? error.message));
        });
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === forbidden) return failed('redirects', harmless(host));
      const problem = signal.aborted ? 'timeout' : error.code === 'ENOTFOUND' ? 'not-found' : 'unreachable';
      failed(problem, signal.aborted ? null : harmless(error.code ?? error.message));
    });
    sent.end();
  });
}
