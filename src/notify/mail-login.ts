/** What a mail server makes of an account (RFC 4954), by what nodemailer tells on the way. */
import type { CredentialOutcome, CredentialTurn } from '../proxy/lockout.ts';

/** What nodemailer hands to a mechanism of our own. */
interface Dialogue {
  readonly auth: { readonly credentials: { readonly user: string; readonly pass: string } };
  readonly authMethods: readonly string[];
  sendCommand(command: string): Promise<{ readonly status: number }>;
}

/** AUTH PLAIN (RFC 4616), which nodemailer would send as well where the server names no mechanism that it knows. */
export async function plainLogin({ auth, authMethods, sendCommand }: Dialogue): Promise<void> {
  if (!authMethods.includes('PLAIN')) throw new Error('the server does not offer PLAIN');
  const { user, pass } = auth.credentials;
  const { status } = await sendCommand(`AUTH PLAIN ${Buffer.from(`\0${user}\0${pass}`).toString('base64')}`);
  if (status !== 235) throw new Error('the server does not take the account');
}

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
