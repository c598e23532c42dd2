/** The collector: receives reports of many machines, and tells what they mean together. */
import { alertsOf } from '../../collect/alerts.ts';
import type { PageLanguage } from '../../collect/page.ts';
import { type Collector, collector } from '../../collect/routes.ts';
import { harmless } from '../../harmless.ts';
import { assembleFleet } from '../../report/fleet-report.ts';
import { isLoopback, type Listening, listen } from '../../serve/server.ts';
import type { Store } from '../../store/store.ts';
import { hostAndPort } from '../../text-bounds.ts';
import { reasonOf, UsageError } from '../../usage-error.ts';
import { version } from '../../version.ts';
import { type Language, languageAccepted, languageOf } from '../../words/language.ts';
import { loadWords } from '../../words/load.ts';
import { loadCollectWords } from '../../words/load-collect.ts';
import { loadFleetWords } from '../../words/load-fleet.ts';
import { loadServeWords } from '../../words/load-serve.ts';
import { openAlertmanagers } from '../alertmanagers.ts';
import { type CertificateFiles, certificateFiles } from '../collect-certificate.ts';
import { checkCollector } from '../collect-check.ts';
import { type Chores, startChores } from '../collect-chores.ts';
import { readText } from '../config.ts';
import type { Context } from '../context.ts';
import { faultTeller } from '../faults.ts';
import { openStoreFor, troubleTold } from '../store-door.ts';
import { showDuration } from '../values.ts';

const mostTokenBytes = 65_536;

const isPlain = (host: string): boolean => isLoopback(host) || host === 'localhost';

export async function collect(context: Context): Promise<number> {
  const { io, options } = context;
  const { listen: address, tls, insecureHttp, check } = options.collect;
  if (address === null) throw new UsageError('collect.no-listen');
  if (tls === null && !insecureHttp && !isPlain(address.host)) {
    throw new UsageError('collect.plain', { address: hostAndPort(address.host, address.port) });
  }
  const words = await loadCollectWords(options.lang);
  if (check) {
    await openAlertmanagers(io, options);
    await readTokensOf(context);
    return await checkCollector(context, address, words);
  }
  const certificate = tls === null ? null : certificateFiles(tls, io.cwd);
  const alertmanagers = await openAlertmanagers(io, options);
  const store = await openStoreFor(io, options.store, true);
  try {
    io.ending.leaveOpen();
    return await serve(context, store, { certificate, alertmanagers, words });
  } finally {
    await store.close().catch(() => undefined);
  }
}

async function serve(
  context: Context,
  store: Store,
  { certificate, alertmanagers, words }: Pick<Chores, 'certificate' | 'alertmanagers' | 'words'>,
): Promise<number> {
  const { io, options } = context;
  const { listen: address, limit, perMs, acceptNew } = options.collect;
  const tell = (line: string): void => io.stderr.write(`wayclear: ${harmless(line, 500)}\n`);
  const language = await pageLanguage(options.lang);
  const { refusals } = language.words;
  const trouble = (error: Error): void => tell(words.trouble(troubleTold(error, refusals)));
  const made = await madeCollector(context, store, trouble);
  const listening = await opened(
    address ?? { host: '127.0.0.1', port: 0 },
    certificate,
    made,
    faultTeller(io, options.lang),
  );
  const host = address?.host ?? '127.0.0.1';
  tell(words.listening(`${certificate === null ? 'http' : 'https'}://${hostAndPort(host, listening.port)}`));
  tell(words.throttle(limit, showDuration(perMs)));
  tell(words.serves[isPlain(host) ? 'machine' : certificate === null ? 'intranet' : 'internet']);
  tell(acceptNew ? words.everybody : words.enrolled);
  for (const { shown } of alertmanagers) tell(words.alerts(shown));
  void made.prepare();
  const stop = startChores(context, {
    ...{ store, listening, certificate, alertmanagers, words, refusals, tell, onTrouble: trouble },
    alerts: async () => alertsOf(assembleFleet((await made.fleet()).diagnosis, language, version), language),
  });
  const { work } = io.ending;
  if (!work.aborted) {
    await new Promise<void>((resolve) => work.addEventListener('abort', () => resolve(), { once: true }));
  }
  await stop();
  await listening.close();
  const { stored, refused } = made.counters;
  tell(words.stopped(stored, refused));
  return 0;
}

async function opened(
  address: { readonly host: string; readonly port: number },
  certificate: CertificateFiles | null,
  { answer }: Collector,
  onFault: (error: unknown, where: string) => void,
): Promise<Listening> {
  try {
    return await listen({ ...address, tls: certificate?.current ?? null }, answer, (error) =>
      onFault(error, 'collect'),
    );
  } catch (error) {
    throw new UsageError('collect.address', { address: hostAndPort(address.host, address.port), why: reasonOf(error) });
  }
}

/** What a reader has to show, one of it; nothing where no file is named. @throws UsageError for a file that holds none */
async function readTokensOf({ io, options }: Context): Promise<readonly string[]> {
  const { readTokenFile } = options.collect;
  if (readTokenFile === null) return [];
  const text = await readText('--read-token-file', readTokenFile, mostTokenBytes, io.ending.work);
  const tokens = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (tokens.length === 0) throw new UsageError('collect.read-tokens');
  return tokens;
}

async function madeCollector(context: Context, store: Store, onTrouble: (error: Error) => void): Promise<Collector> {
  const { io, options } = context;
  const { limit, perMs, acceptNew, silentAfterMs } = options.collect;
  return collector(store, io.clock, {
    ...{ limit, perMs, acceptNew, silentAfterMs, onTrouble, readTokens: await readTokensOf(context) },
    chance: Math.random,
    languageFor: (asked, accepted) =>
      pageLanguage(languageOf(asked ?? '') ?? languageAccepted(accepted.slice(0, 200)) ?? options.lang),
  });
}

async function pageLanguage(lang: Language): Promise<PageLanguage> {
  const [words, fleet, collected, serve] = await Promise.all([
    loadWords(lang),
    loadFleetWords(lang),
    loadCollectWords(lang),
    loadServeWords(lang),
  ]);
  return { words, fleet, collect: collected, serve };
}
