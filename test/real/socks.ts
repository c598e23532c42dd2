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
