/** Modules that the runtime doesn't load by itself: the program with its code cache, and those inside a single executable. */
import { isAscii } from 'node:buffer';
import Module, { createRequire, isBuiltin } from 'node:module';
import { dirname, posix } from 'node:path';
import { Script } from 'node:vm';
import { insideFile, insidePath, isSingleFile } from '../single-file.ts';

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
