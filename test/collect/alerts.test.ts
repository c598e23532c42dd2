import { describe, expect, it } from 'vitest';
import { alertsOf, arrived, postedOf, type Told, turned } from '../../src/collect/alerts.ts';
import { alertsUrl } from '../../src/notify/alertmanager.ts';
import { assembleFleet } from '../../src/report/fleet-report.ts';
import { createKey } from '../../src/signed/keys.ts';
import { wordsOf } from '../../src/words/load.ts';
import { loadFleetWords } from '../../src/words/load-fleet.ts';
import { badReport, goodReport, message, named, openWorld, post } from './world.ts';

const now = Date.parse('2026-11-30T08:00:00Z');
const minute = 60_000;
const hour = 60 * minute;
const iso = (at: number): string => new Date(at).toISOString();
const alert = (cause: string, startsAt = iso(now)) => ({
  labels: { alertname: 'wayclear', cause },
  annotations: { summary: cause },
  startsAt,
});
const told = (...causes: string[]): Told =>
  turned(
    {},
    causes.map((cause) => alert(cause)),
    now,
  );

describe('what an Alertmanager is told', () => {
  it('goes on for an hour more each time, and keeps the time at which it began', () => {
    const again = turned(told('a'), [alert('a', iso(now + 5 * minute))], now + 10 * minute);
    expect(postedOf(again, now + 10 * minute)).toEqual([
      { ...alert('a'), startsAt: iso(now), endsAt: iso(now + 70 * minute) },
    ]);
  });

  it('is over when nothing says it any more, until it arrived', () => {
    const over = turned(told('a', 'b'), [alert('b')], now + minute);
    expect(postedOf(over, now + minute).map(({ labels, endsAt }) => [labels['cause'], endsAt])).toEqual([
      ['b', iso(now + minute + hour)],
      ['a', iso(now + minute)],
    ]);
    // The same end, however often it has to be said.
    expect(postedOf(turned(over, [alert('b')], now + hour), now + hour).at(-1)?.endsAt).toBe(iso(now + minute));
    expect(Object.keys(arrived(over))).toHaveLength(1);
    expect(turned(over, [], now + 8 * 24 * hour)).not.toHaveProperty(JSON.stringify(Object.entries(alert('a').labels)));
  });

  it('begins anew where it was over', () => {
    const over = turned(told('a'), [], now + minute);
    const back = turned(over, [alert('a', iso(now + 2 * minute))], now + 2 * minute);
    expect(postedOf(back, now + 2 * minute)).toMatchObject([{ startsAt: iso(now + 2 * minute) }]);
  });

  it('is posted below the address that people know', () => {
    for (const [known, posted] of [
      ['http://127.0.0.1:9093', 'http://127.0.0.1:9093/api/v2/alerts'],
      ['https://am.example/prefix/', 'https://am.example/prefix/api/v2/alerts'],
    ] as const) {
      expect(alertsUrl(new URL(known)).href).toBe(posted);
    }
  });
});

describe('alerts of a fleet', () => {
  it('are one for each cause and what its machines share, bounded in every text', async () => {
    const world = await openWorld();
    const site = 'x'.repeat(190);
    for (const [name, report] of [
      ...Array.from({ length: 30 }, (_, index) => [`bonn-${index}`, badReport()] as const),
      ['aix-1', goodReport()] as const,
    ]) {
      const labels = { site: name.startsWith('bonn') ? site : 'aix' };
      await post(world.url, message(named(report, `${name}${'y'.repeat(80)}`, { labels }), createKey(), 1));
    }
    const language = { words: wordsOf('en'), fleet: await loadFleetWords('en') };
    const alerts = alertsOf(assembleFleet((await world.collector.fleet()).diagnosis, language, '0'), language);
    expect(alerts).toHaveLength(1);
    const [{ labels, annotations }] = alerts as [(typeof alerts)[number]];
    expect(labels).toEqual({
      ...{ alertname: 'wayclear', cause: 'dns.no-resolver', severity: 'critical', owner: 'dns' },
      shared: `label:site=${site}`.slice(0, 199) + (site.length + 11 > 200 ? '…' : ''),
    });
    expect(annotations).toMatchObject({ count: '30' });
    expect(annotations['machines']).toMatch(/^bonn-0.* and 10 more$/s);
    for (const text of Object.values(annotations)) expect(text.length).toBeLessThanOrEqual(2500);
    await world.close();
  });
});
