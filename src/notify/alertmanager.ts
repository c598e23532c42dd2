/** Alerts for an Alertmanager, by version 2 of its interface. */
import { provesAccount } from '../proxy/account-proof.ts';
import { parseChallenges } from '../proxy/auth/challenge.ts';
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

/** What is shown to it once it asks: an account, or without a user a bearer token. */
export interface AlertmanagerAccount extends NotifyAccount {
  /** Waits for leave. @throws Undelivered where it was not taken before */
  readonly enter: (signal: AbortSignal) => Promise<CredentialTurn>;
}

type Answer = Awaited<ReturnType<Post>>;

const authorizationOf = ({ user, pass }: NotifyAccount): string =>
  user === '' ? `Bearer ${pass}` : `Basic ${Buffer.from(`${user}:${pass}`).toString('base64')}`;

/** Whether an answer asks for the account by its scheme (RFC 9110 section 11.6.1). */
function asksFor({ user }: NotifyAccount, { status, headers }: Answer): boolean {
  const scheme = user === '' ? 'bearer' : 'basic';
  const challenges = status === 401 ? parseChallenges([headers['www-authenticate'] ?? '']) : [];
  return challenges.some((challenge) => challenge.scheme === scheme);
}

const isRefusal = (status: number): boolean => status === 401 || status === 403;

/** Who takes no account owes a 401, as a proxy owes a 407; who leads elsewhere may lead to where one signs in. */
function outcomeOf(status: number): CredentialOutcome {
  if (isRefusal(status)) return 'refused';
  const isRedirect = status >= 300 && status < 400;
  return !isRedirect && provesAccount({ status, headers: [] }, true) ? 'accepted' : 'unclear';
}

/** Posts with the account, in its turn. */
async function postSigned(
  account: AlertmanagerAccount,
  signal: AbortSignal,
  send: (authorization: string, onOpen: () => void) => Promise<Answer>,
): Promise<Answer> {
  const turn = await account.enter(signal);
  let isOut = false;
  try {
    const answer = await send(authorizationOf(account), () => {
      isOut = true;
    });
    turn.end(outcomeOf(answer.status));
    return answer;
  } catch (error) {
    // What a proxy said on the way is none of the account's.
    const isUnsent = !isOut || error instanceof Undelivered;
    turn.end(isUnsent ? 'unsent' : signal.aborted ? 'unclear' : 'open');
    throw error;
  }
}

/** Rejects with {@link Undelivered}, or with the runtime's error. `account`: null where there is none. */
export async function postAlerts(
  post: Post,
  account: AlertmanagerAccount | null,
  alerts: readonly PostedAlert[],
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<void> {
  const headers = { 'content-type': 'application/json', 'user-agent': 'wayclear' };
  const body = JSON.stringify(alerts);
  const first = await post(headers, body, signal);
  const signs = account !== null && asksFor(account, first);
  const { status, headers: said } = signs
    ? await postSigned(account, signal, (authorization, onOpen) =>
        post({ ...headers, authorization }, body, signal, onOpen),
      )
    : first;
  if (status >= 200 && status < 300) return;
  const why = signs && isRefusal(status) ? 'account-refused' : 'status';
  const isUnasked = !signs && account !== null && status === 401;
  throw new Undelivered(isUnasked ? 'account-unasked' : `${why} ${status}`, {
    waitMs: retryAfterMs(said['retry-after'], now),
  });
}
