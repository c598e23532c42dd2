import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/model/incident.ts';
import type { Report } from '../../src/model/report.ts';
import { type Baseline, changeNotice, changesOf } from '../../src/watch/changes.ts';
import { recorded } from '../report/recorded.ts';
import { hour, reportOf, start } from './made.ts';

interface Seen {
  readonly issuer?: string;
  readonly root?: string;
  readonly notAfter?: string;
  readonly notBefore?: string;
  readonly addresses?: readonly string[];
}

/** A report whose host `a` was reached and showed that. */
function reached(seen: Seen, change: (report: Report) => Report = (report) => report): Report {
  const base = reportOf({ a: 'ok' });
  const skipped = { status: 'skipped', because: 'not-applicable' };
  const leaf = {
    ...{ issuer: seen.issuer ?? 'CN=CA 01, O=X', notBefore: seen.notBefore ?? '2026-01-01T00:00:00.000Z' },
    notAfter: seen.notAfter ?? '2027-10-01T00:00:00.000Z',
  };
  const addresses = (seen.addresses ?? ['192.0.2.1']).map((address) => ({ address, family: 4 }));
  const observations = {
    plan: { targets: [] },
    probes: [
      {
        ...{ target: 'f/a', hop: 0, host: 'a.example', port: 443 },
        dns: { status: 'passed', at: 0, ms: 1, value: { addresses, from: 'dns' } },
        attempts: [{ tls: { status: 'passed', at: 0, ms: 1, value: { chain: 'c' } }, tcp: skipped, http: skipped }],
      },
    ],
    chains: { c: { id: 'c', certificates: ['l'], anchors: [{ subject: seen.root ?? 'CN=Root' }], badSignature: null } },
    certificates: { l: leaf },
  };
  return change({ ...base, observations: observations as unknown as Report['observations'] });
}

/** What each look of a row changes, as `subject before → after`. */
function played(looks: readonly (readonly [at: number, report: Report])[]): readonly (readonly string[])[] {
  let baseline: Baseline | null = null;
  return looks.map(([at, report]) => {
    const found = changesOf(baseline, { report, now: start + at });
    // It goes through the store as JSON.
    baseline = JSON.parse(JSON.stringify(found.baseline)) as Baseline;
    return found.changes.map(({ subject, before, after }) => `${subject} ${before} → ${after}`);
  });
}

