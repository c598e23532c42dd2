import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { parseFeature } from '../../src/catalog/parse.ts';
import { createAuthority } from '../../src/demo/pki.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import type { UnroutedPlan } from '../../src/model/plan.ts';
import { makePlan, type PlanSettings, parameterNames, type Selection } from '../../src/plan/plan.ts';
import { UsageError } from '../../src/usage-error.ts';

const root = createAuthority({ name: 'Lab Root' });
const selectionOf = (part: Partial<Selection> = {}): Selection => ({
  what: [],
  targets: [],
  role: null,
  cloud: 'public',
  includeLegacy: false,
  only: [],
  skip: [],
  set: {},
  ...part,
});
const settingsOf = (part: Partial<PlanSettings> = {}): PlanSettings => ({
  timeoutMs: 10_000,
  deadlineMs: 120_000,
  concurrency: null,
  families: [4, 6],
  dnsServers: [],
  tlsHello: 'classic',
  userAgent: null,
  offline: false,
  experiments: true,
  repeat: null,
  ...part,
});

const catalog: Catalog = {
  features: [
    {
      schema: 1,
      feature: 'cloud-gateway',
      roles: ['client'],
      clouds: ['public', 'usgov'],
      endpoints: [
        { id: 'gateway', pattern: '{cmgName}.{region}.cloud.example', ports: [443, 10124], importance: 'critical' },
        { id: 'gov', pattern: '{cmgName}.gov.example', ports: [443], importance: 'critical', clouds: ['usgov'] },
        {
          id: 'app',
          pattern: '*.{region}.app.example',
          ports: [443],
          importance: 'critical',
          probes: [{ url: 'https://{appHost}/' }],
        },
        {
          id: 'token',
          pattern: 'login.example',
          ports: [443],
          importance: 'critical',
          probes: [{ url: 'https://login.example/{tenantId}/keys' }],
        },
      ],
    },
    {
      schema: 1,
      feature: 'everyone',
      roles: ['all'],
      endpoints: [{ id: 'links', pattern: 'links.example', ports: [80], importance: 'non-critical' }],
    },
    {
      schema: 1,
      feature: 'gov-only',
      roles: ['client'],
      clouds: ['usgov'],
      endpoints: [{ id: 'portal', pattern: 'portal.gov.example', ports: [443], importance: 'critical' }],
    },
    {
      schema: 1,
      feature: 'old',
      roles: ['service-connection-point'],
      default: false,
      endpoints: [{ id: 'gone', pattern: 'gone.example', ports: [443], importance: 'non-critical', status: 'retired' }],
    },
    {
      schema: 1,
      feature: 'updates',
      roles: ['service-connection-point'],
      anchors: [
        { name: 'Lab Root', pem: root.pem },
        { name: 'Unused', sha256: 'ab'.repeat(32) },
      ],
      endpoints: [
        {
          id: 'wild',
          pattern: '*.updates.example',
          ports: [443],
          importance: 'critical',
          probes: [
            { url: 'https://a.updates.example/list', method: 'HEAD', expect: { status: [200] } },
            { url: 'https://b.updates.example:8443/' },
          ],
          tls: { anchors: ['Lab Root'], pinned: true, inspection: 'unsupported' },
        },
        { id: 'silent', pattern: '*.cdn.example', ports: [443, 80], importance: 'critical' },
        { id: 'clock', pattern: 'time.example', ports: [123], protocol: 'udp', importance: 'critical' },
        { id: 'shaky', pattern: 'shaky.example', ports: [443], importance: 'critical', status: 'conflict' },
        { id: 'odd', pattern: 'odd.example', ports: [443], importance: 'critical', status: 'doubtful' },
        { id: 'dead', pattern: 'dead.example', ports: [443], importance: 'critical', status: 'reported-dead' },
        { id: 'removed', pattern: 'removed.example', ports: [443], importance: 'critical', status: 'removed' },
        { id: 'console', pattern: 'console.example', ports: [443], importance: 'critical', roles: ['console'] },
        { id: 'literal', pattern: '2001:db8::1', ports: [443], importance: 'non-critical' },
      ],
    },
  ].map((feature) => parseFeature(feature, `${feature.feature}.json`)),
};

