/** Accounts of who takes notices and alerts, under the guard that heeds every account of the run. */
import { secret } from '../proxy/credentials.ts';
import type { CredentialGuard, CredentialTurn } from '../proxy/lockout.ts';
import { Undelivered } from './sender.ts';

/** As somebody wrote it. */
export interface NotifyAccount {
  readonly user: string;
  readonly pass: string;
}

/**
 * Leave to show the account to the server at this address.
 * @throws Undelivered where it was refused before, or nothing showed that it is right; the signal's reason when it aborts
 */
export async function accountTurn(
  guard: CredentialGuard,
  { protocol, host, hostname }: URL,
  { user, pass }: NotifyAccount,
  signal: AbortSignal,
): Promise<CredentialTurn> {
  const turn = await guard.enter(`${protocol}//${host}`, { user, password: secret(pass) }, hostname, signal);
  if ('refusedFor' in turn) throw new Undelivered('account-held');
  return turn;
}
