/** The page, metrics and interface of a watch, where `--listen` asks for them. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { mostGuesses } from '../serve/access.ts';
import { countPerMinute } from '../serve/rates.ts';
import { answerWatch, createSpoken, type Speech, watchContent } from '../serve/routes.ts';
import { isLoopback, type Listening, listen } from '../serve/server.ts';
import { readPulse, readWatched } from '../serve/watched.ts';
import type { Store } from '../store/store.ts';
import { hostAndPort } from '../text-bounds.ts';
import { reasonOf, UsageError } from '../usage-error.ts';
import { scopeOf } from '../watch/scope.ts';
import { languageAccepted, languageOf } from '../words/language.ts';
import { loadWords } from '../words/load.ts';
import { loadServeWords } from '../words/load-serve.ts';
import { faultTeller } from './faults.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { readSecret } from './secret-file.ts';

/** All of 127.0.0.0/8 is this machine. */
const isOwn = (host: string): boolean => isIP(host) !== 0 && isLoopback(host);

async function accessOf(io: Io, { passwordFile, trustedHeader, listen: address }: Options['watch']) {
  const password =
    passwordFile === null ? null : await readSecret(io, '--password-file', resolve(io.cwd, passwordFile));
  const isOpen = password === null && trustedHeader === null;
  if (isOpen && address !== null && address.host !== 'localhost' && !isOwn(address.host)) {
    throw new UsageError('watch.listen-open', { address: hostAndPort(address.host, address.port) });
  }
  return { password, trustedHeader, guesses: countPerMinute(io.clock, mostGuesses) };
}

export interface Served extends Listening {
  /** Makes the page once for nobody: what that loads, the first reader does not wait for. */
  prepare(): Promise<void>;
}

/** Serves until it is closed; null where nothing asks for it. @throws UsageError where the address can't be had */
export async function serveWatch(io: Io, options: Options, store: Store, machine: string): Promise<Served | null> {
  const { listen: address, everyMs } = options.watch;
  if (address === null) return null;
  const access = await accessOf(io, options.watch);
  const speechFor = async (asked: string | null, accepted: string): Promise<Speech> => {
    const language = languageOf(asked ?? '') ?? languageAccepted(accepted) ?? options.lang;
    const [words, serve] = await Promise.all([loadWords(language), loadServeWords(language)]);
    return { words, serve };
  };
  const scope = scopeOf({ options: options.used });
  const asked = () => ({ now: io.clock.wall(), everyMs, scope });
  const watched = () => readWatched(store, machine, asked());
  const pulse = () => readPulse(store, machine, asked());
  const spoken = createSpoken();
  const onFault = faultTeller(io, options.lang);
  const content = { speechFor, watched, spoken };
  const listening = await listen(
    { ...address, tls: null },
    (question) => answerWatch(question, { access, pulse, ...content }),
    (error) => onFault(error, 'watch'),
  ).catch((error: unknown) => {
    throw new UsageError('watch.listen', { address: hostAndPort(address.host, address.port), why: reasonOf(error) });
  });
  return {
    ...listening,
    async prepare() {
      // What goes wrong, whoever asks is told.
      await watchContent({ path: '/', query: new URLSearchParams(), headers: {} }, content).catch(() => {});
    },
  };
}
