/** Where messages go, as it is written: a collector, a folder that somebody empties, or standard output. */
import { isIP } from '../addresses.ts';

export type Place =
  | { readonly kind: 'collector'; readonly url: URL }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'output' };

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

/** `https://…`, `http://` of this machine alone, a folder, or `-`; null for anything else. */
export function parsePlace(text: string): Place | null {
  if (text === '-') return { kind: 'output' };
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return text.trim() === '' ? null : { kind: 'folder', path: text };
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
    return { kind: 'collector', url };
  return null;
}
