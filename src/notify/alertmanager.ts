/** Alerts for an Alertmanager, by version 2 of its interface. */
import { provesAccount } from '../proxy/account-proof.ts';
import type { CredentialOutcome, CredentialTurn } from '../proxy/lockout.ts';
import type { NotifyAccount } from './account.ts';
import { Undelivered } from './sender.ts';
import { type Post, retryAfterMs } from './webhook.ts';

/** As it takes them. Two of the same labels are one alert, whoever posts them. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** ISO 8601 UTC. */
  readonly startsAt: string;
  /** In the past: it is over. In the future: it is over then, unless somebody says otherwise before. */
  readonly endsAt: string;
}

/** The address of its interface, below the one that people know. */
export function alertsUrl(url: URL): URL {
  const made = new URL(url);
  made.pathname = `${made.pathname.replace(/\/$/, '')}/api/v2/alerts`;
  return made;
}

/** What is shown to it, unasked: an account, or without a user a bearer token. */
export interface AlertmanagerAccount extends NotifyAccount {
  /** Waits for leave. @throws Undelivered where it was not taken before */
  readonly enter: (signal: AbortSignal) => Promise<CredentialTurn>;
}

const authorizationOf = ({ user, pass }: NotifyAccount): string =>
  user === '' ? `Bearer ${pass}` : `Basic ${Buffer.from(`${user}:${pass}`).toString('base64')}`;

const isRefusal = (status: number): boolean => status === 401 || status === 403;

/** Who takes no account owes a 401, as a proxy owes a 407; who leads elsewhere may lead to where one signs in. */
function outcomeOf(status: number): CredentialOutcome {
  if (isRefusal(status)) return 'refused';
  const isRedirect = status >= 300 && status < 400;
  return !isRedirect && provesAccount({ status, headers: [] }, true) ? 'accepted' : 'unclear';
}

/** Rejects with {@link Undelivered}, or with the runtime's error. `account`: null where none is shown. */
export async function postAlerts(
  post: Post,
  account: AlertmanagerAccount | null,
  alerts: readonly PostedAlert[],
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'wayclear',
    ...(account === null ? {} : { authorization: authorizationOf(account) }),
  };
  const turn = account === null ? null : await account.enter(signal);
  let isOut = false;
  try {
    const answer = await post(headers, JSON.stringify(alerts), signal, () => {
      isOut = true;
    });
    const { status } = answer;
    turn?.end(outcomeOf(status));
    if (status >= 200 && status < 300) return;
    const why = turn !== null && isRefusal(status) ? 'account-refused' : 'status';
    throw new Undelivered(`${why} ${status}`, { waitMs: retryAfterMs(answer.headers['retry-after'], now) });
  } catch (error) {
    // What a proxy said on the way is none of the account's.
    const isUnsent = !isOut || error instanceof Undelivered;
    turn?.end(isUnsent ? 'unsent' : signal.aborted ? 'unclear' : 'open');
    throw error;
  }
}
