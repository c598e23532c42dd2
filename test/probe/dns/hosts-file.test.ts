import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hostsPath, loadHosts, parseHosts } from '../../../src/probe/dns/hosts-file.ts';

describe('a hosts file', () => {
  it.each<readonly [string, string, Record<string, readonly string[]>]>([
    ['is empty', '', {}],
    ['holds names of one address', '192.0.2.1 a.test b.test', { 'a.test': ['192.0.2.1'], 'b.test': ['192.0.2.1'] }],
    [
      'has tabs and blanks anywhere',
      ' \t192.0.2.1\t\ta.test  \t b.test ',
      { 'a.test': ['192.0.2.1'], 'b.test': ['192.0.2.1'] },
    ],
    ['has comments', '# 192.0.2.1 no\n192.0.2.1 a.test#b.test\n192.0.2.2 # none', { 'a.test': ['192.0.2.1'] }],
    [
      'has CRLF and a byte order mark',
      '\ufeff192.0.2.1 a.test\r\n192.0.2.2 b.test\r\n',
      { 'a.test': ['192.0.2.1'], 'b.test': ['192.0.2.2'] },
    ],
    [
      'gives several addresses to one name',
      '192.0.2.1 a.test\n2001:DB8::1 a.test\n192.0.2.1 a.test',
      { 'a.test': ['192.0.2.1', '2001:db8::1'] },
    ],
    ['ignores capitals and trailing dots', '192.0.2.1 A.Test.', { 'a.test': ['192.0.2.1'] }],
    ['has addresses with zones', 'fe80::1%eth0 a.test', { 'a.test': ['fe80::1%eth0'] }],
    [
      'has lines that make no sense',
      'a.test 192.0.2.1\n192.0.2 b.test\n999.0.0.1 c.test\n::zz d.test\n<x>\n0.0.0.0',
      {},
    ],
    ['has a name that is none', `192.0.2.1 . ${'x'.repeat(254)} a.test`, { 'a.test': ['192.0.2.1'] }],
  ])('%s', (_, text, expected) => {
    expect(Object.fromEntries(parseHosts(text))).toEqual(expected);
  });

  it('may hold the names of object members', () => {
    expect(parseHosts('192.0.2.1 __proto__').get('__proto__')).toEqual(['192.0.2.1']);
    expect(parseHosts('').get('constructor')).toBeUndefined();
  });

  it('gives 16 addresses at most to a name', () => {
    const text = Array.from({ length: 40 }, (_, index) => `192.0.2.${index} a.test`).join('\n');
    expect(parseHosts(text).get('a.test')).toHaveLength(16);
  });

  it('is read as far as 500,000 names', () => {
    const text = `0.0.0.0${' a'.repeat(500_000)} last.test\n0.0.0.0 later.test`;
    expect([...parseHosts(text).keys()]).toEqual(['a']);
    expect(parseHosts(`0.0.0.0${' a'.repeat(499_999)} last.test`).has('last.test')).toBe(true);
  });

  it('is where the platform keeps it', () => {
    expect(hostsPath('linux', undefined)).toBe('/etc/hosts');
    expect(hostsPath('darwin', undefined)).toBe('/etc/hosts');
    expect(hostsPath('win32', 'D:\\Win')).toBe('D:\\Win\\System32\\drivers\\etc\\hosts');
    expect(hostsPath('win32', undefined)).toBe('C:\\Windows\\System32\\drivers\\etc\\hosts');
  });
});

describe('loading a hosts file', () => {
  const folders: string[] = [];
  afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));
  async function folder(): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), 'hosts-'));
    folders.push(made);
    return made;
  }

  it('reads it from the disk', async () => {
    const path = join(await folder(), 'hosts');
    await writeFile(path, '192.0.2.1 a.test\n\xff\xfe\n', 'latin1');
    expect(Object.fromEntries(await loadHosts(path))).toEqual({ 'a.test': ['192.0.2.1'] });
  });

  it('stops after 8 MiB', async () => {
    const path = join(await folder(), 'hosts');
    await writeFile(path, `192.0.2.1 a.test\n${'#'.repeat(8 * 1024 * 1024)}\n192.0.2.1 b.test\n`);
    expect([...(await loadHosts(path)).keys()]).toEqual(['a.test']);
  });

  it('gives an empty table for a file that is absent, a folder, or endless nothing', async () => {
    const path = await folder();
    expect((await loadHosts(join(path, 'absent'))).size).toBe(0);
    expect((await loadHosts(path)).size).toBe(0);
    expect((await loadHosts('/dev/null')).size).toBe(0);
  });
});
