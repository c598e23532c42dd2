import type { Credentials } from '../credentials.ts';

/**
 * `Basic` credentials (RFC 7617), always in UTF-8. Null where the scheme can't carry the account: a user name with a
 * colon would be read as the start of the password.
 */
export function basicHeader({ user, password }: Pick<Credentials, 'user' | 'password'>): string | null {
  if (user.includes(':')) return null;
  return `Basic ${Buffer.from(`${user}:${password.reveal()}`, 'utf8').toString('base64')}`;
}
