/** How software writes a text that it was sent: for tests that make a peer echo a secret. Shares no code with what cuts it out. */

const bytesOf = (text: string): readonly number[] => [...Buffer.from(text, 'utf8')];
const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');
const points = (text: string): readonly number[] => [...text].map((character) => character.codePointAt(0) ?? 0);
const base64At = (offset: number, text: string, encoding: 'base64' | 'base64url'): string =>
  Buffer.from(`${'user:'.slice(0, offset)}${text}, and more`, 'utf8').toString(encoding);

/** Each spelling by its name. */
export function spellings(secret: string): Readonly<Record<string, string>> {
  const bytes = bytesOf(secret);
  return {
    raw: secret,
    'upper case': secret.toUpperCase(),
    'lower case': secret.toLowerCase(),
    percent: encodeURIComponent(secret),
    'percent in lower case': encodeURIComponent(secret).replace(/%../g, (written) => written.toLowerCase()),
    'percent throughout': bytes.map((byte) => `%${hexOf(byte).toUpperCase()}`).join(''),
    'percent in part': bytes
      .map((byte, at) => (at % 2 || byte > 126 || byte === 37 ? `%${hexOf(byte)}` : String.fromCharCode(byte)))
      .join(''),
    'form encoding': new URLSearchParams({ p: secret }).toString().slice(2),
    'named references': secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('!', '&excl;')
      .replaceAll('ö', '&ouml;'),
    'decimal references': points(secret)
      .map((point) => `&#${point};`)
      .join(''),
    'hexadecimal references': points(secret)
      .map((point) => `&#x${point.toString(16).toUpperCase()};`)
      .join(''),
    JSON: JSON.stringify(secret).slice(1, -1),
    'JSON in ASCII': secret
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
    'quoted-printable': bytes
      .map((byte) =>
        byte > 126 || byte === 61 || byte === 33 ? `=${hexOf(byte).toUpperCase()}` : String.fromCharCode(byte),
      )
      .join(''),
    'quoted-printable throughout': bytes.map((byte) => `=${hexOf(byte).toUpperCase()}`).join(''),
    hex: bytes.map(hexOf).join(''),
    'upper-case hex': bytes.map(hexOf).join('').toUpperCase(),
    'hex with colons': bytes.map(hexOf).join(':'),
    'hex with blanks': bytes.map(hexOf).join(' ').toUpperCase(),
    'hex of UTF-16': Buffer.from(secret, 'utf16le').toString('hex'),
    'base64 at 0': base64At(0, secret, 'base64'),
    'base64 at 1': base64At(1, secret, 'base64'),
    'base64 at 2': base64At(2, secret, 'base64'),
    'base64url at 0': base64At(0, secret, 'base64url'),
    'base64url at 1': base64At(1, secret, 'base64url'),
    'base64url at 2': base64At(2, secret, 'base64url'),
    'base64 of an account': Buffer.from(`user:${secret}`, 'utf8').toString('base64'),
    'base64 of UTF-16': Buffer.from(secret, 'utf16le').toString('base64'),
    'split by a line break': `${secret.slice(0, 5)}\r\n${secret.slice(5)}`,
    'split by blanks': [...secret].join(' \t  '),
    'split by markup': [...secret].join('<wbr>'),
    'split by a comment': `${secret.slice(0, 4)}<!-- > --><b class="x">${secret.slice(4)}`,
  };
}

/**
 * What of a text may be a piece of the secret, looked for without the program's own reader: the pieces of the spellings that
 * nothing else has.
 */
export function leaks(text: string, secret: string, shortest = 5): readonly string[] {
  const squeezed = text.toLowerCase().replace(/\s+/g, '');
  return Object.entries(spellings(secret)).flatMap(([name, spelling]) => {
    if (name === 'split by markup' || name === 'split by a comment') return [];
    const isEncoded = /base64/.test(name);
    const piece = isEncoded
      ? spelling.slice(4, 4 + Math.floor((secret.length * 8) / 6) - 4)
      : spelling.toLowerCase().replace(/\s+/g, '');
    const searched = isEncoded ? text.replace(/\s+/g, '') : squeezed;
    return piece.length >= shortest && searched.includes(piece) ? [`${name}: ${piece}`] : [];
  });
}

/** What software makes of the token in a header that was sent to authenticate. */
export function sentSpellings(header: string): readonly string[] {
  const token = header.slice(header.indexOf(' ') + 1);
  const bytes = Buffer.from(token, 'base64');
  return [header, token, bytes.toString('base64url'), bytes.toString('hex'), bytes.toString('hex').toUpperCase()];
}
