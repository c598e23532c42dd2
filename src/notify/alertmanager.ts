/** Alerts for an Alertmanager, by version 2 of its interface. */
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

/** Rejects with {@link Undelivered}, or with the runtime's error. `authorization`: the value of the header; null: none is sent. */
export async function postAlerts(
  post: Post,
  authorization: string | null,
  alerts: readonly PostedAlert[],
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'wayclear',
    ...(authorization === null ? {} : { authorization }),
  };
  const answer = await post(headers, JSON.stringify(alerts), signal);
  if (answer.status >= 200 && answer.status < 300) return;
  throw new Undelivered(`status ${answer.status}`, { waitMs: retryAfterMs(answer.headers['retry-after'], now) });
}
