import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../src/model/observations.ts';
import type { Report } from '../../src/model/report.ts';
import { routeText } from '../../src/report/assemble.ts';
import { renderCheckTable } from '../../src/report/check-table.ts';
import { compareReports } from '../../src/report/compare.ts';
import { renderDiffTable } from '../../src/report/diff-text.ts';
import { harmlessJson } from '../../src/report/json.ts';
import { serverName } from '../../src/report/plan-text.ts';
import { loadReporter, reporterNames } from '../../src/report/registry.ts';
import { displayWidth, longestPiece, wrap } from '../../src/report/wrap.ts';
import { languages } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';
import {
  allGood,
  attempt,
  diagnosis,
  dnsDead,
  finding,
  halfReachable,
  hostile,
  nasty,
  observation,
  observations,
  report,
  reports,
  rootCause,
  target,
  verdict,
} from './fixtures.ts';

const widths = [60, 80, 100, 120, 250];

describe('the table', () => {
  const render = renderCheckTable;
  const view = (width: number, more: object = {}) => ({
    lang: 'en' as const,
    width,
    colour: false,
    verbose: true,
    ...more,
  });

  for (const name of Object.keys(reports)) {
    it.each(widths)(`of ${name} keeps to %i columns wherever its words allow it`, (width) => {
      for (const line of render((reports[name] as () => Report)(), view(width)).split('\n')) {
        if (displayWidth(line) > width) expect(displayWidth(line)).toBeLessThanOrEqual(longestPiece(line) + 24);
      }
    });

    it.each(widths)(`of ${name} shows every host whole at %i columns`, (width) => {
      const made = (reports[name] as () => Report)();
      const lines = render(made, view(width)).split('\n');
      for (const { host } of made.targets)
        expect(
          lines.some((line) => line.includes(host)),
          host,
        ).toBe(true);
    });

    it(`of ${name} says the same with and without colour`, () => {
      const made = (reports[name] as () => Report)();
      const coloured = render(made, view(100, { colour: true }));
      expect(coloured).toContain('\u001b[');
      expect(stripVTControlCharacters(coloured)).toBe(render(made, view(100)));
    });
  }

  it('begins with the one line that says verdict, counts and time', () => {
    expect(render(allGood(), view(200)).split('\n')[0]).toBe(
      '✓ All 3 tested endpoints can be used, 1 not tested, 4.2 s, status message 11410 (informational)',
    );
    expect(render(dnsDead(), view(200)).split('\n')[0]).toMatch(
      /^✗ 3 of 3 .*: one cause, 4\.2 s, status message 11412/,
    );
  });

  it('never passes an untested run for a good one', () => {
    const one = target('a/b', 'host.example.com', { untested: { code: 'offline' } });
    const seen = observations([one]);
    const made = report(
      seen,
      diagnosis(11410, [{ id: 'a/b', verdict: 'untested', untested: { code: 'offline' }, findings: [] }]),
    );
    expect(render(made, view(100)).split('\n')[0]).toMatch(/^\? Nothing was tested\./);
  });
});

describe('every reporter', () => {
  it.each(reporterNames)('%s lets no control character of a hostile text through', async (name) => {
    const render = await loadReporter(name);
    // Some formats end their lines so.
    const text = render(hostile(), { lang: 'en', width: 100, colour: false, verbose: true }).replaceAll('\r\n', '\n');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\ufeff]/);
    expect(text.endsWith('\n')).toBe(true);
  });

  it.each(reporterNames)('%s gives the same text for the same report', async (name) => {
    const render = await loadReporter(name);
    const view = { lang: 'en', width: 100, colour: false, verbose: true } as const;
    expect(render(halfReachable(), view)).toBe(render(halfReachable(), view));
  });

  it('ndjson holds one whole record a line, whatever a name holds', async () => {
    const render = await loadReporter('ndjson');
    const made = hostile();
    const records = render(made, { lang: 'en', width: 100, colour: false, verbose: false }).trimEnd().split('\n');
    const types = records.map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(['run', 'target', 'rootCause', 'check', 'summary']);
  });

  it('json gives back what a hostile text was', () => {
    expect(JSON.parse(harmlessJson({ [nasty]: nasty }, 2))).toEqual({ [nasty]: nasty });
  });
});

