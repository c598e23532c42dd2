import { describe, expect, it } from 'vitest';
import { headEnd, parseAnswerHead, valuesOf } from '../src/answer-head.ts';

describe('an answer head', () => {
  it('is read with its version, status, reason and headers in order', () => {
    const head = parseAnswerHead('HTTP/1.0 407 Who are you\r\nVia: a\r\nX-Two \t:\t two words \t\r\nvia:b');
    expect(head).toEqual({
      version: '1.0',
      status: 407,
      reason: 'Who are you',
      headers: [
        ['via', 'a'],
        ['x-two', 'two words'],
        ['via', 'b'],
      ],
    });
    expect(head === null ? null : valuesOf(head, 'via')).toEqual(['a', 'b']);
  });

  it.each([
    ['a reason of nothing', 'HTTP/1.1 200', ''],
    ['a space and no reason', 'HTTP/1.1 200 ', ''],
    ['bytes above ASCII', 'HTTP/1.1 200 \xe9t\xe9', '\xe9t\xe9'],
  ])('may have %s', (_name, text, reason) => {
    expect(parseAnswerHead(text)).toMatchObject({ version: '1.1', status: 200, reason, headers: [] });
  });

  it.each([
    ['of another protocol', 'SSH-2.0-OpenSSH_9.2'],
    ['of version 2', 'HTTP/2 200'],
    ['with a status of four digits', 'HTTP/1.1 2000 OK'],
    ['with a status below 100', 'HTTP/1.1 099 OK'],
    ['with a carriage return in its reason', 'HTTP/1.1 200 O\rK'],
    ['of nothing', ''],
  ])('with a status line %s is none', (_name, text) => {
    expect(parseAnswerHead(text)).toBeNull();
  });

  it.each([
    ['without a colon', 'nothing'],
    ['without a name', ': value'],
    ['that goes on with the one before', ' folded: value'],
    ['whose name holds a space', 'a b: value'],
    ['with a lone carriage return', 'a: b\rc: d'],
  ])('is read past a line %s', (_name, line) => {
    expect(parseAnswerHead(`HTTP/1.1 200 OK\r\n${line}\r\nX: y`)?.headers).toEqual([['x', 'y']]);
  });

  it('has 100 headers kept', () => {
    const lines = Array.from({ length: 300 }, (_, index) => `X-${index}: v`);
    expect(parseAnswerHead(['HTTP/1.1 200 OK', ...lines].join('\n'))?.headers).toHaveLength(100);
  });

  it.each([
    ['spaces before a lone carriage return', `HTTP/1.1 200 OK\r\nX: ${' '.repeat(61_000)}\rx`],
    ['spaces in the status line', `HTTP/1.1 200 ${' '.repeat(61_000)}\rx`],
    ['spaces before a colon', `HTTP/1.1 200 OK\r\nX${' '.repeat(61_000)}x: y`],
    ['spaces within a value', `HTTP/1.1 200 OK\r\nX: a${' '.repeat(61_000)}b`],
    ['empty lines but for carriage returns', `HTTP/1.1 200 OK\r\n${'\r'.repeat(61_000)}`],
    ['one letter of a name a line', `HTTP/1.1 200 OK\r\n${'a\r\n'.repeat(20_000)}`],
    ['nothing but colons', `HTTP/1.1 200 OK\r\n${':'.repeat(61_000)}`],
  ])('of 60 KiB is read at once: %s', (_name, text) => {
    const began = performance.now();
    parseAnswerHead(text);
    // Milliseconds; a pattern that tries every split of the spaces takes minutes.
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('the end of an answer head', () => {
  it.each([
    ['with carriage returns', 'a\r\nb\r\n\r\nbody\n\n', { text: 4, whole: 8 }],
    ['with line feeds alone', 'a\nb\n\nbody\r\n\r\n', { text: 3, whole: 5 }],
    ['that did not come', 'a\r\nb\r\n', null],
  ])('is found %s', (_name, text, end) => {
    expect(headEnd(Buffer.from(text))).toEqual(end);
  });

  it('is found across the border between what was searched before and what came since', () => {
    for (let from = 0; from < 8; from++) expect(headEnd(Buffer.from('HTTP\r\n\r\n'), from)?.whole).toBe(8);
  });
});
