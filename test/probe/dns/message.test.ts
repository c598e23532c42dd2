import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { encodeQuery, encodeResponse } from '../../../src/probe/dns/encode.ts';
import { followChain } from '../../../src/probe/dns/exchange.ts';
import { canonicalName, decodeMessage, encodeName, rcodeName, recordTypes } from '../../../src/probe/dns/message.ts';
import { type Stray, strayFor } from '../../servers/dns-faults.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s+/g, ''), 'hex');
const random = (seed: number) => (): number => {
  // xorshift32
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return (seed >>> 0) / 2 ** 32;
};

describe('a DNS name', () => {
  it.each([
    ['is written in lower case', 'WWW.Example.COM', 'www.example.com'],
    ['loses one trailing dot', 'example.com.', 'example.com'],
    ['may be the root', '.', '.'],
    ['escapes what is not plain', 'a\\.b\\000\\255\\\\.example', 'a\\.b\\000\\255\\\\.example'],
    ['escapes spaces', 'a b', 'a\\032b'],
    ['may hold a label of 63 bytes', `${'a'.repeat(63)}.b`, `${'a'.repeat(63)}.b`],
    ['may be 255 bytes on the wire', `${'a.'.repeat(126)}a`, `${'a.'.repeat(126)}a`],
    ['has no label over 63 bytes', `${'a'.repeat(64)}.b`, null],
    ['has no more than 255 bytes on the wire', `${'a.'.repeat(127)}a`, null],
    ['has no empty label', 'a..b', null],
    ['does not begin with a dot', '.a', null],
    ['is not empty', '', null],
    ['is ASCII', 'bücher.example', null],
    ['has no byte over 255', '\\256.example', null],
  ])('%s', (_, name, canonical) => {
    expect(canonicalName(name)).toBe(canonical);
  });

  it('is encoded label by label', () => {
    expect(encodeName('a.bc')).toEqual(hex('01 61 02 6263 00'));
  });
});

describe('a question', () => {
  it('is the bytes of RFC 1035, with an OPT record of RFC 6891', () => {
    const query = { id: 0x1234, name: 'a.bc', type: 'AAAA', recursionDesired: true, edns: { udpSize: 1232 } } as const;
    expect(encodeQuery(query)).toEqual(
      hex('1234 0100 0001 0000 0000 0001  01 61 02 6263 00 001c 0001  00 0029 04d0 00000000 0000'),
    );
  });

  it('goes without EDNS and without recursion where that is asked', () => {
    const query = { id: 1, name: '.', type: 65, recursionDesired: false, edns: null };
    expect(encodeQuery(query)).toEqual(hex('0001 0000 0001 0000 0000 0000  00 0041 0001'));
  });

  it('is refused for what is no name', () => {
    const query = { id: 1, name: 'a..b', type: 'A', recursionDesired: true, edns: null } as const;
    expect(() => encodeQuery(query)).toThrow(RangeError);
  });
});

