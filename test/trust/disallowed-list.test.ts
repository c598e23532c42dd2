import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAuthority } from '../../src/demo/pki.ts';
import { disallowedNames, parseDisallowedList, readDisallowedList } from '../../src/trust/stores/disallowed-list.ts';
import { trustStores } from '../../src/trust/stores/stores.ts';
import { sequenceOf } from '../../src/trust/x509/der.ts';
import {
  constructed,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  set,
  time,
} from '../../src/trust/x509/der-write.ts';

const root = createAuthority({ name: 'Distrusted Root' });
const hash = (algorithm: string, bytes: Buffer): string => createHash(algorithm).update(bytes).digest('hex');
const signed = sequenceOf(root.der)?.[0]?.raw ?? Buffer.alloc(0);

/** Constructed after CTL_INFO of wincrypt.h and RFC 5652: nobody published one that may lie here. */
function list(
  identifiers: readonly string[],
  algorithm = '1.3.6.1.4.1.311.10.11.15',
  type = '1.3.6.1.4.1.311.10.1',
): Buffer {
  const entries = identifiers.map((hex) => sequence(octetString(Buffer.from(hex, 'hex')), set()));
  const ctl = sequence(
    sequence(oid('1.3.6.1.4.1.311.10.3.30')),
    octetString(Buffer.from('DisallowedCert_AutoUpdate_1', 'utf16le')),
    integer(7),
    time(new Date('2026-01-01T00:00:00Z')),
    sequence(oid(algorithm), nullValue()),
    sequence(...entries),
  );
  const content = sequence(integer(1), set(), sequence(oid(type), constructed(0, ctl)), set());
  return sequence(oid('1.2.840.113549.1.7.2'), constructed(0, content));
}

describe('the list of distrusted certificates that Windows fetches', () => {
  it('has its identifiers', () => {
    expect(parseDisallowedList(list(['00ff', 'abcd']))).toEqual(['00ff', 'abcd']);
    expect(parseDisallowedList(list([]))).toEqual([]);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['half of one', list(['00']).subarray(0, 40)],
    ['another list', list(['00'], '1.2.3')],
    ['other signed data', list(['00'], '1.3.6.1.4.1.311.10.11.15', '1.2.840.113549.1.7.1')],
    ['a certificate', root.der],
  ])('is not %s', (_, bytes) => {
    expect(parseDisallowedList(bytes)).toBeNull();
  });

  it('means a certificate by its hash, by what its signature covers, and by its key', () => {
    const names = disallowedNames(root.der);
    expect(names).toContain(hash('sha1', root.der));
    expect(names).toContain(hash('sha256', signed));
    expect(names.filter((name) => name.length === 32)).toHaveLength(1);
    expect(disallowedNames(Buffer.from('no certificate'))).toEqual([]);
  });

  it('distrusts whom it names, and nobody else', () => {
    const contents = { public: null, machine: null, extra: null, catalog: null };
    const stores = trustStores(contents, new Set(), { listed: new Set([hash('sha256', signed)]) });
    expect(stores.distrusts(hash('sha1', root.der), () => root.der)).toBe(true);
    const other = createAuthority({ name: 'Other Root' });
    expect(stores.distrusts(hash('sha1', other.der), () => other.der)).toBe(false);
    expect(stores.distrusts(hash('sha1', root.der))).toBe(false);
  });

  it('is empty where Windows has none, and unread where the value is no list', async () => {
    const value = (hex: string): string => `HKEY_X\r\n    DisallowedCertEncodedCtl    REG_BINARY    ${hex}\r\n`;
    expect(await readDisallowedList(async () => null)).toBeNull();
    expect(await readDisallowedList(async () => ({ status: 1, stdout: '' }))).toEqual([]);
    expect(await readDisallowedList(async () => ({ status: 0, stdout: value('3000') }))).toBeNull();
    const stdout = value(list(['abcd']).toString('hex').toUpperCase());
    expect(await readDisallowedList(async () => ({ status: 0, stdout }))).toEqual(['abcd']);
  });
});
