import { describe, expect, it } from 'vitest';
import { compare, type FollowUp, type Known, type Sightings, type WatchSettings } from '../../src/watch/compare.ts';
import { hour, lookOf, type Made, minute, type State, start } from './made.ts';

const daily: WatchSettings = { confirm: 2, everyMs: 24 * hour };

type Row = readonly [
  at: number,
  states: Readonly<Record<string, State>>,
  told: readonly string[],
  more?: Made & { readonly partial?: true },
];

/** What people are told, look by look, as `kind cause`; and what is left. */
function played(rows: readonly Row[], settings: WatchSettings = daily) {
  let known: readonly Known[] = [];
  /** Of each watch. */
  const sightings = new Map<string, Sightings>();
  const told: (readonly string[])[] = [];
  const followUps: (FollowUp | null)[] = [];
  for (const [at, states, , { partial, ...more } = {}] of rows) {
    const watch = more.what ?? '';
    const look = lookOf(at, states, more, partial !== true);
    const compared = compare(known, sightings.get(watch) ?? {}, look, settings);
    sightings.set(watch, compared.sightings);
    const changed = new Map(compared.incidents.map((one) => [one.incident.id, one]));
    const all = [...known.filter(({ incident }) => !changed.has(incident.id)), ...changed.values()];
    known = all.filter(({ incident }) => incident.state !== 'closed');
    told.push(compared.notices.map(({ kind, incident }) => `${kind} ${incident?.cause ?? ''}`));
    followUps.push(compared.followUp);
  }
  return { told, known, followUps };
}

function holds(rows: readonly Row[], settings?: WatchSettings): void {
  expect(played(rows, settings).told).toEqual(rows.map(([, , told]) => told));
}

const ok = { a: 'ok', b: 'ok' } as const;
const dropped = { a: 'tcp.dropped', b: 'ok' } as const;
const both = { a: 'tcp.dropped', b: 'tcp.dropped' } as const;
const opened = 'opened tcp.dropped';
const closed = 'closed tcp.dropped';
const unwatched = 'unwatched tcp.dropped';
const day = 24 * hour;
/** Two watches of one machine. */
const [A, B] = [{ what: 'x' }, { what: 'y' }] as const;

