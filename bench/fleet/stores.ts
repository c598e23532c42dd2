/** An empty store of each kind, gone when the work is done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../test/store/postgres.ts';

export async function onEach(work: (engine: string, fresh: () => string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wayclear-fleet-'));
  let count = 0;
  try {
    await work('SQLite', () => join(folder, `${++count}.db`));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await onPostgres((fresh) => work('PostgreSQL', fresh));
}

export async function onPostgres(work: (fresh: () => string) => Promise<void>): Promise<void> {
  const server = await startPostgres();
  let count = 0;
  try {
    await work(() => server.database(`d${++count}`));
  } finally {
    server.close();
  }
}
