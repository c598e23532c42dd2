/** Mail (RFC 5321), by nodemailer. */
import { type Sender, Undelivered } from './sender.ts';

export interface MailSettings {
  readonly name: string;
  readonly server: URL;
  readonly from: string;
  readonly to: readonly string[];
  /** Null: the server takes mail without one. */
  readonly account: { readonly user: string; readonly pass: string } | null;
  readonly ca: string | undefined;
}

const timeoutMs = 15_000;

export function createMail({ name, server, from, to, account, ca }: MailSettings): Sender {
  const isSecure = server.protocol === 'smtps:';
  const options = {
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: Number(server.port) || (isSecure ? 465 : 25),
    secure: isSecure,
    // An account is never sent in clear.
    requireTLS: account !== null,
    tls: ca === undefined ? {} : { ca },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(account === null ? {} : { auth: { ...account } }),
  };
  return {
    name,
    async send({ notice, title, lines }, signal) {
      // By the path that holds in the bundle too, where it stays outside.
      const { createTransport } = await import('../notify/mailer.js');
      const transport = createTransport(options);
      const end = (): void => transport.close();
      signal.addEventListener('abort', end, { once: true });
      try {
        const id = `<${notice.id}@wayclear.invalid>`;
        const headers = { 'auto-submitted': 'auto-generated', 'x-wayclear-notice': notice.id };
        await transport.sendMail({
          ...{ from, to: [...to], subject: title, messageId: id, headers, date: notice.at },
          text: `${lines.join('\n')}\n`,
        });
      } catch (error) {
        // The server's own words may hold what it was told; its code is enough.
        const { responseCode, code } = error as { responseCode?: number; code?: string };
        throw new Undelivered(responseCode === undefined ? (code ?? 'mail failed') : `status ${responseCode}`);
      } finally {
        signal.removeEventListener('abort', end);
        transport.close();
      }
    },
  };
}
