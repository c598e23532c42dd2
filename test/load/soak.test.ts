import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, program } from '../cli/program.ts';

/** The whole is `WAYCLEAR_SOAK=20000 npx vitest run test/load/soak.test.ts`: minutes. */
const count = Number(process.env['WAYCLEAR_SOAK'] ?? 2000);
/**
 * The heap that the process may have, in mebibytes: what it takes to start, and 40 KiB a target. What is kept of an answer here
 * is 8 KiB of text in 120 strings, beside the target's plan, its verdict and its rows; each server sends 115.
 */
const mostHeap = 48 + Math.ceil((count * 40) / 1024);

const folder = mkdtempSync(join(tmpdir(), 'wayclear-soak-'));
const targets = join(folder, 'targets.txt');
const server = spawn(process.execPath, [join(import.meta.dirname, 'hostile-server.mjs')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});

beforeAll(async () => {
  ensureBuilt();
  const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
  const addresses = Array.from(
    { length: count },
    (_, index) => `127.${20 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`,
  );
  const hosts = addresses.map((address) => `http://${address.replace(/\.0$/, '.1')}:${line}/${address}`);
  writeFileSync(targets, hosts.join('\n'));
});

afterAll(() => {
  server.stdin.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Kibibytes of a process in memory now. */
const residentOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);

describe.skipIf(process.platform !== 'linux')(`${count} targets that send all they can`, () => {
  it('are all measured and judged within a heap of a few kilobytes each', { timeout: 900_000 }, async () => {
    const options = ['--no-bundled', '--proxy', 'direct', '--format', 'ndjson', '--deadline', '850s'];
    const args = ['check', '--targets', targets, ...options];
    const child = spawn(process.execPath, [`--max-old-space-size=${mostHeap}`, program, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'] ?? '' },
    });
    const ended = once(child, 'close');
    const resident: number[] = [];
    const counts = { measured: 0, target: 0, summary: 0 };
    for await (const line of createInterface({ input: child.stdout })) {
      const type = /^\{"type":"(measured|target|summary)"/.exec(line)?.[1] as keyof typeof counts | undefined;
      if (type === undefined) continue;
      counts[type] += 1;
      if (type === 'measured' && counts.measured % (count / 10) === 0) resident.push(residentOf(child.pid ?? 0));
    }
    if (process.env['WAYCLEAR_SOAK'] !== undefined)
      process.stderr.write(`heap of ${mostHeap} MiB; resident, KiB, at each tenth: ${resident.join(' ')}\n`);
    expect(counts).toEqual({ measured: count, target: count, summary: 1 });
    expect(await ended).toEqual([0, null]);
  });
});
