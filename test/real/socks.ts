import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type Part, startPart } from './parts.ts';

export const socksPrograms = { microsocks: 'microsocks' } as const;

/** A SOCKS 5 server, with a login or without. */
export async function startSocks(
  account: { readonly user: string; readonly password: string } | null,
): Promise<Part & { readonly port: number }> {
  const port = await freePort();
  const login = account === null ? [] : ['-u', account.user, '-P', account.password];
  const part = await startPart(['microsocks', '-i', '127.0.0.1', '-p', String(port), ...login], port);
  return { ...part, port };
}

export const dantePrograms = { danted: 'dante-server' } as const;

/** A server of SOCKS 4 and 5 that lets everybody on this machine in and resolves names by the system. Needs root. */
export async function startDante(folder: string): Promise<Part & { readonly port: number }> {
  const port = await freePort();
  const lines = [
    'logoutput: stderr',
    `internal: 127.0.0.1 port = ${port}`,
    'external: 127.0.0.1',
    'clientmethod: none',
    'socksmethod: none',
    'user.privileged: root',
    'user.unprivileged: nobody',
    'client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }',
    'socks pass { from: 127.0.0.0/8 to: 0.0.0.0/0 log: error connect }',
    '',
  ];
  writeFileSync(join(folder, 'danted.conf'), lines.join('\n'));
  const part = await startPart(['danted', '-f', join(folder, 'danted.conf'), '-p', join(folder, 'danted.pid')], port);
  return { ...part, port };
}
