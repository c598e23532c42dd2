/**
 * The program as a single executable (docs/executables.md): the files inside it, by their paths in `dist/`, and its
 * modules among them. Nothing is read that lies beside it.
 */
import { isAscii } from 'node:buffer';
import Module, { createRequire, isBuiltin } from 'node:module';
import { dirname, join, posix } from 'node:path';
import * as sea from 'node:sea';
import { Script } from 'node:vm';

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

type Require = (id: string) => unknown;

/** Runs CommonJS text as `require` would run a file of that path; with its script, which makes a cache of what has run by then. */
export function runModule(source: Buffer, file: string, require: Require, cachedData?: Buffer) {
  // As the build writes them: half as long in memory, and not decoded.
  const text = source.toString(isAscii(source) ? 'latin1' : 'utf8');
  const script = new Script(Module.wrap(text), { filename: file, cachedData });
  const module = { exports: {} as unknown };
  script.runInThisContext()(module.exports, require, module, file, dirname(file));
  return { exports: module.exports, script };
}

const ran = new Map<string, unknown>();
const builtIn = createRequire(process.execPath);

/** `require` for a module in a folder inside the executable: modules inside and those of the runtime, and no others. */
export function insideRequire(folder: string): Require {
  return (id) => {
    if (isBuiltin(id)) return builtIn(id);
    const name = /^\.\.?\//.test(id) ? posix.join(folder, id) : `packages/${id}.js`;
    if (!ran.has(name)) {
      const source = insideFile(name);
      if (source === null) throw new Error(`${id} is not inside the executable`);
      ran.set(name, runModule(source, insidePath(name), insideRequire(posix.dirname(name))).exports);
    }
    return ran.get(name);
  };
}

/** `require` for packages, asked for in a file. */
export const packageRequire = (file: string): Require => (isSingleFile ? insideRequire('') : createRequire(file));
