import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { harmless } from '../harmless.ts';
import { suggest } from '../suggest.ts';
import { hostAndPort } from '../text-bounds.ts';
import { type Refusal, UsageError } from '../usage-error.ts';
import { parseProxyUrl } from './proxy-url.ts';
import type { Mistake, NamedProxy } from './setting.ts';

const words = ['auto', 'env', 'system', 'direct'] as const;

/** What `--proxy` asks for; the account that a URL names is in it, hidden. */
export type ProxyChoice =
  | { readonly kind: (typeof words)[number] }
  | { readonly kind: 'proxy'; readonly proxy: NamedProxy; readonly mistakes: readonly Mistake[] }
  | { readonly kind: 'pac'; readonly url: string };

/**
 * Reads `URL|auto|env|system|pac+URL|direct`.
 * @param where what holds the text, for messages
 * @throws UsageError that repeats no secret
 */
export function parseProxyChoice(text: string, where: string | Refusal = '--proxy'): ProxyChoice {
  const value = text.trim();
  const word = words.find((candidate) => candidate === value);
  if (word !== undefined) return { kind: word };
  // A bare word is more likely misspelt than a host of that name.
  if (/^[a-z]*$/i.test(value) && value !== 'localhost') {
    const near = suggest(value, words);
    throw new UsageError('proxy.choice', { where, text: `"${harmless(value, 80)}"`, near });
  }
  if (/^pac\+/i.test(value)) return { kind: 'pac', url: pacUrl(value.slice(4), where) };
  const { proxy, credentials, mistakes } = parseProxyUrl(value, where);
  return { kind: 'proxy', proxy: { ...proxy, name: '--proxy', credentials }, mistakes };
}

/** As people write a file beside them, which no URL can say: `file://./proxy.pac`. */
const besideHere = /^file:\/\/(\.\.?\/.*)$/is;

function pacUrl(given: string, where: string | Refusal): string {
  const [, beside] = besideHere.exec(given) ?? [];
  const text = beside === undefined ? given : pathToFileURL(resolve(beside)).href;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:', 'file:'].includes(url.protocol)) {
    throw new UsageError('proxy.pac-address', { where });
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('proxy.pac-account', { where });
  }
  return url.href;
}

/** The choice as a flag would be written, without credentials. */
export function showProxyChoice(choice: ProxyChoice): string {
  if (choice.kind === 'pac') return `pac+${choice.url}`;
  if (choice.kind !== 'proxy') return choice.kind;
  return `${choice.proxy.protocol}://${hostAndPort(choice.proxy.host, choice.proxy.port)}`;
}
