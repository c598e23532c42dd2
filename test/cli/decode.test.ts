import { describe, expect, it } from 'vitest';
import { decoded } from '../../src/cli/decode.ts';

const text = 'host,port\r\nbücher.example,443\r\n';
const little = Buffer.from(text, 'utf16le');

describe('the text of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, as Windows PowerShell writes it', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
    ['UTF-16 without a byte order mark', little],
    ['big-endian UTF-16', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(little).swap16()])],
    ['big-endian UTF-16 without a byte order mark', Buffer.from(little).swap16()],
  ])('is read from %s', (_, bytes) => {
    expect(decoded(bytes)).toBe(text);
  });

  it('is empty where the file is', () => expect(decoded(Buffer.alloc(0))).toBe(''));
});
