import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../src/make-folder.ts';
import { temporaryFolder } from './real/parts.ts';

const folder = temporaryFolder();
afterAll(() => folder.close());

describe('a folder that is made', () => {
  it('comes with those above it, and may be there already', () => {
    const deep = join(folder.path, 'a', 'b', 'c');
    makeFolder(deep, 0o700);
    makeFolder(deep, 0o700);
    expect(existsSync(deep)).toBe(true);
  });

  it('is refused where a file stands in its way, and where the system has no room for one', () => {
    writeFileSync(join(folder.path, 'file'), '');
    expect(() => makeFolder(join(folder.path, 'file'))).toThrow('EEXIST');
    expect(() => makeFolder(join(folder.path, 'file', 'x'))).toThrow('ENOTDIR');
    // Linux says ENOENT of it for ever.
    if (process.platform === 'linux') expect(() => makeFolder('/proc/wayclear')).toThrow('ENOENT');
  });
});
