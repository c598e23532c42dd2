import { describe, expect, it } from 'vitest';
import { correlateFleet } from '../../src/fleet/correlate.ts';
import { type CauseId, causes } from '../../src/model/causes.ts';
import type { FleetCause, Look } from '../../src/model/fleet.ts';
import { type Failing, hostsOfAll, look, site } from './looks.ts';

/** An explanation in a line: cause, where, endpoints, machines. */
function line({ cause, scope, shared, endpoints, machines }: FleetCause): string {
  const where = shared === null ? scope : `${scope} ${shared.attribute}=${shared.value}`;
  const hosts = endpoints.map((endpoint) => endpoint.replace('.example:443', '')).join('');
  return `${cause} ${where} [${hosts}] ${machines.length}`;
}

const linesOf = (looks: readonly Look[]): readonly string[] => correlateFleet(looks).causes.map(line);
const fails = (cause: CauseId, hosts: string, more: Partial<Failing> = {}): { readonly fails: readonly Failing[] } => ({
  fails: [{ cause, hosts: [...hosts].map((letter) => `${letter}.example`), ...more }],
});
/** What goes on all the same. */
const inspected = { verdict: 'degraded', severity: 'warning' } as const;
const none = (name: string, count: number) => site(name, count);

/** A machine of a site, seen at an address, that a cause at one endpoint keeps from nothing else. */
const at = (name: string, place: string | null, egress: string): readonly Look[] => [
  look({
    ...{ name, ...fails('tcp.dropped', 'a') },
    traits: { ...(place === null ? {} : { 'label:site': place }), egress },
  }),
];

