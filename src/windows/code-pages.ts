/** What Windows' console programs write: bytes of the machine's OEM code page, or UTF-16. Knows nothing of what they say. */

/**
 * The upper halves of the two code pages that no standard of the web has: 437 (United States) and 850 (Western Europe),
 * as Unicode publishes them (unicode.org, MAPPINGS/VENDORS/MICSFT/PC/CP437.TXT and CP850.TXT).
 */
const upperHalves: Readonly<Record<number, string>> = {
  437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ' +
    'áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
    'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
    'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
};

/** Code pages that the Encoding Standard knows by another name. */
const encodings: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  1201: 'utf-16be',
  65001: 'utf-8',
};

/** UTF-16 by its byte order mark, or by zeros where a text in Latin letters has them; null for bytes of a code page. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = bytes;
  if (bytes.length < 2) return null;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : null;
}

function byTable(bytes: Uint8Array, upper: string): string {
  const text: string[] = [];
  for (const byte of bytes) text.push(byte < 128 ? String.fromCharCode(byte) : (upper[byte - 128] ?? '\ufffd'));
  return text.join('');
}

/**
 * Output of a Windows program as text. `codePage` is the number of the code page that it writes in. One that neither the
 * runtime nor a table here knows leaves ASCII, which is all of the registry's own syntax, and U+FFFD for the rest.
 */
export function decodeOutput(bytes: Uint8Array, codePage: number): string {
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return new TextDecoder(utf16).decode(bytes);
  const upper = upperHalves[codePage];
  if (upper !== undefined) return byTable(bytes, upper);
  const encoding = encodings[codePage] ?? (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : null);
  if (encoding === null) return byTable(bytes, '');
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    // A runtime with few encodings (small ICU).
    return byTable(bytes, '');
  }
}
