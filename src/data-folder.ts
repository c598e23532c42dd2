import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { insideFile, insideNames, insidePath, isSingleFile } from './single-file.ts';

/** The first of the folders above this code that holds a file. Null in a single executable: what lies beside it is a stranger's. */
const above = (levels: readonly number[], file: string): string | null =>
  isSingleFile
    ? null
    : (levels.map((level) => join(import.meta.dirname, '../'.repeat(level))).find((to) => existsSync(join(to, file))) ??
      null);

/**
 * The folder of the files that come with the program, with the catalog in it: beside `src/` in a clone, beside `dist/`
 * in a package, whichever file of them this code ends up in. Inside a single executable there is no such folder to read.
 */
export const dataFolder: string = isSingleFile
  ? insidePath('endpoints')
  : join(above([1, 2, 3], 'endpoints/anchors.json') ?? join(import.meta.dirname, '..'), 'endpoints');

/** A file of {@link dataFolder}. */
export const dataFile = (name: string): Buffer =>
  insideFile(`endpoints/${name}`) ?? readFileSync(join(dataFolder, name));

/** The names of all of them. */
export const dataFiles = (): readonly string[] =>
  isSingleFile
    ? insideNames().flatMap((name) => (name.startsWith('endpoints/') ? [name.slice('endpoints/'.length)] : []))
    : readdirSync(dataFolder);

const builtFolder: string | null = above([0, 1], 'catalog.json');

/** A file that the build made, such as the catalog as it was read and checked; null in a clone's `src/`. */
export const builtFile = (name: string): Buffer | null =>
  insideFile(name) ?? (builtFolder === null ? null : readFileSync(join(builtFolder, name)));
