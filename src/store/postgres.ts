/** PostgreSQL, by `pg`: a file of its own, that only a store of that kind loads. */
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { storeTrouble } from './trouble.ts';

export interface Postgres {
  readonly dialect: PostgresDialect;
  readonly engine: string;
}

/** bigint as a number: milliseconds and sizes are far below 2^53. */
const bigint = 20;

/** Connects once, so that what is wrong with the address is told before anything else happens. */
export async function openPostgres(address: string, place: string): Promise<Postgres> {
  pg.types.setTypeParser(bigint, Number);
  const pool = new pg.Pool({
    connectionString: address,
    application_name: 'wayclear',
    connectionTimeoutMillis: 10_000,
    lock_timeout: 5000,
    statement_timeout: 60_000,
    max: 4,
    // An idle connection is no reason for the program to stay.
    allowExitOnIdle: true,
  });
  // A connection that breaks while nobody uses it: the next question gets another one, or says what is wrong.
  pool.on('error', () => {});
  try {
    const { rows } = await pool.query<{ server_version: string }>('show server_version');
    return { dialect: new PostgresDialect({ pool }), engine: `PostgreSQL ${rows[0]?.server_version ?? ''}` };
  } catch (error) {
    await pool.end().catch(() => {});
    throw storeTrouble(error, place);
  }
}
