/** What a mail server makes of an account (RFC 4954), by what nodemailer tells on the way. */
import type { CredentialOutcome, CredentialTurn } from '../proxy/lockout.ts';

/** Of nodemailer's errors. */
export interface MailError {
  readonly code?: string;
  readonly responseCode?: number;
}

interface Told {
  readonly tnx?: string;
  readonly action?: string;
}

/** One session's login. */
export interface MailLogin {
  /** For nodemailer, which tells it each command before it goes out, and that the server took the account. Keeps nothing. */
  readonly logger: {
    debug(entry: Told, text?: unknown): void;
    info(entry: Told): void;
  };
  /** Says how the session ended; what that says of the account. */
  end(error: MailError, isLate: boolean): CredentialOutcome;
}

/** An end before the server's word: a 4yz is of the server's own trouble (454), silence is unclear, all else is no yes. */
function outcomeOf({ code, responseCode = 0 }: MailError, isLate: boolean): CredentialOutcome {
  if (responseCode >= 500) return 'refused';
  return isLate || code === 'ETIMEDOUT' || responseCode >= 400 ? 'unclear' : 'open';
}

export function followLogin(turn: CredentialTurn | null): MailLogin {
  let state: 'before' | 'asked' | 'taken' = 'before';
  return {
    logger: {
      debug({ tnx }, text) {
        if (state === 'before' && tnx === 'client' && String(text).startsWith('AUTH ')) state = 'asked';
      },
      info({ action }) {
        if (action !== 'authenticated') return;
        state = 'taken';
        turn?.end('accepted');
      },
    },
    end(error, isLate) {
      const outcome = state === 'asked' ? outcomeOf(error, isLate) : state === 'taken' ? 'accepted' : 'unsent';
      turn?.end(outcome);
      return outcome;
    },
  };
}
