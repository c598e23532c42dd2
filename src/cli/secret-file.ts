import { UsageError } from '../usage-error.ts';
import { readText } from './config.ts';
import type { Io } from './io.ts';

const mostBytes = 4096;

/** The one line of a file that holds a secret, which is never shown from then on. @throws UsageError that begins with `where` */
export async function readSecret(io: Io, where: string, file: string): Promise<string> {
  const secret = (await readText(where, file, mostBytes, io.ending.work)).replace(/\r?\n$/, '');
  if (secret === '' || /[\r\n]/.test(secret)) throw new UsageError('file.one-line', { where });
  io.secrets.addText(secret);
  return secret;
}
