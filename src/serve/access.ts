/** Who may read: whoever shows the password, whom a reverse proxy vouches for, and without either this machine alone. Pure. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { isLoopback, isOwnName, type Question } from './server.ts';

export interface Access {
  /** Null: there is none. Never to be shown. */
  readonly password: string | null;
  /** The header by which a reverse proxy on this machine names who it let through, in lower case; null: none is believed. */
  readonly trustedHeader: string | null;
}

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
const isSame = (said: string, password: string): boolean => timingSafeEqual(digest(said), digest(password));

/** A browser asks its person for a name and a password: the password counts. Programs may send it as a bearer token. */
function saidPassword({ headers }: Question): string {
  const { authorization = '' } = headers;
  const bearer = /^Bearer ([\x21-\x7e]{1,500})$/i.exec(authorization)?.[1];
  const basic = /^Basic ([A-Za-z0-9+/=]{1,1000})$/i.exec(authorization)?.[1] ?? '';
  const pair = Buffer.from(basic, 'base64').toString('utf8');
  return bearer ?? pair.slice(pair.indexOf(':') + 1);
}

export function isAllowed(question: Question, { password, trustedHeader }: Access): boolean {
  if (password !== null && isSame(saidPassword(question), password)) return true;
  if (trustedHeader !== null) {
    const vouched = [question.headers[trustedHeader] ?? ''].flat().join('');
    return isLoopback(question.peer) && vouched !== '';
  }
  return password === null && isLoopback(question.address) && isOwnName(question.headers.host ?? '');
}
