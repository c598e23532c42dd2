import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The folder of the files that come with the program, with the catalog in it: beside `src/` in a clone, beside `dist/`
 * in a package, whichever file of them this code ends up in.
 */
export const dataFolder: string =
  [1, 2, 3]
    .map((levels) => join(import.meta.dirname, '../'.repeat(levels), 'endpoints'))
    .find((folder) => existsSync(join(folder, 'anchors.json'))) ?? join(import.meta.dirname, '..', 'endpoints');

/** What the build found in the catalog files of that folder, beside the program's code; nowhere in a clone's `src/`. */
export const builtCatalog: string | null =
  [0, 1].map((levels) => join(import.meta.dirname, '../'.repeat(levels), 'catalog.json')).find(existsSync) ?? null;
