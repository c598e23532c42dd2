/**
 * Text of a file that a person saved: UTF-8, or UTF-16 as Windows PowerShell and Notepad write it, with a byte order mark or
 * without one (then zeros tell it, which no UTF-8 list holds).
 */
export function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const little = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  return new TextDecoder(little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8').decode(bytes);
}
