import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lacking } from '../real/parts.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../store/postgres.ts';
import { builtPlayer, killPoints, played } from './play.ts';

const skipped = lacking(postgresPrograms, true);

describe.skipIf(skipped !== null)('three hours of ten faults on PostgreSQL', () => {
  let server: PostgresServer;
  let player = '';
  beforeAll(async () => {
    player = builtPlayer();
    server = await startPostgres();
  }, 120_000);
  afterAll(() => server.close());

  it('are told exactly as the table says', async () => {
    expect(await played(player, server.database('whole'), [])).toBe(0);
  }, 120_000);

  it('are told so by a watch that is killed at twenty points', async () => {
    expect(await played(player, server.database('killed'), killPoints)).toBe(20);
  }, 120_000);
});
