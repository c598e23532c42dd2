import { afterEach, describe, expect, it } from 'vitest';
import { type Origin, tcpOrigin } from '../../src/demo/listen.ts';
import { answer, httpsOrigin } from '../../src/demo/origins-http.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { CauseId } from '../../src/model/causes.ts';
import type { Confidence, RootCause } from '../../src/model/diagnosis.ts';
import type { Observations } from '../../src/model/observations.ts';
import type { ProxyRoute, Target } from '../../src/model/plan.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import { renderCheckTable } from '../../src/report/check-table.ts';
import { renderFirewallRequest } from '../../src/report/firewall-request.ts';
import { sentence } from '../../src/words/contract.ts';
import { en } from '../../src/words/en/index.ts';
import { forwarding, type ProxyRequest, reply } from '../servers/proxies.ts';
import { judgedRun, proxyRoute, type RunOptions, targetOf } from './proxied-kit.ts';

const closers: (() => unknown)[] = [];
const kept = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const root = createAuthority({ name: 'Wildcard Test Root' });
const leaf = issueCertificate(root, { commonName: 'origin', dnsNames: ['*.wild.test', '*.run.test'] });
const chain = { chainPem: leaf.pem, keyPem: leaf.keyPem };

const witness = (extra: Partial<Target> = {}): Partial<Target> => ({
  pattern: '*.wild.test',
  witness: true,
  ...extra,
});

/** One witness of `*.wild.test`, and a host that the proxy leads to. */
async function measured(
  proxy: Origin,
  options: RunOptions = {},
  extra: Partial<Target> = {},
  protocol: ProxyRoute['protocol'] = 'http',
) {
  const origin = kept(await httpsOrigin({ certificate: chain }, answer()));
  const route = proxyRoute(proxy.address, proxy.port, protocol);
  const targets = [
    targetOf(`https://host.wild.test:${origin.port}/`, route, root, witness(extra)),
    targetOf(`https://good.run.test:${origin.port}/`, route, root),
  ];
  return judgedRun(targets, root, { experiments: 'made', ...options });
}

const lines = ({ evidence }: RootCause): readonly string[] => evidence.map((one) => sentence(en, one));
const made = ({ experiments }: Observations): readonly string[] => experiments.map(({ kind }) => kind);

const isMadeUp = ({ target }: ProxyRequest): boolean => /wayclear-[0-9a-f]{12}\.wild\.test/.test(target);
const isWitness = ({ target }: ProxyRequest): boolean => target.includes('host.wild.test');

/** What it answers for the witness, and for a name that nobody listed; null leads there. */
const proxyThat = (toWitness: string, toMadeUp: string | null) => (): Promise<Origin> =>
  forwarding({}, (request) => (isWitness(request) ? toWitness : isMadeUp(request) ? toMadeUp : null));

const denied = reply('403 Forbidden');
const dnsFail = reply('503 Service Unavailable', ['X-Squid-Error: ERR_DNS_FAIL 0']);
const noPath = reply('500 Internal Server Error', ['X-Squid-Error: ERR_CANNOT_FORWARD 0']);

type Row = readonly [
  what: string,
  proxy: () => Promise<Origin>,
  cause: CauseId,
  confidence: Confidence,
  alternatives: readonly CauseId[],
  says: RegExp | null,
  policy: 'allows' | 'refuses' | null,
];

const wholePattern = /^\*\.wild\.test: .* 403 .*refuses the pattern as a whole/;
const oneName = /^host\.wild\.test: refused by its own name: .*lets \*\.wild\.test through/;
const allowed = /^\*\.wild\.test: .*lets the pattern through/;