describe('the assembled report', () => {
  const one = target('a/b', 'host.example.com');
  const failed = {
    status: 'failed',
    at: 1,
    ms: 2,
    failure: { code: 'tcp.refused', raw: { name: '', code: null, message: '' } },
    partial: null,
  } as const;
  const reset = { ...failed, failure: { ...failed.failure, code: 'tls.reset' } } as const;
  const skipped = (because: 'tcp' | 'tls') => ({ status: 'skipped', because }) as const;
  const atTcp: Attempt = attempt('198.51.100.1', { tcp: failed, tls: skipped('tcp'), http: skipped('tcp') });
  const atTls: Attempt = attempt('198.51.100.2', { tls: reset, http: skipped('tls') });
  const whole: Attempt = attempt('198.51.100.3');

  const decided: readonly (readonly [string, readonly Attempt[], string])[] = [
    ['the one that passed', [atTcp, whole, atTls], 'passed'],
    ['else the furthest that failed', [atTcp, atTls], 'tls.reset'],
    [
      'else the first of equals',
      [atTcp, { ...atTcp, tcp: { ...failed, failure: { ...failed.failure, code: 'tcp.timeout' } } }],
      'tcp.refused',
    ],
  ];
  it.each(decided)('shows the stages of the attempt that decided: %s', (_, attempts, expected) => {
    const seen = observations([one], { probes: [observation(one, { attempts })] });
    const { stages } = report(seen, diagnosis(11412, [verdict('a/b', 'unreachable')]))
      .targets[0] as Report['targets'][0];
    const last = Object.values(stages).find((stage) => stage.status === 'failed');
    expect(last === undefined ? 'passed' : last.status === 'failed' && last.failure).toBe(expected);
  });

  it('says why a stage was never reached: the name failed, or nothing was measured', () => {
    const dns = { ...failed, failure: { ...failed.failure, code: 'dns.not-found' } } as const;
    const noName = report(
      observations([one], { probes: [observation(one, { dns, attempts: [] })] }),
      diagnosis(11412, [verdict('a/b', 'unreachable')]),
    );
    expect(noName.targets[0]?.stages.tcp).toEqual({ status: 'skipped', because: 'dns' });
    const never = report(
      observations([one], { probes: [] }),
      diagnosis(11410, [{ id: 'a/b', verdict: 'untested', untested: { code: 'deadline' }, findings: [] }]),
    );
    expect(never.targets[0]).toMatchObject({ stages: { dns: { because: 'deadline' } }, durationMs: 0 });
    expect(never.targets[0]?.untested?.hint).not.toBe('');
  });

  it('counts redirects into the time of a target', () => {
    const hop = observation(one, {
      hop: 1,
      dns: { status: 'passed', at: 500, ms: 100, value: null as never },
      attempts: [],
    });
    const made = report(
      observations([one], { probes: [observation(one), hop] }),
      diagnosis(11410, [verdict('a/b', 'reachable')]),
    );
    expect(made.targets[0]?.durationMs).toBe(600);
  });

  it.each([
    [{ kind: 'direct', source: 'flag', why: '' }, 'direct'],
    [
      { kind: 'proxy', protocol: 'http', host: 'proxy.example', port: 8080, source: 'flag', why: '' },
      'proxy:proxy.example:8080',
    ],
    [
      { kind: 'proxy', protocol: 'http', host: '2001:db8::1', port: 80, source: 'flag', why: '' },
      'proxy:[2001:db8::1]:80',
    ],
  ] as const)('writes the route %j as %s', (route, text) => {
    expect(routeText(route)).toBe(text);
  });
});

