import { certificateIn } from '../certificate.ts';
import { type Refusal, UsageError } from '../usage-error.ts';
import { readBytes } from './config.ts';
import { decoded } from './decode.ts';

const mostBytes = 4 * 1024 * 1024;

/** Each certificate's block with the lines that frame it. */
function pemBlocks(text: string): readonly string[] {
  return [...text.matchAll(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----/g)].flatMap(({ 0: line, index }) => {
    const end = text.indexOf('-----', index + line.length);
    const last = /^-----END (?:TRUSTED )?CERTIFICATE-----/.exec(text.slice(end, end + 40))?.[0];
    return end < 0 || last === undefined ? [] : [text.slice(index, end + last.length)];
  });
}

/** The roots that `--ca-file` names, a text each. */
export const readCaFiles = (files: readonly string[], signal: AbortSignal): Promise<readonly string[]> =>
  Promise.all(files.map((file) => readCaFile('--ca-file', file, signal)));

/** The certificates of a file, PEM or one in DER, as one text of PEM. A file without a readable one is a UsageError. */
export async function readCaFile(where: string | Refusal, file: string, signal: AbortSignal): Promise<string> {
  const bytes = await readBytes(where, file, mostBytes, signal);
  const blocks = bytes[0] === 0x30 ? [certificateIn(bytes)?.toString() ?? ''] : pemBlocks(decoded(bytes));
  const usable = blocks.filter((pem) => certificateIn(pem) !== null);
  if (usable.length > 0) return `${usable.join('\n')}\n`;
  throw new UsageError('file.no-root', { where });
}
