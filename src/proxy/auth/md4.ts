/**
 * MD4 (RFC 1320). OpenSSL 3 keeps it in its legacy provider, which Node does not load, and NTLM needs it
 * for the one step from a password to its NT hash.
 */
export function md4(message: Uint8Array): Buffer {
  const length = message.length;
  const padded = Buffer.alloc((((length + 8) >> 6) << 6) + 64);
  padded.set(message);
  padded[length] = 0x80;
  padded.writeUInt32LE((length << 3) >>> 0, padded.length - 8);
  padded.writeUInt32LE(Math.floor(length / 0x2000_0000), padded.length - 4);

  const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));
  const state = { a: 0x67452301, b: 0xefcdab89 | 0, c: 0x98badcfe | 0, d: 0x10325476 };
  const rounds = [
    {
      mix: (x: number, y: number, z: number) => (x & y) | (~x & z),
      constant: 0,
      order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
      shifts: [3, 7, 11, 19],
    },
    {
      mix: (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z),
      constant: 0x5a827999,
      order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
      shifts: [3, 5, 9, 13],
    },
    {
      mix: (x: number, y: number, z: number) => x ^ y ^ z,
      constant: 0x6ed9eba1,
      order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
      shifts: [3, 9, 11, 15],
    },
  ];
  for (let block = 0; block < padded.length; block += 64) {
    let { a, b, c, d } = state;
    for (const { mix, constant, order, shifts } of rounds) {
      order.forEach((word, step) => {
        const sum = (a + mix(b, c, d) + padded.readInt32LE(block + word * 4) + constant) | 0;
        [a, b, c, d] = [d, rotate(sum, shifts[step % 4] ?? 0), b, c];
      });
    }
    state.a = (state.a + a) | 0;
    state.b = (state.b + b) | 0;
    state.c = (state.c + c) | 0;
    state.d = (state.d + d) | 0;
  }
  const digest = Buffer.alloc(16);
  [state.a, state.b, state.c, state.d].forEach((word, index) => {
    digest.writeInt32LE(word, index * 4);
  });
  return digest;
}