const tables: readonly (readonly [string, readonly Look[], readonly string[]])[] = [
  ['nothing where all is well', [...none('Aix', 3), ...none('Bonn', 3)], []],
  [
    'one machine where one alone fails, in a site of others',
    [
      ...none('Aix', 3),
      ...site('Bonn', 1, fails('dns.hosts-file', 'a')),
      look({ name: 'Bonn-9', traits: { 'label:site': 'Bonn' } }),
    ],
    ['dns.hosts-file machine [a] 1'],
  ],
  [
    'one machine where the site has no other',
    [...none('Aix', 3), ...site('Bonn', 1, fails('tcp.dropped', 'a'))],
    ['tcp.dropped machine [a] 1'],
  ],
  [
    'the site where all of it fail and nobody else',
    [...none('Aix', 3), ...site('Bonn', 3, fails('tcp.dropped', 'ab'))],
    ['tcp.dropped group label:site=Bonn [ab] 3'],
  ],
  [
    'the site where all of it fail, though everybody else has trouble there that keeps nobody from it',
    [
      ...site('Aix', 3, fails('tls.inspection', 'abc', inspected)),
      ...site('Bonn', 3, {
        fails: [...fails('tcp.dropped', 'a').fails, ...fails('tls.inspection', 'bc', inspected).fails],
      }),
    ],
    ['tcp.dropped group label:site=Bonn [a] 3', 'tls.inspection everybody [abc] 6'],
  ],
  [
    'everybody where nobody can use it, for one reason or the other',
    [...site('Aix', 3, fails('dns.no-resolver', 'abc')), ...site('Bonn', 3, fails('tcp.dropped', 'ab'))],
    ['dns.no-resolver group resolver=10.65.2.10 [abc] 3', 'tcp.dropped everybody [ab] 3'],
  ],
  [
    'the name server, which is nearer to a name than the site is',
    [...none('Aix', 3), ...site('Bonn', 3, fails('dns.not-found', 'a'))],
    ['dns.not-found group resolver=10.66.2.10 [a] 3'],
  ],
  [
    'one name server of two sites as one explanation',
    [
      ...none('Aix', 2),
      ...site('Bonn', 2, { ...fails('dns.refused', 'a'), traits: { resolver: '10.0.0.53' } }),
      ...site('Caen', 2, { ...fails('dns.refused', 'a'), traits: { resolver: '10.0.0.53' } }),
    ],
    ['dns.refused group resolver=10.0.0.53 [a] 4'],
  ],
  [
    'the proxy of those that go through it, and not those past it',
    [
      ...site('Aix', 2, { route: 'proxy-1:8080', ...fails('proxy.denied', 'ab') }),
      ...site('Bonn', 2, { route: 'proxy-1:8080', ...fails('proxy.denied', 'ab') }),
      ...site('Caen', 2, { route: 'proxy-2:8080' }),
      ...site('Dole', 2),
    ],
    ['proxy.denied group proxy=proxy-1:8080 [ab] 4'],
  ],
  [
    'the authority that inspects, where it does in two sites',
    [
      ...site('Aix', 2, { ...fails('tls.inspection', 'abc', { signature: 'issuer=X' }), traits: { issuer: 'X' } }),
      ...site('Bonn', 2, { ...fails('tls.inspection', 'abc', { signature: 'issuer=X' }), traits: { issuer: 'X' } }),
      ...site('Caen', 2),
    ],
    ['tls.inspection group issuer=X [abc] 4'],
  ],
  [
    'two authorities as two explanations',
    [
      ...site('Aix', 2, { ...fails('tls.inspection', 'a', { signature: 'issuer=X' }), traits: { issuer: 'X' } }),
      ...site('Bonn', 2, { ...fails('tls.inspection', 'a', { signature: 'issuer=Y' }), traits: { issuer: 'Y' } }),
    ],
    ['tls.inspection everybody [a] 2', 'tls.inspection everybody [a] 2'],
  ],
  [
    'everybody where all fail by what is on the way',
    [...site('Aix', 2, fails('tls.sni-filtered', 'a')), ...site('Bonn', 2, fails('tls.sni-filtered', 'a'))],
    ['tls.sni-filtered everybody [a] 4'],
  ],
  [
    'the service where it fails alike from two sites whose other ways are fine',
    [...site('Aix', 2, fails('tcp.refused', 'a')), ...site('Bonn', 2, fails('tcp.refused', 'a'))],
    ['tcp.refused service [a] 4'],
  ],
  [
    'the service although those behind a proxy see another cause',
    [
      ...site('Aix', 3, fails('tcp.dropped', 'a')),
      ...site('Bonn', 2, { route: 'proxy:8080', ...fails('proxy.upstream-unreachable', 'a') }),
    ],
    ['tcp.dropped service [a] 5'],
  ],
  [
    'no service where nothing else is reached',
    [...site('Aix', 2, fails('tcp.refused', 'abc')), ...site('Bonn', 2, fails('tcp.refused', 'abc'))],
    ['tcp.refused everybody [abc] 4'],
  ],
  [
    'no service where all go through one proxy',
    [
      ...site('Aix', 2, { route: 'proxy:8080', ...fails('http.service-error', 'a') }),
      ...site('Bonn', 2, { route: 'proxy:8080', ...fails('http.service-error', 'a') }),
    ],
    ['http.service-error everybody [a] 4'],
  ],
  [
    'no service where nobody said where the machines are',
    [
      look({ name: 'x', traits: { subnet: '10.1.1.0/24' }, ...fails('tcp.refused', 'a') }),
      look({ name: 'y', traits: { subnet: '10.2.1.0/24' }, ...fails('tcp.refused', 'a') }),
    ],
    ['tcp.refused everybody [a] 2'],
  ],
  [
    'no service in one site, whose machines a collector inside sees by addresses of their own',
    ['10.1.0.11', '10.1.0.12', '10.2.0.13'].flatMap((egress) => at(`Aix ${egress}`, 'Aix', egress)),
    ['tcp.dropped everybody [a] 3'],
  ],
  [
    'no service where no site is said and all that is seen are addresses inside',
    ['10.1.0.11', '192.168.7.1', '100.64.0.9', '127.0.0.1', '::1', 'fd00:1::5', 'unknown'].flatMap((egress) =>
      at(egress, null, egress),
    ),
    ['tcp.dropped everybody [a] 7'],
  ],
  [
    'no service in one network whose machines have public addresses of their own',
    ['20.1.2.11', '20.1.2.12', '2a00:1:2:3::11', '2a00:1:2:4::11'].flatMap((egress) => at(egress, null, egress)),
    ['tcp.dropped everybody [a] 4'],
  ],
  [
    'no service where several sites leave by one address',
    ['Aix', 'Bonn', 'Caen'].flatMap((name) => at(name, name, '20.1.2.3')),
    ['tcp.dropped everybody [a] 3'],
  ],
  [
    'no service where one site leaves by several addresses',
    ['20.1.2.3', '20.9.8.7'].flatMap((egress) => at(egress, 'Aix', egress)),
    ['tcp.dropped everybody [a] 2'],
  ],
  [
    'the service where sites differ, whatever address a balancer inside has',
    ['Aix', 'Bonn', 'Caen'].flatMap((name) => at(name, name, '10.9.9.9')),
    ['tcp.dropped service [a] 3'],
  ],
  [
    'the service where ways out differ and nobody says a site',
    ['20.1.2.3', '20.9.8.7'].flatMap((egress) => at(egress, null, egress)),
    ['tcp.dropped service [a] 2'],
  ],
  [
    'the service where one of several sites has a way out of its own',
    [...at('x', 'Aix', '20.1.2.3'), ...at('y', 'Bonn', '20.1.2.3'), ...at('z', 'Caen', '20.9.8.7')],
    ['tcp.dropped service [a] 3'],
  ],
  [
    'no service where one says its site and the other its way out',
    [...at('x', 'Aix', '10.1.0.11'), ...at('y', null, '20.1.2.3')],
    ['tcp.dropped everybody [a] 2'],
  ],
  [
    'no service where one place reaches it',
    [...site('Aix', 2, fails('tcp.refused', 'a')), ...site('Bonn', 2, fails('tcp.refused', 'a')), ...none('Caen', 2)],
    ['tcp.refused group label:site=Aix [a] 2', 'tcp.refused group label:site=Bonn [a] 2'],
  ],
  [
    'a site of its own beside a service that is down',
    [
      ...site('Aix', 2, fails('tls.expired', 'a')),
      ...site('Bonn', 2, {
        fails: [
          { cause: 'tls.expired', hosts: ['a.example'] },
          { cause: 'tcp.prohibited', hosts: ['b.example'] },
        ],
      }),
    ],
    ['tls.expired service [a] 4', 'tcp.prohibited group label:site=Bonn [b] 2'],
  ],
  [
    'a symptom on one machine of what its site suffers from',
    [
      ...none('Aix', 2),
      ...site('Bonn', 2, fails('tcp.egress-blocked', 'abc')),
      look({ name: 'Bonn-9', traits: { 'label:site': 'Bonn' }, hosts: ['a.example'], ...fails('tcp.dropped', 'a') }),
    ],
    ['tcp.egress-blocked group label:site=Bonn [abc] 3'],
  ],
  [
    'the site in spite of one machine in twelve that has a way of its own',
    [
      ...none('Aix', 2),
      ...site('Bonn', 11, fails('tcp.dropped', 'a')),
      look({ name: 'Bonn-99', traits: { 'label:site': 'Bonn' } }),
    ],
    ['tcp.dropped group subnet=10.66.1.0/24 [a] 11'],
  ],
  [
    'single machines that share nothing, in one line',
    [
      ...none('Aix', 4),
      look({ name: 'Aix-8', traits: { 'label:site': 'Aix' }, fails: [{ cause: 'local.clock-skew' }] }),
      look({ name: 'Bonn-8', traits: { 'label:site': 'Bonn' }, fails: [{ cause: 'local.clock-skew' }] }),
      ...none('Bonn', 4),
    ],
    ['local.clock-skew machines [] 2'],
  ],
  [
    'the version of the operating system for what is on the machine',
    [
      ...site('Aix', 1, { traits: { 'os-version': 'old' }, fails: [{ cause: 'local.root-missing' }] }),
      ...site('Bonn', 1, { traits: { 'os-version': 'old' }, fails: [{ cause: 'local.root-missing' }] }),
      ...site('Caen', 2, { traits: { 'os-version': 'new' } }),
    ],
    ['local.root-missing group os-version=old [] 2'],
  ],
  [
    'an account for nothing that a firewall does',
    [
      look({ name: 'x', traits: { account: 'svc' }, ...fails('tcp.dropped', 'a') }),
      look({ name: 'y', traits: { account: 'svc' }, ...fails('tcp.dropped', 'a') }),
      look({ name: 'z', traits: { account: 'me' } }),
    ],
    ['tcp.dropped machines [a] 2'],
  ],
];

