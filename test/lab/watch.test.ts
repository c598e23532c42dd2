/**
 * Three hours and a slept day of a network that breaks and mends, watched by what the command runs, with real probes and a
 * real receiver of webhooks; the watch is killed at twenty points. Exactly what the table says is told, on every database.
 */
import { createHmac } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Notice } from '../../src/model/incident.ts';
import { openStore } from '../../src/store/open.ts';
import { lacking, temporaryFolder } from '../real/parts.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../store/postgres.ts';
import { bundled } from '../watch/bundle.ts';
import { REPOSITORY } from './compile.ts';
import { labRequirements, whyNot } from './requirements.ts';
import { stageSeconds } from './run.ts';
import { runLab } from './sealed.ts';
import type { Posted, StoryResult } from './story.ts';
import { always, asleep, catalog, ends, faults, kills, receiver, table, watchArguments } from './watch/ten-faults.ts';

const requirements = labRequirements();
const missing = whyNot([...always, ...faults.map(({ fault }) => fault)], requirements);
const key = Buffer.alloc(32, 7);
const folder = temporaryFolder();
/** Where what the program reads besides its own code is found from. */
const program = join(REPOSITORY, 'node_modules/.cache', `wayclear-player-${process.pid}.cjs`);
afterAll(() => {
  folder.close();
  rmSync(program, { force: true });
});

/** Plays the story with a store of its own. */
async function played(address: string): Promise<StoryResult> {
  const own = join(folder.path, address.replace(/\W+/g, '-').slice(-40));
  mkdirSync(own);
  const hook = { url: `https://${receiver}/in`, secretFile: 'secret', caFile: 'roots.pem' };
  writeFileSync(join(own, 'ways.json'), JSON.stringify({ ways: [{ name: 'ops', webhook: hook }] }));
  writeFileSync(join(own, 'secret'), `whsec_${key.toString('base64')}\n`, { mode: 0o600 });
  const player = bundled('lab-player', program);
  const options = ['--notify', join(own, 'ways.json'), '--store', address, '--timeout', `${stageSeconds()}s`];
  const { story } = await runLab({
    scenario: {
      ...{ name: 'watch', faults: always, expect: { rootCauses: [], exit: 0 } },
      world: { families: [4], names: [receiver], addresses: { 'files.orders.example': 2 } },
    },
    catalog: [catalog],
    commands: [],
    commandTimeoutMs: 560_000,
    story: {
      command: [
        ...['sh', '-ec', 'cp "$0" "$1/roots.pem"; shift; exec "$@"', '@ROOTS@', own],
        ...[process.execPath, player, '@CONTROL@', 'watch'],
        ...[...watchArguments, '--catalog', '@CATALOG@', ...options],
      ],
      ...{ faults, asleep, ends, receiver, kills },
    },
  });
  if (story === undefined) throw new Error('the lab told no story');
  return story;
}

/** What arrived, each notice once; a second one is the same to the byte, and signed for its own time. */
function arrivedOnce(posts: readonly Posted[]): readonly Notice[] {
  const bodies = new Map<string, string>();
  for (const { headers, body } of posts) {
    const [id, time] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
    const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    expect(bodies.get(id) ?? body).toBe(body);
    bodies.set(id, body);
  }
  return [...bodies].map(([id, body]) => {
    const { data } = JSON.parse(body) as { readonly data: Notice };
    expect(data.id).toBe(id);
    return data;
  });
}

function lineOf({ kind, at, incident, changes, since }: Notice, startedAt: number): string {
  const minute = (iso: string): number => Math.round((Date.parse(iso) - startedAt) / 60_000);
  const targets = incident?.targets.map((id) => id.replace(/^desk\//, '')).join(' ');
  const what =
    incident !== null
      ? `${incident.cause} ${targets}`
      : since !== null
        ? `since ${minute(since)}`
        : changes.map(({ subject, place }) => `${subject} ${place}`).join(', ');
  return `${minute(at)} ${kind} ${what}`;
}

const byMinute = (one: string, other: string): number =>
  Number.parseInt(one, 10) - Number.parseInt(other, 10) || (one < other ? -1 : 1);

async function holds(address: string, outside = address): Promise<void> {
  const { posts, kills: killed, startedAt, status, said } = await played(address);
  const notices = arrivedOnce(posts);
  expect(notices.map((notice) => lineOf(notice, startedAt)).sort(byMinute), said).toEqual(table);
  expect(status, said).toBe(0);
  expect(killed).toHaveLength(kills.length);
  // Killed after a notice had arrived and before that was written down, it sends it again, under the same id.
  const doubles = posts.length - notices.length;
  expect(doubles).toBeGreaterThanOrEqual(kills.filter(({ at }) => at === 'post').length);
  expect(doubles).toBeLessThanOrEqual(kills.length);
  const store = await openStore(outside);
  expect((await store.notices({ most: 1000 })).map(({ id }) => id).sort()).toEqual(notices.map(({ id }) => id).sort());
  const [name = ''] = await store.machines();
  expect(await store.openIncidents(name)).toEqual([]);
  expect(await store.nextDelivery(['ops'])).toBeNull();
  expect(await store.faults()).toEqual([]);
  await store.close();
}

describe.skipIf(missing !== null)(
  'twelve faults in three hours and a day, watched and killed at twenty points',
  {
    timeout: 600_000,
  },
  () => {
    it('are told exactly as the table says, on SQLite', async () => {
      await holds(join(folder.path, 'watch.db'));
    });

    describe.skipIf(lacking(postgresPrograms, true) !== null)('on PostgreSQL', () => {
      let server: PostgresServer;
      beforeAll(async () => {
        server = await startPostgres();
      }, 120_000);
      afterAll(() => server.close());

      it('are told exactly as the table says', async () => {
        const address = server.database('watch');
        await holds(server.bySocket(address), address);
      });
    });
  },
);
