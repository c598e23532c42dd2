/** PostgreSQL, by `pg`: a file of its own, that only a store of that kind loads. */
import { PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import { storeTrouble } from './trouble.ts';

export interface Postgres {
  readonly dialect: PostgresDialect;
  readonly engine: string;
}

/** bigint as a number: milliseconds and sizes are far below 2^53. */
const bigint = 20;

/** The server ends a statement itself after the first; one that does not even do that is gone, and nobody waits for it longer. */
const statementMs = 60_000;
const answerMs = 65_000;

/**
 * A connection whose question got no answer may still be in the middle of a transaction when the server comes back: nobody
 * gets it again, or what was given up would be committed with the work of another.
 */
export function withoutStuck(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect();
      let stuck = false;
      // One that breaks while it is in use says so twice: to who asked, and to who listens, which has to be somebody.
      const broke = (): void => {
        stuck = true;
      };
      client.on('error', broke);
      const query = async (text: string, values: readonly unknown[]): Promise<pg.QueryResult> => {
        if (stuck) throw new Error('Connection terminated');
        try {
          return await client.query(text, [...values]);
        } catch (error) {
          stuck ||= !(error instanceof pg.DatabaseError);
          throw error;
        }
      };
      const release = (): void => {
        client.off('error', broke);
        client.release(stuck);
      };
      // Kysely asks by text alone where it was given no cursor.
      return { query, release } as unknown as Awaited<ReturnType<PostgresPool['connect']>>;
    },
    end: () => pool.end(),
  };
}

/** Connects once, so that what is wrong with the address is told before anything else happens. */
export async function openPostgres(address: string, place: string): Promise<Postgres> {
  pg.types.setTypeParser(bigint, Number);
  const pool = new pg.Pool({
    connectionString: address,
    application_name: 'wayclear',
    connectionTimeoutMillis: 10_000,
    lock_timeout: 5000,
    statement_timeout: statementMs,
    query_timeout: answerMs,
    keepAlive: true,
    max: 4,
    // An idle connection is no reason for the program to stay.
    allowExitOnIdle: true,
  });
  // A connection that breaks while nobody uses it: the next question gets another one, or says what is wrong.
  pool.on('error', () => {});
  try {
    const { rows } = await pool.query<{ server_version: string }>('show server_version');
    return {
      dialect: new PostgresDialect({ pool: withoutStuck(pool) }),
      engine: `PostgreSQL ${rows[0]?.server_version ?? ''}`,
    };
  } catch (error) {
    await pool.end().catch(() => {});
    throw storeTrouble(error, place);
  }
}
