/** What a download brought: counted, hashed and kept by its first bytes as it arrives. Nothing is judged here. */
import { createHash } from 'node:crypto';
import type { ContentExpectation } from '../../model/catalog.ts';
import { mostContentBytes } from '../../model/content-bounds.ts';
import type { ContentFacts } from '../../model/observations.ts';

/** As many first bytes as an expectation may name. */
const mostFirstBytes = 64;

export interface ContentMeter {
  /** Value of the Range header (RFC 9110 section 14.2); null for a request of the whole. */
  readonly range: string | null;
  /** Bytes of a body after which no more is of use. */
  readonly most: number;
  readonly add: (chunk: Buffer) => void;
  /** `complete`: the body ended as its framing said. */
  readonly facts: (complete: boolean) => ContentFacts;
}

/** Bytes that decide: the range, or the whole where its length or hash is known, or the first ones alone. */
function mostBytes({ range, startsWith, length, sha256 }: ContentExpectation): number {
  if (range !== null) return range[1] - range[0] + 1 + mostFirstBytes;
  if (sha256 !== null || length !== null) return Math.min(mostContentBytes, (length ?? mostContentBytes) + 1);
  return Math.max(1, (startsWith ?? '').length / 2);
}

export function contentMeter(expectation: ContentExpectation): ContentMeter {
  const { range, sha256 } = expectation;
  const most = mostBytes(expectation);
  const hash = range === null && sha256 !== null ? createHash('sha256') : null;
  let bytes = 0;
  let firstBytes: Buffer = Buffer.alloc(0);
  return {
    range: range === null ? null : `bytes=${range[0]}-${range[1]}`,
    most,
    add: (chunk) => {
      bytes += chunk.length;
      hash?.update(chunk);
      if (firstBytes.length < mostFirstBytes)
        firstBytes = Buffer.concat([firstBytes, chunk.subarray(0, mostFirstBytes - firstBytes.length)]);
    },
    facts: (complete) => ({
      bytes,
      firstBytes: firstBytes.toString('hex'),
      sha256: complete && hash !== null ? hash.digest('hex') : null,
    }),
  };
}
