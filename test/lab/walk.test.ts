/** A reader of docs/administrator.md, from its first command to the request, on a client whose network opens TLS. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../cli/program.ts';
import { loadScenarios } from './load.ts';
import { whyNot } from './requirements.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'administrator.md'), 'utf8');
const commands = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.trim().split('\n'));
const scenario = (await loadScenarios()).find(({ name }) => name === 'tls-inspection-default-plan');
const missing = scenario === undefined ? 'the scenario is gone' : whyNot(scenario.faults);

const folder = mkdtempSync(join(tmpdir(), 'wayclear-walk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the client's shell printed. Each command says its exit code. */
function walk(): Promise<string> {
  const lines = commands.map((command) => `${command}\necho "exit code $?"`);
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'start.mjs'), '--shell', 'tls-inspection-default-plan'],
    { stdio: ['pipe', 'pipe', 'pipe'], timeout: 280_000 },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  child.stdin.end(`cd ${folder}\n${lines.join('\n')}\nexit\n`);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}

describe.skipIf(missing !== null)('an administrator who follows the page', { timeout: 300_000 }, () => {
  it('gets from the list to a request that names the owner, without another word', async () => {
    ensureBuilt();
    expect(commands.length).toBeGreaterThan(8);
    const output = await walk();
    // The shell's prompt, which comes another way, may stand before it on its line.
    const codes = [...output.matchAll(/exit code (\d+)$/gm)].map(([, code]) => Number(code));
    // Probes find what is wrong; all else does what it was asked for.
    const expected = commands.map((command) => (/^wayclear (--|cloud|diagnose)/.test(command) ? 1 : 0));
    expect(codes, output.slice(-4000)).toEqual(expected);
    const request = readFileSync(join(folder, 'request.md'), 'utf8');
    expect(request).toContain('To: **the owner of the TLS inspection**');
    expect(request).toContain('Exempt these destinations from TLS inspection:');
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('tls.inspection');
  });
});
