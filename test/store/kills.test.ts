import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { temporaryFolder } from '../real/parts.ts';

const folder = temporaryFolder();
const writer = join(folder.path, 'writer.cjs');
beforeAll(() => {
  buildSync({
    ...{ entryPoints: [join(import.meta.dirname, 'writer.ts')], outfile: writer, bundle: true, platform: 'node' },
    ...{
      format: 'cjs',
      external: ['./postgres.js'],
      define: { 'import.meta.dirname': '__dirname' },
      logLevel: 'error',
      // What is required is looked for where NODE_PATH says.
      supported: { 'dynamic-import': false },
    },
  });
});
afterAll(() => folder.close());

describe('a store whose writer is killed', () => {
  it('loses nothing that it acknowledged to fifty kills', async () => {
    const file = join(folder.path, 'store.db');
    let all = 0;
    for (let round = 0; round < 50; round += 1) {
      const acknowledged = await killedWriter(file, (round * 37) % 200);
      all += acknowledged.length;
      const store = await openStore(file);
      const there = new Set((await store.looks('M1', { most: 100_000 })).map(({ seq }) => seq));
      expect(acknowledged.filter((seq) => !there.has(seq))).toEqual([]);
      if (round % 10 === 9) expect(await store.faults()).toEqual([]);
      await store.close();
    }
    expect(all).toBeGreaterThan(100);
  }, 300_000);
});

/** Seqs that the writer said are recorded, until it was killed. */
function killedWriter(file: string, afterMs: number): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const modules = join(import.meta.dirname, '..', '..', 'node_modules');
    const child = spawn(process.execPath, [writer, file], {
      ...{ stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_PATH: modules } },
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
      said += text;
    });
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(said.split('\n').slice(0, -1).map(Number));
      else reject(new Error(`it was not killed: ${code ?? signal}`));
    });
  });
}
