/** What came of credentials that were sent to a proxy. `open`: no answer, a closed connection, a dialogue that broke off. */
export type CredentialOutcome = 'accepted' | 'rejected' | 'open';

/** Leave to send credentials; its holder says what came of it, once. */
export interface CredentialTurn {
  end(outcome: CredentialOutcome): void;
}

/** One attempt's dealings with the guard. */
export interface CredentialLeave {
  /** Waits for leave to send this account; gives the host that it was refused for, or null where it may be sent. */
  readonly permit: (user: string) => Promise<string | null>;
  /** Says what came of it; nothing where no leave was asked for. */
  readonly settle: CredentialTurn['end'];
}

/** The proxy refused them when they were sent for this host. */
export interface CredentialsRefused {
  readonly refusedFor: string;
}

/** The accounts of one run at its proxies. */
export interface CredentialGuard {
  /**
   * Waits for leave to send this account to this proxy for `host`. Rejects with the signal's reason when it aborts.
   * @param proxy `protocol://HOST:PORT`
   */
  enter(proxy: string, user: string, host: string, signal: AbortSignal): Promise<CredentialTurn | CredentialsRefused>;
}

/** Exchanges in turn that may end without a word before the others no longer wait for one. */
const mostOpen = 2;

interface Account {
  /** Nobody waits any more. */
  free: boolean;
  busy: boolean;
  open: number;
  refused: CredentialsRefused | null;
  readonly waiting: Set<() => void>;
}

const noTurn: CredentialTurn = { end: () => {} };

function woken(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      waiting.delete(wake);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    waiting.add(wake);
    signal.addEventListener('abort', wake, { once: true });
  });
}

/**
 * A directory locks an account after some five or ten wrong passwords, and a run has more targets than that. So the first
 * exchange of a run goes alone; the others wait for what comes of it. Refused credentials are not sent again in the run.
 */
export function createCredentialGuard(): CredentialGuard {
  const accounts = new Map<string, Account>();
  return {
    enter: async (proxy, user, host, signal) => {
      const key = JSON.stringify([proxy, user]);
      const account: Account = accounts.get(key) ?? {
        free: false,
        busy: false,
        open: 0,
        refused: null,
        waiting: new Set(),
      };
      accounts.set(key, account);
      while (account.busy && !account.free && !signal.aborted) await woken(account.waiting, signal);
      if (signal.aborted) throw signal.reason;
      if (account.refused !== null) return account.refused;
      if (account.free) return noTurn;
      account.busy = true;
      let ended = false;
      return {
        end: (outcome) => {
          if (ended) return;
          ended = true;
          account.busy = false;
          if (outcome === 'open') account.open += 1;
          if (outcome === 'rejected') account.refused = { refusedFor: host };
          account.free = outcome === 'accepted' || (outcome === 'open' && account.open >= mostOpen);
          for (const wake of [...account.waiting]) wake();
        },
      };
    },
  };
}