describe('what people are told', () => {
  const table: readonly (readonly [string, readonly Row[], Partial<WatchSettings>?])[] = [
    [
      'nothing while all is well',
      [
        [0, ok, []],
        [24 * hour, ok, []],
      ],
    ],
    [
      'of a failure when a second look has seen it, and of its end when a second one is clean',
      [
        [0, ok, []],
        [hour, dropped, []],
        [2 * hour, dropped, [opened]],
        [3 * hour, dropped, []],
        [4 * hour, ok, []],
        [5 * hour, ok, [closed]],
      ],
    ],
    [
      'nothing of what one look alone saw',
      [
        [0, dropped, []],
        [hour, ok, []],
        [2 * hour, ok, []],
      ],
    ],
    ['at once with --confirm 1', [[0, dropped, [opened]]], { confirm: 1 }],
    [
      'after three looks with --confirm 3',
      [
        [0, dropped, []],
        [1, dropped, []],
        [2, dropped, [opened]],
      ],
      { confirm: 3 },
    ],
    [
      'of more targets as worse, at most once an hour',
      [
        [0, dropped, []],
        [minute, dropped, [opened]],
        [2 * minute, both, ['worse tcp.dropped']],
        [3 * minute, { ...both, c: 'tcp.dropped' }, []],
        [63 * minute, { ...both, c: 'tcp.dropped' }, ['worse tcp.dropped']],
        [64 * minute, dropped, []],
        [3 * hour, both, []],
      ],
    ],
    [
      'of a higher severity as worse',
      [
        [0, dropped, [], { severity: 'warning' }],
        [minute, dropped, [opened], { severity: 'warning' }],
        [hour, dropped, ['worse tcp.dropped'], { severity: 'critical' }],
        [5 * hour, dropped, [], { severity: 'warning' }],
      ],
    ],
    [
      'of what is critical once a day, and of a warning never again',
      [
        [0, { a: 'tcp.dropped' }, [opened]],
        [12 * hour, { a: 'tcp.dropped' }, []],
        [24 * hour, { a: 'tcp.dropped' }, ['reminder tcp.dropped']],
        [36 * hour, { a: 'tcp.dropped' }, []],
        [48 * hour + 5000, { a: 'tcp.dropped' }, ['reminder tcp.dropped']],
        [96 * hour, { a: 'tcp.dropped' }, [], { severity: 'warning' }],
      ],
      { confirm: 1 },
    ],
    ['nothing of what is informational', [[0, dropped, [], { severity: 'informational' }]], { confirm: 1 }],
    [
      'nothing is closed by looks that did not test it, nor by looks that are missing',
      [
        [0, dropped, [opened]],
        [hour, { a: 'untested', b: 'ok' }, []],
        [2 * hour, { a: 'untested', b: 'ok' }, []],
        [200 * hour, { a: 'untested', b: 'ok' }, ['reminder tcp.dropped']],
        [201 * hour, ok, []],
        [202 * hour, { a: 'untested', b: 'ok' }, []],
        [203 * hour, ok, [closed]],
      ],
      { confirm: 1 },
    ],
    [
      'that another failure at the same place or further on is another incident',
      [
        [0, { a: 'tcp.dropped' }, [opened]],
        [hour, { a: 'tls.inspection' }, ['opened tls.inspection']],
        [2 * hour, { a: 'tls.inspection' }, [closed]],
      ],
      { confirm: 1 },
    ],
    [
      'nothing of an end that a failure before it hides',
      [
        [0, { a: 'tls.inspection' }, ['opened tls.inspection']],
        [hour, { a: 'dns.timeout' }, ['opened dns.timeout']],
        [2 * hour, { a: 'dns.timeout' }, []],
        [3 * hour, { a: 'tls.inspection' }, []],
        [4 * hour, { a: 'tls.inspection' }, ['closed dns.timeout']],
      ],
      { confirm: 1 },
    ],
    [
      'that a set which grows and then shares something else stays one incident',
      [
        [0, dropped, [opened], { shared: '192.0.2.1' }],
        [hour, both, ['worse tcp.dropped'], { shared: '192.0.2.0/24' }],
        [2 * hour, ok, []],
        [3 * hour, ok, [closed]],
      ],
      { confirm: 1 },
    ],
    [
      'once that it is unstable, then nothing until it holds',
      [
        [0, dropped, [opened]],
        [1 * hour, ok, []],
        [2 * hour, dropped, []],
        [3 * hour, ok, []],
        [4 * hour, dropped, []],
        [5 * hour, ok, ['unstable tcp.dropped']],
        [6 * hour, dropped, []],
        [7 * hour, ok, []],
        [8 * hour, ok, []],
        [9 * hour, ok, []],
        [10 * hour, ok, []],
        [11 * hour, ok, []],
        [12 * hour, ok, [closed]],
      ],
      { confirm: 1 },
    ],
    [
      'that what was unstable fails for good',
      [
        ...[0, 1, 2, 3, 4].map((at): Row => [at * hour, at % 2 === 0 ? dropped : ok, at === 0 ? [opened] : []]),
        [5 * hour, ok, ['unstable tcp.dropped']],
        ...[6, 7, 8, 9, 10].map((at): Row => [at * hour, dropped, []]),
        [11 * hour, dropped, ['worse tcp.dropped']],
        [12 * hour, dropped, []],
      ],
      { confirm: 1 },
    ],
    [
      'of a cause of the machine, which only a whole look can end',
      [
        [0, ok, ['opened local.clock-skew'], { local: 'local.clock-skew' }],
        [hour, ok, [], { partial: true }],
        [2 * hour, ok, [], { complete: false }],
        [3 * hour, ok, []],
        [4 * hour, ok, ['closed local.clock-skew']],
      ],
      { confirm: 1 },
    ],
    [
      'that nobody watches targets which nobody asks for any more',
      [
        [0, dropped, [opened]],
        [hour, { b: 'ok' }, [unwatched]],
        [2 * hour, { b: 'ok' }, []],
      ],
      { confirm: 1 },
    ],
    [
      'nothing is closed by the looks of another watch, which makes nothing unstable either',
      [
        [0, { a: 'tcp.dropped' }, [], A],
        [minute, { a: 'tcp.dropped' }, [opened], A],
        ...[1, 2, 3, 4, 5, 6, 7, 8].map(
          (at): Row => (at % 2 === 1 ? [at * hour, { z: 'ok' }, [], B] : [at * hour, { a: 'tcp.dropped' }, [], A]),
        ),
        [9 * hour, { a: 'ok' }, [], A],
        [10 * hour, { a: 'ok' }, [closed], A],
      ],
    ],
    [
      'of a failure in two watches once, and of its end when each has seen its part of it',
      [
        [0, { a: 'proxy.unreachable' }, ['opened proxy.unreachable'], { ...A, shared: 'p:8080' }],
        [hour, { z: 'proxy.unreachable' }, ['worse proxy.unreachable'], { ...B, shared: 'p:8080' }],
        [2 * hour, { a: 'ok' }, [], A],
        [3 * hour, { a: 'ok' }, [], A],
        [4 * hour, { z: 'ok' }, [], B],
        [5 * hour, { a: 'ok' }, [], A],
        [6 * hour, { z: 'ok' }, ['closed proxy.unreachable'], B],
      ],
      { confirm: 1 },
    ],
    [
      'nothing new where another selection looks at the same, and of its end by that alone',
      [
        [0, dropped, [opened], A],
        [hour, { a: 'tcp.dropped', z: 'ok' }, [], B],
        [2 * hour, { a: 'ok', z: 'ok' }, [], B],
        [3 * hour, { a: 'ok', z: 'ok' }, [closed], B],
      ],
      { confirm: 1 },
    ],
    [
      'that nobody watches it any more, when its watch did not look for a week while another one did',
      [
        [0, dropped, [opened], A],
        [20 * day, { z: 'ok' }, [], B],
        [24 * day, { z: 'ok' }, [], B],
        [27 * day, { z: 'ok' }, [unwatched], B],
        [28 * day, dropped, [opened], A],
      ],
      { confirm: 1 },
    ],
    [
      'nothing of that where its watch looks again in time',
      [
        [0, dropped, [opened], A],
        [20 * day, { z: 'ok' }, [], B],
        [21 * day, { a: 'untested', b: 'ok' }, ['reminder tcp.dropped'], A],
        [28 * day, { z: 'ok' }, [], B],
        [29 * day, { z: 'ok' }, [], B],
      ],
      { confirm: 1 },
    ],
    [
      'of the end of a cause of the machine by the watch that saw it',
      [
        [0, ok, ['opened local.root-missing'], { ...A, local: 'local.root-missing' }],
        [hour, { z: 'ok' }, [], B],
        [2 * hour, { z: 'ok' }, [], B],
        [3 * hour, ok, [], A],
        [4 * hour, ok, ['closed local.root-missing'], A],
      ],
      { confirm: 1 },
    ],
    [
      'nothing of an end of what a look could test in part alone',
      [
        [0, both, [opened]],
        [hour, { a: 'tcp.dropped', b: 'untested' }, [], { complete: false }],
        [2 * hour, { a: 'ok', b: 'untested' }, [], { complete: false }],
        [3 * hour, { a: 'ok', b: 'untested' }, [], { complete: false }],
        [4 * hour, ok, []],
        [5 * hour, ok, [closed]],
      ],
      { confirm: 1 },
    ],
    [
      'once each way when the clock is set back a year and forth again',
      [
        [0, dropped, [opened]],
        [-365 * 24 * hour, dropped, ['reminder tcp.dropped']],
        [-365 * 24 * hour + hour, dropped, []],
        [2 * hour, dropped, ['reminder tcp.dropped']],
        [3 * hour, dropped, []],
      ],
      { confirm: 1 },
    ],
  ];
  for (const [what, rows, settings] of table) it(what, () => holds(rows, { ...daily, ...settings }));
});

