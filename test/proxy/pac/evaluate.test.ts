import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/clock.ts';
import { parsePacAnswer } from '../../../src/proxy/pac/candidates.ts';
import { createPacEvaluator, type PacEvaluator, type PacOptions, pacUrlFor } from '../../../src/proxy/pac/evaluate.ts';

// 2026-03-04T12:30:00Z is a Wednesday.
const clock: Clock = { now: () => 0, wall: () => Date.UTC(2026, 2, 4, 12, 30) };
const evaluators: PacEvaluator[] = [];

function evaluator(text: string, options: Partial<PacOptions> = {}): PacEvaluator {
  const created = createPacEvaluator(text, {
    deadlineMs: 10_000,
    dns: async () => null,
    myIp: '10.1.2.3',
    clock,
    ...options,
  });
  evaluators.push(created);
  return created;
}

afterEach(async () => {
  await Promise.all(evaluators.splice(0).map((created) => created.close()));
});

const answer = (body: string): string => `function FindProxyForURL(url, host) { ${body} }`;

describe('a PAC file', () => {
  it('answers each target by its own rules', async () => {
    const pac = evaluator(
      answer(`
        if (shExpMatch(host, '*.manage.example.com')) return 'PROXY proxy-a.example:8080; DIRECT';
        if (dnsDomainIs(host, '.example.net')) return 'SOCKS5 socks.example:1080';
        return 'DIRECT';`),
    );
    const [one, two, three] = await Promise.all([
      pac.evaluate('https://gw.manage.example.com/', 'gw.manage.example.com'),
      pac.evaluate('https://a.example.net/', 'a.example.net'),
      pac.evaluate('https://other.example/', 'other.example'),
    ]);
    expect(one).toEqual({
      answer: 'PROXY proxy-a.example:8080; DIRECT',
      candidates: [{ kind: 'proxy', protocol: 'http', host: 'proxy-a.example', port: 8080 }, { kind: 'direct' }],
      problem: null,
      detail: null,
    });
    expect(two.candidates).toEqual([{ kind: 'proxy', protocol: 'socks5h', host: 'socks.example', port: 1080 }]);
    expect(three.candidates).toEqual([{ kind: 'direct' }]);
  });

  it('keeps nothing from one target to the next', async () => {
    const pac = evaluator(`var calls = 0; ${answer("calls += 1; return 'PROXY p' + calls + ':80'")}`);
    expect((await pac.evaluate('https://a/', 'a')).answer).toBe('PROXY p1:80');
    expect((await pac.evaluate('https://b/', 'b')).answer).toBe('PROXY p1:80');
  });

  it.each([
    ["isPlainHostName('intranet')", true],
    ["isPlainHostName('a.b')", false],
    ["dnsDomainIs('www.example.com', '.example.com')", true],
    ["localHostOrDomainIs('www', 'www.example.com')", true],
    ["localHostOrDomainIs('www.example.org', 'www.example.com')", false],
    ["isResolvable('known.example')", true],
    ["isResolvable('unknown.example')", false],
    ["dnsResolve('known.example') === '192.0.2.7'", true],
    ["dnsResolve('unknown.example') === null", true],
    ["isInNet('known.example', '192.0.2.0', '255.255.255.0')", true],
    ["isInNet('198.51.100.1', '192.0.2.0', '255.255.255.0')", false],
    ["isInNet('unknown.example', '0.0.0.0', '0.0.0.0')", false],
    ["isInNetEx('192.0.2.9', '192.0.2.0/24')", true],
    ["myIpAddress() === '10.1.2.3'", true],
    ["dnsDomainLevels('a.b.c') === 2", true],
    ["shExpMatch('http://a/b.html', '*/b.h?ml')", true],
    ["shExpMatch('a+b', 'a+b')", true],
    ["shExpMatch('aab', 'a+b')", false],
    ["weekdayRange('WED', 'GMT')", true],
    ["weekdayRange('MON', 'FRI', 'GMT')", true],
    ["weekdayRange('FRI', 'TUE', 'GMT')", false],
    ["weekdayRange('FRI', 'WED', 'GMT')", true],
    ["timeRange(22, 13, 'GMT')", true],
    ["timeRange(12, 'GMT')", true],
    ["timeRange(8, 0, 18, 0, 'GMT')", true],
    ["timeRange(22, 6, 'GMT')", false],
    ["dateRange(4, 'GMT')", true],
    ["dateRange('MAR', 'GMT')", true],
    ["dateRange(2026, 'GMT')", true],
    ["dateRange(1, 'JAN', 31, 'MAR', 'GMT')", true],
    ["dateRange(1, 'NOV', 2024, 1, 'DEC', 2025, 'GMT')", false],
    ['[1, [2]].flat()?.length === 2 && (0 ?? 1) === 0 && `a` === "a"', true],
  ])('understands %s', async (expression, expected) => {
    const dns = async (host: string): Promise<string | null> => (host === 'known.example' ? '192.0.2.7' : null);
    const pac = evaluator(answer(`return (${expression}) ? 'PROXY yes:1' : 'PROXY no:1'`), { dns });
    expect(await pac.evaluate('https://a.example/', 'a.example')).toMatchObject({
      answer: expected ? 'PROXY yes:1' : 'PROXY no:1',
      problem: null,
    });
  });

  it('has no way out of its sandbox', async () => {
    const pac = evaluator(
      answer("return 'PROXY ' + [typeof process, typeof require, typeof fetch, typeof __resolve].join('-') + ':1'"),
    );
    expect((await pac.evaluate('https://a/', 'a')).answer).toBe('PROXY undefined-undefined-undefined-undefined:1');
  });
});

