import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  credentials,
  lacksPassword,
  readPasswordFile,
  resolveCredentials,
  secret,
} from '../../src/proxy/credentials.ts';
import { UsageError } from '../../src/usage-error.ts';

describe('a secret', () => {
  const held = secret('s3cr3t');
  const account = credentials('CORP\\us', secret('s3cr3t'), 'url');

  it.each([
    ['text', () => `${held} ${account.password}`],
    ['joining', () => [held, account.password].join()],
    ['JSON', () => JSON.stringify({ held, account, list: [held] })],
    ['inspection', () => inspect({ held, account }, { depth: 9, showHidden: false })],
    ['formatting', () => inspect(held) + inspect(account)],
    ['spreading', () => JSON.stringify({ ...account }) + inspect({ ...account })],
    ['an error', () => String(new Error(`with ${held}`))],
  ])('does not show in %s', (_, show) => {
    expect(show()).not.toMatch(/s3cr3t|CORP/);
  });

  it('can be revealed by who sends it', () => {
    expect(held.reveal()).toBe('s3cr3t');
    expect([account.user, account.password.reveal(), account.source]).toEqual(['CORP\\us', 's3cr3t', 'url']);
  });

  it.each(['a\u0000b', 'a\r\nb', 'a\nb', 'a\u007fb'])(
    'with controls like %j can be neither user nor password',
    (text) => {
      expect(() => credentials(text, secret('p'), 'url')).toThrow(UsageError);
      expect(() => credentials('u', secret(text), 'url')).toThrow(UsageError);
    },
  );
});

describe('a password file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wayclear-password-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(content: string | Buffer, mode = 0o600): string {
    const path = join(folder, `p${Math.random()}`);
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  }

  it.each([
    ['pass', 'pass'],
    ['pass\n', 'pass'],
    ['pass\r\n', 'pass'],
    ['pass\n\n', 'pass\n'],
    [' pass ', ' pass '],
    ['p\u00e4ss\u4e16\n', 'p\u00e4ss\u4e16'],
  ])('%j holds %j', async (content, expected) => {
    const { password } = await readPasswordFile(file(content), new AbortController().signal);
    expect(password.reveal()).toBe(expected);
  });

  it('that everybody may read is told, where mode bits mean something', async () => {
    expect((await readPasswordFile(file('p', 0o644), new AbortController().signal)).worldReadable).toBe(
      platform() !== 'win32',
    );
    expect((await readPasswordFile(file('p', 0o640), new AbortController().signal)).worldReadable).toBe(false);
  });

  it.each([
    ['is missing', () => join(folder, 'none'), /ENOENT/],
    ['is a folder', () => folder, /EISDIR/],
    ['is empty', () => file(''), /empty/],
    ['holds a newline alone', () => file('\n'), /empty/],
    ['is a megabyte', () => file('s3cr3t'.repeat(200_000)), /longer than 64 KiB/],
    ['is no text', () => file(Buffer.from([0x73, 0xff, 0xfe])), /UTF-8/],
  ])('that %s is a mistake', async (_, path, message) => {
    const failure = await readPasswordFile(path(), new AbortController().signal).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as UsageError).message).toMatch(message);
    expect((failure as UsageError).message).not.toMatch(/s3cr3t/);
  });
});

describe('one account out of many places', () => {
  const fromProxy = credentials('url-user', secret('url-password'), 'url');
  const password = secret('own-password');

  it.each([
    [{ user: null, password: null, fromProxy: null }, null],
    [{ user: null, password, fromProxy: null }, null],
    [{ user: null, password: null, fromProxy }, ['url-user', 'url-password', 'url']],
    [{ user: null, password, fromProxy }, ['url-user', 'own-password', 'option']],
    [{ user: 'other', password, fromProxy }, ['other', 'own-password', 'option']],
    [{ user: 'other', password: null, fromProxy }, ['other', '', 'option']],
    [{ user: 'url-user', password: null, fromProxy }, ['url-user', 'url-password', 'url']],
    [{ user: 'other', password, fromProxy: null }, ['other', 'own-password', 'option']],
  ])('row %#', (parts, expected) => {
    const found = resolveCredentials(parts);
    expect(found === null ? null : [found.user, found.password.reveal(), found.source]).toEqual(expected);
  });

  const bare = credentials('u', secret(''), 'url');
  it.each([
    ['a user whom nobody gave a password', { user: 'u', password: null, fromProxy: null }, true],
    ['a user beside the same one in a URL without a password', { user: 'u', password: null, fromProxy: bare }, true],
    ['a user beside another one in a URL', { user: 'other', password: null, fromProxy }, true],
    ['a user of a URL alone', { user: null, password: null, fromProxy: bare }, false],
    ['an empty password that was typed', { user: 'u', password: secret(''), fromProxy: null }, false],
    ['the password of the URL', { user: 'url-user', password: null, fromProxy }, false],
    ['nobody', { user: null, password: null, fromProxy: null }, false],
  ] as const)('lacks a password or not: %s', (_name, parts, lacks) => {
    expect(lacksPassword(resolveCredentials(parts))).toBe(lacks);
  });
});