describe('the answer about a fleet names', () => {
  it.each(tables)('%s', (_, looks, expected) => {
    expect(linesOf(looks)).toEqual(expected);
  });

  it.each(tables)('the same in another order: %s', (_, looks) => {
    expect(correlateFleet([...looks].reverse())).toEqual(correlateFleet(looks));
  });

  it.each(tables)('the same where every report comes twice: %s', (_, looks) => {
    const { reports, ...once } = correlateFleet(looks);
    const again = correlateFleet([...looks, ...looks]);
    expect({ ...again, reports }).toEqual({ ...once, reports });
    expect(again.reports.twice).toBe(looks.length);
  });

  it.each(tables)('every failure once or more, and nothing that does not fail: %s', (_, looks) => {
    const { causes: explanations } = correlateFleet(looks);
    for (const { name, causes: own } of looks) {
      for (const { endpoints } of own) {
        const explaining = explanations.filter(({ machines }) => machines.includes(name ?? ''));
        expect(explaining.length).toBeGreaterThan(0);
        for (const endpoint of endpoints)
          expect(
            explaining.some((one) => one.endpoints.includes(endpoint)),
            endpoint,
          ).toBe(true);
      }
    }
    const failing = new Set(looks.filter((one) => one.causes.length > 0).map(({ name }) => name));
    for (const { machines } of explanations) for (const name of machines) expect(failing.has(name)).toBe(true);
  });
});

