import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './error-code.ts';

/**
 * Makes a folder, and those above it that are missing. The runtime's own way to do so never ends where a file system says of
 * a folder that is there that it is not (`/proc`). @throws the system's error
 */
export function makeFolder(folder: string, mode = 0o777): void {
  const make = (): void => {
    try {
      mkdirSync(folder, { mode });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
    }
  };
  try {
    make();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    makeFolder(dirname(folder), mode);
    make();
  }
}
