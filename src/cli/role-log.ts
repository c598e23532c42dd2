import { closeSync, constants, openSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { reasonOf, UsageError } from '../usage-error.ts';

/** Opened in a log viewer within a second; the one before is kept under `.lo_`, as Configuration Manager keeps its own. */
const mostLogBytes = 2_500_000;

// A pipe that nobody reads is an error at once. Windows has no such flag, and no such pipes.
const { O_APPEND, O_CREAT, O_WRONLY, O_NONBLOCK = 0 } = constants;
const flag = O_APPEND | O_CREAT | O_WRONLY | O_NONBLOCK;

const oldName = (file: string): string => (/\.log$/i.test(file) ? file.replace(/g$/i, '_') : `${file}.lo_`);

function append(file: string, text: string): void {
  const handle = openSync(file, flag);
  try {
    writeFileSync(handle, text);
  } finally {
    closeSync(handle);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Adds to a log, which begins anew where it would be larger than `most` bytes. @throws UsageError where it can't be written */
export function addToLog(file: string, text: string, most = mostLogBytes): void {
  try {
    const size = sizeOf(file);
    if (size > 0 && size + Buffer.byteLength(text) > most) renameSync(file, oldName(file));
    append(file, text);
  } catch (error) {
    throw new UsageError('watch.log', { file, why: reasonOf(error) });
  }
}
