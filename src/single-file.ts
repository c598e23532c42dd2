/** The program as a single executable (docs/executables.md): the files inside it, by their paths in `dist/`. Nothing is read that lies beside it. */
import { join } from 'node:path';
import * as sea from 'node:sea';

/** The command word by which the executable starts itself as the child that asks the operating system for names. */
export const namesEntry = '--internal-names';

/** A file inside the executable, which is not to be written to; null if there is none, as where the program is no such file. */
export function insideFile(name: string): Buffer | null {
  if (!sea.isSea()) return null;
  try {
    return Buffer.from(sea.getRawAsset(name) as ArrayBuffer);
  } catch {
    return null;
  }
}

/** The paths of all files inside; of runtimes from 22.20 on, as executables hold one. */
export const insideNames = (): readonly string[] =>
  (sea as unknown as { getAssetKeys(): readonly string[] }).getAssetKeys();

/** Whether the program is one file; false in an executable of somebody else's that holds the library. */
export const isSingleFile: boolean = insideFile('catalog.json') !== null;

/** Where files inside are said to lie, for whoever reads a message: below the executable, where no file can be. */
export const insidePath = (name: string): string => join(process.execPath, name);
