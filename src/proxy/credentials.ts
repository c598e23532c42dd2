import { isUtf8 } from 'node:buffer';
import { platform } from 'node:os';
import { inspect } from 'node:util';
import { readNamedFile } from '../named-file.ts';
import { reasonOf, UsageError } from '../usage-error.ts';

const shown = '[secret]';

/** Holds a secret in a closure: printed, serialised, inspected or concatenated it is `[secret]`. */
export interface Secret {
  /** The secret itself. Only what puts it on the wire calls this. */
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

export function secret(value: string): Secret {
  return Object.freeze({
    reveal: () => value,
    toString: () => shown,
    toJSON: () => shown,
    [inspect.custom]: () => shown,
  });
}

/** An account for a proxy. Serialises and prints as its source alone. */
export interface Credentials {
  readonly user: string;
  readonly password: Secret;
  readonly source: 'url' | 'option' | 'system';
  toJSON(): { readonly source: string };
}

const controls = /[\u0000-\u001f\u007f]/;

/**
 * Credentials without control characters, which RFC 7617 and RFC 7616 forbid and which would forge header lines.
 * The properties do not enumerate, so that a spread, a serialisation or a dump of an object holding them shows nothing.
 * @throws UsageError that names neither.
 */
export function credentials(user: string, password: Secret, source: Credentials['source']): Credentials {
  if (controls.test(user)) throw new UsageError('proxy.user-control');
  if (controls.test(password.reveal())) {
    throw new UsageError('proxy.password-control');
  }
  const hidden = { enumerable: false, writable: false };
  return Object.freeze(
    Object.defineProperties({} as Credentials, {
      user: { value: user, ...hidden },
      password: { value: password, ...hidden },
      source: { value: source, enumerable: true, writable: false },
      toJSON: { value: () => ({ source }), ...hidden },
    }),
  );
}

/** The same, or null where no scheme of authentication can carry them. */
export function usableCredentials(user: string, password: string, source: Credentials['source']): Credentials | null {
  return controls.test(user) || controls.test(password) ? null : credentials(user, secret(password), source);
}

/** Bytes of a password file that are read at most. */
const passwordFileBound = 65_536;

interface PasswordFile {
  readonly password: Secret;
  /** Everybody on this machine can read the file. Always false on Windows, where mode bits say nothing. */
  readonly worldReadable: boolean;
}

/**
 * The password in a file: its whole content without one newline at the end.
 * @throws UsageError if the file is missing, unreadable, empty, longer than 64 KiB or not UTF-8.
 */
export async function readPasswordFile(path: string, signal: AbortSignal): Promise<PasswordFile> {
  const bounds = { mostBytes: passwordFileBound, signal };
  const { bytes, mode } = await readNamedFile(path, bounds).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EFBIG') throw new UsageError('file.password-large');
    const why = error.code === 'ABORT_ERR' ? reasonOf(error) : (error.code ?? error.name);
    throw new UsageError('file.password-unreadable', { why });
  });
  if (!isUtf8(bytes)) throw new UsageError('file.password-text');
  const text = new TextDecoder().decode(bytes).replace(/\r?\n$/, '');
  bytes.fill(0);
  if (text === '') throw new UsageError('file.password-empty');
  return { password: secret(text), worldReadable: platform() !== 'win32' && (mode & 0o004) !== 0 };
}

/** Where an account can come from. `password` is what `--proxy-password-file`, WAYCLEAR_PROXY_PASSWORD or the prompt gave. */
export interface CredentialParts {
  readonly user: string | null;
  readonly password: Secret | null;
  readonly fromProxy: Credentials | null;
}

/** Stands where a user was named and nobody gave a password; an empty one that was typed is another. */
const noPassword = secret('');

/** Whether nobody gave the password of this account. */
export const lacksPassword = (account: Credentials | null): boolean => account?.password === noPassword;

/**
 * One account out of all places: `--proxy-user` beats the user of the proxy's URL, a password of its own beats the
 * URL's. The URL's password never goes with another user. Null where no user is known. `lacksPassword` tells of a user of
 * `--proxy-user` that no password is known for.
 */
export function resolveCredentials({ user, password, fromProxy }: CredentialParts): Credentials | null {
  if (user !== null && user !== fromProxy?.user) return credentials(user, password ?? noPassword, 'option');
  if (fromProxy === null) return null;
  if (password !== null) return credentials(fromProxy.user, password, 'option');
  return user !== null && fromProxy.password.reveal() === '' ? credentials(user, noPassword, 'option') : fromProxy;
}
