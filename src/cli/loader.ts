/** Loads the program, with V8's cache of the code that ran in a rehearsal (scripts/rehearse.mjs) where there is one that fits. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { insideFile, insidePath } from '../single-file.ts';
import { insideRequire, runModule } from './run-module.ts';

type Program = typeof import('./main.ts');

/** Bytes of the SHA-256 before a cache. */
const digestBytes = 32;

/** Where the cache for this runtime is kept. */
export const cacheFile = (folder: string): string =>
  join(folder, `main-${process.version}-${process.platform}-${process.arch}.cache`);

/** V8 knows caches of other versions and flags, but takes one that is damaged, or of another program of the same length. */
const digest = (source: Buffer, cache: Buffer): Buffer => createHash('sha256').update(source).update(cache).digest();

/** The contents of a cache file. */
export const sealedCache = (source: Buffer, cache: Buffer): Buffer => Buffer.concat([digest(source, cache), cache]);

/** The cache in a file; undefined where there is none, where it is damaged, and where it was made of another program. */
export function readCache(source: Buffer, file: string): Buffer | undefined {
  try {
    const contents = readFileSync(file);
    const cache = contents.subarray(digestBytes);
    return digest(source, cache).equals(contents.subarray(0, digestBytes)) ? cache : undefined;
  } catch {
    return undefined;
  }
}

/**
 * `main.js` in a folder as `require` would load it, or the one inside the executable; with its script, which makes a cache
 * of what has run by then.
 */
export function loadProgram(folder: string) {
  const inside = insideFile('cli/main.js');
  const file = inside === null ? join(folder, 'main.js') : insidePath('cli/main.js');
  const source = inside ?? readFileSync(file);
  // Inside, program and cache came as one, and who signed the file vouches for both.
  const cachedData =
    inside === null ? readCache(source, cacheFile(folder)) : (insideFile('cli/main.cache') ?? undefined);
  const require = inside === null ? createRequire(file) : insideRequire('cli');
  const { exports, script } = runModule(source, file, require, cachedData);
  return { program: exports as Program, source, script };
}