describe('a hostile PAC file', () => {
  it.each([
    ['loops for ever', answer('for (;;);'), 'timeout'],
    ['loops for ever while it loads', 'for (;;);', 'timeout'],
    ['loops inside a built-in', answer('return [].indexOf.call({ length: 2 ** 53 - 1 }, 1) + ""'), 'timeout'],
    ['throws', answer("throw new Error('no')"), 'threw'],
    ['throws something that is no error', answer('throw null'), 'threw'],
    ['takes all memory', answer('var a = []; for (;;) a.push(new Uint8Array(1e6))'), 'threw'],
    ['recurses for ever', answer('return FindProxyForURL(url, host)'), 'threw'],
    ['is no JavaScript', 'function FindProxyForURL(', 'invalid'],
    ['is a web page', '<html><body>Sign in</body></html>', 'invalid'],
    ['has no FindProxyForURL', 'var a = 1;', 'invalid'],
    ['is larger than a mebibyte', `${answer("return 'DIRECT'")}//${'x'.repeat(1_048_576)}`, 'invalid'],
    ['is empty', '', 'invalid'],
    ['answers a number', answer('return 7'), 'nonsense'],
    ['answers nothing', answer(''), 'nonsense'],
    ['answers an object', answer('return { toString: function () { for (;;); } }'), 'nonsense'],
    ['answers words', answer("return 'use the usual one'"), 'nonsense'],
    ['answers a port out of range', answer("return 'PROXY a:99999'"), 'nonsense'],
    ['answers a megabyte', answer("return 'x'.repeat(1e6)"), 'nonsense'],
  ] as const)('that %s is told as such', async (_, text, problem) => {
    const pac = evaluator(text, { deadlineMs: problem === 'timeout' ? 200 : 20_000 });
    const evaluation = await pac.evaluate('https://a.example/', 'a.example');
    expect(evaluation).toMatchObject({ problem, candidates: [] });
    expect(evaluation.answer.length).toBeLessThanOrEqual(500);
  });

  it('is given up after two silences', async () => {
    const pac = evaluator(answer('for (;;);'), { deadlineMs: 100 });
    const evaluations = await Promise.all(['a', 'b', 'c', 'd'].map((host) => pac.evaluate(`https://${host}/`, host)));
    expect(evaluations.map(({ detail }) => detail)).toEqual([
      'no answer in 100 ms',
      'no answer in 100 ms',
      'given up',
      'given up',
    ]);
  });

  it('that waits for a resolver that never answers ends by its deadline', async () => {
    const pac = evaluator(answer("dnsResolve('a.example'); return 'DIRECT'"), {
      deadlineMs: 200,
      dns: () => new Promise(() => undefined),
    });
    expect((await pac.evaluate('https://a/', 'a')).problem).toBe('timeout');
  });

  it('cannot ask for names without end', async () => {
    const asked: string[] = [];
    const pac = evaluator(answer("for (var i = 0; i < 500; i++) dnsResolve('n' + i + '.example'); return 'DIRECT'"), {
      dns: async (name) => {
        asked.push(name);
        return null;
      },
    });
    expect((await pac.evaluate('https://a/', 'a')).problem).toBeNull();
    expect(asked).toHaveLength(50);
  });

  it('cannot hide controls in its answer', async () => {
    const pac = evaluator(answer("return 'PROXY a:1;\\u001b[31m DIRECT\\r\\n'"));
    const evaluation = await pac.evaluate('https://a/', 'a');
    expect(evaluation.answer).toBe('PROXY a:1;\ufffd[31m DIRECT\ufffd\ufffd');
  });
});

describe('a PAC answer', () => {
  it.each([
    ['PROXY a.example', [{ kind: 'proxy', protocol: 'http', host: 'a.example', port: 80 }]],
    ['https a.example', [{ kind: 'proxy', protocol: 'https', host: 'a.example', port: 443 }]],
    ['SOCKS a.example', [{ kind: 'proxy', protocol: 'socks4', host: 'a.example', port: 1080 }]],
    ['PROXY [2001:db8::1]:3128', [{ kind: 'proxy', protocol: 'http', host: '2001:db8::1', port: 3128 }]],
    [' direct ;', [{ kind: 'direct' }]],
    ['PROXY user:secret@a:1', []],
    ['PROXY a:1:2', []],
    ['PROXY a:0', []],
    ['', []],
  ])('%j is read', (text, expected) => {
    expect(parsePacAnswer(text)).toEqual(expected);
  });

  it('has sixteen candidates at most', () => {
    expect(parsePacAnswer('PROXY a:1;'.repeat(100))).toHaveLength(16);
  });
});

describe('the address that a PAC file is asked with', () => {
  it.each([
    [{ scheme: 'https', host: 'a.example', port: 443, url: 'https://a.example/p?q=1' }, 'https://a.example/'],
    [{ scheme: 'https', host: 'a.example', port: 8443, url: 'https://a.example:8443/p' }, 'https://a.example:8443/'],
    [{ scheme: 'http', host: 'a.example', port: 80, url: 'http://u:p@a.example/p?q#f' }, 'http://a.example/p?q'],
    [{ scheme: 'tcp', host: '2001:db8::1', port: 1433, url: null }, 'https://[2001:db8::1]:1433/'],
  ] as const)('%j → %s', (target, expected) => {
    expect(pacUrlFor(target)).toBe(expected);
  });
});
