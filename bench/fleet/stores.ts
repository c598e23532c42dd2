/** An empty store of each kind, gone when the work is done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../test/store/postgres.ts';
import { familyCpuMsOf } from './processes.ts';

/** `databaseCpuMs`: what a database with processes of its own has cost so far; 0 of a file. */
type Work = (engine: string, fresh: () => string, databaseCpuMs: () => number) => Promise<void>;

export async function onEach(work: Work): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wayclear-fleet-'));
  let count = 0;
  try {
    await work(
      'SQLite',
      () => join(folder, `${++count}.db`),
      () => 0,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await onPostgres((fresh, databaseCpuMs) => work('PostgreSQL', fresh, databaseCpuMs));
}

export async function onPostgres(
  work: (fresh: () => string, databaseCpuMs: () => number) => Promise<void>,
): Promise<void> {
  const server = await startPostgres();
  let count = 0;
  try {
    await work(
      () => server.database(`d${++count}`),
      () => familyCpuMsOf(server.pid()),
    );
  } finally {
    server.close();
  }
}
