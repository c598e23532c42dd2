import { EventEmitter } from 'node:events';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { withoutStuck } from '../../src/store/postgres.ts';

/** A pool of one connection, whose questions end as they are told to, and what became of it. */
function poolOf(...ends: readonly (Error | null)[]): {
  client: EventEmitter;
  pool: pg.Pool;
  released: unknown[];
  asked: string[];
} {
  const [released, asked, left]: [unknown[], string[], (Error | null)[]] = [[], [], [...ends]];
  const client = Object.assign(new EventEmitter(), {
    async query(text: string) {
      asked.push(text);
      const end = left.shift() ?? null;
      if (end !== null) throw end;
      return { rows: [] };
    },
    release: (destroy: boolean) => released.push(destroy),
  });
  return {
    client,
    pool: { connect: async () => client, end: async () => undefined } as unknown as pg.Pool,
    released,
    asked,
  };
}

describe('a connection of PostgreSQL', () => {
  it('whose question got no answer is asked nothing more, and nobody gets it again', async () => {
    const { pool, released, asked } = poolOf(null, new Error('Query read timeout'));
    const client = await withoutStuck(pool).connect();
    await client.query('begin', []);
    await expect(client.query('insert', [])).rejects.toThrow('Query read timeout');
    await expect(client.query('rollback', [])).rejects.toThrow('terminated');
    client.release();
    expect({ released, asked }).toEqual({ released: [true], asked: ['begin', 'insert'] });
  });

  it('that breaks while it is in use is let go of, and ends no program', async () => {
    const { pool, client: broken, released } = poolOf();
    const client = await withoutStuck(pool).connect();
    expect(broken.emit('error', new Error('terminating connection'))).toBe(true);
    client.release();
    expect({ released, listeners: broken.listenerCount('error') }).toEqual({ released: [true], listeners: 0 });
  });

  it('whose question was refused is as good as before', async () => {
    const { pool, released, asked } = poolOf(null, new pg.DatabaseError('duplicate key', 1, 'error'));
    const client = await withoutStuck(pool).connect();
    await client.query('begin', []);
    await expect(client.query('insert', [])).rejects.toThrow('duplicate key');
    await client.query('rollback', []);
    client.release();
    expect({ released, asked }).toEqual({ released: [false], asked: ['begin', 'insert', 'rollback'] });
  });
});
