import { describe, expect, it } from 'vitest';
import { createInterner } from '../../src/probe/interned.ts';

describe('what many answers share', () => {
  it('is one object for one key', () => {
    const kept = createInterner<readonly [string, string]>();
    const first = kept('server: nginx', () => ['server', 'nginx']);
    expect(kept('server: nginx', () => ['server', 'nginx'])).toBe(first);
    expect(kept('server: apache', () => ['server', 'apache'])).toEqual(['server', 'apache']);
  });

  it('is forgotten before what is unique fills the memory', () => {
    const kept = createInterner<object>();
    const first = kept('0', () => ({}));
    let made = 0;
    for (let index = 0; index < 10_000; index++) {
      kept(String(index), () => {
        made += 1;
        return {};
      });
    }
    expect(kept('0', () => ({}))).not.toBe(first);
    expect(made).toBe(9999);
  });
});
