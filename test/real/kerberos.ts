import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { must } from './parts.ts';

/** What building the package needs. */
export const kerberosPrograms = {
  'krb5-config': 'libkrb5-dev',
  'g++': 'g++',
  make: 'make',
  python3: 'python3',
} as const;

const version = '7.0.0';

const folder = join(tmpdir(), `wayclear-kerberos-${version}-${process.versions.modules}`);

/** Where the package lies, once it is built. */
export const kerberosModules: string = join(folder, 'node_modules');

/**
 * The optional package `kerberos`, built once a machine and Node version into a folder beside other temporary files, as a
 * user adds it; gives what loads it.
 */
export function builtKerberos(): () => Promise<unknown> {
  const entry = join(kerberosModules, 'kerberos', 'lib', 'index.js');
  if (!existsSync(entry)) {
    const making = `${folder}-${process.pid}`;
    mkdirSync(making, { recursive: true });
    must('npm', [
      ...['install', `kerberos@${version}`, '--prefix', making, '--no-save', '--no-audit', '--no-fund'],
      '--ignore-scripts=false',
    ]);
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
  }
  return () => import(pathToFileURL(entry).href);
}
