import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { parsePacAnswer } from '../../../src/proxy/pac/candidates.ts';
import { createPacEvaluator, type PacEvaluator, type PacOptions, pacUrlFor } from '../../../src/proxy/pac/evaluate.ts';
import { startPacThread } from '../../../src/proxy/pac/sandbox.ts';

// 2026-03-04T12:30:00Z is a Wednesday.
const clock: Clock = { now: () => 0, wall: () => Date.UTC(2026, 2, 4, 12, 30) };
const evaluators: PacEvaluator[] = [];

function evaluator(text: string, options: Partial<PacOptions> = {}): PacEvaluator {
  const created = createPacEvaluator(text, {
    deadlineMs: 10_000,
    dns: async () => [],
    myIps: ['10.1.2.3', '2001:db8::5'],
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
      readings: [],
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
    ["isPlainHostName('2001:db8::1')", false],
    ["dnsDomainIs('www.example.com', '.example.com')", true],
    ["dnsDomainIs('www.example.com', '.Example.com')", false],
    ["localHostOrDomainIs('www', 'www.example.com')", true],
    ["localHostOrDomainIs('www.example.org', 'www.example.com')", false],
    ["isResolvable('known.example')", true],
    ["isResolvable('unknown.example')", false],
    ["dnsResolve('known.example') === '192.0.2.7'", true],
    ["dnsResolve('unknown.example') === null", true],
    ["dnsResolveEx('known.example') === '192.0.2.7;2001:db8::7'", true],
    ["dnsResolveEx('unknown.example') === ''", true],
    ["isInNet('known.example', '192.0.2.0', '255.255.255.0')", true],
    ["isInNet('198.51.100.1', '192.0.2.0', '255.255.255.0')", false],
    ["isInNet('unknown.example', '0.0.0.0', '0.0.0.0')", false],
    ["isInNet('10.1.2.3', '10.1.2', '255.255.255.0')", false],
    ["isInNet('203.0.113.1', '192.0.2.0', '255,255,255,0')", false],
    ["isInNetEx('192.0.2.9', '192.0.2.0/24')", true],
    ["isInNetEx('2001:db8::9', '2001:db8::/32')", true],
    ["isInNetEx('2001:db9::9', '2001:db8::/32')", false],
    ["isInNetEx('::ffff:192.0.2.9', '::ffff:192.0.2.0/120')", true],
    ["isInNetEx('192.0.2.9', '2001:db8::/32')", false],
    ["isInNetEx('192.0.2.9', '0.0.0.0/0')", true],
    ["isInNetEx('192.0.2.9', '192.0.2.0/33')", false],
    ["isInNetEx('known.example', '192.0.2.0/24')", false],
    [
      "sortIpAddressList('10.2.0.1; 2001:db8::2;10.1.0.1;2001:db8::1') === '2001:db8::1;2001:db8::2;10.1.0.1;10.2.0.1'",
      true,
    ],
    ["sortIpAddressList('10.2.0.1;nothing') === false", true],
    ["myIpAddress() === '10.1.2.3'", true],
    ["myIpAddressEx() === '10.1.2.3;2001:db8::5'", true],
    ["dnsDomainLevels('a.b.c') === 2", true],
    ["shExpMatch('http://a/b.html', '*/b.h?ml')", true],
    ["shExpMatch('www.contoso.com', '(*.|)contoso.com')", true],
    ["shExpMatch('contoso.com', '(*.|)contoso.com')", true],
    ["shExpMatch('b.example', 'a.example|b.example')", true],
    ["shExpMatch('host7', 'host[0-9]')", true],
    ["shExpMatch('aab', 'a+b')", true],
    ["shExpMatch('axexample', 'a.example')", false],
    ["weekdayRange('WED', 'GMT')", true],
    ["weekdayRange('MON', 'FRI', 'GMT')", true],
    ["weekdayRange('SAT', 'GMT')", false],
    ["weekdayRange('wed', 'GMT')", false],
    ["weekdayRange('FRI', 'TUE', 'GMT')", false],
    ["weekdayRange('FRI', 'WED', 'GMT')", true],
    ["timeRange(12, 'GMT')", true],
    ["timeRange(9, 12, 'GMT')", true],
    ["timeRange(12, 17, 'GMT')", true],
    ["timeRange(9, 11, 'GMT')", false],
    ["timeRange(22, 13, 'GMT')", false],
    ["timeRange(22, 6, 'GMT')", false],
    ["timeRange(8, 0, 18, 0, 'GMT')", true],
    ["timeRange(8, 0, 12, 30, 'GMT')", true],
    ["timeRange(8, 0, 12, 29, 'GMT')", false],
    ["timeRange(22, 0, 13, 0, 'GMT')", true],
    ["timeRange(12, 30, 0, 12, 30, 0, 'GMT')", true],
    ["timeRange(12, 30, 1, 12, 30, 9, 'GMT')", false],
    ["dateRange(4, 'GMT')", true],
    ["dateRange('MAR', 'GMT')", true],
    ["dateRange(2026, 'GMT')", true],
    ["dateRange(1, 15, 'GMT')", true],
    ["dateRange('FEB', 'MAR', 'GMT')", true],
    ["dateRange('NOV', 'MAR', 'GMT')", true],
    ["dateRange('APR', 'OCT', 'GMT')", false],
    ["dateRange(2025, 2027, 'GMT')", true],
    ["dateRange(1, 'JAN', 31, 'MAR', 'GMT')", true],
    ["dateRange('FEB', 2026, 'APR', 2026, 'GMT')", true],
    ["dateRange(1, 'NOV', 2024, 1, 'DEC', 2025, 'GMT')", false],
    ['[1, [2]].flat()?.length === 2 && (0 ?? 1) === 0 && `a` === "a"', true],
  ])('understands %s', async (expression, expected) => {
    const dns = async (host: string): Promise<readonly string[]> =>
      host === 'known.example' ? ['192.0.2.7', '2001:db8::7'] : [];
    const pac = evaluator(answer(`return (${expression}) ? 'PROXY yes:1' : 'PROXY no:1'`), { dns });
    expect(await pac.evaluate('https://a.example/', 'a.example')).toMatchObject({
      answer: expected ? 'PROXY yes:1' : 'PROXY no:1',
      problem: null,
    });
  });

  it.each([
    ["shExpMatch(host, '(a|b).example')", 'shExpMatch(…, "(a|b).example")', 'true', ['winhttp'], 'false'],
    [
      "isInNet('10.1.2.3', '10.1.2', '255.255.255.0')",
      'isInNet(…, "10.1.2", "255.255.255.0")',
      'false',
      ['libproxy', 'older-browsers'],
      'true',
    ],
    [
      "isInNet('203.0.113.1', '192.0.2.0', '255,255,255,0')",
      'isInNet(…, "192.0.2.0", "255,255,255,0")',
      'false',
      ['libproxy', 'older-browsers'],
      'true',
    ],
    ["timeRange(9, 12, 'GMT')", 'timeRange(9, 12, "GMT")', 'true', ['pac-resolver'], 'false'],
    ["timeRange(22, 0, 13, 0, 'GMT')", 'timeRange(22, 0, 13, 0, "GMT")', 'true', ['libproxy'], 'false'],
    ["weekdayRange('SAT', 'WED', 'GMT')", 'weekdayRange("SAT", "WED", "GMT")', 'true', ['libproxy'], 'false'],
  ])('tells who takes %s otherwise', async (expression, call, value, readers, otherwise) => {
    const pac = evaluator(answer(`${expression}; return 'DIRECT'`));
    const { readings } = await pac.evaluate('https://a.example/', 'a.example');
    expect(readings).toEqual([{ call, value, readers, otherwise }]);
  });

  it('is read alike by all where it is plain', async () => {
    const pac = evaluator(
      answer(`shExpMatch(host, '*.example'); isInNet('192.0.2.1', '192.0.2.0', '255.255.255.0');
        weekdayRange('MON', 'FRI', 'GMT'); timeRange(9, 17, 'GMT'); dateRange('JAN', 'DEC', 'GMT'); return 'DIRECT'`),
    );
    expect((await pac.evaluate('https://a.example/', 'a.example')).readings).toEqual([]);
  });

  it('is asked by its function for Windows where it has no other, and both are compared', async () => {
    const alone = evaluator("function FindProxyForURLEx(url, host) { return 'PROXY a:1' }");
    expect(await alone.evaluate('https://a/', 'a')).toMatchObject({
      answer: 'PROXY a:1',
      readings: [{ call: 'FindProxyForURLEx', value: 'no function FindProxyForURL', readers: ['winhttp'] }],
    });
    const both = evaluator(`${answer("return 'DIRECT'")} function FindProxyForURLEx() { return 'PROXY a:1' }`);
    expect(await both.evaluate('https://a/', 'a')).toMatchObject({
      answer: 'DIRECT',
      readings: [{ value: 'DIRECT', otherwise: 'PROXY a:1' }],
    });
    const broken = evaluator(`${answer("return 'DIRECT'")} function FindProxyForURLEx() { nothing() }`);
    expect(await broken.evaluate('https://a/', 'a')).toMatchObject({ answer: 'DIRECT', problem: null });
  });

  it.each([
    [
      'a mistake of syntax',
      'var a = 1;\nfunction FindProxyForURL(url, host) {\n  return ;;)\n}',
      'invalid',
      /line 3, column \d+/,
    ],
    ['an error while it loads', 'var a = 1;\nnothing();', 'threw', /^ReferenceError: .*\(line 2, column \d+\)$/],
    [
      'an error while it answers',
      'function FindProxyForURL(url, host) {\n  return nothing(host);\n}',
      'threw',
      /\(in FindProxyForURL, line \d+\)$/,
    ],
    ['a broken pattern', answer("return shExpMatch(host, '(a') ? 'DIRECT' : 'DIRECT'"), 'threw', /line 1/],
  ] as const)('tells the line of %s', async (_, text, problem, detail) => {
    const evaluation = await evaluator(text).evaluate('https://a.example/', 'a.example');
    expect(evaluation.problem).toBe(problem);
    expect(evaluation.detail).toMatch(detail);
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

  it('that is slow every time is given up, however many targets there are', async () => {
    const pac = evaluator(answer("const end = Date.now() + 250; while (Date.now() < end); return 'DIRECT';"), {
      ...{ deadlineMs: 400, clock: systemClock },
    });
    const details: (string | null)[] = [];
    for (let index = 0; index < 12; index += 1) {
      details.push((await pac.evaluate('https://a.example/', 'a.example')).detail);
    }
    expect(details.slice(-5)).toEqual(Array.from({ length: 5 }, () => 'given up'));
  });

  it('is not given up for names that take long', async () => {
    const dns = async (): Promise<readonly string[]> => {
      await new Promise((resolve) => setTimeout(resolve, 350));
      return ['192.0.2.1'];
    };
    const pac = evaluator(answer("dnsResolve(host); return 'DIRECT';"), {
      ...{ deadlineMs: 2000, clock: systemClock, dns },
    });
    for (let index = 0; index < 20; index += 1) {
      expect((await pac.evaluate('https://a.example/', `h${index}.example`)).problem).toBeNull();
    }
  });

  it('is not waited for once the run has ended', async () => {
    const ending = new AbortController();
    const pac = evaluator(answer('for (;;) {}'), { signal: ending.signal });
    const asked = pac.evaluate('https://a.example/', 'a.example');
    setTimeout(() => ending.abort(), 50);
    expect((await asked).problem).toBe('timeout');
    expect((await pac.evaluate('https://a.example/', 'a.example')).detail).toBe('given up');
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

  it('that answers too late lets go of no thread whose end is awaited', async () => {
    const unref = vi.spyOn(Worker.prototype, 'unref');
    const slow = answer("const end = Date.now() + 200; while (Date.now() < end); return 'DIRECT';");
    const thread = await startPacThread(slow, [], async () => []);
    try {
      expect(await thread.run({ url: 'https://a.example/', host: 'a.example', now: 0 }, 1)).toBeNull();
      const { length } = unref.mock.calls;
      await once(unref.mock.contexts[0] as Worker, 'message');
      expect(unref.mock.calls).toHaveLength(length);
    } finally {
      unref.mockRestore();
      await thread.end();
    }
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
        return [];
      },
    });
    expect((await pac.evaluate('https://a/', 'a')).problem).toBeNull();
    expect(asked).toHaveLength(50);
  });

  it.each([
    [
      'rewrites what the functions rest on',
      "RegExp.prototype.test = function () { return true }; JSON.stringify = function () { return '{' }",
    ],
    [
      'tells lies about readings',
      'String.prototype.replace = function () { return 7 }; Object.prototype.toString = null',
    ],
  ])('that %s answers all the same', async (_, attack) => {
    const pac = evaluator(
      `${attack}; ${answer("shExpMatch(host, '(b|c)'); timeRange(9, 12, 'GMT'); return 'DIRECT'")}`,
    );
    const evaluation = await pac.evaluate('https://a/', 'a');
    for (const { call, readers } of evaluation.readings) {
      expect(call.length).toBeLessThanOrEqual(200);
      expect(readers.length).toBeGreaterThan(0);
    }
  });

  it('whose pattern never ends is ended', async () => {
    const pac = evaluator(answer("return shExpMatch('a'.repeat(40) + '!', '(a+)+b') ? 'DIRECT' : 'DIRECT'"), {
      deadlineMs: 300,
    });
    expect((await pac.evaluate('https://a/', 'a')).problem).toBe('timeout');
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
