import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { machineKey, readMachineKey } from '../../src/signed/machine-key.ts';
import { stateFolder } from '../../src/state-folder.ts';
import { UsageError } from '../../src/usage-error.ts';

const top = mkdtempSync(join(tmpdir(), 'wayclear-key-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));
const fresh = (): string => join(mkdtempSync(join(top, 'at-')), 'state');
const linux = { platform: 'linux' };

describe("the machine's key", () => {
  it('is made once, for this account alone, and read from then on', async () => {
    const folder = fresh();
    expect(readMachineKey(folder, linux)).toBeNull();
    const made = await machineKey(folder, linux);
    expect(made.isNew).toBe(true);
    const again = await machineKey(folder, linux);
    expect(again).toMatchObject({ isNew: false, file: made.file });
    expect(again.key.key).toBe(made.key.key);
    expect(statSync(made.file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual(['machine-key.pem']);
    expect(readFileSync(made.file, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  it('is one, however many make it at once', async () => {
    const folder = fresh();
    const made = await Promise.all(Array.from({ length: 8 }, () => machineKey(folder, linux)));
    expect(new Set(made.map(({ key }) => key.key)).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['machine-key.pem']);
  });

  it.each([
    ['others can read', 0o640, /others can read/],
    ['holds none', 0o600, /is no Ed25519 key/],
  ])('is not taken from a file that %s', async (_, mode, message) => {
    const folder = fresh();
    const { file } = await machineKey(folder, linux);
    if (mode === 0o600) writeFileSync(file, 'nothing');
    chmodSync(file, mode);
    expect(() => readMachineKey(folder, linux)).toThrow(UsageError);
    expect(() => readMachineKey(folder, linux)).toThrow(message);
  });

  it('loses the rights of others on Windows before anything is in the file', async () => {
    const asked: (readonly string[])[] = [];
    const exec = async (program: string, parameters: readonly string[]) => {
      asked.push([program, ...parameters]);
      expect(readFileSync(parameters[0] ?? '', 'utf8')).toBe('');
      return { status: 0, stdout: '' };
    };
    const { isNew } = await machineKey(fresh(), { platform: 'win32', exec });
    expect(isNew).toBe(true);
    expect(asked.map(([program, , ...rights]) => [program, ...rights])).toEqual([
      ['icacls.exe', '/inheritance:r', '/grant:r', '*S-1-3-4:F', '*S-1-5-18:F', '*S-1-5-32-544:F'],
    ]);
  });

  it('is not made where the rights of others stay', async () => {
    const folder = fresh();
    await expect(machineKey(folder, { platform: 'win32', exec: async () => null })).rejects.toThrow(/icacls/);
    expect(readdirSync(folder).filter((name) => name === 'machine-key.pem')).toEqual([]);
  });

  it('asks for another folder where nothing can be made', async () => {
    const file = fresh();
    writeFileSync(file, '');
    await expect(machineKey(join(file, 'below'), linux)).rejects.toThrow(UsageError);
  });
});

describe('the state folder', () => {
  it.each([
    ['of root on Linux', { platform: 'linux', uid: 0, env: { HOME: '/root' } }, '/var/lib/wayclear'],
    ['of an account', { platform: 'linux', uid: 1000, env: { HOME: '/home/a' } }, '/home/a/.local/state/wayclear'],
    ['where the account says so', { platform: 'linux', uid: 1000, env: { XDG_STATE_HOME: '/s' } }, '/s/wayclear'],
    ['of a service', { platform: 'linux', uid: 0, env: { STATE_DIRECTORY: '/var/lib/w:/x' } }, '/var/lib/w'],
    ['of a Mac', { platform: 'darwin', uid: 0, env: { HOME: '/Users/a' } }, '/Users/a/.local/state/wayclear'],
    ['that nothing names', { platform: 'linux', uid: 1000, env: { HOME: 'here' } }, null],
  ])('%s', (_, account, folder) => {
    expect(stateFolder(account)).toBe(folder);
  });
});
