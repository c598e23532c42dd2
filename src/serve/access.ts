/** Who may read: whoever shows the password, whom a reverse proxy vouches for, and without either this machine alone. Pure. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isLoopback, isOwnName, type Question } from './server.ts';

export interface Access {
  /** Null: there is none. Never to be shown. */
  readonly password: string | null;
  /** The header by which a reverse proxy on this machine names who it let through, in lower case; null: none is believed. */
  readonly trustedHeader: string | null;
}

const mostPassword = 500;

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();

/**
 * Whether a question shows one of these secrets. A browser asks its person for a name and a password: the password counts.
 * Programs may send it as a bearer token. Of `most` characters at most, which is twice as many in Base64.
 */
export function showsSecret({ headers }: Question, secrets: readonly string[], most: number): boolean {
  const { authorization = '' } = headers;
  const bearer = /^Bearer ([\x21-\x7e]+)$/i.exec(authorization)?.[1];
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1] ?? '';
  if (basic.length > 2 * most || (bearer ?? '').length > most) return false;
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  const said = digest(bearer ?? pair.slice(pair.indexOf(':') + 1));
  return secrets.some((secret) => timingSafeEqual(digest(secret), said));
}

/** Whether it comes from this machine, by a name of this machine. */
export const isFromHere = ({ address, headers }: Question): boolean =>
  isLoopback(address) && isOwnName(headers.host ?? '');

export function isAllowed(question: Question, { password, trustedHeader }: Access): boolean {
  if (password !== null && showsSecret(question, [password], mostPassword)) return true;
  if (trustedHeader !== null) {
    const vouched = [question.headers[trustedHeader] ?? ''].flat().join('');
    return isLoopback(question.peer) && vouched !== '';
  }
  return password === null && isFromHere(question);
}
