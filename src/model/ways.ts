/** The file that says where notices go: one way each, under a name of its own. Secrets are not in it, only where they are. */
import * as z from './shape.ts';

const words = z.text(200);
const file = z.text(1000);
const mostWays = 20;

/** Where a secret is: a file whose first line it is, or a variable of the environment. */
const secret = { secretFile: z.optional(file), secretEnv: z.optional(words) };
/** Roots in PEM that are trusted besides the runtime's own. */
const ca = { caFile: z.optional(file) };

const isUrl = (text: string, protocols: readonly string[]): URL | null => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && protocols.includes(url.protocol) && url.hostname !== '' ? url : null;
};
const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(host);

/** HTTPS; in clear only on this machine. What stands in the path is often the secret itself, so that it is never shown. */
const webhookUrl = z.string('webhookUrl').check(
  z.maxLength(2048, 'webhookUrl'),
  z.holds((text) => {
    const url = isUrl(text, ['https:', 'http:']);
    return url !== null && url.username === '' && (url.protocol === 'https:' || isLoopback(url.hostname));
  }, 'webhookUrl'),
);

const serverUrl = (protocols: readonly string[], name: 'mailServer' | 'syslogServer') =>
  z.string(name).check(
    z.maxLength(2048, name),
    z.holds((text) => {
      const url = isUrl(text, protocols);
      return url !== null && url.username === '' && url.pathname.length <= 1 && url.search === '';
    }, name),
  );

const mailAddress = z.like(/^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,255}$/, 'mailAddress');

const webhook = z.strictObject({
  url: webhookUrl,
  ...secret,
  ...ca,
  body: z.about(
    z.optional(z.unknown()),
    'What is sent in place of the notice: JSON whose texts hold {title}, {text} and so on.',
  ),
});

const mail = z.strictObject({
  server: z.about(
    serverUrl(['smtp:', 'smtps:'], 'mailServer'),
    '`smtp://HOST[:PORT]` begins in clear and has to go on by STARTTLS, `smtps://` begins with TLS.',
  ),
  from: mailAddress,
  to: z.list(mailAddress).check(z.minLength(1), z.maxLength(50)),
  user: z.optional(words),
  ...secret,
  ...ca,
  clearText: z.about(
    z.optional(z.boolean()),
    'Of `smtp://` without a user: where the server offers no STARTTLS, mail goes to it in clear. Default: false.',
  ),
});

const syslog = z.strictObject({
  server: z.about(serverUrl(['udp:', 'tcp:', 'tls:'], 'syslogServer'), '`udp://`, `tcp://` or `tls://HOST[:PORT]`.'),
  ...ca,
});

const eventLog = z.strictObject({ source: z.optional(z.like(/^[A-Za-z0-9 ._-]{1,60}$/, 'name')) });

const command = z.strictObject({
  program: file,
  parameters: z.optional(z.list(z.string()).check(z.maxLength(50))),
});

const wayKinds = ['webhook', 'mail', 'syslog', 'eventLog', 'command'] as const;

const way = z
  .strictObject({
    name: z.like(/^[a-z0-9][a-z0-9-]{0,39}$/, 'name'),
    webhook: z.optional(webhook),
    mail: z.optional(mail),
    syslog: z.optional(syslog),
    eventLog: z.optional(eventLog),
    command: z.optional(command),
  })
  .check(z.holds((given) => wayKinds.filter((kind) => given[kind] !== undefined).length === 1, 'oneWay'));

export const waysFile = z.strictObject({
  ways: z.list(way).check(z.minLength(1), z.maxLength(mostWays), z.unique('name')),
});
export type Way = z.Of<typeof way>;
export type Webhook = z.Of<typeof webhook>;
export type Mail = z.Of<typeof mail>;
export type SyslogServer = z.Of<typeof syslog>;
export type Command = z.Of<typeof command>;
