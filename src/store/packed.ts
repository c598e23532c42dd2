/** JSON in a tenth of its bytes. */
import { constants, deflateSync, inflateSync } from 'node:zlib';

/** A report of 20,000 targets is about this large; what unpacks to more is not ours. */
const mostBytes = 256 * 1024 * 1024;

export const packed = (value: unknown): Uint8Array =>
  deflateSync(JSON.stringify(value), { level: constants.Z_DEFAULT_COMPRESSION });

export const unpacked = (bytes: Uint8Array): unknown =>
  JSON.parse(inflateSync(bytes, { maxOutputLength: mostBytes }).toString('utf8'));
