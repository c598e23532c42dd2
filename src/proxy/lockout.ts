import { type Clock, systemClock } from '../clock.ts';
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

/** No directory's count of wrong passwords is usually remembered longer. */
export const coolDownMs = 30 * 60_000;

/** Leave to send credentials; its holder says what came of it, once. */
export interface CredentialTurn {
  /** The proxy accepted this account before. */
  readonly isProven: boolean;
  end(outcome: CredentialOutcome): void;
}

/** An account as a directory counts it: who, by which password. */
export type CountedAccount = Pick<Credentials, 'user' | 'password'>;

/** One attempt's dealings with the guard. */
export interface CredentialLeave {
  /** Waits for leave to send this account; gives how it was refused before, or null where it may be sent. */
  readonly permit: (account: CountedAccount) => Promise<CredentialsRefused | null>;
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

/** The accounts of one run at its proxies and at what takes its notices, whoever shows them. */
export interface CredentialGuard {
  /**
   * Waits for leave to send this account to this proxy for `host`. Rejects with the signal's reason when it aborts.
   * @param proxy `protocol://HOST:PORT`, of a proxy or of a server that takes accounts itself
   */
  enter(
    proxy: string,
    account: CountedAccount,
    host: string,
    signal: AbortSignal,
  ): Promise<CredentialTurn | CredentialsRefused>;
  /**
   * Another run of a long watch begins. What was taken has to be taken again; what was refused stays refused until
   * {@link coolDownMs} have gone by or it is another password, for a directory counts over all runs. Only what ended
   * without a word may be tried at once where the account was taken in an earlier run.
   */
  forget(): void;
}

/** An account at all proxies of the run, which most often ask one directory. */
interface AccountRecord {
  /** Proxies that took it. */
  readonly proven: Set<string>;
  readonly refused: Map<string, { readonly said: CredentialsRefused; readonly at: number }>;
  /** A proxy took it, in this run or an earlier one. */
  wasProven: boolean;
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

interface Ended {
  readonly proxy: string;
  readonly host: string;
  readonly outcome: CredentialOutcome;
  readonly at: number;
}

function settle(account: AccountRecord, { proxy, host, outcome, at }: Ended): void {
  if (outcome === 'accepted') {
    account.proven.add(proxy);
    account.wasProven = true;
  }
  if (outcome === 'unclear') account.unclear += 1;
  const isEnough = outcome === 'open' || (outcome === 'unclear' && account.unclear >= mostUnclear);
  // One that proved right is only refused by a demand for another.
  const isRefusal = outcome === 'refused' || (isEnough && !account.proven.has(proxy));
  if (!isRefusal) return;
  account.proven.delete(proxy);
  if (outcome === 'refused') account.wasProven = false;
  const said = { refusedFor: host, isOpen: outcome !== 'refused' };
  if (!account.refused.has(proxy)) account.refused.set(proxy, { said, at });
}

/** What is left of an account when another run begins; whoever is in the middle of an exchange goes on with the same one. */
function beginAgain(account: AccountRecord, now: number): void {
  if (account.wasProven) account.unclear = 0;
  account.proven.clear();
  for (const [proxy, { at, said }] of account.refused) {
    if (now - at < coolDownMs && !(said.isOpen && account.wasProven)) continue;
    account.refused.delete(proxy);
    account.unclear = 0;
  }
}

/**
 * A directory locks an account after some three to ten wrong passwords, and a run has more targets than that. So the first
 * exchange of a run goes alone; the others wait for what comes of it. Credentials that an exchange did not prove right,
 * however it ended, are not sent again in the run: to no proxy, until one took them; then not to that one. Of silence and of
 * errors without a reason it takes three.
 */
export function createCredentialGuard({ now }: Pick<Clock, 'now'> = systemClock): CredentialGuard {
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
        settle(account, { proxy, host, outcome, at: now() });
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
        wasProven: false,
        busy: new Set(),
        waiting: new Set(),
        unclear: 0,
      };
      accounts.set(key, account);
      const refused = (): CredentialsRefused | undefined => standing(account, proxy, account.refused)?.said;
      const isBusy = (): boolean => (account.proven.size === 0 ? account.busy.size > 0 : account.busy.has(proxy));
      while (isBusy() && refused() === undefined && !signal.aborted) await woken(account.waiting, signal);
      if (signal.aborted) throw signal.reason;
      return refused() ?? turnOf(account, proxy, host);
    },
    forget: () => {
      for (const account of accounts.values()) beginAgain(account, now());
    },
  };
}

/** The leave of one attempt. `enter` waits for the guard; it is asked once. */
export function leaveOf(enter: (account: CountedAccount) => ReturnType<CredentialGuard['enter']>): CredentialLeave {
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
