import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ContentExpectation } from '../../../src/model/catalog.ts';
import { mostContentBytes } from '../../../src/model/content-bounds.ts';
import { contentMeter } from '../../../src/probe/stage/content.ts';

const nothing: ContentExpectation = { range: null, startsWith: null, length: null, sha256: null };
const body = Buffer.from('MSCF and the rest of it');
const sha256 = createHash('sha256').update(body).digest('hex');

describe('what is read of a download', () => {
  it.each<readonly [Partial<ContentExpectation>, string | null, number]>([
    [{ range: [0, 1023] }, 'bytes=0-1023', 1088],
    [{ range: [512, 512] }, 'bytes=512-512', 65],
    [{ startsWith: '4d534346' }, null, 4],
    [{ length: 23 }, null, 24],
    [{ sha256 }, null, mostContentBytes],
    [{ length: mostContentBytes * 4 }, null, mostContentBytes],
  ])('%o asks for %s and takes %i bytes at most', (part, range, most) => {
    expect(contentMeter({ ...nothing, ...part })).toMatchObject({ range, most });
  });

  it('counts, keeps the first bytes and hashes the whole, however it is cut', () => {
    const meter = contentMeter({ ...nothing, sha256 });
    for (const byte of body) meter.add(Buffer.from([byte]));
    expect(meter.facts(true)).toEqual({ bytes: body.length, firstBytes: body.toString('hex'), sha256 });
  });

  it('keeps 64 bytes at most, and has no hash of what is not whole', () => {
    const meter = contentMeter({ ...nothing, sha256 });
    meter.add(Buffer.alloc(1000, 1));
    expect(meter.facts(false)).toEqual({ bytes: 1000, firstBytes: '01'.repeat(64), sha256: null });
  });
});
