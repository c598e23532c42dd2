import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Puts a file in place as a whole, on the disk before its name is there. @throws the system's error */
export function writeWhole(folder: string, name: string, text: string, mode: number): void {
  const beside = join(folder, `.${name}.${process.pid}.part`);
  try {
    const handle = openSync(beside, 'w', mode);
    try {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, join(folder, name));
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
