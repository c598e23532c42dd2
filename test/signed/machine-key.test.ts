import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeOwnFolder } from '../../src/close-to-others.ts';
import { machineKey, readMachineKey } from '../../src/signed/machine-key.ts';
import { stateFolder } from '../../src/state-folder.ts';
import { UsageError } from '../../src/usage-error.ts';

const top = mkdtempSync(join(tmpdir(), 'wayclear-key-'));
afterAll(() => rmSync(top, { recursive: true, force: true }));
const fresh = (): string => join(mkdtempSync(join(top, 'at-')), 'state');
const linux = { platform: 'linux', env: {} };
const windows = { platform: 'win32', env: { SystemRoot: 'D:\\Win' } };
const closed = (scope: string): readonly string[] =>
  ['*S-1-3-4', '*S-1-5-18', '*S-1-5-32-544'].map((who) => `${who}:${scope}`);

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

  it('loses the rights of others on Windows before anything is in the file, and so does its folder', async () => {
    const asked: (readonly string[])[] = [];
    const exec = async (program: string, [path = '', ...parameters]: readonly string[]) => {
      asked.push([program, ...parameters]);
      expect(statSync(path).isDirectory() ? readdirSync(path) : readFileSync(path, 'utf8')).toHaveLength(0);
      return { status: 0, stdout: '' };
    };
    const folder = fresh();
    const { isNew } = await machineKey(folder, { ...windows, exec });
    expect(isNew).toBe(true);
    // By its full path: what lies in the working directory would be found before it.
    const icacls = ['D:\\Win\\System32\\icacls.exe', '/inheritance:r', '/grant:r'];
    expect(asked).toEqual([
      [...icacls, ...closed('(OI)(CI)F')],
      [...icacls, ...closed('F')],
    ]);
  });

  it('is not made where the rights of others stay, nor is its folder', async () => {
    const folder = fresh();
    await expect(machineKey(folder, { ...windows, exec: async () => null })).rejects.toThrow(/icacls/);
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder);
    await expect(machineKey(folder, { ...windows, exec: async () => null })).rejects.toThrow(/icacls/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves a folder that is there to whoever made it', async () => {
    const folder = fresh();
    mkdirSync(folder);
    await makeOwnFolder(folder, { ...windows, exec: () => expect.fail('it is not asked') });
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