describe('how sure it is', () => {
  const only = (looks: readonly Look[]): FleetCause => correlateFleet(looks).causes[0] as FleetCause;

  it('is as sure as the surest machine, where others show that it is only there', () => {
    const looks = [...none('Aix', 2), ...site('Bonn', 2, fails('tcp.dropped', 'a'))];
    expect(only(looks)).toMatchObject({ confidence: 'high', alternatives: [], owner: 'firewall' });
    expect(only(looks).facts.map(({ code }) => code)).toEqual(['counted', 'only-there']);
  });

  it('is less sure of a site where nobody outside tested it', () => {
    const away = site('Aix', 2, { hosts: ['b.example'] });
    const broken = site('Aix', 1, { hosts: ['a.example'], ...fails('tcp.prohibited', 'a') });
    const looks = [...away, ...broken, ...site('Bonn', 2, fails('tcp.dropped', 'a'))];
    const cause = correlateFleet(looks).causes.find(({ cause: id }) => id === 'tcp.dropped');
    expect(cause).toMatchObject({ scope: 'everybody' });
  });

  it('names what else the same machines share', () => {
    const looks = [
      ...none('Aix', 2),
      ...site('Bonn', 2, { ...fails('tcp.dropped', 'a'), traits: { egress: '192.0.2.1' } }),
    ];
    expect(only(looks).alike).toEqual([
      { attribute: 'egress', value: '192.0.2.1' },
      { attribute: 'subnet', value: '10.66.1.0/24' },
    ]);
  });

  it('is sure of a service that spoke itself, and not of silence, which one rule everywhere would give as well', () => {
    const both = (cause: CauseId) => [...site('Aix', 2, fails(cause, 'a')), ...site('Bonn', 2, fails(cause, 'a'))];
    expect(only(both('http.service-error'))).toMatchObject({ scope: 'service', owner: 'service', confidence: 'high' });
    const silent = only(both('tcp.dropped'));
    expect(silent).toMatchObject({ scope: 'service', owner: 'service', confidence: 'medium' });
    expect(silent.facts.map(({ code }) => code)).toEqual(['counted', 'places', 'others-fine', 'one-policy']);
  });

  it.each([
    [
      'so many places as have neither site nor way out in common',
      ['Aix 20.1.2.3', 'Bonn 20.1.2.3', 'Caen 20.9.8.7'],
      { count: 2 },
    ],
    ['that one place can’t tell', ['Aix 10.1.0.1', 'Aix 10.1.0.2'], 'one-place'],
    ['that one way out can’t tell', ['Aix 20.1.2.3', 'Bonn 20.1.2.3'], 'one-place'],
    ['that nobody said where they are', [' 10.1.0.1', ' 10.1.0.2'], 'places-unknown'],
    ['that one of them did not say where it is', ['Aix 10.1.0.1', ' 10.1.0.2'], 'places-unknown'],
  ])('says %s', (_, machines, said) => {
    const looks = machines.flatMap((text) => {
      const [place = '', egress = ''] = text.split(' ');
      return at(text, place === '' ? null : place, egress);
    });
    const { facts } = only(looks);
    if (typeof said === 'string') expect(facts.map(({ code }) => code)).toEqual(['counted', said]);
    else expect(facts).toContainEqual({ code: 'places', args: said });
  });

  it('doubts that a service is at fault that others find well', () => {
    const looks = [...none('Aix', 2), ...site('Bonn', 2, fails('tls.expired', 'a'))];
    expect(only(looks)).toMatchObject({ scope: 'group', confidence: 'medium' });
    expect(only(looks).facts.map(({ code }) => code)).toContain('fine-elsewhere');
  });

  it('has no alternatives where it is sure', () => {
    const looks = site('Aix', 2, fails('tcp.dropped', 'a', { confidence: 'medium', alternatives: ['tcp.refused'] }));
    expect(only(looks)).toMatchObject({ confidence: 'medium', alternatives: ['tcp.refused'] });
  });
});

