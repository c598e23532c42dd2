/** Places that notices go to and that take none: with a store, real servers, and days of simulated time. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { deliver } from '../../src/notify/deliver.ts';
import { createMail } from '../../src/notify/mail.ts';
import { createPost } from '../../src/notify/post.ts';
import type { Sender } from '../../src/notify/sender.ts';
import { outgoingOf } from '../../src/notify/text.ts';
import { createWebhook } from '../../src/notify/webhook.ts';
import { createCredentialGuard } from '../../src/proxy/lockout.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { wordsOf } from '../../src/words/load.ts';
import { freePort, temporaryFolder } from '../real/parts.ts';
import { notice } from './notices.ts';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const start = Date.parse('2026-11-30T08:01:00Z');
const folder = temporaryFolder();
const servers: (Server | TcpServer)[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  }
});
afterAll(() => folder.close());
let count = 0;

async function listening(server: Server | TcpServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

/** A webhook that is answered so, and the ids that arrived there. */
async function hook(
  name: string,
  answer: RequestListener,
): Promise<Sender & { readonly ids: string[]; readonly url: string }> {
  const ids: string[] = [];
  const port = await listening(
    createServer((request, response) => {
      ids.push(String(request.headers['webhook-id']));
      request.resume();
      answer(request, response);
    }),
  );
  const post = createPost({
    url: new URL(`http://127.0.0.1:${port}/`),
    ...{ proxyFor: async () => null, lookup: () => {}, ca: undefined },
  });
  return {
    ...createWebhook({ name, post, key: null, body: undefined, wall: () => start }),
    ids,
    url: `http://127.0.0.1:${port}/`,
  };
}

const mail = (port: number): Sender =>
  createMail({
    ...{ name: 'mail', server: new URL(`smtp://127.0.0.1:${port}`), from: 'a@example.com', to: ['b@example.com'] },
    ...{ account: null, guard: createCredentialGuard(), ca: undefined, clear: true },
  });

interface Played {
  readonly store: Store;
  /** What was told of each way, with its time in minutes. */
  readonly troubles: readonly string[];
}

/** Delivers whenever something is due, for that long; `added`: a notice at each of these times. */
async function play(
  senders: readonly Sender[],
  lastsMs: number,
  added: readonly number[],
  limit = new AbortController().signal,
): Promise<Played> {
  count += 1;
  const store = await openStore(join(folder.path, `${count}.db`));
  const troubles: string[] = [];
  let now = start;
  const settings = {
    ...{
      senders,
      wall: () => now,
      outgoing: (one: Parameters<typeof outgoingOf>[0]) => outgoingOf(one, wordsOf('en')),
    },
    onTrouble: (way: string, why: string, isFinal: boolean) => {
      troubles.push(`${Math.round((now - start) / minute)} ${way} ${why}${isFinal ? ' given up' : ''}`);
    },
  };
  const waiting = [...added];
  while (now - start <= lastsMs) {
    while (waiting[0] !== undefined && start + waiting[0] <= now) {
      const at = new Date(start + (waiting.shift() ?? 0)).toISOString();
      const routes = senders.map(({ name }) => name);
      await store.addNotice(notice({ id: `n-${added.length - waiting.length}`, at }), 'M1', routes);
    }
    const next = await deliver(store, settings, limit);
    const events = [next, waiting[0] === undefined ? null : start + waiting[0]].flatMap((at) => at ?? []);
    if (events.length === 0) break;
    now = Math.max(now + 1000, Math.min(...events));
  }
  return { store, troubles };
}

const takes: RequestListener = (_, response) => response.writeHead(204).end();

describe('a webhook', () => {
  it('that answers 500 for eight days is asked ever more slowly, holds up no other way, and is given up after a week', async () => {
    const [bad, good] = [await hook('bad', (_, response) => response.writeHead(500).end()), await hook('good', takes)];
    const { store, troubles } = await play([bad, good], 9 * day, [0, 2 * hour]);
    expect(good.ids).toEqual(['n-1', 'n-2']);
    // After 1, 2, 5, 15 and 60 minutes, then every hour for a week.
    expect(troubles.slice(0, 6)).toEqual([0, 1, 3, 8, 23, 83].map((at) => `${at} bad status 500`));
    const ends = troubles.filter((text) => text.endsWith('given up'));
    expect(ends).toHaveLength(2);
    expect(Number.parseInt(ends[0] ?? '', 10)).toBeGreaterThan((7 * day - 2 * hour) / minute);
    expect(bad.ids.length).toBeLessThan(2 * 7 * 24 + 12);
    expect(await store.nextDelivery(['bad', 'good'])).toBeNull();
    await store.close();
  });

  it('that answers 500 for days and then takes them gets each once, in order', async () => {
    let asked = 0;
    const recovering = await hook('ops', (_, response) => {
      asked += 1;
      response.writeHead(asked < 40 ? 500 : 204).end();
    });
    const { store } = await play([recovering], 7 * day, [0, hour, 30 * hour]);
    expect(recovering.ids.slice(40)).toEqual(['n-2', 'n-3']);
    expect(recovering.ids.slice(0, 40).every((id) => id === 'n-1')).toBe(true);
    expect(await store.nextDelivery(['ops'])).toBeNull();
    await store.close();
  });

  it('that hangs is left when its time is over, and asked again', async () => {
    const [hanging, good] = [await hook('hanging', () => {}), await hook('good', takes)];
    const { store, troubles } = await play([hanging, good], 2 * minute, [0], AbortSignal.timeout(1500));
    expect(good.ids).toEqual(['n-1']);
    expect(troubles[0]).toBe('0 hanging TimeoutError');
    expect(await store.nextDelivery(['hanging'])).toBeGreaterThan(start);
    await store.close();
  });

  it('that redirects is not followed, and asked again', async () => {
    const elsewhere = await hook('elsewhere', takes);
    const location = elsewhere.url;
    const redirecting = await hook('ops', (_, response) => response.writeHead(307, { location }).end());
    const { store, troubles } = await play([redirecting], 3 * minute, [0]);
    expect(elsewhere.ids).toEqual([]);
    expect(troubles).toEqual([0, 1, 3].map((at) => `${at} ops status 307`));
    await store.close();
  });
});

describe('a mail server', () => {
  it('that refuses everybody at the door, or is not there, gets no mail, and is asked again', async () => {
    const port = await listening(
      createTcpServer((socket) => socket.end('554 no mail today\r\n').on('error', () => {})),
    );
    for (const [at, why] of [
      [port, /^0 mail (?:status 554|\w+)$/],
      [await freePort(), /^0 mail (?:ECONNREFUSED|ESOCKET|\w+)$/],
    ] as const) {
      const { store, troubles } = await play([mail(at)], 3 * minute, [0]);
      expect(troubles).toHaveLength(3);
      expect(troubles[0]).toMatch(why);
      expect(await store.nextDelivery(['mail'])).toBe(start + 8 * minute);
      await store.close();
    }
  });
});

describe('a change', () => {
  const change = { subject: 'root', place: 'a.example:443', before: 'CN=A', after: 'CN=B' } as const;
  const said = (side: 'service' | 'machine'): string =>
    outgoingOf(notice({ kind: 'changed', incident: null, changes: [{ ...change, side }] }), wordsOf('en')).lines.join();

  it("on the service's side comes with what the role asks for, one of this machine does not", () => {
    expect(said('service')).toContain('restart SMS_EXECUTIVE on the server that holds the role');
    expect(said('machine')).not.toContain('SMS_EXECUTIVE');
  });
});
