/** The page, metrics and interface of a watch, where `--listen` asks for them. */
import { resolve } from 'node:path';
import { mostGuesses } from '../serve/access.ts';
import { countPerMinute } from '../serve/rates.ts';
import { answerWatch, createSpoken, type Speech } from '../serve/routes.ts';
import { type Listening, listen } from '../serve/server.ts';
import { readPulse, readWatched } from '../serve/watched.ts';
import type { Store } from '../store/store.ts';
import { hostAndPort } from '../text-bounds.ts';
import { reasonOf, UsageError } from '../usage-error.ts';
import { languageAccepted, languageOf } from '../words/language.ts';
import { loadWords } from '../words/load.ts';
import { loadServeWords } from '../words/load-serve.ts';
import { faultTeller } from './faults.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { readSecret } from './secret-file.ts';

async function accessOf(io: Io, { passwordFile, trustedHeader, listen: address }: Options['watch']) {
  const password =
    passwordFile === null ? null : await readSecret(io, '--password-file', resolve(io.cwd, passwordFile));
  const isOpen = password === null && trustedHeader === null;
  const own = ['127.0.0.1', '::1', 'localhost'];
  if (isOpen && address !== null && !own.includes(address.host)) {
    throw new UsageError('watch.listen-open', { address: hostAndPort(address.host, address.port) });
  }
  return { password, trustedHeader, guesses: countPerMinute(io.clock, mostGuesses) };
}

/** Serves until it is closed; null where nothing asks for it. @throws UsageError where the address can't be had */
export async function serveWatch(io: Io, options: Options, store: Store, machine: string): Promise<Listening | null> {
  const { listen: address, everyMs } = options.watch;
  if (address === null) return null;
  const access = await accessOf(io, options.watch);
  const speechFor = async (asked: string | null, accepted: string): Promise<Speech> => {
    const language = languageOf(asked ?? '') ?? languageAccepted(accepted) ?? options.lang;
    const [words, serve] = await Promise.all([loadWords(language), loadServeWords(language)]);
    return { words, serve };
  };
  const watched = () => readWatched(store, machine, io.clock.wall(), everyMs);
  const pulse = () => readPulse(store, machine, io.clock.wall(), everyMs);
  const spoken = createSpoken();
  const onFault = faultTeller(io, options.lang);
  return await listen(
    { ...address, tls: null },
    (question) => answerWatch(question, { access, speechFor, watched, pulse, spoken }),
    (error) => onFault(error, 'watch'),
  ).catch((error: unknown) => {
    throw new UsageError('watch.listen', { address: hostAndPort(address.host, address.port), why: reasonOf(error) });
  });
}
