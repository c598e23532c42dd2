import { describe, expect, it } from 'vitest';
import { fillParameters, isPattern, parametersOf, patternKind } from '../../src/catalog/pattern.ts';
import { globMatches } from '../../src/text-bounds.ts';
import { patternCovers } from './covers.ts';

describe('a host pattern', () => {
  it.each([
    ['www.example.com', 'exact', true],
    ['_dmarc.example.com', 'exact', true],
    ['192.0.2.1', 'address', true],
    ['2001:db8::1', 'address', true],
    ['*.example.com', 'wildcard', true],
    ['*login.example.com', 'wildcard', true],
    ['azgn*.example.com', 'wildcard', true],
    ['autodiscover.*.example.com', 'wildcard', true],
    ['*.{region}.example.com', 'template', true],
    ['{host}', 'template', true],
    ['*', 'wildcard', false],
    ['*.*', 'wildcard', false],
    ['', 'exact', false],
    ['a_b.example.com', 'exact', true],
    ['a b.example.com', 'exact', false],
    [`${'a'.repeat(64)}.example.com`, 'exact', false],
    [`${'a.'.repeat(130)}com`, 'exact', false],
    ['10.0.0', 'exact', false],
    ['{1}.example.com', 'template', false],
  ])('%s is %s, valid: %s', (pattern, kind, valid) => {
    expect(patternKind(pattern)).toBe(kind);
    expect(isPattern(pattern)).toBe(valid);
  });

  it.each([
    ['*.example.com', 'a.example.com', true],
    ['*.example.com', 'a.b.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'a.example.com.evil.example', false],
    ['*example.com', 'example.com', true],
    ['*-a.example.com', 'eu-a.example.com', true],
    ['*-a.example.com', 'a.example.com', false],
    ['azgn*.example.com', 'azgn12.example.com', true],
    ['A.*.Example.com', 'a.b.example.COM', true],
    ['{name}.example.com', 'x.example.com', true],
    ['www.example.com', 'wwwxexample.com', false],
  ])('%s covers %s: %s', (pattern, host, covered) => {
    expect(patternCovers(pattern, host)).toBe(covered);
  });

  it('a glob of many stars still ends', () => {
    expect(globMatches(`${'*a'.repeat(120)}b`, 'a'.repeat(2000))).toBe(false);
  });

  it('names its parameters once and fills them once', () => {
    expect(parametersOf('{b}.{a}.{b}.example')).toEqual(['b', 'a']);
    expect(fillParameters('{b}.{a}.{b}.{toString}', { a: '{b}', b: 'x' })).toBe('x.{b}.x.{toString}');
  });
});
