import { describe, expect, it } from 'vitest';
import { carryRequestHead } from '../../src/model/message.ts';
import { headOf } from '../../src/signed/head.ts';
import { createKey, fingerprintOf, publicKey, readKey } from '../../src/signed/keys.ts';
import { readSignedLines, type SignedBounds, signLines } from '../../src/signed/signed-lines.ts';
import { randomFrom } from '../hostile/random.ts';

const bounds: SignedBounds = { mostBytes: 65_536, mostLines: 100, longestLine: 4096, deepest: 8 };
const key = createKey();
const values = [{ kind: 'note', text: 'A line, \u202e hidden, é and 日本' }, { more: [1, { a: null }] }];
const { text, sha256 } = signLines(values, key);
const bytes = Buffer.from(text);
const problemOf = (made: string | Buffer, of = bounds): unknown => readSignedLines(Buffer.from(made), of).problem;

describe('signed lines', () => {
  it('are read back with who signed them', () => {
    expect(readSignedLines(bytes, bounds)).toEqual({
      values,
      sha256,
      signer: { key: key.key, fingerprint: key.fingerprint },
      problem: null,
    });
  });

  it('hide nothing from whoever reads them', () => {
    expect(text).toContain('\\u202e');
    expect(text).not.toContain('\u202e');
  });

  it.each([
    ['with the line ends of Windows', text.replaceAll('\n', '\r\n')],
    ['with some of them', text.replace('\n', '\r\n')],
    ['without the last line end', text.slice(0, -1)],
    ['with empty lines at the end', `${text}\r\n\n`],
  ])('are the same %s, and have the same SHA-256', (_, changed) => {
    const read = readSignedLines(Buffer.from(changed), bounds);
    expect(read.problem).toBeNull();
    expect(read.sha256).toBe(sha256);
  });

  it('take no single flipped bit, wherever it is', () => {
    const random = randomFrom(7);
    const places = new Set(
      Array.from({ length: 2000 }, () => random.below(bytes.length * 8)).concat(
        // Each bit of the signature line, where Base64 has several spellings.
        Array.from({ length: 1600 }, (_, at) => bytes.length * 8 - 1 - at),
      ),
    );
    const taken: number[] = [];
    for (const place of places) {
      const changed = Buffer.from(bytes);
      changed[place >> 3] = (changed[place >> 3] ?? 0) ^ (1 << (place & 7));
      if (readSignedLines(changed, bounds).problem === null) taken.push(place);
    }
    expect(places.size).toBeGreaterThan(500);
    expect(taken).toEqual([]);
  });

  it('take no cut, wherever it is', () => {
    for (let length = 0; length < bytes.length - 1; length += 1)
      expect(problemOf(bytes.subarray(0, length))).not.toBeNull();
  });

  it('take no other signature of the same bytes, and no other spelling of it', () => {
    const other = createKey();
    const [first = '', second = ''] = text.split('\n');
    const swapped = signLines(values, other).text.split('\n')[2]?.replace(other.key, key.key) ?? '';
    expect(problemOf(`${first}\n${second}\n${swapped}\n`)).toEqual({ code: 'changed' });
    expect(problemOf(text.replace('"}}\n', '"} }\n'))).toEqual({ code: 'unsigned' });
    expect(problemOf(text.replace('"signature":{', '"signature": {'))).toEqual({ code: 'unsigned' });
    expect(problemOf(text.replace('==', '='))).not.toBeNull();
  });

  it.each([
    ['nothing', '', { code: 'empty' }],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0x0a]), { code: 'not-text' }],
    [
      'a mark in front that nobody signed',
      Buffer.concat([Buffer.from('\ufeff'), bytes]),
      { code: 'not-json', line: 1 },
    ],
    ['a line that is no object', `[1]\n${text}`, { code: 'not-json', line: 1 }],
    ['a key twice in a line', text.replace('{"more"', '{"more":1,"more"'), { code: 'not-json', line: 2 }],
    ['a document without its end', text.split('\n').slice(0, 2).join('\n'), { code: 'unsigned' }],
    ['a signature alone', text.split('\n').slice(2).join('\n'), { code: 'changed' }],
    ['an empty line inside', text.replace('\n', '\n\n'), { code: 'not-json', line: 2 }],
  ])('refuse %s', (_, made, problem) => {
    expect(problemOf(made)).toEqual(problem);
  });

  it('are bounded in size, lines, length and depth of a line', () => {
    expect(problemOf(bytes, { ...bounds, mostBytes: bytes.length })).toBeNull();
    expect(problemOf(bytes, { ...bounds, mostBytes: bytes.length - 1 })).toEqual({ code: 'too-large' });
    expect(problemOf(bytes, { ...bounds, mostLines: 2 })).toBeNull();
    expect(problemOf(bytes, { ...bounds, mostLines: 1 })).toEqual({ code: 'too-many-lines' });
    expect(problemOf(bytes, { ...bounds, longestLine: 40 })).toEqual({ code: 'long-line', line: 1 });
    expect(problemOf(bytes, { ...bounds, deepest: 2 })).toEqual({ code: 'not-json', line: 2 });
  });

  it('show what could be read before a problem', () => {
    const read = readSignedLines(Buffer.from(`${text.split('\n')[0]}\nno JSON\n${text}`), bounds);
    expect(read.values).toEqual([values[0]]);
    expect(read.signer?.fingerprint).toBe(key.fingerprint);
  });
});

describe('the first line', () => {
  const head = {
    ...{ wayclear: '0.1.0', schema: 1, kind: 'carry-request', key: key.key, at: '2026-11-30T06:00:00Z' },
    ...{ nonce: 'a'.repeat(32), machine: null, redacted: false, parameters: {} },
    catalog: { version: '0.1.0', sha256: 'b'.repeat(64), sources: [] },
  };
  const headIn = (first: Readonly<Record<string, unknown>>): unknown =>
    headOf(readSignedLines(Buffer.from(signLines([first], key).text), bounds), carryRequestHead);

  it('says what the document is', () => {
    expect(headIn(head)).toEqual(head);
    expect(headIn({ ...head, sequence: 3 })).toMatchObject({ sequence: 3 });
  });

  it.each([
    ['of another kind', { kind: 'carry-result' }],
    ['with the key of another', { key: createKey().key }],
    ['of a later form', { schema: 2 }],
    ['at no time', { at: 'yesterday' }],
    ['with a member of a wrong type', { redacted: 'x' }],
  ])('is none %s', (_, change) => {
    expect(headIn({ ...head, ...change })).toBeNull();
  });
});

describe('keys', () => {
  it('come back out of their PEM text', () => {
    const again = readKey(key.pem);
    expect(again?.key).toBe(key.key);
    expect(signLines(values, again ?? createKey()).text).toBe(text);
  });

  it('are written in one way alone', () => {
    expect(publicKey(key.key)?.fingerprint).toBe(key.fingerprint);
    expect(publicKey(` ${key.key}`)).toBeNull();
    expect(publicKey(`${key.key.slice(0, -1)}B`)).toBeNull();
    expect(publicKey(Buffer.alloc(44).toString('base64'))).toBeNull();
    expect(readKey('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n')).toBeNull();
  });

  it('have fingerprints that people may group', () => {
    expect(fingerprintOf(key.fingerprint)).toBe(key.fingerprint);
    expect(fingerprintOf(key.fingerprint.toUpperCase().replace(/(.{4})/g, '$1 '))).toBe(key.fingerprint);
    expect(fingerprintOf(key.fingerprint.slice(1))).toBeNull();
    expect(fingerprintOf('zz'.repeat(8))).toBeNull();
  });
});
