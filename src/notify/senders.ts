/** From a line of the file of ways to what sends. */
import type { LookupFunction } from 'node:net';
import type { Way } from '../model/ways.ts';
import type { DocumentProxy } from '../proxy/document-request.ts';
import type { CredentialGuard } from '../proxy/lockout.ts';
import { createCommand } from './command.ts';
import { createEventLog } from './event-log.ts';
import { createMail } from './mail.ts';
import { createPost } from './post.ts';
import type { Sender } from './sender.ts';
import { createSyslog } from './syslog.ts';
import { createWebhook, keyOf } from './webhook.ts';

/** What a way needs of the machine. */
export interface Surroundings {
  /** The way's own; null where it names none. Never to be shown. */
  readonly secret: string | null;
  /** Roots in PEM in place of the runtime's own. */
  readonly ca: string | undefined;
  readonly lookup: LookupFunction;
  /** Which accounts were refused. */
  readonly guard: CredentialGuard;
  readonly proxyFor: (url: URL, signal: AbortSignal) => Promise<DocumentProxy | null>;
  readonly wall: () => number;
  readonly pid: number;
  /** The environment of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @throws TypeError for a way of no kind, which the shape of the file refuses */
export function createSender(way: Way, around: Surroundings): Sender {
  const { name, webhook, mail, syslog, eventLog, command } = way;
  const { secret, ca, lookup, guard, proxyFor, wall, pid, env } = around;
  if (webhook !== undefined) {
    const post = createPost({ url: new URL(webhook.url), proxyFor, lookup, ca });
    return createWebhook({ name, post, wall, key: secret === null ? null : keyOf(secret), body: webhook.body });
  }
  if (mail !== undefined) {
    const account = mail.user === undefined ? null : { user: mail.user, pass: secret ?? '' };
    const { from, to, clearText: clear = false } = mail;
    return createMail({ name, server: new URL(mail.server), from, to, account, guard, ca, clear });
  }
  if (syslog !== undefined) return createSyslog({ name, server: new URL(syslog.server), lookup, ca, pid });
  if (eventLog !== undefined) return createEventLog(name, eventLog.source ?? 'wayclear', env);
  if (command !== undefined) return createCommand(name, command.program, command.parameters ?? []);
  throw new TypeError(`the way ${name} is of no kind`);
}