describe('a difference', () => {
  const one = target('a/b', 'host.example.com');
  const with1 = (
    says: 'reachable' | 'degraded' | 'unreachable' | 'untested',
    roots: readonly ReturnType<typeof rootCause>[] = [],
  ) =>
    report(
      observations([one]),
      diagnosis(11410, [{ ...verdict('a/b', says, [finding('a/b', 'tcp.refused')]), untested: null }], {
        rootCauses: roots,
      }),
    );

  const verdicts = [
    ['reachable', 'unreachable', 'worse', true],
    ['reachable', 'degraded', 'worse', true],
    ['untested', 'unreachable', 'worse', true],
    ['unreachable', 'degraded', 'better', false],
    ['untested', 'reachable', 'better', false],
    ['reachable', 'untested', 'notCompared', false],
    ['unreachable', 'untested', 'notCompared', false],
  ] as const;
  it.each(verdicts)('from %s to %s is %s', (before, after, part, worse) => {
    const difference = compareReports(with1(before), with1(after));
    expect(difference.targets[part]).toMatchObject([{ id: 'a/b', host: 'host.example.com', port: 443, before, after }]);
    expect(difference.worse).toBe(worse);
    expect(difference.missing).toBe(part === 'notCompared');
  });

  it('of equal reports is none', () => {
    const difference = compareReports(with1('degraded'), with1('degraded'));
    expect([difference.targets, difference.rootCauses].flatMap(Object.values).flat()).toEqual([]);
    expect(difference.worse).toBe(false);
  });

  it.each([
    ['critical', true],
    ['warning', true],
    ['informational', false],
  ] as const)('with a new %s root cause: worse is %s', (severity, worse) => {
    const fresh = with1('reachable', [rootCause('tcp.refused', ['a/b'], { severity })]);
    const difference = compareReports(with1('reachable'), fresh);
    expect(difference.rootCauses.appeared).toHaveLength(1);
    expect(difference.worse).toBe(worse);
  });

  it('tells root causes of one id apart by what their targets share', () => {
    const by = (value: string) => rootCause('tls.inspection', ['a/b'], { shared: { attribute: 'issuer', value } });
    const difference = compareReports(with1('degraded', [by('CN=One')]), with1('degraded', [by('CN=Two')]));
    expect(difference.rootCauses.appeared).toHaveLength(1);
    expect(difference.rootCauses.vanished).toHaveLength(1);
  });

  it('to a narrower run knows a cause again, whatever those that are left share', () => {
    const two = [one, target('c/d', 'other.example.com')];
    const seen = (of: typeof two, shared: { readonly attribute: 'prefix' | 'host'; readonly value: string }) =>
      report(
        observations(of),
        diagnosis(
          11412,
          of.map(({ id }) => ({ ...verdict(id, 'unreachable', [finding(id, 'tcp.dropped')]), untested: null })),
          {
            rootCauses: [
              rootCause(
                'tcp.dropped',
                of.map(({ id }) => id),
                { shared },
              ),
            ],
          },
        ),
      );
    const wide = seen(two, { attribute: 'prefix', value: '192.0.2.0/24' });
    const narrow = seen([one], { attribute: 'host', value: 'host.example.com' });
    const { rootCauses, worse } = compareReports(wide, narrow);
    expect([worse, ...Object.values(rootCauses).flat()]).toEqual([false]);
    expect(compareReports(narrow, wide).rootCauses.appeared).toHaveLength(1);
  });

  const roots = [rootCause('tcp.refused', ['a/b'])];
  const nothing = () => report(observations([]), diagnosis(11410, []));
  it('to a narrower run compares neither the targets that it leaves out nor their causes', () => {
    const difference = compareReports(with1('unreachable', roots), nothing());
    expect(difference).toMatchObject({ worse: false, missing: true, compared: 0 });
    expect(difference.targets.notCompared).toMatchObject([{ id: 'a/b', before: 'unreachable', after: null }]);
    expect(difference.rootCauses.notCompared).toMatchObject([{ cause: 'tcp.refused', after: null }]);
    expect(difference.rootCauses.vanished).toEqual([]);
  });

  it('misses nothing of a target that was not tested before either', () => {
    expect(compareReports(with1('untested'), nothing())).toMatchObject({ missing: false, compared: 0 });
  });

  it('does not compare the same id at another host', () => {
    const moved = report(
      observations([target('a/b', 'other.example.com')]),
      diagnosis(11410, [{ ...verdict('a/b', 'reachable', []), untested: null }]),
    );
    const difference = compareReports(with1('reachable'), moved);
    expect(difference.targets.notCompared).toMatchObject([{ host: 'host.example.com' }]);
    expect(difference.targets.appeared).toMatchObject([{ host: 'other.example.com' }]);
  });

  it('does not compare a cause that only a check saw which is untested now', () => {
    const checked = (verdict: 'fail' | 'untested', rootCauses: readonly ReturnType<typeof rootCause>[]): Report => ({
      ...with1('reachable', rootCauses),
      checks: [{ id: 'clock', verdict, cause: verdict === 'fail' ? 'local.no-network' : null, detail: '' }],
    });
    const old = checked('fail', [rootCause('local.no-network', [])]);
    expect(compareReports(old, checked('untested', [])).rootCauses.notCompared).toHaveLength(1);
    expect(compareReports(old, { ...checked('untested', []), checks: [] }).missing).toBe(true);
  });
});

