import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileLab } from './compile.ts';
import { routerRules } from './firewall.ts';
import { calibrationTable, causeTable, confusionMatrix, judge, type LabReport } from './judge.ts';
import { loadScenarios } from './load.ts';
import { sampleOf } from './origins.ts';
import { labRequirements, whyNot } from './requirements.ts';
import type { Fault, Scenario, WorldOptions } from './scenario.ts';
import { runLab } from './sealed.ts';
import { catalogNames, createWorld, hostAt, prefixesOf } from './world.ts';

const A = 'login.microsoftonline.com';
const B = 'go.microsoft.com';
const catalog = [
  { feature: 'sign-in', endpoints: [{ id: 'a', pattern: A, ports: [443] }] },
  { feature: 'links', endpoints: [{ id: 'b', pattern: B, ports: [443, 80] }] },
];

/** curl on the client; fails at a connection after 2 s, at anything else after 10 s. */
const curl = (...args: string[]): string[] => [
  'curl',
  '-sS',
  '--connect-timeout',
  '2',
  '-m',
  '10',
  '-o',
  '/dev/null',
  '-w',
  '%{http_code}',
  ...args,
];
const get = (url: string, ...args: string[]): string[] => curl('--cacert', '@ROOTS@', ...args, url);
/** What the resolver says, as `rcode address…` (c-ares spells the codes). */
const ask = (name: string, family: 4 | 6 = 4, server?: string): string[] => [
  process.execPath,
  '-e',
  `const r=new(require('dns').promises.Resolver)({timeout:700,tries:1});${server === undefined ? '' : `r.setServers(['${server}']);`}r.resolve${family}('${name}').then(a=>process.stdout.write(a.join(' ')),e=>process.stdout.write(e.code))`,
];
const helloOf = (protocols: number): string[] => [
  process.execPath,
  '-e',
  `const s=require('tls').connect({host:'${A}',port:443,servername:'${A}',rejectUnauthorized:false,ALPNProtocols:Array.from({length:${protocols}},(_,i)=>'a-long-protocol-name-for-padding-'+i)},()=>{process.stdout.write('through');s.destroy()});s.setTimeout(2000,()=>{process.stdout.write('stalled');s.destroy()})`,
];
const connectTo = (address: string): string[] => [
  process.execPath,
  '-e',
  `const s=require('net').connect(443,'${address}',()=>{process.stdout.write('accepted');s.destroy()});s.on('error',e=>process.stdout.write(e.code));s.setTimeout(2000,()=>{process.stdout.write('silence');s.destroy()})`,
];

type Expected = { readonly status?: number; readonly stdout?: string | RegExp };
interface Row {
  readonly title: string;
  readonly faults: readonly Fault[];
  readonly world?: WorldOptions;
  readonly commands: readonly (readonly [readonly string[], Expected])[];
}

const passes: Expected = { status: 0, stdout: '200' };
const to = { names: [A], ports: [443] };
const [TIMEOUT, REFUSED, TLS_FAILED, UNTRUSTED, RECEIVE_FAILED] = [28, 7, 35, 60, 56];
const proxy = ['-x', 'http://proxy.corp.example:3128'];

