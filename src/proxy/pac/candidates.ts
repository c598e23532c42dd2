import { entryOf } from '../../entry.ts';
import { harmless } from '../../harmless.ts';
import { canonicalHost, defaultPort } from '../proxy-url.ts';
import type { ProxyProtocol, ProxyServer } from '../setting.ts';
import { type PacReading, pacReaders } from './functions.ts';

/** One of the ways that a PAC file names, in its order. */
export type PacCandidate = { readonly kind: 'direct' } | ({ readonly kind: 'proxy' } & ProxyServer);

export type PacProblem =
  | 'invalid' // no JavaScript, no FindProxyForURL, a web page, or over the size bound
  | 'timeout' // it did not answer in time; the engine was ended
  | 'threw' // it threw, or ran out of memory or stack
  | 'nonsense'; // it answered, and no part of the answer is a way to go

export interface PacEvaluation {
  /** What FindProxyForURL returned, made harmless; empty if it returned no string. */
  readonly answer: string;
  /** At most 16. Parts of the answer that name no usable way are left out. */
  readonly candidates: readonly PacCandidate[];
  readonly problem: PacProblem | null;
  /** What the engine said of the problem (its error's name and message, line and column), made harmless. */
  readonly detail: string | null;
  /** Calls on the way to this answer that other readers take otherwise, made harmless; at most 11. */
  readonly readings: readonly PacReading[];
}

/** Browsers read SOCKS as version 4 and resolve names at a SOCKS5 proxy. */
const kinds: Readonly<Record<string, ProxyProtocol>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS: 'socks4',
  SOCKS4: 'socks4',
  SOCKS5: 'socks5h',
};

/** Reads `PROXY a:8080; SOCKS b:1080; DIRECT`. Kinds in any case; a missing port is the kind's default. */
export function parsePacAnswer(answer: string): readonly PacCandidate[] {
  return answer
    .slice(0, 8192)
    .split(';')
    .flatMap((part): readonly PacCandidate[] => {
      const trimmed = part.trim();
      const word = /^\S*/.exec(trimmed)?.[0] ?? '';
      const rest = trimmed.slice(word.length).trimStart();
      if (word.toUpperCase() === 'DIRECT') return rest === '' ? [{ kind: 'direct' }] : [];
      const protocol = entryOf(kinds, word.toUpperCase());
      const [, address = '', port] = /^(\[[^\]]*\]|[^:\s]+)(?::(\d{1,5}))?$/.exec(rest) ?? [];
      const host = address === '' ? null : canonicalHost(address);
      if (protocol === undefined || host === null) return [];
      const number = port === undefined ? defaultPort(protocol) : Number(port);
      return number < 1 || number > 65_535 ? [] : [{ kind: 'proxy', protocol, host, port: number }];
    })
    .slice(0, 16);
}

const harmlessReading = ({ call, value, readers, otherwise }: PacReading): PacReading => ({
  call: harmless(call, 200),
  value: harmless(value, 200),
  readers: pacReaders.filter((reader) => readers.includes(reader)),
  otherwise: harmless(otherwise, 200),
});

/** The evaluation of a returned value. */
export function pacEvaluation(value: unknown, differing: readonly PacReading[] = []): PacEvaluation {
  const readings = differing.map(harmlessReading);
  if (typeof value !== 'string')
    return { answer: '', candidates: [], problem: 'nonsense', detail: typeof value, readings };
  const candidates = parsePacAnswer(value);
  return {
    answer: harmless(value, 500),
    candidates,
    problem: candidates.length === 0 ? 'nonsense' : null,
    detail: null,
    readings,
  };
}
