/** The collector: receives reports of many machines, and tells what they mean together. */
import { type Collector, collector } from '../../collect/routes.ts';
import { harmless } from '../../harmless.ts';
import { isLoopback, type Listening, listen } from '../../serve/server.ts';
import type { Store } from '../../store/store.ts';
import { hostAndPort } from '../../text-bounds.ts';
import { UsageError } from '../../usage-error.ts';
import type { CollectWords } from '../../words/contract.ts';
import { languageAccepted, languageOf } from '../../words/language.ts';
import { loadWords } from '../../words/load.ts';
import { loadCollectWords } from '../../words/load-collect.ts';
import { loadFleetWords } from '../../words/load-fleet.ts';
import { type CertificateFiles, certificateFiles } from '../collect-certificate.ts';
import { checkCollector } from '../collect-check.ts';
import { readText } from '../config.ts';
import type { Context } from '../context.ts';
import { faultTeller } from '../faults.ts';
import { openStoreFor } from '../store-door.ts';
import { showDuration } from '../values.ts';

const mostTokenBytes = 65_536;
/** A certificate that was renewed is taken after that at the latest. */
const renewMs = 30_000;
const pruneMs = 3_600_000;

const isPlain = (host: string): boolean => isLoopback(host) || host === 'localhost';

export async function collect(context: Context): Promise<number> {
  const { io, options } = context;
  const { listen: address, tls, insecureHttp, check } = options.collect;
  if (address === null) throw new UsageError('collect.no-listen');
  if (tls === null && !insecureHttp && !isPlain(address.host)) {
    throw new UsageError('collect.plain', { address: hostAndPort(address.host, address.port) });
  }
  const words = await loadCollectWords(options.lang);
  const certificate = tls === null ? null : await certificateFiles(tls, io.cwd);
  if (check) return await checkCollector(context, address, certificate, words);
  const store = await openStoreFor(io, options.store, true);
  try {
    io.ending.leaveOpen();
    return await serve(context, store, certificate, words);
  } finally {
    await store.close().catch(() => undefined);
  }
}

async function serve(
  context: Context,
  store: Store,
  certificate: CertificateFiles | null,
  words: CollectWords,
): Promise<number> {
  const { io, options } = context;
  const { listen: address, limit, perMs, acceptNew } = options.collect;
  const { keepMs, keepBytes } = options.watch;
  const tell = (line: string): void => io.stderr.write(`wayclear: ${harmless(line, 500)}\n`);
  const trouble = (error: Error): void => tell(words.trouble(error.message));
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
  const timers = [
    setInterval(() => {
      if (certificate === null) return;
      void certificate.renewed().then((fresh) => {
        if (fresh !== null) listening.renew(fresh);
      }, trouble);
    }, renewMs),
    setInterval(() => {
      const before = io.clock.wall() - keepMs;
      store.pruneCollected(before).then(() => store.prune({ before, mostBytes: keepBytes }), trouble);
    }, pruneMs),
  ];
  const { work } = io.ending;
  if (!work.aborted) {
    await new Promise<void>((resolve) => work.addEventListener('abort', () => resolve(), { once: true }));
  }
  for (const timer of timers) clearInterval(timer);
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
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError('collect.address', { address: hostAndPort(address.host, address.port), why });
  }
}

async function madeCollector(
  { io, options }: Context,
  store: Store,
  onTrouble: (error: Error) => void,
): Promise<Collector> {
  const { limit, perMs, acceptNew, readTokenFile, silentAfterMs } = options.collect;
  const text =
    readTokenFile === null ? '' : await readText('--read-token-file', readTokenFile, mostTokenBytes, io.ending.work);
  const readTokens = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (readTokenFile !== null && readTokens.length === 0) throw new UsageError('collect.read-tokens');
  return collector(store, io.clock, {
    ...{ limit, perMs, acceptNew, silentAfterMs, readTokens, onTrouble },
    chance: Math.random,
    async languageFor(asked, accepted) {
      const lang = languageOf(asked ?? '') ?? languageAccepted(accepted.slice(0, 200)) ?? options.lang;
      const [words, fleet, collected] = await Promise.all([
        loadWords(lang),
        loadFleetWords(lang),
        loadCollectWords(lang),
      ]);
      return { words, fleet, collect: collected };
    },
  });
}