describe('since when', () => {
  const at = (day: number): string => `2026-11-0${day}T08:00:00.000Z`;
  const days = (pattern: string): readonly Look[] =>
    [...pattern].map((state, index) =>
      look({
        name: 'x',
        at: at(index + 1),
        ...(state === 'x' ? fails('tcp.dropped', 'a') : state === 'o' ? fails('tcp.refused', 'a') : {}),
        ...(state === '?' ? { hosts: ['b.example'] } : {}),
      }),
    );

  it.each([
    ['.xxx', 2, 1],
    ['xxx', 1, null],
    ['x.xx', 3, 2],
    ['xx?x', 1, null],
    ['.?xx', 3, 1],
    ['ox', 2, null],
  ])('%s fails since day %i', (pattern, since, fine) => {
    const [cause] = correlateFleet(days(pattern)).causes;
    expect(cause).toMatchObject({ since: at(since), fineUntil: fine === null ? null : at(fine) });
    expect(correlateFleet(days(pattern)).endpoints[0]).toMatchObject({ host: 'a.example', since: at(since) });
  });

  it('forgets what the last report no longer finds', () => {
    expect(correlateFleet(days('xx.')).causes).toEqual([]);
    expect(correlateFleet(days('xx.')).machines).toEqual({ all: 1, fine: 1, incomplete: 0 });
  });
});