describe('an answer', () => {
  it('is read with its compression, chain, addresses and TTLs', () => {
    const message = decodeMessage(
      hex(`abcd 8180 0001 0003 0000 0000  03 777777 02 4558 00 0001 0001
           c00c 0005 0001 0000003c 0004 01 62 c010
           c024 0001 0001 00000005 0004 c0000201
           c024 001c 0001 ffffffff 0010 20010db8000000000000000000000001`),
    );
    expect(message).toMatchObject({
      id: 0xabcd,
      response: true,
      recursionAvailable: true,
      truncated: false,
      rcode: 0,
      edns: null,
      questions: [{ name: 'www.ex', type: 1, class: 1 }],
      answers: [
        { name: 'www.ex', type: 5, ttl: 60, data: { kind: 'cname', target: 'b.ex' } },
        { name: 'b.ex', type: 1, ttl: 5, data: { kind: 'address', address: '192.0.2.1' } },
        { name: 'b.ex', type: 28, ttl: 0, data: { kind: 'address', address: '2001:db8::1' } },
      ],
    });
  });

  it.each([
    ['2001:db8::1'],
    ['::'],
    ['::1'],
    ['1::'],
    ['2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1::1'],
    ['::ffff:192.0.2.1'],
    ['fe80::1:0:0:1'],
  ])('writes %s as RFC 5952 does', (address) => {
    const name = 'a';
    const bytes = encodeResponse({ id: 1, question: null, answers: [{ name, ttl: 1, address }] });
    expect(decodeMessage(bytes)?.answers[0]?.data).toEqual({ kind: 'address', address });
  });

  it('carries the SOA, the upper bits of the response code, and the extended error as harmless text', () => {
    const bytes = encodeResponse({
      id: 7,
      question: { name: 'x.example', type: 1 },
      rcode: 23,
      authorities: [{ name: 'example', ttl: 9, soa: { primary: 'ns.example', mailbox: 'root.example', minimum: 60 } }],
      edns: { udpSize: 1232, extendedError: { code: 15, text: 'blocked\u001b[2J\nby <b>policy</b>' } },
    });
    const message = decodeMessage(bytes);
    expect(message?.rcode).toBe(23);
    expect(rcodeName(message?.rcode ?? 0)).toBe('BADCOOKIE');
    expect(rcodeName(11)).toBe('RCODE11');
    expect(message?.authorities[0]).toMatchObject({ name: 'example', data: { kind: 'soa', primary: 'ns.example' } });
    expect(message?.edns).toEqual({
      udpSize: 1232,
      extendedErrors: [{ code: 15, text: 'blocked\ufffd[2J\ufffdby <b>policy</b>' }],
    });
  });

  it('keeps control bytes of labels as escapes', () => {
    const message = decodeMessage(hex('0001 8000 0001 0000 0000 0000  05 1b5b324a0a 00 0001 0001'));
    expect(message?.questions[0]?.name).toBe('\\027[2j\\010');
  });

  it('that was truncated counts although its last record is cut', () => {
    const record = 'c00c 0001 0001 00000005 0004 c000';
    const cut = (flags: string): Buffer => hex(`0001 ${flags} 0001 0002 0000 0000 01 61 00 0001 0001 ${record}`);
    expect(decodeMessage(cut('8380'))).toMatchObject({ truncated: true, questions: [{ name: 'a' }] });
    expect(decodeMessage(cut('8180'))).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['half a header', '0001 8180 0001'],
    ['a question that is missing', '0001 8180 0001 0000 0000 0000'],
    ['a pointer to itself', '0001 8180 0001 0000 0000 0000 c00c 0001 0001'],
    ['a pointer forwards', '0001 8180 0001 0000 0000 0000 c012 0001 0001 01 61 00'],
    ['two pointers at each other', '0001 8180 0001 0000 0000 0000 c00e c00c 0001 0001'],
    ['a pointer into its own label', '0001 8180 0001 0000 0000 0000 01 61 c00c 0001 0001'],
    ['a reserved label type', '0001 8180 0001 0000 0000 0000 41 61 00 0001 0001'],
    ['a label beyond the end', '0001 8180 0001 0000 0000 0000 3f 61'],
    ['a count that lies', '0001 8180 0000 ffff 0000 0000'],
    ['rdata beyond the end', '0001 8180 0000 0001 0000 0000 00 0001 0001 00000001 ffff 01020304'],
    ['an A record of five bytes', '0001 8180 0000 0001 0000 0000 00 0001 0001 00000001 0005 0102030405'],
    ['a CNAME that ends before its rdata', '0001 8180 0000 0001 0000 0000 00 0005 0001 00000001 0004 01610000'],
    ['a CNAME that ends after its rdata', '0001 8180 0000 0001 0000 0000 00 0005 0001 00000001 0001 01610000'],
    ['an EDNS option beyond its record', '0001 8180 0000 0000 0000 0001 00 0029 04d0 00000000 0006 000f ffff 0001'],
  ])('is none with %s', (_, bytes) => {
    expect(decodeMessage(hex(bytes))).toBeNull();
  });

  it('is none with a name of more than 255 bytes put together by pointers', () => {
    // Each name is a label of 63 bytes and a pointer to the one before.
    const names = Array.from({ length: 6 }, (_, index) => {
      const at = 12 + (index - 1) * 70;
      return Buffer.concat([
        Buffer.from([63]),
        Buffer.alloc(63, 0x61),
        index === 0 ? Buffer.from([0, 0]) : Buffer.from([0xc0 | (at >> 8), at & 0xff]),
        hex(index === 0 ? '010001' : '00010001'),
      ]);
    });
    const message = (count: number): Buffer =>
      Buffer.concat([hex(`0001 8180 000${count} 0000 0000 0000`), ...names.slice(0, count)]);
    expect(decodeMessage(message(1))).not.toBeNull();
    expect(decodeMessage(message(6))).toBeNull();
  });

  it('of 64 KiB full of pointers to a long name is read', () => {
    const question = Buffer.concat([Buffer.from('\u0001a'.repeat(120)), hex('00 0001 0001')]);
    const count = Math.floor((65_535 - 12 - question.length) / 12);
    const header = hex(`0001 8180 0001 ${count.toString(16).padStart(4, '0')} 0000 0000`);
    const records = Array.from({ length: count }, () => hex('c00c 0010 0001 00000001 0000'));
    expect(decodeMessage(Buffer.concat([header, question, ...records]))?.answers).toHaveLength(count);
    expect(decodeMessage(Buffer.alloc(65_536))).toBeNull();
  });

  it('never throws for 20,000 random and mutated messages', () => {
    const next = random(20_260_601);
    const byte = (): number => Math.floor(next() * 256);
    const asked = { id: 99, name: 'www.example.test', type: 1 };
    const kinds: readonly Stray[] = [
      'wrong-id',
      'wrong-question',
      'garbage',
      'lying-lengths',
      'compression-loop',
      'query',
    ];
    const real = encodeResponse({
      id: 99,
      question: asked,
      answers: [
        { name: 'www.example.test', ttl: 60, cname: 'cdn.example.test' },
        { name: 'cdn.example.test', ttl: 60, address: '192.0.2.1' },
        { name: 'cdn.example.test', ttl: 60, address: '2001:db8::1' },
      ],
      authorities: [{ name: 'test', ttl: 9, soa: { primary: 'ns.test', mailbox: 'root.test', minimum: 60 } }],
      edns: { udpSize: 1232, extendedError: { code: 17, text: 'filtered' } },
    });
    const seeds = [real, ...kinds.map((kind) => strayFor(kind, asked))];
    let parsed = 0;
    for (let round = 0; round < 20_000; round++) {
      let bytes: Buffer;
      if (round % 4 === 0) bytes = Buffer.from(Array.from({ length: Math.floor(next() * 300) }, byte));
      else {
        bytes = Buffer.from(seeds[Math.floor(next() * seeds.length)] ?? real);
        for (let flips = Math.floor(next() * 6); flips >= 0; flips--) {
          const at = Math.floor(next() * bytes.length);
          bytes[at] = next() < 0.3 ? 0xc0 | (byte() & 1) : byte();
        }
        if (next() < 0.3) bytes = bytes.subarray(0, Math.floor(next() * bytes.length));
      }
      const message = decodeMessage(bytes);
      if (message === null) continue;
      parsed += 1;
      const names = [...message.answers, ...message.authorities, ...message.additionals].map((record) => record.name);
      for (const name of [...names, ...message.questions.map((question) => question.name)]) {
        expect(name).toMatch(/^[\x21-\x7e]+$/);
        expect(canonicalName(name)).toBe(name);
      }
      const chain = followChain('www.example.test', recordTypes.A, message.answers);
      expect(chain.cnames.length).toBeLessThanOrEqual(16);
    }
    expect(parsed).toBeGreaterThan(2000);
  });
});

