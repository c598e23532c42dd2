/** Mail (RFC 5321), by nodemailer. */
import { harmless } from '../harmless.ts';
import type { CredentialGuard } from '../proxy/lockout.ts';
import { accountTurn, type NotifyAccount } from './account.ts';
import { followLogin, type MailError, plainLogin } from './mail-login.ts';
import { type Outgoing, type Sender, Undelivered } from './sender.ts';

export interface MailSettings {
  readonly name: string;
  readonly server: URL;
  readonly from: string;
  readonly to: readonly string[];
  /** Null: the server takes mail without one. */
  readonly account: NotifyAccount | null;
  /** Which accounts were refused. */
  readonly guard: CredentialGuard;
  readonly ca: string | undefined;
  /** A server that offers no TLS gets mail in clear. */
  readonly clear: boolean;
}

/** The same for eyes: markup of our own, with nothing in it that is fetched, and text that is none. */
function pageOf({ title, lines }: Pick<Outgoing, 'title' | 'lines'>): string {
  const text = (given: string): string =>
    harmless(given, 2000).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const rows = lines.map((line) => `<p style="font:1em sans-serif">${text(line)}</p>`);
  return `<!doctype html><title>${text(title)}</title><h1 style="font:bold 1.1em sans-serif">${text(title)}</h1>\n${rows.join('\n')}\n`;
}

const timeoutMs = 15_000;

export function createMail({ name, server, from, to, account, guard, ca, clear }: MailSettings): Sender {
  const isSecure = server.protocol === 'smtps:';
  const options = {
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: Number(server.port) || (isSecure ? 465 : 25),
    secure: isSecure,
    // An account is never sent in clear, and a mail only where somebody said that it may be.
    requireTLS: account !== null || !clear,
    tls: ca === undefined ? {} : { ca },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    transactionLog: true,
    ...(account === null ? {} : { auth: { ...account }, customAuth: { PLAIN: plainLogin } }),
  };
  return {
    name,
    async send({ notice, title, lines }, signal) {
      // By the path that holds in the bundle too, where it stays outside.
      const { createTransport } = await import('../notify/mailer.js');
      const turn = account === null ? null : await accountTurn(guard, server, account, signal);
      const login = followLogin(turn);
      const transport = createTransport({ ...options, logger: login.logger });
      try {
        const id = `<${notice.id}@wayclear.invalid>`;
        const headers = { 'auto-submitted': 'auto-generated', 'x-wayclear-notice': notice.id };
        await transport.sendMail({
          ...{ from, to: [...to], subject: title, messageId: id, headers, date: new Date(notice.at) },
          text: `${lines.join('\n')}\n`,
          html: pageOf({ title, lines }),
          signal,
        });
      } catch (error) {
        const outcome = login.end(error as MailError, signal.aborted);
        if (signal.aborted) throw signal.reason;
        // The server's own words may hold what it was told; its code is enough.
        const { responseCode, code } = error as MailError;
        if (responseCode === undefined)
          throw new Undelivered(code === 'EAUTH' ? 'account-unasked' : (code ?? 'failed'));
        throw new Undelivered(`${outcome === 'refused' ? 'account-refused' : 'status'} ${responseCode}`);
      } finally {
        turn?.end('unsent');
        transport.close();
      }
    },
  };
}