const rows: readonly Row[] = [
  [
    'refuses the made-up name as well refuses the pattern',
    proxyThat(denied, denied),
    'proxy.denied',
    'high',
    [],
    wholePattern,
    'refuses',
  ],
  [
    'finds no address for the made-up name refuses the one name',
    proxyThat(denied, dnsFail),
    'proxy.denied',
    'high',
    [],
    oneName,
    'allows',
  ],
  [
    'answers the made-up name with a bare 502 refuses the one name',
    proxyThat(denied, reply('502 Bad Gateway')),
    'proxy.denied',
    'high',
    [],
    oneName,
    'allows',
  ],
  [
    'opens a tunnel to the made-up name refuses the one name',
    proxyThat(denied, null),
    'proxy.denied',
    'high',
    [],
    oneName,
    'allows',
  ],
  [
    'says of the made-up name alone that it has no address has another trouble with the witness',
    proxyThat(reply('502 Bad Gateway'), dnsFail),
    'proxy.upstream-unreachable',
    'medium',
    ['proxy.timeout'],
    allowed,
    'allows',
  ],
  [
    'answers both with one bare status leaves the choice',
    proxyThat(reply('502 Bad Gateway'), reply('502 Bad Gateway')),
    'proxy.upstream-unreachable',
    'medium',
    ['proxy.upstream-dns', 'proxy.timeout'],
    allowed,
    'allows',
  ],
  [
    'answers the witness as a name that can\u2019t exist finds no address for it',
    proxyThat(noPath, noPath),
    'proxy.upstream-dns',
    'high',
    [],
    allowed,
    'allows',
  ],
  [
    'refuses the made-up name lets the witness through to its trouble',
    proxyThat(reply('520 Odd'), denied),
    'proxy.upstream-unreachable',
    'high',
    [],
    wholePattern,
    'refuses',
  ],
  [
    'answers the made-up name oddly proves nothing',
    proxyThat(denied, reply('404 Not Found')),
    'proxy.denied',
    'high',
    [],
    null,
    null,
  ],
];

describe('a witness that the proxy answers for itself', () => {
  const all = rows.map(([name, start, ...wanted]) => ({ name, start, wanted }));
  it.each(all)('and that $name', async ({ start, wanted: [cause, confidence, alternatives, says, policy] }) => {
    const { observations, diagnosis } = await measured(kept(await start()));
    expect(made(observations).filter((kind) => kind === 'wildcard-name')).toHaveLength(1);
    const [only, ...others] = diagnosis.rootCauses as readonly [RootCause, ...RootCause[]];
    expect(others).toEqual([]);
    expect([only.cause, only.confidence, only.targets.length]).toEqual([cause, confidence, 1]);
    expect([...only.alternatives].sort()).toEqual([...alternatives].sort());
    const about = lines(only).filter((line) => line.includes('*.wild.test'));
    if (says === null) expect(about).toEqual([]);
    else expect(about).toEqual([expect.stringMatching(says)]);
    expect(diagnosis.wildcards?.map((one) => [one.pattern, one.policy]) ?? []).toEqual(
      policy === null ? [] : [['*.wild.test', policy]],
    );
    expect(diagnose(JSON.parse(JSON.stringify(observations)))).toEqual(diagnosis);
  });

  it('is not taken for allowed by a proxy that reaches nothing at all', async () => {
    const proxy = kept(await forwarding({}, () => reply('502 Bad Gateway')));
    const { observations, diagnosis } = await measured(proxy);
    expect(made(observations).filter((kind) => kind === 'wildcard-name')).toHaveLength(1);
    expect(diagnosis.wildcards).toBeUndefined();
    expect(diagnosis.rootCauses.flatMap(lines).filter((line) => line.includes('wayclear-'))).toEqual([]);
  });

  it('over plain HTTP is asked for as the witness was', async () => {
    const proxy = kept(
      await forwarding({}, (request) =>
        isWitness(request) || isMadeUp(request) ? reply('403 Forbidden', ['X-Squid-Error: ERR_ACCESS_DENIED 0']) : null,
      ),
    );
    const route = proxyRoute(proxy.address, proxy.port);
    const target = targetOf('http://host.wild.test:81/', route, root, witness());
    const { diagnosis } = await judgedRun([target], root, { experiments: 'made' });
    const plain = proxy.requests.filter(({ method }) => method !== 'CONNECT');
    expect(plain.map(({ method, target: to }) => [method, to.replace(/[0-9a-f]{12}/, 'x')])).toEqual([
      ['GET', 'http://host.wild.test:81/'],
      ['GET', 'http://wayclear-x.wild.test:81/'],
    ]);
    expect(diagnosis.rootCauses.map(({ cause }) => cause)).toEqual(['proxy.denied']);
    expect(diagnosis.wildcards).toMatchObject([{ pattern: '*.wild.test', port: 81, policy: 'refuses' }]);
  });

  /** RFC 1928: 2 for names that the rules forbid, 4 for those without an address. */
  const socks = (replyTo: (name: string) => number): Promise<Origin> =>
    tcpOrigin({}, (socket) => {
      let greeted = false;
      socket.on('data', (chunk: Buffer) => {
        if (greeted) socket.end(Buffer.from([5, replyTo(chunk.toString('latin1', 5)), 0, 1, 0, 0, 0, 0, 0, 0]));
        else socket.write(Buffer.from([5, 0]));
        greeted = true;
      });
    });
  it.each([
    ['refuses', 2],
    ['allows', 4],
  ] as const)('of a SOCKS proxy shows that its ruleset %s the pattern', async (policy, toMadeUp) => {
    const proxy = kept(await socks((name) => (name.startsWith('wayclear-') ? toMadeUp : 2)));
    const { diagnosis } = await measured(proxy, {}, {}, 'socks5h');
    expect(diagnosis.wildcards?.map((one) => one.policy)).toEqual([policy]);
  });

  it.each<[string, Partial<Target>]>([
    ['no witness of a wildcard', { pattern: 'host.wild.test', witness: false }],
    ['a witness of a pattern with two wildcards', { pattern: '*.*.test' }],
  ])('is asked for no other name where it is %s', async (_, extra) => {
    const { observations } = await measured(kept(await proxyThat(denied, denied)()), {}, extra);
    expect(made(observations).filter((kind) => kind !== 'again')).toEqual([]);
  });

  it('is asked for once for a pattern, and for four patterns at most', async () => {
    const proxy = kept(await forwarding({}, () => denied));
    const route = proxyRoute(proxy.address, proxy.port);
    const targets = ['a', 'b', 'c', 'd', 'e'].flatMap((zone) =>
      ['one', 'two'].map((name) =>
        targetOf(`https://${name}.${zone}.test/`, route, root, witness({ pattern: `*.${zone}.test` })),
      ),
    );
    await judgedRun(targets, root, { experiments: 'made' });
    const madeUp = proxy.requests.filter(({ target }) => target.startsWith('wayclear-'));
    expect(madeUp.map(({ target }) => target.replace(/^wayclear-[0-9a-f]{12}/, '*'))).toEqual(
      ['a', 'b', 'c', 'd'].map((zone) => `*.${zone}.test:443`),
    );
    expect(new Set(madeUp.map(({ target }) => target.split('.')[0])).size).toBe(4);
  });

  it('with --no-experiments is asked for once more and no other name, and the report says what would decide', async () => {
    const { observations, diagnosis } = await measured(kept(await proxyThat(denied, denied)()), {
      experiments: 'switched off',
    });
    expect(made(observations)).toEqual(['again']);
    expect(diagnosis.rootCauses.flatMap(lines)).toContain(`Would decide: ${en.experiments['wildcard-name']}`);
  });
});

