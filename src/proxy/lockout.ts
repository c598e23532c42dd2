import type { Credentials } from './credentials.ts';

/**
 * What came of an exchange in which credentials may have been sent. `accepted`: an answer that only who took them gives.
 * `refused`: another demand, or an end that means one. `unclear`: silence, or an error that may as well be of the target.
 * `open`: whatever else it ended with. `unsent`: no credential left, whatever happened.
 */
export type CredentialOutcome = 'accepted' | 'refused' | 'unclear' | 'open' | 'unsent';

/**
 * Unclear exchanges that an account may cost before one took it: a proxy is silent too while it waits for a destination that
 * never answers, and one such target must not speak for all others.
 */
const mostUnclear = 3;

/** Leave to send credentials; its holder says what came of it, once. */
export interface CredentialTurn {
  /** The proxy accepted this account before. */
  readonly isProven: boolean;
  end(outcome: CredentialOutcome): void;
}

/** One attempt's dealings with the guard. */
export interface CredentialLeave {
  /** Waits for leave to send this account; gives how it was refused before, or null where it may be sent. */
  readonly permit: (account: Credentials) => Promise<CredentialsRefused | null>;
  /** The proxy accepted this account before this attempt. */
  readonly isProven: () => boolean;
  /** Credentials go out now: from here on the end of the exchange tells something. */
  readonly sending: () => void;
  /** Says what came of it; nothing where no leave was asked for. */
  readonly settle: (outcome: CredentialOutcome) => void;
}

/** They were not taken when they were sent for this host. */
export interface CredentialsRefused {
  readonly refusedFor: string;
  /** Nobody said so: the exchange ended without a word for or against them. */
  readonly isOpen: boolean;
}

/** Why they are not sent again: refused, or nobody knows. */
export const notSentReason = ({ isOpen }: CredentialsRefused): string => (isOpen ? 'not-proven' : 'not-repeated');

/** The accounts of one run at its proxies, whoever goes through them. */
export interface CredentialGuard {
  /**
   * Waits for leave to send this account to this proxy for `host`. Rejects with the signal's reason when it aborts.
   * @param proxy `protocol://HOST:PORT`
   */
  enter(
    proxy: string,
    account: Credentials,
    host: string,
    signal: AbortSignal,
  ): Promise<CredentialTurn | CredentialsRefused>;
  /** Another run begins: what was refused may be right by now. */
  forget(): void;
}

/** An account at all proxies of the run, which most often ask one directory. */
interface AccountRecord {
  /** Proxies that took it. */
  readonly proven: Set<string>;
  readonly refused: Map<string, CredentialsRefused>;
  /** Proxies that it was sent to, or is about to be, before they took it. */
  readonly busy: Set<string>;
  readonly waiting: Set<() => void>;
  unclear: number;
}

/** What a proxy has to heed of an account: until one took it, what happened at any of them. */
function standing<T>({ proven }: AccountRecord, proxy: string, at: ReadonlyMap<string, T>): T | undefined {
  return proven.size === 0 ? [...at.values()][0] : at.get(proxy);
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

function settle(account: AccountRecord, proxy: string, host: string, outcome: CredentialOutcome): void {
  if (outcome === 'accepted') account.proven.add(proxy);
  if (outcome === 'unclear') account.unclear += 1;
  const isEnough = outcome === 'open' || (outcome === 'unclear' && account.unclear >= mostUnclear);
  // One that proved right is only refused by a demand for another.
  const isRefusal = outcome === 'refused' || (isEnough && !account.proven.has(proxy));
  if (!isRefusal) return;
  account.proven.delete(proxy);
  if (!account.refused.has(proxy)) account.refused.set(proxy, { refusedFor: host, isOpen: outcome !== 'refused' });
}

/**
 * A directory locks an account after some three to ten wrong passwords, and a run has more targets than that. So the first
 * exchange of a run goes alone; the others wait for what comes of it. Credentials that an exchange did not prove right,
 * however it ended, are not sent again in the run: to no proxy, until one took them; then not to that one. Of silence and of
 * errors without a reason it takes three.
 */
export function createCredentialGuard(): CredentialGuard {
  const accounts = new Map<string, AccountRecord>();
  const turnOf = (account: AccountRecord, proxy: string, host: string): CredentialTurn => {
    const isProven = account.proven.has(proxy);
    if (!isProven) account.busy.add(proxy);
    let ended = false;
    return {
      isProven,
      end: (outcome) => {
        if (ended) return;
        ended = true;
        if (!isProven) account.busy.delete(proxy);
        settle(account, proxy, host, outcome);
        for (const wake of [...account.waiting]) wake();
      },
    };
  };
  return {
    enter: async (proxy, { user, password }, host, signal) => {
      // Another password is another account: somebody may have mended it.
      const key = JSON.stringify([user, password.reveal()]);
      const account: AccountRecord = accounts.get(key) ?? {
        proven: new Set(),
        refused: new Map(),
        busy: new Set(),
        waiting: new Set(),
        unclear: 0,
      };
      accounts.set(key, account);
      const refused = (): CredentialsRefused | undefined => standing(account, proxy, account.refused);
      const isBusy = (): boolean => (account.proven.size === 0 ? account.busy.size > 0 : account.busy.has(proxy));
      while (isBusy() && refused() === undefined && !signal.aborted) await woken(account.waiting, signal);
      if (signal.aborted) throw signal.reason;
      return refused() ?? turnOf(account, proxy, host);
    },
    forget: () => accounts.clear(),
  };
}

/** The leave of one attempt. `enter` waits for the guard; it is asked once. */
export function leaveOf(enter: (account: Credentials) => ReturnType<CredentialGuard['enter']>): CredentialLeave {
  let turn: CredentialTurn | null = null;
  let isSent = false;
  return {
    permit: async (account) => {
      if (turn !== null) return null;
      const entered = await enter(account);
      if ('refusedFor' in entered) return entered;
      turn = entered;
      return null;
    },
    isProven: () => turn?.isProven === true,
    sending: () => {
      isSent = true;
    },
    settle: (outcome) => turn?.end(isSent ? outcome : 'unsent'),
  };
}
