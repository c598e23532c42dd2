/** Who may send to a collector: the list of machines, letting in, shutting out, the account of that. */
import { shownMachines } from '../../collect/export.ts';
import { notesOf } from '../../collect/page.ts';
import { harmless } from '../../harmless.ts';
import type { CollectedMachine } from '../../model/collected.ts';
import { harmlessJson } from '../../report/json.ts';
import { drawTable } from '../../report/table.ts';
import { fingerprintOf } from '../../signed/keys.ts';
import type { AuditEntry, Sender, SenderState } from '../../store/collected.ts';
import { pagedRows } from '../../store/pages.ts';
import type { Store } from '../../store/store.ts';
import { UsageError } from '../../usage-error.ts';
import { labelsOf } from '../../words/load.ts';
import { loadCollectWords } from '../../words/load-collect.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { accountOf } from '../machine.ts';
import { withStore } from '../store-door.ts';
import { quoted } from '../values.ts';

/** Rows of one question. */
export const rowsAtOnce = 500;

export const onStore = <T>({ io, options }: Context, work: (store: Store) => Promise<T>): Promise<T> =>
  withStore(io, options.store, true, work);

/** All that stands in the account, page by page, the newest first. */
export const auditRows = (store: Store): AsyncIterable<AuditEntry> =>
  pagedRows<AuditEntry>(rowsAtOnce, (before) =>
    store.audits({ most: rowsAtOnce, ...(before === undefined ? {} : { before }) }),
  );

export const cell = (text: string): { readonly text: string; readonly style: null } => ({ text, style: null });

/** Lists the machines that were here: those that wait first. */
export async function collectMachines(context: Context): Promise<number> {
  const { io, options } = context;
  const outputs = await openOutputs(io, options);
  const words = await loadCollectWords(options.lang);
  const silence = { now: io.clock.wall(), silentAfterMs: options.collect.silentAfterMs };
  const { senders, shown } = await onStore(context, async (store) => {
    const senders: Sender[] = [];
    for (const state of ['waiting', 'admitted', 'revoked'] as const) {
      const some = pagedRows<Sender>(rowsAtOnce, (last) =>
        store.senders({ state, most: rowsAtOnce, ...(last === undefined ? {} : { after: last.key }) }),
      );
      for await (const sender of some) senders.push(sender);
    }
    const shown: CollectedMachine[] = [];
    for (let from = 0; from < senders.length; from += rowsAtOnce)
      shown.push(...(await shownMachines(store, senders.slice(from, from + rowsAtOnce), silence)));
    return { senders, shown };
  });
  const written = await outputs.deliver((format, view) => {
    if (format === 'json') return `${harmlessJson(shown, 2)}\n`;
    if (senders.length === 0) return `${words.noSenders}\n`;
    const { duration } = labelsOf(view.lang);
    const rows = senders.map((sender) => [
      cell(sender.name),
      cell(sender.fingerprint),
      cell(words.states[sender.state === 'new' ? 'waiting' : sender.state]),
      cell(new Date(sender.lastAt).toISOString()),
      cell(notesOf(sender, words, duration).join('; ')),
    ]);
    const { machine, fingerprint, state, last, notes } = words.columns;
    const columns = [machine, fingerprint, state, last, notes].map((title, index) => ({ title, whole: index < 4 }));
    return drawTable(columns, rows, view);
  });
  return written ? 0 : 2;
}

/** So many a list shows; the JSON has them all. */
const shownEntries = 100;

/** Lists who was let in and shut out, the newest first. */
export async function collectAudit(context: Context): Promise<number> {
  const { io, options } = context;
  const outputs = await openOutputs(io, options);
  const words = await loadCollectWords(options.lang);
  const entries = await onStore(context, async (store) => {
    const all: AuditEntry[] = [];
    for await (const entry of auditRows(store)) all.push(entry);
    return all;
  });
  const written = await outputs.deliver((format, view) => {
    const iso = (at: number): string => new Date(at).toISOString();
    if (format === 'json') {
      const values = entries.map(({ at, detail, ...rest }) => ({ at: iso(at), name: detail, ...rest }));
      return `${harmlessJson(values, 2)}\n`;
    }
    if (entries.length === 0) return `${words.noEntries}\n`;
    const rows = entries
      .slice(0, shownEntries)
      .map(({ at, what, detail, fingerprint, actor }) =>
        [iso(at), words.audits[what], detail, fingerprint, actor].map(cell),
      );
    const { time, what, machine, fingerprint, actor } = words.columns;
    const columns = [time, what, machine, fingerprint, actor].map((title, index) => ({ title, whole: index < 4 }));
    const rest = entries.length > shownEntries ? `${labelsOf(view.lang).more(entries.length - shownEntries)}\n` : '';
    return `${drawTable(columns, rows, view)}${rest}`;
  });
  return written ? 0 : 2;
}

async function change(context: Context, state: SenderState, what: AuditEntry['what']): Promise<number> {
  const { io, options, words: given } = context;
  const words = await loadCollectWords(options.lang);
  const outputs = await openOutputs(io, options);
  const fingerprint = fingerprintOf(given[0] ?? '');
  if (fingerprint === null) throw new UsageError('collect.fingerprint', { text: quoted(given[0] ?? '') });
  const changed = await onStore(context, (store) =>
    store.transaction(async (steps) => {
      const found = await steps.senderByFingerprint(fingerprint);
      if (found === null) return null;
      // As it is when nobody else has it: what came meanwhile stays.
      const sender = await steps.lockSender(found.key, fingerprint, io.clock.wall());
      await steps.putSender({ ...sender, state });
      await steps.addAudit({
        at: io.clock.wall(),
        what,
        fingerprint,
        detail: sender.name,
        actor: harmless(accountOf(io), 255),
      });
      return sender;
    }),
  );
  if (changed === null) throw new UsageError('collect.unknown', { fingerprint });
  const written = await outputs.deliver((format) =>
    format === 'json'
      ? `${harmlessJson({ fingerprint, state }, 2)}\n`
      : `${state === 'admitted' ? words.admitted(fingerprint, changed.name) : words.revoked(fingerprint, changed.name)}\n`,
  );
  return written ? 0 : 2;
}

export const collectAdmit = (context: Context): Promise<number> => change(context, 'admitted', 'admitted');
export const collectRevoke = (context: Context): Promise<number> => change(context, 'revoked', 'revoked');
