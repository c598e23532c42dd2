/** A PostgreSQL in every kind of trouble: 503 with a time, never an acknowledgement, and nothing lost when it is over. */
import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKey } from '../../src/signed/keys.ts';
import { openStore } from '../../src/store/open.ts';
import { lacking, temporaryFolder } from '../real/parts.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../store/postgres.ts';
import { badReport, goodReport, machine, message, named, openWorld, post, type World } from './world.ts';

const skipped = lacking(postgresPrograms, true);

describe.skipIf(skipped !== null)('a PostgreSQL', () => {
  let server: PostgresServer;
  let world: World;
  let count = 0;
  let name = '';
  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(() => server.close());
  beforeEach(async () => {
    count += 1;
    name = `trouble${count}`;
    world = await openWorld({}, (store) => store, server.database(name));
  });
  afterEach(async () => {
    expect(world.faults).toEqual([]);
    await world.close();
  });

  const kept = (): number => Number(server.sql(name, 'select count(*) from wayclear.messages'));
  const one = (): string => message(named(goodReport(), 'bonn-1'), createKey(), 1);
  const refused = async (body = one()): Promise<void> => {
    expect(await post(world.url, body)).toEqual({ status: 503, results: null, retryAfter: 60 });
  };
  const stored = async (body = one()): Promise<void> => {
    expect(await post(world.url, body)).toMatchObject({ status: 200, results: ['stored'] });
  };

  it('that is away, and comes back', async () => {
    await stored();
    server.stop();
    const waits = one();
    await refused(waits);
    const bonn = machine(world, 'bonn-2', [world.url]);
    bonn.put(badReport());
    expect(await bonn.send()).toMatchObject({ sent: 0, waiting: 1, troubles: [{ why: 'HTTP 503' }] });
    await server.start();
    await stored(waits);
    expect(await bonn.send()).toMatchObject({ sent: 1, waiting: 0 });
    expect(kept()).toBe(3);
    expect(world.troubles.length).toBeGreaterThan(0);
  }, 60_000);

  it('that is restarted between two posts', async () => {
    for (let round = 0; round < 3; round += 1) {
      const body = one();
      await stored();
      server.stop();
      await server.start();
      const { status } = await post(world.url, body);
      expect([200, 503]).toContain(status);
      if (status === 503) await stored(body);
    }
    expect(kept()).toBe(6);
  }, 60_000);

  it('that can only be read', async () => {
    server.stop();
    await server.start('default_transaction_read_only=on');
    const waits = one();
    await refused(waits);
    expect(world.troubles[0]?.message).toMatch(/read-only/);
    // What it holds can be looked at meanwhile.
    expect((await fetch(world.url)).status).toBe(200);
    server.stop();
    await server.start();
    await stored(waits);
    expect(kept()).toBe(1);
  }, 60_000);

  it('that has as many connections as it takes', async () => {
    server.sql(
      name,
      `create role limited_${name} login; grant all on schema wayclear to limited_${name};
      grant all on all tables in schema wayclear to limited_${name}`,
    );
    const address = server.address(name).replace('wayclear@', `limited_${name}@`);
    await world.close();
    world = await openWorld({}, (store) => store, address);
    await stored();
    server.sql(name, `alter role limited_${name} connection limit 0`);
    server.sql(name, `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'limited_${name}'`);
    const waits = one();
    await refused(waits);
    expect(world.troubles.at(-1)?.message).toMatch(/can not serve now|does not answer/);
    server.sql(name, `alter role limited_${name} connection limit -1`);
    await stored(waits);
    expect(kept()).toBe(2);
  }, 60_000);

  it('that is slow: somebody keeps the window locked', async () => {
    const other = await openStore(server.address(name));
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const window = world.time.wall - (world.time.wall % 3_600_000);
    let locked = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      locked = resolve;
    });
    const holds = other.transaction(async (steps) => {
      await steps.charge(window, 1, 0, { all: 10, good: 10 });
      locked();
      await gate;
    });
    await begun;
    const waits = one();
    await refused(waits);
    expect(kept()).toBe(0);
    release();
    await holds;
    await stored(waits);
    await other.close();
  }, 60_000);

  it('that stands still: those who wait get a time, those who were in the middle of it the truth', async () => {
    // So many at once that the pool opens all of its connections.
    await Promise.all(Array.from({ length: 16 }, () => stored()));
    const before = kept();
    const pids = server
      .sql(name, `select pid from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`)
      .trim()
      .split('\n')
      .map(Number);
    expect(pids).toHaveLength(4);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    server.signal('SIGSTOP');
    const inside = Array.from({ length: 4 }, () => post(world.url, one()));
    const waits = one();
    await refused(waits);
    server.signal('SIGCONT');
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    expect((await Promise.all(inside)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await stored(waits);
    expect(kept()).toBe(before + 5);
  }, 60_000);

  it('whose disk is full', async () => {
    const folder = temporaryFolder();
    const place = join(folder.path, 'small');
    mkdirSync(place);
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'postgres']).stdout.toString()));
    spawnSync('chmod', ['755', folder.path]);
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', place]).status).toBe(0);
    chownSync(place, uid ?? 0, gid ?? 0);
    try {
      server.sql(name, `create tablespace ${name} location '${place}'`);
      for (const table of ['messages', 'looks', 'look_reports', 'look_states', 'days'])
        server.sql(name, `alter table wayclear.${table} set tablespace ${name}`);
      const filler = join(place, 'filler');
      spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1k']);
      let acknowledged = 0;
      let waits = '';
      for (let tries = 0; tries < 2000 && waits === ''; tries += 1) {
        const body = message(named(badReport(), 'bonn-1'), createKey(), 1, { detail: 'full' });
        const { status } = await post(world.url, body);
        if (status === 200) acknowledged += 1;
        else {
          expect(status).toBe(503);
          waits = body;
        }
      }
      expect(waits).not.toBe('');
      expect(world.troubles.at(-1)?.message).toMatch(/disk is full/);
      expect(kept()).toBe(acknowledged);
      spawnSync('rm', [filler]);
      await stored(waits);
      expect(kept()).toBe(acknowledged + 1);
      await world.close();
      server.sql('postgres', `drop database ${name} with (force)`);
      server.sql('postgres', `drop tablespace ${name}`);
    } finally {
      spawnSync('umount', ['-l', place]);
      folder.close();
    }
  }, 120_000);
});
