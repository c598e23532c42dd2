import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { claimImport, importedAt } from '../../src/carry/kept.ts';
import { temporaryFolder } from '../real/parts.ts';

const folder = temporaryFolder();
afterAll(() => folder.close());
const at = '2026-11-30T08:00:00.000Z';
const sha = 'a'.repeat(64);

describe('a result that is imported', () => {
  it('is taken once, by whoever comes first, and again where nothing came of it', () => {
    const state = join(folder.path, 'once');
    const alive = { holder: 'here 1', isGone: () => false };
    const claim = claimImport(state, sha, at, alive);
    expect(claim).not.toBeNull();
    expect(claimImport(state, sha, at, alive)).toBeNull();
    claim?.release();
    claimImport(state, sha, at, alive)?.done();
    expect(importedAt(state, sha, { isGone: () => true })).toBe(at);
    expect(claimImport(state, sha, at, { ...alive, isGone: () => true })).toBeNull();
  });

  it('is free where the one who began was killed', () => {
    const state = join(folder.path, 'killed');
    claimImport(state, sha, at, { holder: 'here 1', isGone: () => false });
    const next = { holder: 'here 2', isGone: (holder: string) => holder === 'here 1' };
    expect(importedAt(state, sha, next)).toBeNull();
    expect(claimImport(state, sha, at, next)).not.toBeNull();
    expect(importedAt(state, sha, next)).toBe(at);
  });
});
