/** Webhooks as Standard Webhooks has them (https://www.standardwebhooks.com, specification 1.0.0). */
import { createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Outgoing, type Sender, Undelivered } from './sender.ts';
import { filledBody } from './template.ts';

/** Posts a body once; never follows a redirect. `onOpen`: called where the headers may leave for the host. */
export type Post = (
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
  onOpen?: () => void,
) => Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders }>;

export interface WebhookSettings {
  readonly name: string;
  readonly post: Post;
  /** The key that signs; null: nothing is signed. */
  readonly key: Buffer | null;
  /** Undefined: the notice itself is sent. */
  readonly body: unknown;
  /** Milliseconds since 1970. */
  readonly wall: () => number;
}

const longestWaitMs = 86_400_000;

/** A secret as Standard Webhooks writes it, `whsec_` and Base64; any other text is the key as it stands. */
export const keyOf = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');

/** `v1,` and the HMAC-SHA256 of id, time and body. */
export const signatureOf = (key: Buffer, id: string, seconds: number, body: string): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;

/** Seconds, or a date (RFC 9110 section 10.2.3); null where there is none that can be read. */
export function retryAfterMs(value: string | undefined, now: number): number | null {
  if (value === undefined || value.length > 100) return null;
  const text = value.trim();
  const at = Date.parse(text);
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Number.isNaN(at) ? null : at - now;
  return ms === null ? null : Math.min(Math.max(ms, 0), longestWaitMs);
}

const bodyOf = (body: unknown, outgoing: Outgoing): string => {
  const { notice } = outgoing;
  const event = notice.incident === null ? `wayclear.${notice.kind}` : `wayclear.incident.${notice.kind}`;
  return JSON.stringify(
    body === undefined ? { type: event, timestamp: notice.at, data: notice } : filledBody(body, outgoing),
  );
};

export function createWebhook({ name, post, key, body, wall }: WebhookSettings): Sender {
  return {
    name,
    async send(outgoing, signal) {
      const { id } = outgoing.notice;
      const seconds = Math.floor(wall() / 1000);
      const text = bodyOf(body, outgoing);
      const signed: Readonly<Record<string, string>> =
        key === null ? {} : { 'webhook-signature': signatureOf(key, id, seconds, text) };
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'wayclear',
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        ...signed,
      };
      const answer = await post(headers, text, signal);
      if (answer.status >= 200 && answer.status < 300) return;
      const waitMs = retryAfterMs(answer.headers['retry-after'], wall());
      // 410: whoever was there wants no more of them (Standard Webhooks, «Disabled endpoints»).
      throw new Undelivered(`status ${answer.status}`, { waitMs, isFinal: answer.status === 410 });
    },
  };
}
