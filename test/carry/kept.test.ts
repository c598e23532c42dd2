import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keptRequest, trustedKeys } from '../../src/carry/kept.ts';

const state = mkdtempSync(join(tmpdir(), 'wayclear-kept-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));

it('what is kept of carried checks is read by its shape: a spoiled key costs no other, a spoiled table is none', () => {
  mkdirSync(join(state, 'carry', 'requests'), { recursive: true });
  const key = { key: 'a', fingerprint: 'b', at: '2026-01-01T00:00:00Z' };
  writeFileSync(join(state, 'carry', 'trusted-keys.json'), JSON.stringify([null, key, { ...key, at: 1 }, 'x']));
  expect(trustedKeys(state)).toEqual([key]);
  for (const [names, read] of [
    [{ 'inside-1': 'host' }, { 'inside-1': 'host' }],
    [{ 'inside-1': 7 }, {}],
    [[], {}],
  ]) {
    writeFileSync(join(state, 'carry', 'requests', 'n.txt'), 'request');
    writeFileSync(join(state, 'carry', 'requests', 'n.names.json'), JSON.stringify(names));
    expect(keptRequest(state, 'n')).toEqual({ text: 'request', names: read });
  }
});