const plan = (part: Partial<Selection> = {}, settings: Partial<PlanSettings> = {}): UnroutedPlan =>
  makePlan(catalog, selectionOf(part), settingsOf(settings));
const ids = (part: Partial<Selection> = {}): readonly string[] => plan(part).targets.map((target) => target.id);
function refusal(part: Partial<Selection>, from: Catalog = catalog): UsageError {
  try {
    makePlan(from, selectionOf(part), settingsOf());
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('what is chosen', () => {
  it.each<readonly [string, Partial<Selection>, readonly string[]]>([
    [
      'nothing said: current endpoints of the service connection point and of everybody',
      {},
      [
        'everyone/links',
        'updates/wild',
        'updates/wild#2',
        'updates/silent',
        'updates/silent#2',
        'updates/clock',
        'updates/literal',
      ],
    ],
    [
      'nothing said, legacy too',
      { includeLegacy: true, only: ['old/*', 'updates/removed'] },
      ['old/gone', 'updates/removed'],
    ],
    [
      'a named feature: every role and status but what is past or of no sure use',
      { what: ['updates'], skip: ['updates/wild*', 'updates/silent*', 'updates/clock'] },
      ['updates/shaky', 'updates/console', 'updates/literal'],
    ],
    ['a named feature twice is checked once', { what: ['everyone', 'everyone'] }, ['everyone/links']],
    [
      'features come in the order of the catalog, addresses after them in their own',
      { what: ['b.example', 'updates', 'a.example', 'everyone'], only: ['*/links', 'updates/shaky', 'ad-hoc/*'] },
      ['everyone/links', 'updates/shaky', 'ad-hoc/b.example:443', 'ad-hoc/a.example:443'],
    ],
    ['a role: its own endpoints and those of everybody', { role: 'console' }, ['everyone/links', 'updates/console']],
    ['a role in a named feature', { role: 'console', what: ['updates'] }, ['updates/console']],
    [
      'a cloud',
      { cloud: 'usgov', role: 'client' },
      [
        'cloud-gateway/gateway',
        'cloud-gateway/gateway#2',
        'cloud-gateway/gov',
        'cloud-gateway/app',
        'cloud-gateway/token',
        'gov-only/portal',
      ],
    ],
    ['a feature of one cloud needs no --cloud', { what: ['gov-only'] }, ['gov-only/portal']],
    [
      'a feature of several clouds means the chosen one',
      { what: ['cloud-gateway'], only: ['*/gov', '*/token'] },
      ['cloud-gateway/token'],
    ],
    ['a legacy feature by name', { what: ['old'], includeLegacy: true }, ['old/gone']],
    ['addresses alone', { what: ['a.example'] }, ['ad-hoc/a.example:443']],
    [
      'a targets file alone',
      { targets: ['# ours', '', ' a.example ', 'b.example:80'] },
      ['ad-hoc/a.example:443', 'ad-hoc/b.example:80'],
    ],
    [
      'a targets file beside a feature',
      { what: ['everyone'], targets: ['a.example'] },
      ['everyone/links', 'ad-hoc/a.example:443'],
    ],
    [
      'the same address twice is checked once',
      { what: ['a.example', 'A.EXAMPLE:443'], targets: ['a.example'] },
      ['ad-hoc/a.example:443'],
    ],
    [
      'only, by id',
      { what: ['updates'], only: ['UPDATES/S*'] },
      ['updates/silent', 'updates/silent#2', 'updates/shaky'],
    ],
    ['only, by host', { what: ['updates'], only: ['*.Updates.example'] }, ['updates/wild', 'updates/wild#2']],
    [
      'only, by documented pattern, where no host is known',
      { what: ['updates', 'cloud-gateway'], only: ['*.CDN.example', '{cmgName}.*'] },
      ['cloud-gateway/gateway', 'cloud-gateway/gateway#2', 'updates/silent', 'updates/silent#2'],
    ],
    [
      'skip, by documented pattern',
      { what: ['updates'], skip: ['*.cdn.example', '*.updates.example', '*:*'] },
      ['updates/clock', 'updates/shaky', 'updates/console'],
    ],
    [
      'skip wins over only',
      { what: ['updates'], includeLegacy: true, only: ['*odd*', '*dead*'], skip: ['dead.example'] },
      ['updates/odd'],
    ],
  ])('%s', (_name, part, expected) => {
    expect(ids(part)).toEqual(expected);
  });

  it('a catalog without a feature of the default run means all of itself, in the clouds that it has', () => {
    const [china] = ['m365-common'].map((feature) =>
      parseFeature(
        {
          schema: 1,
          feature,
          default: false,
          clouds: ['china'],
          endpoints: [{ id: 'a', pattern: 'a.example', ports: [443], importance: 'critical' }],
        },
        'x.json',
      ),
    );
    const only = { features: china === undefined ? [] : [china] };
    expect(makePlan(only, selectionOf(), settingsOf()).targets.map((target) => target.id)).toEqual(['m365-common/a']);
  });
});

describe('what an argument means', () => {
  it.each([
    ['example.com', 'ad-hoc/example.com:443', 'https', 'example.com', 443, 'https://example.com/'],
    ['EXAMPLE.com.', 'ad-hoc/example.com:443', 'https', 'example.com', 443, 'https://example.com/'],
    ['example.com:443', 'ad-hoc/example.com:443', 'https', 'example.com', 443, 'https://example.com/'],
    ['example.com:80', 'ad-hoc/example.com:80', 'http', 'example.com', 80, 'http://example.com/'],
    ['example.com:1433', 'ad-hoc/example.com:1433', 'tcp', 'example.com', 1433, null],
    ['localhost', 'ad-hoc/localhost:443', 'https', 'localhost', 443, 'https://localhost/'],
    ['proxy01:3128', 'ad-hoc/proxy01:3128', 'tcp', 'proxy01', 3128, null],
    ['192.0.2.7', 'ad-hoc/192.0.2.7:443', 'https', '192.0.2.7', 443, 'https://192.0.2.7/'],
    ['192.0.2.7:25', 'ad-hoc/192.0.2.7:25', 'tcp', '192.0.2.7', 25, null],
    ['2001:db8::7', 'ad-hoc/[2001:db8::7]:443', 'https', '2001:db8::7', 443, 'https://[2001:db8::7]/'],
    ['[2001:DB8:0::7]', 'ad-hoc/[2001:db8::7]:443', 'https', '2001:db8::7', 443, 'https://[2001:db8::7]/'],
    ['[2001:db8::7]:8080', 'ad-hoc/[2001:db8::7]:8080', 'tcp', '2001:db8::7', 8080, null],
    ['https://example.com', 'ad-hoc/https://example.com/', 'https', 'example.com', 443, 'https://example.com/'],
    [
      'HTTPS://Example.com:8443/a?b#c',
      'ad-hoc/https://example.com:8443/a?b',
      'https',
      'example.com',
      8443,
      'https://example.com:8443/a?b',
    ],
    ['http://example.com/x', 'ad-hoc/http://example.com/x', 'http', 'example.com', 80, 'http://example.com/x'],
    [
      'https://[2001:db8::7]:444/',
      'ad-hoc/https://[2001:db8::7]:444/',
      'https',
      '2001:db8::7',
      444,
      'https://[2001:db8::7]:444/',
    ],
    ['tcp://example.com:80', 'ad-hoc/example.com:80', 'tcp', 'example.com', 80, null],
    ['tcp://[2001:db8::7]:443', 'ad-hoc/[2001:db8::7]:443', 'tcp', '2001:db8::7', 443, null],
    [
      'https://bücher.example/',
      'ad-hoc/https://xn--bcher-kva.example/',
      'https',
      'xn--bcher-kva.example',
      443,
      'https://xn--bcher-kva.example/',
    ],
    ['bücher.example:25', 'ad-hoc/xn--bcher-kva.example:25', 'tcp', 'xn--bcher-kva.example', 25, null],
  ])('%s', (word, id, scheme, host, port, url) => {
    const [target] = plan({ what: [word] }).targets;
    expect(target).toMatchObject({
      id,
      scheme,
      host,
      port,
      url,
      feature: 'ad-hoc',
      untested: null,
    });
  });

  it.each([
    ['*.manage.example.com', 'ad-hoc/*.manage.example.com:443', { code: 'no-witness' }],
    ['.manage.example.com', 'ad-hoc/*.manage.example.com:443', { code: 'no-witness' }],
    ['10.0.0.0/24', 'ad-hoc/10.0.0.0/24', { code: 'no-witness', network: true }],
  ])('%s is an untested target', (word, id, untested) => {
    const beside = plan({ what: [word, 'example.com'] }).targets;
    expect(beside).toMatchObject([{ id, host: '', url: null, untested }, { untested: null }]);
    expect(plan({ what: [word] }).targets).toHaveLength(1);
  });

  it.each([
    ['*.updates.example', ['updates']],
    ['*.nowhere.example', undefined],
  ])('%s names the features that know hosts of it', (word, features) => {
    const [target] = plan({ what: [word] }).targets;
    expect(target?.untested).toEqual({ code: 'no-witness', ...(features === undefined ? {} : { features }) });
  });

  it.each([
    ['everone', 'unknown feature "everone"; did you mean "everyone"?'],
    ['nothing-like-it', 'unknown feature "nothing-like-it"'],
    ['proxy01', 'unknown feature "proxy01"'],
    ['', 'unknown feature ""'],
    ['ftp://example.com/', '"ftp://example.com/": expected https://, http:// or tcp://'],
    ['https://joe:s3cr3t@example.com/', '"https://…@example.com/": a user name or password has no place in an address'],
    ['joe:s3cr3t@example.com', '"…@example.com": a user name or password has no place in an address'],
    ['example.com/path', '"example.com/path" is no URL and no host'],
    ['two words.example', '"two words.example" is no URL and no host'],
    ['example.com:0', '"example.com:0": expected a port number from 1 to 65535'],
    ['example.com:65536', '"example.com:65536": expected a port number from 1 to 65535'],
    ['example.com:https', '"example.com:https": expected a port number from 1 to 65535'],
    ['example.com:', '"example.com:": expected a port number from 1 to 65535'],
    ['https://example.com:0/', 'expected a port number from 1 to 65535'],
    ['tcp://example.com', '"tcp://example.com": expected a port number from 1 to 65535'],
    ['tcp://example.com:80/x', 'expected a port number from 1 to 65535'],
    ['[example.com]:443', '"[example.com]:443": expected a host name or an IP address'],
    ['[2001:db8::7', 'expected'],
    ['-a.example', '"-a.example": expected a host name or an IP address'],
    ['*', '"*": expected a wildcard as documents write it'],
    ['10.0.0.0/33', '"10.0.0.0/33": expected a network as an address and a length'],
    ['a..example', '"a..example": expected a host name or an IP address'],
    ['300.1.1.1', '"300.1.1.1": expected a host name or an IP address'],
    [`https://example.com/${'a'.repeat(2048)}`, 'an address has 2048 characters at most'],
    ['a\u001b[31m', 'unknown feature "a\ufffd[31m"'],
  ])('%s is refused', (word, message) => {
    const error = refusal({ what: [word] });
    expect(error.message).toContain(message);
    expect(`${error.message} ${error.hint}`).not.toContain('s3cr3t');
    expect(error.hint).not.toBeNull();
  });

  it.each([
    [['a.example', '', 'https://u:p@b.example/'], '--targets: line 3: "https://…@b.example/": a user name'],
    [['proxy01'], '--targets: line 1: "proxy01" is no URL and no host with a dot or a port'],
    [['a.example', 'updates'], '--targets: line 2: "updates" is a feature'],
    [['# nothing', '  '], 'the targets file names no target'],
  ])('the lines %j are refused with their number', (targets, message) => {
    expect(refusal({ targets }).message).toContain(message);
  });
});

describe('a target', () => {
  it('of the catalog brings the document that asks for it, and the reason of its importance', async () => {
    const bundled = await loadCatalog([], { bundled: true });
    const { targets, features } = makePlan(bundled, { what: ['tenant-attach'] });
    const sources = targets.map(({ source }) => source?.url ?? '');
    expect(sources.filter((url) => !url.startsWith('https://'))).toEqual([]);
    const reasons = bundled.features.flatMap(({ endpoints }) => endpoints.flatMap((row) => row.importanceReason ?? []));
    expect(targets.some(({ importanceReason }) => reasons.includes(importanceReason ?? ''))).toBe(true);
    expect(features).toEqual([expect.objectContaining({ feature: 'tenant-attach', title: 'Tenant attach' })]);
  });

  it('says all of a probe', () => {
    expect(plan({ what: ['updates'], only: ['updates/wild'] })).toEqual({
      features: [{ feature: 'updates', title: 'updates', why: null }],
      leftOut: [{ feature: 'updates', because: 'not-current', endpoints: 3 }],
      targets: [
        {
          id: 'updates/wild',
          feature: 'updates',
          endpoint: 'wild',
          pattern: '*.updates.example',
          witness: true,
          host: 'a.updates.example',
          port: 443,
          scheme: 'https',
          url: 'https://a.updates.example/list',
          method: 'HEAD',
          importance: 'critical',
          expect: { status: [200], header: null },
          tls: { anchors: [root.sha256], pinned: true, inspection: 'unsupported' },
          untested: null,
        },
      ],
      anchors: [{ name: 'Lab Root', sha256: root.sha256, pem: expect.stringContaining('BEGIN CERTIFICATE') }],
      families: [4, 6],
      dnsServers: [],
      tlsHello: 'classic',
      limits: { timeoutMs: 10_000, deadlineMs: 120_000, concurrency: 1 },
      offline: false,
      experiments: true,
    } satisfies UnroutedPlan);
  });

  it.each([
    ['updates/wild', 'critical'],
    ['updates/shaky', 'non-critical'],
    ['updates/odd', 'non-critical'],
    ['updates/dead', 'non-critical'],
    ['updates/literal', 'non-critical'],
  ])('%s is %s', (id, importance) => {
    expect(plan({ what: ['updates'], includeLegacy: true, only: [id] }).targets[0]).toMatchObject({ importance });
  });

  it.each<readonly [string, Partial<Selection>, Partial<PlanSettings>, object]>([
    ['updates/silent', {}, {}, { host: '', port: 443, url: null, witness: false, untested: { code: 'no-witness' } }],
    [
      'updates/clock',
      {},
      {},
      { host: 'time.example', port: 123, scheme: 'tcp', untested: { code: 'udp', protocol: 'udp' } },
    ],
    ['updates/literal', {}, { families: [4] }, { host: '2001:db8::1', untested: { code: 'family' } }],
    ['updates/wild', {}, { offline: true }, { host: 'a.updates.example', untested: { code: 'offline' } }],
    ['updates/silent', {}, { offline: true }, { untested: { code: 'no-witness' } }],
    [
      'cloud-gateway/gateway',
      {},
      {},
      {
        host: '',
        port: 443,
        scheme: 'https',
        url: null,
        untested: { code: 'parameter', parameters: ['cmgName', 'region'] },
      },
    ],
    [
      'cloud-gateway/gateway#2',
      { set: { cmgName: 'contoso' } },
      {},
      {
        host: '',
        port: 10_124,
        scheme: 'tcp',
        pattern: 'contoso.{region}.cloud.example',
        untested: { code: 'parameter', parameters: ['region'] },
      },
    ],
    [
      'cloud-gateway/gateway',
      { set: { cmgName: 'Contoso', region: 'westus' } },
      {},
      {
        host: 'contoso.westus.cloud.example',
        url: 'https://contoso.westus.cloud.example/',
        witness: false,
        untested: null,
      },
    ],
    [
      'cloud-gateway/app',
      { set: { appHost: 'prod1.westus.app.example' } },
      {},
      { host: 'prod1.westus.app.example', pattern: '*.{region}.app.example', witness: true, untested: null },
    ],
    ['cloud-gateway/token', {}, {}, { host: '', untested: { code: 'parameter', parameters: ['tenantId'] } }],
    [
      'cloud-gateway/token',
      { set: { tenantId: 'a-b' } },
      {},
      { url: 'https://login.example/a-b/keys', untested: null },
    ],
  ])('%s with %j %j', (id, part, settings, expected) => {
    const feature = id.split('/')[0] ?? '';
    expect(plan({ what: [feature], only: [id], ...part }, settings).targets).toMatchObject([expected]);
  });

  it.each<readonly [number, number | null, number]>([
    [1, null, 1],
    [300, null, 300],
    [1500, null, 1024],
    [300, 7, 7],
  ])('%i targets with concurrency %s run %i at once', (count, concurrency, expected) => {
    const targets = Array.from({ length: count }, (_, index) => `h${index}.example`);
    expect(plan({ targets }, { concurrency }).limits.concurrency).toBe(expected);
  });
});

describe('what cannot be meant', () => {
  it.each<readonly [Partial<Selection>, string]>([
    [{ role: 'consol' }, 'unknown role "consol"; did you mean "console"?'],
    [
      { role: 'console', what: ['everyone', 'cloud-gateway'] },
      'feature "cloud-gateway" has no endpoint for role console',
    ],
    [{ cloud: 'china', what: ['gov-only'] }, 'feature "gov-only" has no endpoint in cloud china; it has usgov'],
    [{ what: ['old'] }, 'feature "old" is legacy: nothing in it is in use any more'],
    [{ only: ['nothing*'] }, 'nothing is left to check: --only and --skip leave none of 7 targets'],
    [{ skip: ['*'] }, 'nothing is left to check'],
    [{ only: [''] }, '--only and --skip take a pattern of 1 to 300 characters'],
    [{ cloud: 'china' }, 'there is nothing to check'],
    [{ role: 'all' }, 'unknown role "all"'],
    [{ set: { cmgname: 'x' } }, '--set: unknown parameter "cmgname"; did you mean "cmgName"?'],
    [{ set: { colour: 'x' } }, '--set: unknown parameter "colour"'],
    [{ set: { cmgName: '{region}', region: '{cmgName}' } }, '--set cmgName: a value may not hold braces'],
    [{ set: { cmgName: 'a b' } }, '--set cmgName: expected a host name or a part of one, got "a b"'],
    [{ set: { cmgName: 'https://a' } }, '--set cmgName: expected a host name or a part of one'],
    [{ set: { cmgName: '' } }, '--set cmgName: expected a host name or a part of one, got ""'],
    [
      { set: { cmgName: 'x'.repeat(64), region: 'w' }, what: ['cloud-gateway'] },
      'the values give no valid address for cloud-gateway/gateway',
    ],
    [{ set: { cmgName: 'a..b', region: 'w' }, what: ['cloud-gateway'] }, 'the values give no valid address'],
    [{ targets: Array.from({ length: 50_001 }, (_, index) => `h${index}.example`) }, '50001 targets are too many'],
  ])('refused: $1', (part, message) => {
    expect(refusal(part).message).toContain(message);
  });

  it('an empty catalog without an address', () => {
    expect(refusal({}, { features: [] }).message).toBe('there is nothing to check');
  });

  it('names the feature of the cloud that was asked for', () => {
    const twin = parseFeature({ ...minimal('everyone-usgov'), clouds: ['usgov'] }, 'x.json');
    const error = refusal({ what: ['everyone'], cloud: 'usgov' }, { features: [...catalog.features, twin] });
    expect(error.hint).toBe('Feature "everyone-usgov" covers that cloud.');
  });

  it('knows the parameters of all templates', () => {
    expect(parameterNames(catalog)).toEqual(['appHost', 'cmgName', 'region', 'tenantId']);
  });
});

describe('a feature of a catalog', () => {
  it.each([
    [{}, true],
    [{ default: false }, false],
    [{ roles: ['service-connection-point'], default: false }, true],
    [{ roles: ['console'] }, false],
    [{ roles: ['console'], default: true }, false],
  ])('with %j raises status messages of the role: %s', (members, raises) => {
    const own = parseFeature({ ...minimal('own'), ...members }, 'own.json');
    const { targets } = makePlan({ features: [own] }, selectionOf({ what: ['own'] }), settingsOf());
    expect(targets.map(({ outsideRole }) => outsideRole !== true)).toEqual([raises]);
  });
});

const minimal = (feature: string): Readonly<Record<string, unknown>> => ({
  schema: 1,
  feature,
  endpoints: [{ id: 'a', pattern: 'a.example', ports: [443], importance: 'critical' }],
});