describe('what a proxy makes of a pattern', () => {
  const reported = async (toMadeUp: string) => {
    const { observations, diagnosis } = await measured(kept(await proxyThat(denied, toMadeUp)()));
    return assembleReport({ observations, diagnosis, words: en, options: {}, version: '0.0.0' });
  };
  const view = { lang: 'en', width: 200, colour: false, verbose: false } as const;

  it('is in the table instead of that it can\u2019t be proven', async () => {
    const refused = renderCheckTable(await reported(denied), view);
    expect(refused).toContain("*.wild.test: 0 of 1 witnesses reached; the proxy's policy refuses the pattern");
    expect(refused).not.toContain("can't be proven");
    expect(renderCheckTable(await reported(dnsFail), view)).toContain(
      "*.wild.test: 0 of 1 witnesses reached; the proxy's policy lets the pattern through",
    );
  });

  it('decides whether the request is for the pattern or for the name', async () => {
    const whole = renderFirewallRequest(await reported(denied), { ...view, file: 'request.csv' });
    expect(whole.split('\r\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^,,\*\.wild\.test,\*\.wild\.test,,,\d+,tcp,outbound,/),
      expect.stringMatching(/^,,host\.wild\.test,\*\.wild\.test,,,/),
    ]);
    const name = renderFirewallRequest(await reported(dnsFail), { ...view, file: 'request.csv' });
    expect(name).not.toMatch(/,\*\.wild\.test,\*\.wild\.test,/);
  });
});
