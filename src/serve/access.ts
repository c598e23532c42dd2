/** Who may read: whoever shows the password, whom a reverse proxy vouches for, and without either this machine alone. Pure. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Counts, originOf } from './rates.ts';
import { isLoopback, isOwnName, type Question } from './server.ts';

export interface Access {
  /** Null: there is none. Never to be shown. */
  readonly password: string | null;
  /** The header by which a reverse proxy on this machine names who it let through, in lower case; null: none is believed. */
  readonly trustedHeader: string | null;
  /** Of wrong passwords. */
  readonly guesses: Counts;
}

/** `later`: whoever asks from there was wrong too often, and is not heard for the rest of the minute. */
export type Admission = 'in' | 'out' | 'later';

/** Wrong secrets that one address may show a minute. */
export const mostGuesses = 10;

const mostPassword = 500;

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

/** What a question shows as its secret; null where it shows none. */
function shownSecret({ headers }: Question, most: number): string | null {
  const { authorization = '' } = headers;
  const bearer = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization)?.[1];
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  if ((basic ?? '').length > 2 * most || (bearer ?? '').length > most) return null;
  if (bearer !== undefined || basic === undefined) return bearer ?? null;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
}

/**
 * Lets in who shows one of these secrets. A browser asks its person for a name and a password: the password counts. Programs
 * may send it as a bearer token. Of `most` characters at most, which is twice as many in Base64.
 */
export function admitBySecret(
  question: Question,
  secrets: readonly string[],
  most: number,
  guesses: Counts,
): Admission {
  const shown = shownSecret(question, most);
  if (shown === null) return 'out';
  const origin = originOf(question.address);
  // A right one is not heard either, or guessing would go on.
  if (guesses.isOver(origin)) return 'later';
  const said = digest(shown);
  if (secrets.some((secret) => timingSafeEqual(digest(secret), said))) return 'in';
  guesses.count(origin);
  return 'out';
}

/** Whether it comes from this machine, by a name of this machine. */
export const isFromHere = ({ address, headers }: Question): boolean =>
  isLoopback(address) && isOwnName(headers.host ?? '');

export function admit(question: Question, { password, trustedHeader, guesses }: Access): Admission {
  const bySecret = password === null ? 'out' : admitBySecret(question, [password], mostPassword, guesses);
  if (bySecret === 'in' || (password !== null && trustedHeader === null)) return bySecret;
  if (trustedHeader === null) return isFromHere(question) ? 'in' : 'out';
  const { headers, peer } = question;
  const vouched = [headers[trustedHeader] ?? ''].flat().join('');
  // A page elsewhere that leads a browser here by a name of its own can name a reader as well as a proxy can.
  return isLoopback(peer) && isOwnName(headers.host ?? '') && vouched !== '' ? 'in' : bySecret;
}
