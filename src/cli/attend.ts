import { UsageError } from '../usage-error.ts';
import { decoded } from './decode.ts';
import type { Ending } from './ending.ts';

const newline = 0x0a;

/**
 * The first line of a stream. When what follows it ends, whoever gave it has gone or wants no more: the work ends as by a
 * signal. The stream keeps no process alive after its first line.
 */
export function attend(
  input: NodeJS.ReadableStream & { unref?(): unknown },
  mostBytes: number,
  ending: Pick<Ending, 'work' | 'interrupt'>,
): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  let has = false;
  return new Promise((resolve, reject) => {
    const refuse = (): void => reject(new UsageError('remote.attended'));
    const gone = (): void => {
      if (has) ending.interrupt();
      else refuse();
    };
    input.on('data', (chunk: Buffer) => {
      if (has) return;
      const at = chunk.indexOf(newline);
      length += chunk.length;
      chunks.push(at < 0 ? chunk : chunk.subarray(0, at));
      if (length > mostBytes) return refuse();
      if (at < 0) return;
      has = true;
      resolve(decoded(Buffer.concat(chunks)));
      input.unref?.();
    });
    for (const event of ['end', 'error', 'close']) input.once(event, gone);
    ending.work.addEventListener('abort', refuse, { once: true });
  });
}
