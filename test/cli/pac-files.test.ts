import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ended, ensureBuilt, start } from './program.ts';

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