const rows: readonly Row[] = [
  {
    title: 'without faults every name answers over both families, and nothing leads out',
    faults: [],
    commands: [
      [get(`https://${A}/`, '-4'), passes],
      [get(`https://${A}/`, '-6'), passes],
      [get(`http://${B}/`), passes],
      [ask('nothing.microsoft.com'), { stdout: 'ENOTFOUND' }],
      [get('https://192.0.2.1/'), { status: TIMEOUT }],
      // The machine store holds the public root, as machines do.
      [curl(`https://${A}/`), passes],
    ],
  },
  {
    title: 'a machine without the public root does not trust the origins',
    faults: [{ kind: 'machine-store', remove: ['public'], add: ['company'] }],
    commands: [
      [curl(`https://${A}/`), { status: UNTRUSTED }],
      [['grep', '-c', 'BEGIN', '@COMPANY@'], { stdout: '1\n' }],
    ],
  },
  {
    title: 'a dropped destination is silent, its neighbour answers',
    faults: [{ kind: 'packets', action: 'drop', to }],
    commands: [
      [get(`https://${A}/`), { status: TIMEOUT }],
      [get(`https://${B}/`), passes],
      [get(`http://${A}/`), passes],
    ],
  },
  {
    title: 'a refused destination resets, a prohibited feature gets the ICMP errors',
    faults: [
      { kind: 'packets', action: 'reset', to },
      { kind: 'packets', action: 'prohibited', to: { features: ['links'] } },
    ],
    commands: [
      [get(`https://${A}/`), { status: REFUSED }],
      [get(`https://${B}/`), { status: REFUSED }],
      [connectTo('20.40.6.10'), { stdout: 'EHOSTUNREACH' }],
    ],
  },
  {
    title: 'broken IPv6 leaves IPv4 alone',
    faults: [{ kind: 'packets', action: 'drop', to: { family: 6 } }],
    commands: [
      [get(`https://${A}/`, '-4'), passes],
      [get(`https://${A}/`, '-6'), { status: TIMEOUT }],
    ],
  },
  {
    title: 'a name filter resets the exact name over both families and no other',
    faults: [{ kind: 'sni', action: 'reset', names: [A] }],
    world: { names: [`eu.${A}`] },
    commands: [
      [get(`https://${A}/`, '-4'), { status: TLS_FAILED }],
      [get(`https://${A}/`, '-6'), { status: TLS_FAILED }],
      [get(`https://eu.${A}/`), passes],
      [get(`https://${B}/`), passes],
    ],
  },
  {
    title: 'a box that drops large ClientHellos lets small ones through',
    faults: [{ kind: 'large-hello', overBytes: 900 }],
    commands: [
      [helloOf(1), { stdout: 'through' }],
      [helloOf(40), { stdout: 'stalled' }],
    ],
  },
  {
    title: 'a narrow link swallows the server certificate and passes small answers',
    faults: [{ kind: 'narrow-link', mtu: 1300 }],
    commands: [
      [get(`http://${B}/`), passes],
      [helloOf(1), { stdout: 'stalled' }],
    ],
  },
  {
    title: 'the resolver denies, refuses, fails, hides and sinks exactly the names it is told to',
    faults: [
      { kind: 'name', names: [A], answer: 'nxdomain' },
      { kind: 'name', names: ['www.example.com'], answer: 'refused' },
      { kind: 'name', names: ['example.net'], answer: 'servfail' },
      { kind: 'name', names: ['example.org'], answer: 'null' },
      { kind: 'name', names: ['www.example.org'], answer: 'silent' },
    ],
    world: { names: [`eu.${A}`] },
    commands: [
      [ask(A), { stdout: 'ENOTFOUND' }],
      [ask('www.example.com'), { stdout: 'EREFUSED' }],
      [ask('example.net'), { stdout: 'ESERVFAIL' }],
      [ask('example.org'), { stdout: '0.0.0.0' }],
      [ask('www.example.org'), { stdout: 'ETIMEOUT' }],
      [ask(`eu.${A}`), { stdout: /^20\./ }],
      [ask(B, 6), { stdout: /^2603:1000:/ }],
    ],
  },
  {
    title: 'a public resolver tells the truth that the company one hides',
    faults: [{ kind: 'name', answer: { addresses: ['20.66.66.66'] } }],
    commands: [
      [ask('no-such-label.example.com'), { stdout: '20.66.66.66' }],
      [ask('proxy.corp.example'), { stdout: '10.77.2.30' }],
      [ask('no-such-label.example.com', 4, '9.9.9.9'), { stdout: 'ENOTFOUND' }],
      [ask(A, 4, '8.8.8.8'), { stdout: /^20\.40\./ }],
    ],
  },
  {
    title: 'NAT64 gives IPv4 addresses an IPv6 one',
    faults: [],
    world: { nat64: true },
    commands: [
      [ask(A, 6), { stdout: /^64:ff9b::/ }],
      [get(`https://${A}/`), passes],
    ],
  },
  {
    title: 'an origin breaks its certificate in the way it is told, and the neighbour does not',
    faults: [
      { kind: 'origin', names: [A], behaviour: { certificate: 'expired' } },
      { kind: 'origin', names: ['example.org'], behaviour: { tcp: 'reset-after-hello' } },
      { kind: 'origin', names: ['example.net'], behaviour: { http: { status: 503 } } },
    ],
    commands: [
      [get(`https://${A}/`), { status: UNTRUSTED }],
      [get('https://example.org/'), { status: TLS_FAILED }],
      [get('https://example.net/'), { status: 0, stdout: '503' }],
      [get(`https://${B}/`), passes],
    ],
  },
  {
    title: 'a box on the way opens TLS with an authority of its own, over both families',
    faults: [{ kind: 'inspection', by: 'box', authority: 'company' }],
    commands: [
      [get(`https://${A}/`), { status: UNTRUSTED }],
      [curl('--cacert', '@COMPANY@', '-4', `https://${A}/`), passes],
      [curl('--cacert', '@COMPANY@', '-6', `https://${A}/`), passes],
    ],
  },
  {
    title: 'squid opens TLS on the way',
    faults: [{ kind: 'inspection', by: 'squid', authority: 'company' }],
    commands: [
      [get(`https://${A}/`), { status: UNTRUSTED }],
      [curl('--cacert', '@COMPANY@', '-4', `https://${A}/`), passes],
    ],
  },
  {
    title: 'a transparent box accepts for addresses that nobody has and resets what it blocks',
    faults: [{ kind: 'transparent', blocked: [A], how: 'reset' }],
    commands: [
      [connectTo('192.0.2.1'), { stdout: 'accepted' }],
      [get(`https://${A}/`, '-4'), { status: TLS_FAILED }],
      [get(`https://${B}/`, '-4'), passes],
    ],
  },
  {
    title: 'a captive portal leads plain HTTP astray',
    faults: [{ kind: 'portal', https: 'drop' }],
    commands: [
      [get(`http://${B}/`), { stdout: '302' }],
      [get(`https://${A}/`), { status: TIMEOUT }],
    ],
  },
  {
    title: 'where direct egress is closed, squid lets the right password through',
    faults: [
      { kind: 'packets', action: 'drop', protocol: 'tcp' },
      { kind: 'squid', port: 3128, mode: 'basic' },
    ],
    commands: [
      [get(`https://${A}/`), { status: TIMEOUT }],
      [get(`https://${A}/`, ...proxy), { status: RECEIVE_FAILED }],
      [get(`https://${A}/`, ...proxy, '-U', 'alice:s3cret-lab'), passes],
    ],
  },
  {
    title: 'the delay router delays, and the path still works',
    faults: [{ kind: 'delay', ms: 40 }],
    commands: [
      [
        get(`https://${A}/`, '-w', '%{http_code} %{time_connect}'),
        { status: 0, stdout: /^200 (0\.[1-9]|0\.0[89]|[1-9])/ },
      ],
    ],
  },
  {
    title: 'new connections beyond a rate are dropped',
    faults: [{ kind: 'connection-limit', perSecond: 1 }],
    commands: [
      [
        ['sh', '-c', `for i in 1 2 3 4 5 6; do curl -s -m 1 -o /dev/null -w '%{http_code} ' http://${B}/ & done; wait`],
        { stdout: /000/ },
      ],
      [get(`http://${B}/`, '--connect-timeout', '8'), passes],
    ],
  },
  {
    title: 'whoever opens connections too fast is shut out for good',
    faults: [{ kind: 'intrusion-detector', perSecond: 1, burst: 3 }],
    commands: [
      [get(`http://${B}/`), passes],
      [
        ['sh', '-c', `for i in 1 2 3 4 5 6; do curl -s -m 1 -o /dev/null http://${B}/ & done; wait; echo done`],
        { stdout: 'done\n' },
      ],
      [['sleep', '3'], {}],
      [get(`http://${B}/`), { status: TIMEOUT }],
    ],
  },
];

