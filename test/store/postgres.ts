/** A PostgreSQL server of its own in a temporary folder, as the user that Debian's package makes: root it refuses. */
import { chmodSync, chownSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, must, temporaryFolder } from '../real/parts.ts';

/** Of the second package comes the first program; the server itself lies in no folder of PATH. */
export const postgresPrograms = { pg_ctlcluster: 'postgresql-15', runuser: 'util-linux' } as const;

const bin = '/usr/lib/postgresql/15/bin';

export interface PostgresServer {
  /** An empty database on it. */
  database(name: string): string;
  /** The same by a socket in the file system, which is there in every network namespace. */
  bySocket(address: string): string;
  /** Where a database is that was made before. */
  address(name: string): string;
  /** A statement on it, as its owner. */
  sql(database: string, text: string): string;
  /** The server itself: every other process of it is its child. */
  pid(): number;
  /** Sends it a signal. */
  signal(name: NodeJS.Signals): void;
  /** Starts it again, with settings besides its own. */
  start(...settings: readonly string[]): Promise<void>;
  /** Ends it as an administrator would, and whoever is connected with it. */
  stop(): void;
  close(): void;
}

function idsOf(user: string): readonly [uid: number, gid: number] {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return [Number(uid), Number(gid)];
}

export async function startPostgres(): Promise<PostgresServer> {
  const folder = temporaryFolder();
  const [uid, gid] = idsOf('postgres');
  chmodSync(folder.path, 0o755);
  const home = join(folder.path, 'home');
  mkdirSync(home);
  chownSync(home, uid, gid);
  const data = join(home, 'data');
  const port = await freePort();
  const as = (...command: readonly string[]): string => must('runuser', ['-u', 'postgres', '--', ...command]);
  as(join(bin, 'initdb'), '-D', data, '-A', 'trust', '-U', 'wayclear', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8');
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${home}`;
  const begin = (settings: readonly string[]): void => {
    const all = [options, ...settings.map((setting) => `-c ${setting}`)].join(' ');
    as(join(bin, 'pg_ctl'), '-D', data, '-w', '-l', join(home, 'log'), '-o', all, 'start');
  };
  begin([]);
  const stop = (mode: 'fast' | 'immediate'): string => as(join(bin, 'pg_ctl'), '-D', data, '-m', mode, '-w', 'stop');
  const address = (name: string): string => `postgres://wayclear@127.0.0.1:${port}/${name}`;
  const sql = (database: string, text: string): string =>
    must(join(bin, 'psql'), ['-q', '-A', '-t', address(database), '-c', text]);
  const pid = (): number => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  return {
    database(name) {
      sql('postgres', `create database ${name}`);
      return address(name);
    },
    bySocket: (named) => `${named}?host=${home}`,
    ...{ address, sql, pid },
    signal: (name) => void process.kill(pid(), name),
    async start(...settings) {
      // One that was killed leaves children behind, which end by themselves; until then its memory is taken.
      for (let tries = 0; ; tries += 1) {
        try {
          begin(settings);
          return;
        } catch (error) {
          if (tries === 40) throw error;
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
      }
    },
    stop: () => void stop('fast'),
    close() {
      try {
        stop('immediate');
      } catch {
        // It was ended already.
      }
      folder.close();
    },
  };
}
