import { readPasswordFile, type Secret, secret } from '../proxy/credentials.ts';
import type { RouteSettings } from '../routes/settings.ts';
import type { NoticeWords } from '../words/contract.ts';
import { noticesOf } from '../words/notices.ts';
import { readCaFile } from './ca-file.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import type { ProxyOptions } from './proxy-options.ts';

/**
 * What the options say of routes. Reads the files that they name; with `mayAsk`, somebody at a terminal is asked for a
 * password that nothing else gives, and PAC files may be fetched.
 */
export async function routeSettings(
  io: Io,
  { proxy: options, lang }: Pick<Options, 'proxy' | 'lang'>,
  mayAsk: boolean,
): Promise<RouteSettings> {
  const password = await passwordOf(io, options, mayAsk, noticesOf(lang));
  const { choice, noProxy, auth, user, directToo, ca } = options;
  return {
    env: io.env,
    clock: io.clock,
    platform: io.platform,
    choice,
    chosenBy: options.source === 'config' ? 'config' : 'flag',
    noProxy,
    auth,
    account: { user, password },
    proxyCa: ca === null ? [] : [await readCaFile('--proxy-ca', ca, io.ending.work)],
    directToo,
    mayFetch: mayAsk,
    signal: io.ending.work,
    secrets: io.secrets,
    guard: io.guard,
  };
}

/**
 * The same for what goes on for months, to be asked for each time: a password that was mended in its file holds at once.
 * What is wrong with it, and what somebody has to type, comes up now.
 */
export async function lastingSettings(
  io: Io,
  options: Pick<Options, 'proxy' | 'lang'>,
): Promise<() => Promise<RouteSettings>> {
  await routeSettings(io, options, true);
  const quiet: Io = { ...io, stderr: { ...io.stderr, write: () => undefined } };
  return () => routeSettings(quiet, options, true);
}

/**
 * The password of the file that is named, of the environment, or of whoever sits at the terminal. A file that can't be
 * read is a UsageError; one that everybody can read is told on standard error.
 */
export async function passwordOf(
  io: Io,
  options: ProxyOptions,
  mayAsk: boolean,
  words: NoticeWords,
): Promise<Secret | null> {
  const { choice, user, auth, password } = options;
  if (password !== null && 'secret' in password) return password.secret;
  if (password !== null) {
    const file = await readPasswordFile(password.file, io.ending.work);
    if (file.worldReadable) io.stderr.write(`wayclear: ${words.passwordReadable}\n`);
    return file.password;
  }
  const named = choice.kind === 'proxy' ? choice.proxy.credentials : null;
  const inUrl = named !== null && named.user === user && named.password.reveal() !== '';
  if (!mayAsk || user === null || inUrl || auth === 'none' || auth === 'negotiate') return null;
  const typed = (await io.ending.pause(async () => io.askSecret?.(words.askPassword))) ?? null;
  return typed === null ? null : secret(typed);
}
