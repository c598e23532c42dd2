/** Another machine, as `--on` names it, and the command lines that reach it. Pure: nothing is started here. */
import { isIP } from '../addresses.ts';
import { harmless } from '../harmless.ts';
import { withoutUrlAccounts } from '../secrets/url-accounts.ts';
import { percentDecoded } from '../text-bounds.ts';
import { type Refusal, UsageError } from '../usage-error.ts';

export interface Place {
  /** Null: as ssh's own configuration says. */
  readonly user: string | null;
  /** A name, an alias of ssh's configuration or an address. */
  readonly host: string;
  readonly port: number | null;
}

/** Nothing that ssh could take for an option or expand, and nothing that a shell could. */
const hostForm = /^(?!-)[A-Za-z0-9_.-]{1,253}$/;
const userForm = /^(?!-)[A-Za-z0-9_.@+\\-]{1,127}[A-Za-z0-9_.@+-]$|^[A-Za-z0-9_]$/;

/** `ssh://[user@]host[:port]`; `where` names the option. A domain's backslash in the user is written as it is, or as `%5C`. */
export function parsePlace(where: string | Refusal, text: string): Place {
  const refused = (): never => {
    throw new UsageError('remote.place', { where, text: harmless(withoutUrlAccounts(text), 100) });
  };
  const [, account, bracketed, name, digits] =
    /^ssh:\/\/(?:([^/?#\s]*)@)?(?:\[([^\]]*)\]|([^/?#\s:@]*))(?::(\d{1,5}))?\/?$/i.exec(text.trim()) ?? refused();
  const host = bracketed ?? name ?? '';
  if (bracketed === undefined ? !hostForm.test(host) : host.includes('%') || isIP(host) !== 6) refused();
  const port = digits === undefined ? null : Number(digits);
  if (port !== null && (port < 1 || port > 65_535)) refused();
  const user = account === undefined ? null : (percentDecoded(account) ?? '');
  if (user !== null && !userForm.test(user)) refused();
  return { user, host, port };
}

/** As `--on` takes it. */
export function placeText({ user, host, port }: Place): string {
  const account = user === null ? '' : `${user.replaceAll('@', '%40')}@`;
  return `ssh://${account}${host.includes(':') ? `[${host}]` : host}${port === null ? '' : `:${port}`}`;
}

/** A path without anything that the shells over there, whichever they are, could read in their own ways. */
export function parseProgram(where: string | Refusal, text: string): string {
  if (/^(?!-)[A-Za-z0-9_./\\:~+-]{1,500}$/.test(text)) return text;
  throw new UsageError('remote.program', { where, text: harmless(text, 100) });
}

/** What is run over there. It never depends on the options, which go by standard input. */
export const serving = (program: string): string => `${program} check --attended --config - --format ndjson`;

/** For one run of the system's ssh: no terminal, no question, and a host that does not answer is not waited for any longer. */
export function sshArguments({ user, host, port }: Place, connectMs: number, command: string): readonly string[] {
  return [
    ...['-T', '-o', 'BatchMode=yes', '-o', `ConnectTimeout=${Math.max(1, Math.ceil(connectMs / 1000))}`],
    ...(port === null ? [] : ['-p', String(port)]),
    ...(user === null ? [] : ['-l', user]),
    ...['--', host, command],
  ];
}