describe('the text of a difference', () => {
  const places = ['one.example.com', 'two.example.com', 'three.example.com'] as const;
  const run = (says: readonly ('reachable' | 'unreachable' | 'degraded')[], startedAt: string): Report => ({
    ...report(
      observations(says.map((_, index) => target(`f/${index}`, places[index] ?? ''))),
      diagnosis(
        11410,
        says.map((text, index) => ({ ...verdict(`f/${index}`, text, []), untested: null })),
      ),
    ),
    startedAt,
    machine: { name: 'probe\u001b[2J-01', account: 'x', addresses: [] },
  });
  const old = run(['reachable', 'unreachable', 'degraded'], '2026-01-02T03:04:05.000Z');
  const fresh = run(['unreachable', 'reachable'], '2026-02-03T04:05:06.000Z');
  const rerouted = {
    ...fresh,
    targets: fresh.targets.map((row) => ({ ...row, route: 'proxy:proxy.example.com:3128' })),
  };

  it.each([60, 80, 100])(
    'shows hosts, dates, machines and routes, and what is not compared, at %i columns',
    (width) => {
      const view = { lang: 'en' as const, width, colour: false, verbose: false };
      const text = renderDiffTable(compareReports(old, rerouted), 1, view);
      const flat = text.replace(/\s+/g, ' ');
      expect(flat).toContain('✗ Something got worse. 1 tested before and not any more');
      expect(flat).toContain('Before: 2026-01-02T03:04:05.000Z, machine probe\ufffd[2J-01, route direct');
      expect(flat).toContain(
        'After: 2026-02-03T04:05:06.000Z, machine probe\ufffd[2J-01, route proxy:proxy.example.com:3128',
      );
      expect(flat).toContain('Targets: 1 worse, 1 not compared, 1 better');
      expect(flat).toMatch(/one\.example\.com:443 worse reachable unreachable/);
      expect(flat).toContain(
        'Other route (direct → proxy:proxy.example.com:3128): one.example.com:443, two.example.com:443',
      );
      expect(flat).toContain('not compared (degraded before): three.example.com:443');
      expect(text).not.toContain('f/0');
      for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(width);
    },
  );

  it.each(languages)('in %s names changes in its own words', (lang) => {
    const view = { lang, width: 100, colour: false, verbose: false };
    const { diff } = wordsOf(lang);
    const text = renderDiffTable(compareReports(old, fresh), 1, view);
    for (const word of [diff.worse, diff.changes.worse, diff.changes.better, diff.changes.notCompared, diff.change])
      expect(text).toContain(word);
  });

  it('holds each of many like probes of a host and port once', () => {
    const many = (text: 'reachable' | 'unreachable'): Report => {
      const made = run([text], '2026-01-02T03:04:05.000Z');
      return { ...made, targets: ['a', 'b'].flatMap((id) => made.targets.map((row) => ({ ...row, id }))) };
    };
    const view = { lang: 'en' as const, width: 100, colour: false, verbose: false };
    const text = renderDiffTable(compareReports(many('reachable'), many('unreachable')), 1, view);
    expect(text.split('one.example.com:443')).toHaveLength(2);
    expect(text).toContain('Targets: 2 worse');
  });
});

describe('lines', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['a-very-long-host-name.example.com', 10, ['a-very-long-host-name.example.com']],
    ['x a-very-long-host-name.example.com y', 10, ['x', 'a-very-long-host-name.example.com', 'y']],
    ['', 10, ['']],
    ['日本語の文章です', 6, ['日本語', 'の文章', 'です']],
  ])('%j at %i columns', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});

describe('the server name of a probe', () => {
  it.each([
    ['host.example.com', 'https', 'host.example.com'],
    ['192.0.2.1', 'https', null],
    ['2001:db8::1', 'https', null],
    ['host.example.com', 'http', null],
  ] as const)('of %s by %s is %s', (host, scheme, name) => {
    expect(serverName(target('a/b', host, { scheme }))).toBe(name);
  });
});
