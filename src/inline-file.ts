/**
 * A file that is written out where a path is expected: a `data:` URL (RFC 2397) that also says what the file was called, so
 * that options travel to another machine with all that they name.
 */

import { percentDecoded } from './text-bounds.ts';

interface InlineFile {
  /** As it was called where it was read. */
  readonly name: string;
  readonly bytes: Buffer;
}

const form = /^data:application\/octet-stream;name=([^;,]*);base64,/;

export const inlineFile = (name: string, bytes: Uint8Array): string =>
  `data:application/octet-stream;name=${encodeURIComponent(name)};base64,${Buffer.from(bytes).toString('base64')}`;

/** Null for a path. */
export function readInlineFile(path: string): InlineFile | null {
  const head = form.exec(path.slice(0, 20_000))?.[0];
  return head === undefined ? null : { name: fileLabel(path), bytes: Buffer.from(path.slice(head.length), 'base64') };
}

/** What to call a file in a message: its path, or the name it had elsewhere. */
export function fileLabel(path: string): string {
  const name = form.exec(path.slice(0, 20_000))?.[1];
  return name === undefined ? path : (percentDecoded(name) ?? name);
}
