/** All that a collector keeps, for programs: a line each of JSON, or rows of CSV, page by page. */
import type { CollectedAudit, CollectedLook, CollectedMachine } from '../model/collected.ts';
import type { Look } from '../model/fleet.ts';
import { csvOf } from '../report/cells.ts';
import { harmlessJson } from '../report/json.ts';
import type { Answer } from '../serve/server.ts';
import type { AuditEntry, Sender, SentMessage } from '../store/collected.ts';
import { everyMsOf } from '../store/last-look.ts';
import { unpacked } from '../store/packed.ts';
import { pagedRows } from '../store/pages.ts';
import type { Store } from '../store/store.ts';
import { isSilent } from './fleet-view.ts';

const rowsAtOnce = 200;
const iso = (at: number): string => new Date(at).toISOString();

interface Export<T, V> {
  read(store: Store, after: T | undefined): Promise<readonly T[]>;
  shown(row: T): V;
  readonly head: readonly string[];
  cells(value: V): readonly (string | number)[];
}

/** By what a machine is silent now. */
interface Silence {
  readonly now: number;
  readonly silentAfterMs: number;
}

type SenderRow = Sender & { readonly shown: CollectedMachine };

/** Machines as programs read them. */
export async function shownMachines(
  store: Store,
  senders: readonly Sender[],
  silence: Silence,
): Promise<readonly CollectedMachine[]> {
  const admitted = senders.flatMap(({ key, state }) => (state === 'admitted' ? [key] : []));
  const looks = admitted.length === 0 ? [] : await store.lastLooks(admitted);
  const intervals = new Map(looks.map(({ key, look }) => [key, everyMsOf(look)]));
  return senders.map((sender) => {
    const { key, state, firstAt, lastAt, ...rest } = sender;
    const everyMs = intervals.get(key) ?? null;
    return {
      ...rest,
      state: state === 'new' ? 'waiting' : state,
      firstAt: iso(firstAt),
      lastAt: iso(lastAt),
      everyMs,
      silent: isSilent(sender, everyMs ?? undefined, silence),
    };
  });
}

const machinesAt = (silence: Silence): Export<SenderRow, CollectedMachine> => ({
  async read(store, after) {
    const senders = await store.senders({ most: rowsAtOnce, ...(after === undefined ? {} : { after: after.key }) });
    const shown = await shownMachines(store, senders, silence);
    return senders.flatMap((sender, index) => {
      const machine = shown[index];
      return machine === undefined ? [] : [{ ...sender, shown: machine }];
    });
  },
  shown: ({ shown }) => shown,
  head: [
    ...['fingerprint', 'state', 'name', 'first', 'last', 'egress', 'dropped', 'conflicts', 'skew ms', 'every ms'],
    'silent',
  ],
  cells: ({ fingerprint, state, name, firstAt, lastAt, egress, dropped, conflicts, skewMs, everyMs, silent }) => [
    ...[fingerprint, state, name, firstAt, lastAt, egress, dropped, conflicts, skewMs, everyMs ?? '', String(silent)],
  ],
});

const messages: Export<SentMessage, CollectedLook> = {
  read: (store, after) => store.messages({ most: rowsAtOnce, ...(after === undefined ? {} : { after }) }),
  shown: ({ seq, receivedAt, critical, digest, look }) => ({
    ...{ sequence: seq, receivedAt: iso(receivedAt), critical, sha256: digest },
    ...(unpacked(look) as Look),
  }),
  head: [
    ...['received', 'fingerprint', 'name', 'sequence', 'complete', 'critical', 'site', 'reachable', 'degraded'],
    ...['unreachable', 'untested', 'causes', 'sha256'],
  ],
  cells: ({ receivedAt, machine, name, sequence, complete, critical, traits, endpoints, causes, sha256 }) => {
    const count = (verdict: string): number => endpoints.filter((endpoint) => endpoint.verdict === verdict).length;
    const site = traits.find(({ attribute }) => attribute === 'label:site')?.value ?? '';
    return [
      ...[receivedAt, machine, name ?? '', sequence, String(complete), String(critical), site],
      ...[count('reachable'), count('degraded'), count('unreachable'), count('untested')],
      ...[[...new Set(causes.map(({ cause }) => cause))].join(' '), sha256],
    ];
  },
};

const audit: Export<AuditEntry, CollectedAudit> = {
  read: (store, before) => store.audits({ most: rowsAtOnce, ...(before === undefined ? {} : { before }) }),
  shown: ({ at, what, fingerprint, detail, actor }) => ({ at: iso(at), what, fingerprint, name: detail, actor }),
  head: ['at', 'what', 'fingerprint', 'name', 'actor'],
  cells: ({ at, what, fingerprint, name, actor }) => [at, what, fingerprint, name, actor],
};

function answered<T, V>(store: Store, { read, shown, head, cells }: Export<T, V>, isCsv: boolean): Answer {
  async function* text(): AsyncIterable<string> {
    if (isCsv) yield csvOf([head]);
    // One by one: a page of looks, unpacked and in one text, is a lot of memory.
    for await (const row of pagedRows<T>(rowsAtOnce, (after) => read(store, after))) {
      const value = shown(row);
      yield isCsv ? csvOf([cells(value)]) : `${harmlessJson(value, 0)}\n`;
    }
  }
  return { status: 200, type: isCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson', body: text() };
}

/** What is behind an address of the interface; null where no export is. */
export function exported(store: Store, path: string, silence: Silence): Answer | null {
  const [, name = '', csv] = /^\/api\/([a-z]+)(\.csv)?$/.exec(path) ?? [];
  const isCsv = csv !== undefined;
  if (name === 'machines') return answered(store, machinesAt(silence), isCsv);
  if (name === 'messages') return answered(store, messages, isCsv);
  return name === 'audit' ? answered(store, audit, isCsv) : null;
}