describe('without a failure, what is told', () => {
  it('is nothing of a first look, nor of one like it', () => {
    expect(
      played([
        [0, recorded.healthy()],
        [hour, recorded.healthy()],
      ]),
    ).toEqual([[], []]);
  });

  it('is another issuer, but not the next of its kind, nor one that is usual', () => {
    expect(
      played([
        [0, reached({})],
        [1, reached({ issuer: 'CN=CA 02, O=X' })],
        [2, reached({ issuer: 'CN=Proxy CA, O=Corp' })],
        [3, reached({ issuer: 'CN=CA 03, O=X' })],
        [4, reached({ issuer: 'CN=Proxy CA, O=Corp' })],
      ]),
    ).toEqual([[], [], ['issuer CN=CA 02, O=X → CN=Proxy CA, O=Corp'], [], []]);
  });

  it('is another root, once, with all that it signs', () => {
    expect(
      played([
        [0, reached({})],
        [1, reached({ root: 'CN=New Root', issuer: 'CN=Other, O=Y' })],
      ]),
    ).toEqual([[], ['root CN=Root → CN=New Root']]);
  });

  it('is the end of a certificate, 30, 7 and 1 days before, each once; of short ones later', () => {
    const day = 24 * hour;
    const notAfter = new Date(start + 40 * day).toISOString();
    const told = played([0, 11, 12, 34, 35, 39.5, 39.6].map((days) => [days * day, reached({ notAfter })]));
    expect(told.map((changes) => changes.map((text) => /\((\d+) d\)/.exec(text)?.[1]))).toEqual([
      ...[[], ['29'], [], ['6'], [], ['0'], []],
    ]);
    const short = { notAfter, notBefore: new Date(start).toISOString() };
    expect(
      played([
        [0, reached(short)],
        [15 * day, reached(short)],
        [34 * day, reached(short)],
      ]).map((one) => one.length),
    ).toEqual([0, 0, 1]);
  });

  it('is a name that left its usual networks, once they are known', () => {
    expect(
      played([
        [0, reached({})],
        [1, reached({ addresses: ['198.51.100.1'] })],
        [2, reached({ addresses: ['192.0.9.9', '198.51.100.1'] })],
        [3, reached({ addresses: ['203.0.113.5'] })],
        [4, reached({ addresses: ['192.0.2.1'] })],
      ]),
    ).toEqual([[], [], [], ['addresses 192.0.0.0/16, 198.51.0.0/16 → 203.0.0.0/16'], []]);
  });

  it.each<[string, Report]>([
    ['another watch looked at other places', reportOf({ z: 'ok' }, { what: 'fast' })],
    ['it failed', reportOf({ a: 'tcp.dropped' })],
  ])('is nothing of a place that is as it was, however often %s meanwhile', (_, meanwhile) => {
    const looks = [...Array(5).fill(reached({})), ...Array(35).fill(meanwhile), reached({})] as Report[];
    expect(played(looks.map((report, at) => [at, report] as const)).flat()).toEqual([]);
  });

  it('forgets what a place no longer shows, by the looks that saw the place', () => {
    const looks = [reached({}), ...Array(31).fill(reached({ root: 'CN=New Root' })), reached({})] as Report[];
    expect(played(looks.map((report, at) => [at, report] as const)).flat()).toEqual([
      ...['root CN=Root → CN=New Root', 'root CN=New Root → CN=Root'],
    ]);
  });

  it('is what documents ask for, unless something else was asked for', () => {
    const asked = (states: Parameters<typeof reportOf>[0], what: readonly string[] = []): Report => ({
      ...reportOf(states),
      options: { what },
    });
    expect(
      played([
        [0, asked({ a: 'ok' })],
        [1, asked({ a: 'ok', b: 'ok' })],
        [2, asked({ b: 'ok' })],
        [3, asked({ c: 'ok' }, ['x'])],
      ]),
    ).toEqual([[], ['catalog null → b.example:443 critical'], ['catalog a.example:443 critical → null'], []]);
  });

  it('is what another catalog asks for, once, though nobody could fetch it meanwhile', () => {
    const of = (after: string): Change => ({ subject: 'catalog', side: 'service', place: 'f', before: null, after });
    const [one, two] = [of('b.example:443 critical'), of('c.example:443 critical')];
    let baseline: Baseline | null = null;
    const told: (readonly (string | null)[])[] = [];
    for (const others of [[one], [one], undefined, [one, two], [two], [one, two]]) {
      const look = { report: reportOf({ a: 'ok' }), now: start };
      const compared = { changes: others ?? [], features: ['f'] };
      const found = changesOf(baseline, others === undefined ? look : { ...look, others: compared });
      baseline = found.baseline;
      told.push(found.changes.map(({ after }) => after));
    }
    expect(told).toEqual([[one.after], [], [], [two.after], [], [one.after]]);
  });

  it('stays told of what another catalog lists, where its document was older meanwhile', () => {
    const one: Change = {
      subject: 'catalog',
      side: 'service',
      place: 'f',
      before: null,
      after: 'b.example:443 critical',
    };
    let baseline: Baseline | null = null;
    const told: number[] = [];
    for (const others of [
      { changes: [one], features: ['f'] },
      { changes: [], features: [] },
      { changes: [one], features: ['f'] },
    ]) {
      const found = changesOf(baseline, { report: reportOf({ a: 'ok' }), now: start, others });
      baseline = found.baseline;
      told.push(found.changes.length);
    }
    expect(told).toEqual([1, 0, 0]);
  });

  it('is what documents ask for and the proxy of each watch, where two look in turn', () => {
    const by = (what: string, states: Parameters<typeof reportOf>[0], route = 'direct'): Report => {
      const made = reportOf(states, { what });
      return { ...made, targets: made.targets.map((target) => ({ ...target, route })) };
    };
    expect(
      played([
        [0, by('x', { a: 'ok' })],
        [1, by('y', { z: 'ok' }, 'proxy:p:8080')],
        [2, by('x', { a: 'ok' })],
        [3, by('y', { z: 'ok' }, 'proxy:p:8080')],
        [4, by('x', { a: 'ok', b: 'ok' })],
        [5, by('x', { a: 'ok', b: 'ok' }, 'proxy:q:8080')],
        [6, by('y', { z: 'ok' }, 'proxy:q:8080')],
      ]),
    ).toEqual([
      ...[[], [], [], [], ['catalog null → b.example:443 critical']],
      ...[['proxy direct → proxy:q:8080'], []],
    ]);
  });

  it('is the proxy or the resolver of this machine', () => {
    const report = reached({});
    const other = { ...report, environment: { ...report.environment, resolvers: ['192.0.2.99'] } };
    const proxied = { ...other, targets: other.targets.map((target) => ({ ...target, route: 'proxy:p:8080' })) };
    expect(
      played([
        [0, report],
        [1, other],
        [2, proxied],
      ]),
    ).toEqual([[], ['resolver 192.0.2.53 → 192.0.2.99'], ['proxy direct → proxy:p:8080']]);
  });

  it('is one notice a look', () => {
    const look = { machine: null, name: 'M1', now: start };
    expect(changeNotice([], look)).toBeNull();
    const change = { subject: 'proxy', side: 'machine', place: 'proxy', before: 'a', after: 'b' } as const;
    expect(changeNotice([change], look)).toMatchObject({ kind: 'changed', changes: [change] });
  });
});
