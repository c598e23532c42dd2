/** Loads the program, with V8's cache of the code that ran in a rehearsal (scripts/rehearse.mjs) where there is one that fits. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

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

/** `main.js` in a folder as `require` would load it; with its script, which makes a cache of what has run by then. */
export function loadProgram(folder: string) {
  const file = join(folder, 'main.js');
  const source = readFileSync(file);
  const cachedData = readCache(source, cacheFile(folder));
  const script = new Script(Module.wrap(source.toString()), { filename: file, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, Module.createRequire(file), module, file, dirname(file));
  return { program: module.exports as Program, source, script };
}