describe('looks from before it began', () => {
  const day = (time: string): string => `2026-11-30T${time}:00.000Z`;
  /** Machines of a site, each at its time: fails (x) or is fine (.). */
  const looked = (name: string, states: string, cause: CauseId = 'tcp.dropped'): readonly Look[] =>
    states.split(' ').map((text, index) =>
      look({
        name: `${name}-${index + 1}`,
        traits: { 'label:site': name },
        at: day(text.slice(1)),
        ...(text.startsWith('x') ? fails(cause, 'a') : {}),
      }),
    );

  it('deny no outage, whether of a machine that has gone for good or of one that looks daily', () => {
    const looks = [...looked('Aix', 'x10:00 x10:05'), ...looked('Bonn', 'x11:00 x11:05'), ...looked('Caen', '.08:00')];
    expect(linesOf(looks)).toEqual(['tcp.dropped service [a] 4']);
    expect(correlateFleet(looks).causes[0]?.facts).toContainEqual({ code: 'not-since', args: { machines: 1 } });
  });

  it('deny an outage where it began within the same quarter of an hour, and from then on', () => {
    for (const fine of ['.09:50', '.10:30']) {
      const looks = [...looked('Aix', 'x10:00 x10:05'), ...looked('Bonn', 'x11:00 x11:05'), ...looked('Caen', fine)];
      expect(linesOf(looks)).not.toContain('tcp.dropped service [a] 4');
    }
  });

  it('leave those out of an outage that failed while others were fine', () => {
    const looks = [
      ...looked('Aix', 'x01:00 x01:05'),
      ...looked('Bonn', 'x11:00 x11:05'),
      ...looked('Caen', 'x11:00'),
      ...looked('Dole', '.08:00 .09:00 .09:30'),
    ];
    expect(linesOf(looks)).toEqual(['tcp.dropped service [a] 3', 'tcp.dropped group label:site=Aix [a] 2']);
  });

  it('keep no site together, unless more of it have not looked since than fail', () => {
    const others = looked('Aix', '.12:00 .12:00');
    expect(linesOf([...others, ...looked('Bonn', 'x10:00 x10:05 .08:00')])).toEqual([
      'tcp.dropped group label:site=Bonn [a] 2',
    ]);
    expect(linesOf([...others, ...looked('Bonn', 'x10:00 x10:05 .08:00 .08:00 .08:00')])).toEqual([
      'tcp.dropped machines [a] 2',
    ]);
  });

  it('make a service that few have tried since less sure', () => {
    const looks = [
      ...looked('Aix', 'x10:00', 'http.service-error'),
      ...looked('Bonn', 'x11:00', 'http.service-error'),
      ...looked('Caen', '.08:00 .08:00 .08:00'),
    ];
    expect(correlateFleet(looks).causes[0]).toMatchObject({ scope: 'service', confidence: 'medium' });
    expect(correlateFleet(looks.slice(0, 4)).causes[0]).toMatchObject({ scope: 'service', confidence: 'high' });
  });
});

describe('whom to ask', () => {
  it('names each owner once, whoever has most to mend first', () => {
    const looks = [
      ...none('Aix', 2),
      ...site('Bonn', 3, {
        fails: [
          { cause: 'tcp.dropped', hosts: ['a.example'] },
          { cause: 'tls.sni-filtered', hosts: ['b.example'] },
        ],
      }),
      ...site('Caen', 2, fails('dns.refused', 'c')),
    ];
    expect(correlateFleet(looks).requests).toEqual([
      { owner: 'firewall', explanations: [1, 2] },
      { owner: 'dns', explanations: [3] },
    ]);
  });

  it('counts each endpoint, the failing ones first', () => {
    const looks = [...none('Aix', 1), ...site('Bonn', 2, fails('tcp.dropped', 'b'))];
    expect(
      correlateFleet(looks).endpoints.map(({ host, scope, machines }) => [host, scope, machines.unreachable]),
    ).toEqual([
      ['b.example', 'group', 2],
      ['a.example', null, 0],
      ['c.example', null, 0],
    ]);
  });
});

describe('looks that share a list of endpoints', () => {
  const lists = new Map<string, Look['endpoints']>();
  const shared = (looks: readonly Look[]): readonly Look[] =>
    looks.map((one) => {
      const text = JSON.stringify(one.endpoints);
      const list = lists.get(text) ?? one.endpoints;
      lists.set(text, list);
      return { ...one, endpoints: list };
    });

  it.each(tables)('say the same as looks with lists of their own: %s', (_, looks) => {
    expect(correlateFleet(shared(looks))).toEqual(correlateFleet(looks));
  });

  it('count for as many machines as there are', () => {
    const looks = shared([...none('Aix', 40), ...site('Bonn', 20, fails('tcp.dropped', 'ab'))]);
    expect(new Set(looks.map(({ endpoints }) => endpoints)).size).toBe(2);
    const { causes: found, endpoints } = correlateFleet(looks);
    expect(found[0]?.facts).toContainEqual({ code: 'counted', args: { failing: 20, fine: 40 } });
    expect(endpoints.map(({ machines }) => [machines.reachable, machines.unreachable])).toEqual([
      [40, 20],
      [40, 20],
      [60, 0],
    ]);
  });

  it('are told apart by what each machine finds wrong', () => {
    const failing = site('Bonn', 4, fails('tcp.dropped', 'a'));
    const looks = shared(failing.map((one, index) => (index < 3 ? one : { ...one, causes: [] })));
    expect(new Set(looks.map(({ endpoints }) => endpoints)).size).toBe(1);
    expect(correlateFleet(looks).causes[0]?.facts).toContainEqual({ code: 'counted', args: { failing: 3, fine: 1 } });
  });
});

