/** What a collector does beside answering: takes a renewed certificate, lets go of what is old, tells Alertmanagers. */
import { tellAlerts } from '../collect/alerting.ts';
import type { Alert } from '../collect/alerts.ts';
import type { Listening } from '../serve/server.ts';
import type { Store } from '../store/store.ts';
import type { CollectWords } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import type { RefusalWords } from '../words/refusals.ts';
import type { Alertmanager } from './alertmanagers.ts';
import { type CertificateFiles, certificateKeeper } from './collect-certificate.ts';
import type { Context } from './context.ts';
import { isGone, ownHolder } from './holder.ts';
import { saidWhyNot } from './ways.ts';

/** A certificate that was renewed is taken after that at the latest. */
const renewMs = 30_000;
const pruneMs = 3_600_000;
/** So long no other collector of the store prunes. */
const pruneLockMs = 600_000;
/** From alert to alert; in between it is looked whether it is time. */
const alertMs = 60_000;
const alertLookMs = 15_000;

export interface Chores {
  readonly store: Store;
  readonly listening: Listening;
  readonly certificate: CertificateFiles | null;
  readonly alertmanagers: readonly Alertmanager[];
  readonly words: CollectWords;
  readonly refusals: RefusalWords;
  alerts(): Promise<readonly Alert[]>;
  tell(line: string): void;
  onTrouble(error: Error): void;
}

/** Does each now and then, until the function that it gives is called. */
export function startChores({ io, options }: Context, chores: Chores): () => Promise<void> {
  const { store, certificate, listening, onTrouble } = chores;
  const { keepMs: age, keepBytes: mostBytes } = options.watch;
  const holder = ownHolder();
  const { words, refusals, tell } = chores;
  const keep =
    certificate === null
      ? () => undefined
      : certificateKeeper(certificate, { clock: io.clock, words, refusals, renew: listening.renew, tell });
  const renew = async (): Promise<void> => keep();
  const prune = async (): Promise<void> => {
    const now = io.clock.wall();
    // Two that delete the same rows would wait for each other.
    if (!(await store.takeLock('prune', holder, now, pruneLockMs, isGone))) return;
    try {
      await store.pruneCollected({ before: now - age, mostBytes });
      await store.prune({ before: now - age, mostBytes });
    } finally {
      await store.releaseLock('prune', holder);
    }
  };
  const all = [
    repeated(renew, renewMs, onTrouble),
    repeated(prune, pruneMs, onTrouble),
    ...chores.alertmanagers.map((alertmanager) =>
      repeated(() => tellOne(alertmanager, chores, { io, holder, lang: options.lang }), alertLookMs, onTrouble),
    ),
  ];
  return async () => {
    await Promise.all(all.map((stop) => stop()));
  };
}

async function tellOne(
  { name, shown, post }: Alertmanager,
  { store, alerts, words, tell }: Chores,
  { io, holder, lang }: Pick<Context, 'io'> & Pick<Context['options'], 'lang'> & { readonly holder: string },
): Promise<void> {
  const settings = { name, holder, isGone, alerts, post, everyMs: alertMs, wall: () => io.clock.wall() };
  const onTrouble = (why: string): void => tell(words.alertsNotTaken(shown, saidWhyNot(wordsOf(lang), why)));
  io.guard.forget();
  await tellAlerts(store, { ...settings, onTrouble }, io.ending.work);
}

/** Now, and then that long after the last time ended. */
function repeated(work: () => Promise<void>, everyMs: number, onTrouble: (error: Error) => void): () => Promise<void> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const turn = (): void => {
    running = work()
      .catch((error: unknown) => onTrouble(error instanceof Error ? error : new Error(String(error))))
      .then(() => {
        if (!stopped) timer = setTimeout(turn, everyMs);
      });
  };
  turn();
  return async () => {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
    await running;
  };
}