describe('a CNAME chain', () => {
  const answers = (links: readonly (readonly [string, string])[]) =>
    decodeMessage(
      encodeResponse({
        id: 1,
        question: null,
        answers: [
          ...links.map(([name, cname]) => ({ name, cname, ttl: 30 })),
          { name: 'end', ttl: 5, address: '192.0.2.1' },
          { name: 'other', ttl: 5, address: '192.0.2.2' },
        ],
      }),
    )?.answers ?? [];

  it('is followed in order, whatever order its records are in', () => {
    const chain = followChain(
      'a',
      recordTypes.A,
      answers([
        ['b', 'end'],
        ['a', 'b'],
        ['x', 'other'],
      ]),
    );
    expect(chain.cnames.map(({ owner, target }) => `${owner}>${target}`)).toEqual(['a>b', 'b>end']);
    expect(chain.records.map(({ data }) => data)).toEqual([{ kind: 'address', address: '192.0.2.1' }]);
    expect(chain.loops).toBe(false);
  });

  it.each<readonly [string, readonly (readonly [string, string])[]]>([
    ['to itself', [['a', 'a']]],
    [
      'over two names',
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
    ],
    [
      'into its middle',
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'b'],
      ],
    ],
    [
      'on and on',
      Array.from({ length: 40 }, (_, index) => [index === 0 ? 'a' : `n${index}`, `n${index + 1}`] as const),
    ],
  ])('that leads %s gives no address', (_, links) => {
    const chain = followChain('a', recordTypes.A, answers(links));
    expect(chain.loops).toBe(true);
    expect(chain.records).toEqual([]);
    expect(chain.cnames.length).toBeLessThanOrEqual(16);
  });
});
