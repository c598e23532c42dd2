import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, ensureBuilt, program, start } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayclear-pac-'));

async function planned(text: string, ...more: readonly string[]): Promise<Ended> {
  const file = join(folder, 'proxy.pac');
  writeFileSync(file, text);
  const proxy = ['--proxy', `pac+${pathToFileURL(file).href}`];
  return await start(['plan', '--no-bundled', ...proxy, 'https://www.contoso.com/', ...more]).ended;
}

describe('plan with a PAC file', () => {
  beforeAll(ensureBuilt, 120_000);

  it('shows a broken file with the line, and no way', async () => {
    const { code, stdout } = await planned('function FindProxyForURL(url, host) {\n  return "DIRECT"\n');
    expect(code).toBe(0);
    expect(stdout).toMatch(/The proxy configuration file is broken\. PAC file file:\S+\s+invalid: SyntaxError:/);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/\(line 3, column \d+\)/);
    expect(stdout).not.toContain('direct');
  });

  it('says who reads a call otherwise', async () => {
    const { stdout } = await planned(
      'function FindProxyForURL(url, host) { return shExpMatch(host, "(*.|)contoso.com") ? "PROXY p.example:1" : "DIRECT" }',
    );
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'In the PAC file, shExpMatch(…, "(*.|)contoso.com") is true for today\'s browsers and here, and false for WinHTTP',
    );
    expect(stdout).toContain('proxy:p.example:1');
  });
});

describe('a program whose engine for PAC files is not whole', () => {
  const home = mkdtempSync(join(tmpdir(), 'wayclear-hollow-'));
  const root = dirname(dirname(program));
  beforeAll(() => {
    ensureBuilt();
    cpSync(dirname(program), join(home, 'dist'), { recursive: true });
    cpSync(join(root, 'endpoints'), join(home, 'endpoints'), { recursive: true });
    const engine = join('node_modules', 'quickjs-wasi');
    cpSync(join(root, engine), join(home, engine), { recursive: true });
    writeFileSync(join(home, 'proxy.pac'), 'function FindProxyForURL() { return "DIRECT"; }');
  }, 120_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const ask = (command: string): Promise<Ended> =>
    new Promise((resolve) => {
      const proxy = ['--proxy', `pac+${pathToFileURL(join(home, 'proxy.pac')).href}`];
      const args = [join(home, 'dist', 'cli.js'), command, '--no-bundled', ...proxy, 'http://127.0.0.1:9/'];
      const child = execFile(process.execPath, args, { env: {} }, (_, stdout, stderr) => {
        resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr });
      });
    });

  it.each([
    ['is away', (wasm: string) => rmSync(wasm)],
    ['is damaged', (wasm: string) => writeFileSync(wasm, 'no WebAssembly')],
    ['is hollow', (wasm: string) => writeFileSync(wasm, Buffer.from('0061736d010000000503010001', 'hex'))],
  ])('says so in one line and ends with 2, where its file %s', async (_, harm) => {
    harm(join(home, 'node_modules', 'quickjs-wasi', 'quickjs.wasm'));
    for (const command of ['plan', 'check']) {
      const { code, stdout, stderr } = await ask(command);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^wayclear: the engine for PAC files does not start: .+\n.*not to blame.*\n$/);
      expect(stderr).not.toContain('proxy.pac-invalid');
    }
  });
});
