/** What a watch reaches out with: looks, files, the terminal, time. */
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { harmless } from '../harmless.ts';
import type { Report } from '../model/report.ts';
import type { Sender } from '../notify/sender.ts';
import { loadReporter } from '../report/registry.ts';
import type { Store } from '../store/store.ts';
import { UsageError } from '../usage-error.ts';
import { eventLines } from '../watch/event-text.ts';
import type { Host } from '../watch/loop.ts';
import { wordsOf } from '../words/load.ts';
import { catalogUrlChanges } from './catalog-url.ts';
import { openOutputs } from './deliver.ts';
import { faultTeller } from './faults.ts';
import type { Io } from './io.ts';
import { createLooker } from './look.ts';
import type { Options } from './options.ts';
import { addToLog } from './role-log.ts';
import type { Sender as ReportSender } from './send.ts';
import { asMistake } from './store-door.ts';
import { createDelivery } from './ways.ts';

/** What is told of trouble that ends nothing, in one line. */
function troubleLine(error: unknown, options: Options): string | null {
  const mistake = asMistake(error);
  return mistake instanceof UsageError ? mistake.tell(wordsOf(options.lang).refusals).message : null;
}

/** What no later look mends: everything that somebody wrote wrong, but for what is fetched or changes from look to look. */
const isMistakeForGood = (error: unknown): boolean =>
  error instanceof UsageError && !/^(?:fetch|mode|store|catalog\.fetch|proxy\.undecided)/.test(error.refusal.code);

export interface Outlets {
  /** Of notices. */
  readonly ways: readonly Sender[];
  /** Of reports, to a collector; null: they stay here. */
  readonly sender: ReportSender | null;
}

/** Notices and reports that wait; when the next of them are due. A state folder that takes nothing for a while holds up no notice. */
function deliveries(
  notices: () => Promise<number | null>,
  sender: ReportSender | null,
  onTrouble: (error: unknown) => void,
): () => Promise<number | null> {
  const reports = async (): Promise<number | null> => {
    try {
      return (await sender?.again()) ?? null;
    } catch (error) {
      onTrouble(error);
      return null;
    }
  };
  return async () => {
    const times = (await Promise.all([notices(), reports()])).filter((time) => time !== null);
    return times.length === 0 ? null : Math.min(...times);
  };
}

export interface WatchHost extends Host {
  /** Whether all that was to be written of the looks so far was. */
  hasWritten(): boolean;
}

/** What becomes of the report of a whole look; whether it was written. */
function outletsOf(
  io: Io,
  options: Options,
  sender: ReportSender | null,
): readonly ((report: Report) => Promise<boolean>)[] {
  const files = options.formats.filter(({ file }) => file !== null);
  const { cmtraceLog } = options.watch;
  return [
    async (report) => {
      if (files.length === 0) return true;
      const outputs = await openOutputs(io, { ...options, formats: files });
      return await outputs.deliver(async (format, view) => (await loadReporter(format))(report, view));
    },
    async (report) => {
      if (cmtraceLog === null) return true;
      const view = { lang: options.lang, width: 100, colour: false, verbose: true };
      addToLog(resolve(io.cwd, cmtraceLog), (await loadReporter('cmtrace'))(report, view));
      return true;
    },
    async (report) => {
      await sender?.send(report);
      return true;
    },
  ];
}

export function createHost(io: Io, options: Options, store: Store, { ways, sender }: Outlets): WatchHost {
  const words = wordsOf(options.lang);
  const onFault = faultTeller(io, options.lang);
  const tell = (line: string): void => io.stderr.write(`wayclear: ${harmless(line, 1000)}\n`);
  const looker = createLooker(io, options, (trouble) =>
    tell(words.watch.oldCatalog(trouble.tell(words.refusals).message)),
  );
  const outlets = outletsOf(io, options, sender);
  let hasWritten = true;
  let hasLooked = false;
  const trouble = (error: unknown, during: 'look' | 'record' | 'send'): void => {
    if (during === 'look' && !hasLooked && isMistakeForGood(error)) throw error;
    const line = troubleLine(error, options);
    if (line === null) onFault(error, 'watch');
    else tell(during === 'record' ? words.watch.waiting(line) : line);
  };
  return {
    clock: io.clock,
    store,
    stopped: () => io.ending.interrupted(),
    sleep: async (ms) => {
      await wait(ms, undefined, { signal: io.ending.work }).catch(() => {});
    },
    look: (targets) => looker.look(targets),
    changes: async () => {
      const { catalogUrl: url } = options.watch;
      if (url === null) return null;
      try {
        const { changes, features, older } = await catalogUrlChanges(io, options, url);
        if (older.length > 0) tell(words.watch.olderCatalog(url, older.join(words.screen.comma)));
        return { changes, features };
      } catch (error) {
        const line = troubleLine(error, options);
        if (line === null) throw error;
        tell(line);
        return null;
      }
    },
    hasWritten: () => hasWritten,
    deliver: deliveries(createDelivery(io, store, ways, words), sender, (error) => trouble(error, 'send')),
    async tell(event) {
      if (event.kind === 'looked') hasLooked = true;
      if (event.kind === 'trouble') {
        trouble(event.error, event.during);
        return;
      }
      if (!options.quiet) {
        for (const line of eventLines(event, io.clock.wall(), words)) await io.stdout.write(`${line}\n`);
      }
      if (event.kind !== 'looked' || !event.full) return;
      for (const outlet of outlets) {
        try {
          hasWritten = (await outlet(event.report)) && hasWritten;
        } catch (error) {
          hasWritten = false;
          trouble(error, 'look');
        }
      }
    },
  };
}
