/** A collector on loopback with a store of its own, and machines that send to it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageLanguage } from '../../src/collect/page.ts';
import { type Collector, collector, type RouteSettings } from '../../src/collect/routes.ts';
import type { Report } from '../../src/model/report.ts';
import { deliver } from '../../src/send/deliver.ts';
import { coverHeader, coverOf, type EnrolToken, isCritical, messageOf } from '../../src/send/message.ts';
import type { PlaceHost } from '../../src/send/place.ts';
import { parsePlace } from '../../src/send/place-text.ts';
import { openSpool, type SpoolBounds } from '../../src/send/spool.ts';
import { type Listening, listen } from '../../src/serve/server.ts';
import { createKey, type SigningKey } from '../../src/signed/keys.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import type { Language } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';
import { loadCollectWords } from '../../src/words/load-collect.ts';
import { loadFleetWords } from '../../src/words/load-fleet.ts';
import { loadServeWords } from '../../src/words/load-serve.ts';
import { recorded } from '../report/recorded.ts';

export interface World {
  readonly store: Store;
  readonly collector: Collector;
  readonly listening: Listening;
  readonly url: string;
  /** To be set: the collector's and the machines' clock. */
  readonly time: { wall: number };
  readonly troubles: Error[];
  readonly faults: unknown[];
  readonly folder: string;
  close(): Promise<void>;
}

export async function wordsIn(lang: Language): Promise<PageLanguage> {
  const [fleet, collect, serve] = await Promise.all([
    loadFleetWords(lang),
    loadCollectWords(lang),
    loadServeWords(lang),
  ]);
  return { words: wordsOf(lang), fleet, collect, serve };
}

export async function openWorld(
  settings: Partial<RouteSettings> = {},
  wrap: (store: Store) => Store = (store) => store,
  address?: string,
): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'wayclear-collect-'));
  const store = await openStore(address ?? join(folder, 'fleet.db'));
  const time = { wall: Date.parse('2026-11-30T08:00:00Z') };
  const troubles: Error[] = [];
  const faults: unknown[] = [];
  const clock = { now: () => time.wall - Date.parse('2026-11-30T00:00:00Z'), wall: () => time.wall };
  const made = collector(wrap(store), clock, {
    ...{ limit: 10_000, perMs: 3_600_000, acceptNew: true, silentAfterMs: 26 * 3_600_000, readTokens: [] },
    chance: () => 0.5,
    onTrouble: (error) => troubles.push(error),
    languageFor: (asked) => wordsIn(asked === 'fr' || asked === 'ja' || asked === 'nl' ? asked : 'en'),
    ...settings,
  });
  const listening = await listen({ host: '127.0.0.1', port: 0, tls: null }, made.answer, (error) => faults.push(error));
  return {
    ...{ store, collector: made, listening, time, troubles, faults, folder },
    url: `http://127.0.0.1:${listening.port}`,
    async close() {
      listening.server.closeAllConnections();
      await listening.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const badReport = (): Report => recorded['dns-dead']('en');
export const goodReport = (): Report => recorded.healthy('en');

export const named = (report: Report, name: string, more: Partial<Report> = {}): Report => ({
  ...report,
  machine: { name, account: 'SYSTEM', addresses: ['10.1.2.3'] },
  ...more,
});

/** One signed message. */
export function message(
  report: Report,
  key: SigningKey,
  seq: number,
  more: { readonly at?: string; readonly token?: EnrolToken | null; readonly detail?: 'full' | 'summary' } = {},
): string {
  const { at = '2026-11-30T08:00:00.000Z', token = null, detail = 'summary' } = more;
  return messageOf(report, { key, seq, at, detail, dropped: 0, token, version: '0.0.0' });
}

/** The header of a post that says who sends this body. */
export const coverFor = (
  body: string | Buffer,
  key: SigningKey,
  token: EnrolToken | null = null,
  at = '2026-11-30T08:00:00.000Z',
): Readonly<Record<string, string>> => ({
  [coverHeader]: coverOf(Buffer.from(body), { key, at, token, version: '0.0.0' }),
});

export interface Posted {
  readonly status: number;
  readonly results: readonly string[] | null;
  readonly retryAfter: number;
}

export async function post(
  url: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Posted> {
  const answer = await fetch(`${url}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const said = (await answer.json()) as { readonly results?: readonly string[] };
  return {
    status: answer.status,
    results: said.results ?? null,
    retryAfter: Number(answer.headers.get('retry-after') ?? 0),
  };
}

/** A machine with a spool, that sends to these places in order. */
export function machine(
  world: Pick<World, 'time' | 'folder'>,
  name: string,
  places: readonly string[],
  output: string[] = [],
  bounds?: SpoolBounds,
) {
  const key = createKey();
  const clock = { now: () => 0, wall: () => world.time.wall };
  const spool = openSpool(join(world.folder, `spool-${name}`), clock, bounds);
  const host: PlaceHost = {
    signal: new AbortController().signal,
    through: async () => null,
    lookup: (_name, _options, done) => done(null, '127.0.0.1', 4),
    ca: [],
    cover: (body) => coverOf(body, { key, at: new Date(world.time.wall).toISOString(), token: null, version: '0.0.0' }),
    output: async (text) => void output.push(text),
  };
  const parsed = places.map((shown) => ({ shown, place: parsePlace(shown) ?? { kind: 'output' as const } }));
  return {
    key,
    spool,
    put(report: Report, token: EnrolToken | null = null): void {
      const seq = spool.nextSeq();
      const dropped = spool.dropped();
      const at = new Date(world.time.wall).toISOString();
      const text = messageOf(named(report, name), { key, seq, at, detail: 'full', dropped, token, version: '0.0.0' });
      spool.put(seq, text, isCritical(report), dropped);
    },
    send: () => deliver(spool, parsed, key.fingerprint, clock, host),
  };
}
