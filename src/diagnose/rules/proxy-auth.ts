/** What an authentication to a proxy came to, as a cause. */
import type { CauseId } from '../../model/causes.ts';
import type { ProxyAuthentication } from '../../model/observations.ts';

/** Failed authentications by what is lacking: an account, a way to use one, or the right one. */
export function authCause({ failed, skipped }: ProxyAuthentication): CauseId {
  switch (failed?.reason) {
    case 'rejected':
      return 'proxy.auth-rejected';
    case 'no-credentials':
    case 'disabled':
      return 'proxy.auth-required';
    case 'ticket':
      // Beside the ticket a scheme is offered that an account would do for.
      return failed.detail === 'no-ticket' ||
        failed.detail === 'ticket-expired' ||
        skipped.some(({ why }) => why === 'no-credentials')
        ? 'proxy.auth-required'
        : 'proxy.auth-unsupported';
    default:
      return 'proxy.auth-unsupported';
  }
}

/** What else it may be where the dialogue ended before anybody said no. */
export const openAuth: ReadonlyMap<string, readonly CauseId[]> = new Map(
  Object.entries({
    'no-continuation': ['proxy.auth-rejected'],
    'malformed-challenge': ['proxy.auth-rejected'],
    'connection-closed': ['proxy.auth-rejected'],
    // Nobody knows what it would take: an account, or a scheme that it does not name.
    'no-challenge': ['proxy.auth-required'],
  } satisfies Record<string, readonly CauseId[]>),
);
