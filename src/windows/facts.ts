/** What a report and `doctor` say of Windows. */
import { harmless } from '../harmless.ts';
import type { WindowsFacts } from '../model/windows.ts';
import type { RunProgram } from '../system-program.ts';
import { readAccount } from './account.ts';
import { readRoleLogs } from './role-logs.ts';

/**
 * What asks Windows, and how far it was proven. None ran on Windows itself: Wine has the registry, the certificate stores
 * and the C library's resolver, and answers as its authors understand Windows. Where Wine has no such thing, output is read
 * as the vendor or others published it, or as its documents describe it.
 */
export const parts: WindowsFacts['parts'] = [
  { id: 'registry', proof: 'wine' },
  { id: 'code-pages', proof: 'wine' },
  { id: 'hosts-file', proof: 'wine' },
  { id: 'resolver', proof: 'wine' },
  { id: 'name-policy', proof: 'wine' },
  { id: 'suffixes', proof: 'wine' },
  { id: 'dns-servers', proof: 'wine' },
  { id: 'winhttp', proof: 'wine' },
  { id: 'wininet', proof: 'wine' },
  { id: 'proxy-policy', proof: 'wine' },
  { id: 'certificate-stores', proof: 'wine' },
  { id: 'role-logs', proof: 'wine' },
  { id: 'netsh', proof: 'published' },
  { id: 'account', proof: 'published' },
  { id: 'disallowed-list', proof: 'constructed' },
  { id: 'event-log', proof: 'constructed' },
];

export async function readWindowsFacts(
  run: RunProgram,
  env: Readonly<Record<string, string | undefined>>,
): Promise<WindowsFacts> {
  const [account, logs] = await Promise.all([readAccount(run, env), readRoleLogs(run)]);
  return { account, roleLogs: { ...logs, folder: harmless(logs.folder) }, parts };
}