describe('what is looked at again', () => {
  it('is a new failure, after one and five minutes, with its targets alone', () => {
    const { followUps } = played(
      [
        [0, both, []],
        [minute, both, [], { partial: true }],
        [6 * minute, both, [], { partial: true }],
      ],
      { ...daily, confirm: 4 },
    );
    expect(followUps).toEqual([
      { at: start + minute, targets: ['f/a', 'f/b'] },
      { at: start + 6 * minute, targets: ['f/a', 'f/b'] },
      null,
    ]);
  });

  it('is what seems over, and nothing that is known for sure', () => {
    const { followUps } = played([
      [0, dropped, []],
      [minute, dropped, [], { partial: true }],
      [24 * hour, ok, []],
      [24 * hour + minute, { a: 'ok' }, [], { partial: true }],
      [48 * hour, ok, []],
    ]);
    expect(followUps.map((next) => (next === null ? null : next.at - start))).toEqual([
      minute,
      null,
      24 * hour + minute,
      null,
      null,
    ]);
  });
});

describe('an incident', () => {
  it('keeps its id, its first evidence and its times', () => {
    const { known } = played([
      [0, dropped, []],
      [minute, dropped, []],
      [hour, both, []],
    ]);
    expect(known).toHaveLength(1);
    expect(known[0]?.incident).toMatchObject({
      ...{ cause: 'tcp.dropped', state: 'open', firstSeenAt: '2026-11-01T00:00:00.000Z' },
      ...{ openedAt: '2026-11-01T00:01:00.000Z', lastSeenAt: '2026-11-01T01:00:00.000Z', closedAt: null },
      ...{ hosts: ['a.example:443', 'b.example:443'], evidenceThen: ['evidence of tcp.dropped'] },
    });
  });

  it('numbers its notices, so that each has one id however often it is delivered', () => {
    const compared = compare([], {}, lookOf(0, dropped), { ...daily, confirm: 1 });
    const [one] = compared.incidents;
    expect(compared.notices[0]?.id).toBe(`${one?.incident.id}-1`);
    expect(compare([], {}, lookOf(0, dropped), { ...daily, confirm: 1 })).toEqual(compared);
  });
});
