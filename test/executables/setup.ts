/** Makes the executables before their tests: once, with the Debian packages that run those of other machines. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureBuilt } from '../cli/program.ts';
import { lacking } from '../real/parts.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Why an executable can't be run here; null: it can. */
    readonly lacks: Readonly<Record<'linux' | 'windows' | 'arm64', string | null>>;
  }
}

const root = join(import.meta.dirname, '..', '..');
const out = join(root, 'dist', 'exe');

/** Files that the search path does not lead to are found from a folder that is on it. */
const wine = { '../lib/wine/wine64': 'wine64' };
const emulator = {
  'qemu-aarch64-static': 'qemu-user-static',
  '../aarch64-linux-gnu/lib/libstdc++.so.6': 'libstdc++6-arm64-cross',
};

interface Inputs {
  readonly executables: Readonly<Record<string, { readonly codeCache: boolean }>>;
}

/** Whether the executables are of this `dist/`, each with its cache. */
function isFresh(): boolean {
  const sums = join(out, 'SHA256SUMS');
  if (!existsSync(sums)) return false;
  const dist = join(root, 'dist');
  const parts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !/^(?:exe|lib|container)|\.cache$/.test(name),
  );
  if (parts.some((name) => statSync(join(dist, name)).mtimeMs > statSync(sums).mtimeMs)) return false;
  const { executables } = JSON.parse(readFileSync(join(out, 'inputs.json'), 'utf8')) as Inputs;
  return Object.values(executables).every(({ codeCache }) => codeCache);
}

export default function setup(project: TestProject): void {
  const windows = lacking(wine);
  const arm64 = lacking(emulator);
  ensureBuilt();
  let linux = process.arch === 'x64' ? null : `it needs an x64 processor, this is ${process.arch}`;
  if (!isFresh()) {
    try {
      execFileSync(process.execPath, [join(root, 'scripts', 'build-exe.mjs')], { cwd: root, stdio: 'inherit' });
    } catch (error) {
      if (process.env['CI'] === 'true') throw error;
      linux = 'the executables can not be made here';
      process.stderr.write(`tests: skipped, for ${linux}\n`);
    }
  }
  project.provide('lacks', { linux, windows: linux ?? windows, arm64: linux ?? arm64 });
}
