/**
 * What came of an exchange in which credentials may have been sent. `accepted`: an answer that is no demand for them.
 * `refused`: another demand. `broken`: the proxy closed, reset, or said what is no answer. `silent`: it said nothing in
 * time, as where it waits for somebody else. `unsent`: no credential left, whatever happened.
 */
export type CredentialOutcome = 'accepted' | 'refused' | 'broken' | 'silent' | 'unsent';

/** Leave to send credentials; its holder says what came of it, once. */
export interface CredentialTurn {
  /** The proxy accepted this account before. */
  readonly isProven: boolean;
  end(outcome: CredentialOutcome): void;
}

/** One attempt's dealings with the guard. */
export interface CredentialLeave {
  /** Waits for leave to send this account; gives the host that it was refused for, or null where it may be sent. */
  readonly permit: (user: string) => Promise<string | null>;
  /** The proxy accepted this account before this attempt. */
  readonly isProven: () => boolean;
  /** Credentials go out now: from here on the end of the exchange tells something. */
  readonly sending: () => void;
  /** Says what came of it; nothing where no leave was asked for. */
  readonly settle: (outcome: CredentialOutcome) => void;
}

/** The proxy refused them when they were sent for this host. */
export interface CredentialsRefused {
  readonly refusedFor: string;
}

/** The accounts of one run at its proxies, whoever goes through them. */
export interface CredentialGuard {
  /**
   * Waits for leave to send this account to this proxy for `host`. Rejects with the signal's reason when it aborts.
   * @param proxy `protocol://HOST:PORT`
   */
  enter(proxy: string, user: string, host: string, signal: AbortSignal): Promise<CredentialTurn | CredentialsRefused>;
  /** Another run begins: what was refused may be right by now. */
  forget(): void;
}

/**
 * Exchanges without a word that an account may cost before it proved right: a proxy is silent too while it waits for a
 * destination that never answers, and one such target must not speak for all others.
 */
const mostSilent = 3;

interface AccountRecord {
  proven: boolean;
  busy: boolean;
  silent: number;
  refused: CredentialsRefused | null;
  readonly waiting: Set<() => void>;
}

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

/** Whether the account counts as refused from now on. One that proved right is only refused by a demand for another. */
function isRefusal(outcome: CredentialOutcome, account: AccountRecord): boolean {
  if (outcome === 'refused') return true;
  if (account.proven) return false;
  return outcome === 'broken' || (outcome === 'silent' && account.silent >= mostSilent);
}

/**
 * A directory locks an account after some three to ten wrong passwords, and a run has more targets than that. So the first
 * exchange of a run goes alone; the others wait for what comes of it. Credentials that were refused, in so many words or by
 * an end of the connection, are not sent again in the run.
 */
export function createCredentialGuard(): CredentialGuard {
  const accounts = new Map<string, AccountRecord>();
  const turnOf = (account: AccountRecord, host: string): CredentialTurn => {
    const isProven = account.proven;
    account.busy ||= !isProven;
    let ended = false;
    return {
      isProven,
      end: (outcome) => {
        if (ended) return;
        ended = true;
        if (!isProven) account.busy = false;
        if (outcome === 'silent') account.silent += 1;
        if (isRefusal(outcome, account)) account.refused ??= { refusedFor: host };
        account.proven ||= outcome === 'accepted';
        for (const wake of [...account.waiting]) wake();
      },
    };
  };
  return {
    enter: async (proxy, user, host, signal) => {
      const key = JSON.stringify([proxy, user]);
      const account: AccountRecord = accounts.get(key) ?? {
        proven: false,
        busy: false,
        silent: 0,
        refused: null,
        waiting: new Set(),
      };
      accounts.set(key, account);
      while (account.busy && account.refused === null && !signal.aborted) await woken(account.waiting, signal);
      if (signal.aborted) throw signal.reason;
      return account.refused ?? turnOf(account, host);
    },
    forget: () => accounts.clear(),
  };
}

/** The leave of one attempt. `enter` waits for the guard; it is asked once. */
export function leaveOf(enter: (user: string) => ReturnType<CredentialGuard['enter']>): CredentialLeave {
  let turn: CredentialTurn | null = null;
  let isSent = false;
  return {
    permit: async (user) => {
      if (turn !== null) return null;
      const entered = await enter(user);
      if ('refusedFor' in entered) return entered.refusedFor;
      turn = entered;
      return null;
    },
    isProven: () => turn?.isProven === true,
    sending: () => {
      isSent = true;
    },
    settle: (outcome) => turn?.end(isSent || outcome === 'accepted' ? outcome : 'unsent'),
  };
}