const requirements = labRequirements();

describe(`the network lab (tier ${requirements.tier} because ${requirements.because})`, { timeout: 90_000 }, () => {
  for (const { title, faults, world, commands } of rows) {
    const missing = whyNot(faults, requirements);
    it.skipIf(missing !== null)(missing === null ? title : `${title}: ${missing}`, async () => {
      const scenario: Scenario = {
        name: 'lab-network-test',
        faults,
        ...(world === undefined ? {} : { world }),
        expect: { rootCauses: [], exit: 0 },
      };
      const result = await runLab({ scenario, catalog, commands: commands.map(([argv]) => argv) });
      commands.forEach(([argv, expected], index) => {
        const actual = result.commands[index];
        const about = `${argv.join(' ')}\n${actual?.stderr}`;
        if (expected.status !== undefined) expect(actual?.status, about).toBe(expected.status);
        if (typeof expected.stdout === 'string') expect(actual?.stdout, about).toBe(expected.stdout);
        else if (expected.stdout !== undefined) expect(actual?.stdout, about).toMatch(expected.stdout);
      });
    });
  }

  it.skipIf(requirements.tier === 0)('refuses to start where it could reach a real network', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wayclear-unsealed-'));
    try {
      const [job, result] = [join(folder, 'job.json'), join(folder, 'result.json')];
      writeFileSync(job, JSON.stringify({ outsideNamespace: readlinkSync('/proc/self/ns/net') }));
      const run = spawnSync(process.execPath, [join(compileLab(), 'test/lab/agent.js'), job, result]);
      expect(run.status).toBe(1);
      expect(readFileSync(result, 'utf8')).toContain('in its own network namespace only');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.skipIf(requirements.tier === 0)('leaves no namespace, mount or process behind', async () => {
    const scenario: Scenario = { name: 'left-behind', faults: [], expect: { rootCauses: [], exit: 0 } };
    await runLab({ scenario, catalog, commands: [] });
    expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain('wayclear-lab-');
    expect(execFileSync('ip', ['-o', 'link'], { encoding: 'utf8' })).not.toMatch(/\b(wan|lan|dmz)@/);
  });
});

describe("the lab's internet", () => {
  const world = createWorld(catalogNames(catalog), { addresses: { [A]: 3 } });

  it('gives every name addresses of its own and finds the name by any of them', () => {
    for (const host of world.hosts) {
      for (const address of [...host.v4, ...host.v6]) expect(hostAt(world, address)?.name).toBe(host.name);
    }
    const all = world.hosts.flatMap((host) => [...host.v4, ...host.v6]);
    expect(new Set(all).size).toBe(all.length);
    expect(hostAt(world, '192.0.2.1')).toBeNull();
  });

  it('means by a scope exactly what it names', () => {
    const [a, b] = [world.byName.get(A), world.byName.get(B)];
    expect(prefixesOf(world, { names: [A], nth: [1] }, 4)).toEqual([a?.v4[1]]);
    expect(prefixesOf(world, { features: ['links'] }, 6)).toEqual(b?.v6);
    expect(prefixesOf(world, { family: 6 }, 4)).toEqual([]);
    expect(prefixesOf(world, {}, 4)).toEqual(['0.0.0.0/0']);
  });

  it('writes no rule that drops anything without a fault', () => {
    expect(routerRules(world, []).nft).not.toMatch(/drop|reject/);
    expect(routerRules(world, []).iptables).toBeNull();
  });

  it.each([
    ['^Microsoft-IIS/\\d+\\.\\d+$', 'Microsoft-IIS/1.1'],
    ['.+', '1'],
    ['nginx|Kestrel', 'nginx'],
  ])('makes text that the pattern %s matches', (pattern, sample) => {
    expect(sampleOf(pattern)).toBe(sample);
    expect(sample).toMatch(new RegExp(pattern));
  });
});

describe('the judgement of a scenario', () => {
  const report = (...causes: [string, string[]][]): LabReport => ({
    rootCauses: causes.map(([cause, targets]) => ({
      cause,
      targets,
      severity: 'critical',
      evidence: [],
      confidence: 'high',
      shared: null,
      alternatives: [],
    })),
    checks: [],
    summary: { reachable: 1, unreachable: 1 },
    targets: [
      { id: 'f/a', host: A, verdict: 'unreachable' },
      { id: 'f/b', host: B, verdict: 'reachable' },
    ],
  });
  const scenario = (...rootCauses: Scenario['expect']['rootCauses'][number][]): Scenario => ({
    name: 's',
    faults: [],
    expect: { rootCauses, exit: 1 },
  });

  it.each([
    [
      'the exact cause and targets',
      scenario({ cause: 'tcp.dropped', targets: `/^login/` }),
      report(['tcp.dropped', ['f/a']]),
      1,
      0,
    ],
    ['a missing cause', scenario({ cause: 'tcp.dropped' }), report(), 1, 1],
    ['another cause', scenario({ cause: 'tcp.dropped' }), report(['tls.reset', ['f/a']]), 1, 1],
    ['one cause too many', scenario(), report(['tls.reset', ['f/a']]), 1, 1],
    ['too many targets', scenario({ cause: 'tcp.dropped', targets: 1 }), report(['tcp.dropped', ['f/a', 'f/b']]), 1, 1],
    ['another exit code', scenario(), report(), 0, 1],
  ])('counts the differences of %s', (_title, wanted, said, exit, differences) => {
    expect(judge(wanted, said, exit).differences).toHaveLength(differences);
  });

  it('sums up to tables of Markdown, in which a cause of the wrong targets is wrong', () => {
    const judgements = [
      judge(scenario({ cause: 'tcp.dropped', targets: 1 }), report(['tcp.dropped', ['f/a']]), 1),
      judge(scenario({ cause: 'tcp.dropped', targets: 1 }), report(['tcp.dropped', ['f/a', 'f/b']]), 1),
      judge(scenario(), report(['tls.reset', ['f/a']]), 1),
      judge(scenario(), report(), 1),
    ];
    const cells = (table: string): readonly (readonly string[])[] =>
      table.split('\n').map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(cells(confusionMatrix(judgements)).slice(2)).toEqual([
      ['none', 'none', '1', '0'],
      ['none', 'tls.reset', '1', '1'],
      ['tcp.dropped', 'tcp.dropped', '2', '1'],
    ]);
    expect(cells(calibrationTable(judgements)).slice(2)).toEqual([
      ['high', '3', '1', '33.3 %'],
      ['medium', '0', '0', ''],
      ['low', '0', '0', ''],
    ]);
    expect(cells(causeTable(judgements)).slice(2)).toEqual([
      ['tcp.dropped', '1/2', '', ''],
      ['tls.reset', '0/1', '', ''],
    ]);
    for (const table of [confusionMatrix(judgements), calibrationTable(judgements), causeTable(judgements)])
      expect(new Set(table.split('\n').map((line) => line.length)).size).toBe(1);
  });
});

describe('the scenario files', () => {
  it('all load, with faults and expectations', async () => {
    const scenarios = await loadScenarios();
    expect(scenarios.length).toBeGreaterThan(20);
    for (const scenario of scenarios) {
      expect(Array.isArray(scenario.faults), scenario.name).toBe(true);
      expect(typeof scenario.expect.exit, scenario.name).toBe('number');
    }
  });
});