describe('endpoints that fail alike', () => {
  it('are explained apart where others are fine at one of them only', () => {
    const tested = site('Bonn', 2, fails('tcp.dropped', 'ab'));
    // At a, a machine of the site finds nothing wrong; b it did not test.
    const fine = look({ name: 'Bonn-9', traits: { 'label:site': 'Bonn' }, hosts: ['a.example', 'c.example'] });
    expect(linesOf([...none('Aix', 3), ...tested, fine])).toEqual(['tcp.dropped group subnet=10.66.1.0/24 [ab] 2']);
    const lines = linesOf([
      ...none('Aix', 3),
      ...tested.map((one) => ({ ...one, traits: one.traits.slice(0, 1) })),
      fine,
    ]);
    expect(lines).toEqual(['tcp.dropped machines [a] 2', 'tcp.dropped group label:site=Bonn [b] 2']);
  });
});

describe('a large fleet', () => {
  /** Machines × hosts × traits, and nothing that grows faster: ten times as many machines take about ten times the steps. */
  it('of 20,000 machines is explained by the sites that fail', () => {
    const looks = Array.from({ length: 20_000 }, (_, index) => {
      const place = index % 100;
      return look({
        name: `m${String(index).padStart(6, '0')}`,
        traits: { 'label:site': `site-${place}`, subnet: `10.${place}.${index % 7}.0/24`, account: `user-${index}` },
        ...(place < 3 ? fails('tcp.dropped', 'ab') : index % 997 === 0 ? fails('dns.hosts-file', 'c') : {}),
      });
    });
    const found = correlateFleet(looks).causes;
    expect(found.map(({ cause, scope, shared }) => `${cause} ${scope} ${shared?.value ?? ''}`.trim())).toEqual([
      'tcp.dropped group site-0',
      'tcp.dropped group site-1',
      'tcp.dropped group site-2',
      'dns.hosts-file machines',
    ]);
  });
});

describe('causes', () => {
  it('explain one another without circles, so that roots can come first', () => {
    const walk = (id: CauseId, way: readonly CauseId[]): void => {
      expect(way).not.toContain(id);
      for (const root of causes[id].after) walk(root, [...way, id]);
    };
    for (const id of Object.keys(causes) as CauseId[]) walk(id, []);
  });

  it('of every kind come out of a fleet as themselves', () => {
    for (const cause of Object.keys(causes) as CauseId[]) {
      const looks = [...none('Aix', 2), ...site('Bonn', 2, fails(cause, 'a'))];
      const found = correlateFleet(looks).causes;
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ cause, scope: 'group', machines: ['Bonn-1', 'Bonn-2'] });
    }
    expect(hostsOfAll).toHaveLength(3);
  });
});

it('asks whoever runs a machine, and no firewall, for what goes no further than the machine', () => {
  const own = { cause: 'tcp.refused', hosts: ['127.0.0.1'], owner: 'machine' } as const;
  const far = { cause: 'tcp.refused', hosts: ['a.example'] } as const;
  const hosts = ['127.0.0.1', 'a.example'];
  const looks = [...site('Aix', 2, { fails: [own, far], hosts }), ...site('Bonn', 2, { fails: [own], hosts })];
  const { causes: found, requests } = correlateFleet(looks);
  expect(found.map(({ owner, scope, endpoints }) => [owner, scope, endpoints])).toEqual([
    ['machine', 'everybody', ['127.0.0.1:443']],
    ['firewall', 'group', ['a.example:443']],
  ]);
  expect(requests).toEqual([
    { owner: 'machine', explanations: [1] },
    { owner: 'firewall', explanations: [2] },
  ]);
});
