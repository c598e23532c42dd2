import type { FirewallPolicyRuleCollectionGroup } from '@azure/arm-network';
import { beforeAll, describe, expect, it } from 'vitest';
import { azureRules } from '../../src/allowlist/azure-firewall.ts';
import { allowListNames, loadAllowListFormat } from '../../src/allowlist/registry.ts';
import { type AllowList, failedSet, planned } from '../../src/allowlist/rules.ts';
import type { AllowListView } from '../../src/allowlist/view.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { parseFeature } from '../../src/catalog/parse.ts';
import { systemClock } from '../../src/clock.ts';
import { causes } from '../../src/model/causes.ts';
import type { Report } from '../../src/model/report.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { createPacEvaluator } from '../../src/proxy/pac/evaluate.ts';
import { languages } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';
import { hostile, nasty } from '../report/fixtures.ts';
import { recorded } from '../report/recorded.ts';

const view: AllowListView = { words: wordsOf('en'), lang: 'en', proxy: 'PROXY proxy.example:8080' };
const text = async (format: string, list: AllowList, seen = view): Promise<string> =>
  (await loadAllowListFormat(format))(list, seen);

/** Every way in which a document may write a destination. */
const feature = parseFeature(
  {
    schema: 1,
    feature: 'lab',
    title: 'Lab feature',
    endpoints: [
      { id: 'exact', pattern: 'login.example.com', ports: [443, 80], importance: 'critical' },
      { id: 'wild', pattern: '*.manage.example.com', ports: [443], importance: 'critical' },
      { id: 'part', pattern: 'azgn*.bus.example.com', ports: [443], importance: 'non-critical' },
      { id: 'tail', pattern: '*login.example.net', ports: [443], importance: 'non-critical' },
      { id: 'raw', pattern: 'sync.example.com', ports: [8530], importance: 'critical' },
      { id: 'raw-wild', pattern: '*.raw.example.com', ports: [10_124], importance: 'critical' },
      { id: 'address', pattern: '192.0.2.7', ports: [443], importance: 'critical' },
      { id: 'template', pattern: '{tenant}.cloud.example.com', ports: [443, 10_125, 10_126], importance: 'critical' },
      { id: 'time', pattern: 'time.example.com', ports: [123], protocol: 'udp', importance: 'critical' },
    ],
  },
  'lab.json',
);
const list = planned(makePlan({ features: [feature] }, { what: ['lab', '198.51.100.0/24'] }), '0.0.0');
const comments = (made: string): string =>
  made
    .split('\n')
    .filter((line) => /^(#|\/\/)/.test(line))
    .join('\n');

describe('a list of names', () => {
  let lines: readonly string[] = [];
  let made = '';
  beforeAll(async () => {
    made = await text('edl', list);
    lines = made.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  });

  it('holds names and whole wildcards, each once, and nothing else', () => {
    expect(lines).toEqual([
      ...['login.example.com', 'time.example.com', '*.manage.example.com', 'sync.example.com', '*.raw.example.com'],
    ]);
  });

  it('says in comments which ports belong to them, and what it cannot express', () => {
    expect(comments(made)).toContain('# TCP 80 alone');
    for (const pattern of ['azgn*.bus.example.com', '*login.example.net', '192.0.2.7', '198.51.100.0/24'])
      expect(comments(made)).toContain(`Not in the rules: ${pattern} `);
    expect(comments(made)).toContain('{tenant}.cloud.example.com TCP 443, 10125-10126; it needs --set tenant=VALUE');
  });
});

describe('a PAC file', () => {
  it.each([
    ['https://login.example.com/', true],
    ['https://LOGIN.example.com:443/path', true],
    ['http://login.example.com/', true],
    ['http://login.example.com:8080/', false],
    ['https://login.example.com:8443/', false],
    ['https://x.login.example.com/', false],
    ['https://a.manage.example.com/', true],
    ['https://a.b.manage.example.com/', true],
    ['https://manage.example.com/', false],
    ['https://evilmanage.example.com/', false],
    ['http://a.manage.example.com/', false],
    ['https://a.manage.example.com.evil.example/', false],
    ['https://evil.example/#a.manage.example.com', false],
    ['https://sync.example.com:8530/', true],
    ['https://sync.example.com/', false],
    ['https://192.0.2.7/', true],
    ['https://198.51.100.9/', true],
    ['https://198.51.101.9/', false],
    ['https://constructor/', false],
    ['https://azgn1.bus.example.com/', false],
    ['https://other.example/', false],
  ])('sends %s directly: %s', async (url, direct) => {
    const evaluator = createPacEvaluator(await text('pac', list), {
      deadlineMs: 5000,
      dns: async () => ['198.51.100.9'],
      myIps: ['192.0.2.10'],
      clock: systemClock,
    });
    const { hostname } = new URL(url);
    const { answer, problem } = await evaluator.evaluate(url, hostname);
    await evaluator.close();
    expect(problem).toBeNull();
    expect(answer).toBe(direct ? 'DIRECT' : 'PROXY proxy.example:8080');
  });

  it('says what it cannot express', async () => {
    const said = comments(await text('pac', list));
    for (const pattern of [
      'azgn*.bus.example.com',
      '*login.example.net',
      '{tenant}.cloud.example.com',
      'time.example.com UDP',
    ])
      expect(said).toContain(pattern);
  });
});

describe('rules for Azure Firewall', () => {
  it('have the shape of the vendor’s own package', async () => {
    const group: FirewallPolicyRuleCollectionGroup = azureRules(list, list.rules, view);
    expect(group.ruleCollections?.map(({ name }) => name)).toEqual(['wayclear-network', 'wayclear-application']);
    const template = JSON.parse(await text('azure-firewall', list)) as {
      readonly metadata: { readonly comments: readonly string[] };
      readonly resources: readonly [
        {
          readonly properties: {
            readonly ruleCollections: readonly { readonly rules: readonly Readonly<Record<string, unknown>>[] }[];
          };
        },
      ];
    };
    const [network = [], application = []] = template.resources[0].properties.ruleCollections.map(({ rules }) => rules);
    expect(application.flatMap((rule) => rule['targetFqdns'])).toEqual([
      ...['login.example.com', '*.manage.example.com', '*login.example.net', 'login.example.com'],
    ]);
    expect(
      network.flatMap((rule) => [
        rule['destinationFqdns'] ?? rule['destinationAddresses'],
        rule['destinationPorts'],
        rule['ipProtocols'],
      ]),
    ).toEqual([
      ...[['sync.example.com'], ['8530'], ['TCP'], ['192.0.2.7'], ['443'], ['TCP']],
      ...[['time.example.com'], ['123'], ['UDP'], ['198.51.100.0/24'], ['443'], ['TCP']],
    ]);
    const names = [...network, ...application].map(({ name }) => String(name));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,78}[A-Za-z0-9_]$/);
    const said = template.metadata.comments.join('\n');
    for (const pattern of ['azgn*.bus.example.com', '*.raw.example.com', '{tenant}.cloud.example.com'])
      expect(said).toContain(pattern);
  });
});

describe('the failed set of a report', () => {
  const failed = ({ targets }: Report): readonly string[] =>
    targets.flatMap(({ verdict, pattern, port }) =>
      verdict === 'unreachable' || verdict === 'degraded' ? [`${pattern}:${port}`] : [],
    );

  it('is exactly what a firewall stopped, as documented', () => {
    const report = recorded['half-blocked']();
    const { rules, notOpened } = failedSet(report, '0.0.0');
    expect(new Set(rules.map(({ pattern, port }) => `${pattern}:${port}`))).toEqual(new Set(failed(report)));
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.length).toBeLessThan(report.targets.length);
    expect(notOpened).toEqual([]);
  });

  it('opens nothing where a name server is to blame, and says so of each destination', async () => {
    const report = recorded['dns-dead']();
    const set = failedSet(report, '0.0.0');
    expect(set.rules).toEqual([]);
    expect(set.notOpened.length).toBeGreaterThan(5);
    for (const { cause } of set.notOpened) expect(causes[cause].owner).toBe('dns');
    for (const format of allowListNames) {
      const made = await text(format, set);
      expect(made, format).toContain(set.notOpened[0]?.destination.replace(/:\d+$/, ''));
      expect(made, format).toContain('is for the owner of the name servers');
    }
  });
});

describe('every format', () => {
  it.each(allowListNames.flatMap((format) => languages.map((lang) => [format, lang] as const)))(
    '%s says in %s what comes from where, ends in a newline and leaves hostile text harmless',
    async (format, lang) => {
      const seen = { ...view, words: wordsOf(lang), lang };
      const made = await text(format, list, seen);
      expect(made.endsWith('\n')).toBe(true);
      if (format !== 'csv') expect(made).toContain(wordsOf(lang).rules.documented('0.0.0'));
      const base = hostile();
      const targets = base.observations.plan.targets.map((row) => ({
        ...row,
        feature: nasty,
        source: { document: nasty, date: nasty, url: nasty },
      }));
      const evil = { ...base, observations: { ...base.observations, plan: { ...base.observations.plan, targets } } };
      const shown = await text(format, failedSet(evil, '0.0.0'), seen);
      expect(shown).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]/);
      if (format !== 'csv') expect(shown).not.toMatch(/\r/);
      expect(shown).not.toMatch(/^forged/m);
    },
  );

  it.each(['csv', 'markdown'])('says in %s a reason that is called as what every object inherits', async (format) => {
    const rules = list.rules.map((rule) => ({ ...rule, importanceReason: 'constructor' }));
    expect(await text(format, { ...list, rules })).toMatch(/[,:] ?constructor\b/);
  });

  it('gives rows of CSV that no spreadsheet takes for a formula, with the document of each', async () => {
    const catalog = await loadCatalog([], { bundled: true });
    const all = planned(makePlan(catalog, { what: ['tenant-attach'] }), '0.0.0');
    const rows = (await text('csv', all)).trimEnd().split('\r\n');
    expect(rows).toHaveLength(all.rules.length + 1);
    for (const row of rows.slice(1)) expect(row).toMatch(/^yes,[^=+@].*https:\/\//);
  });

  it('holds each documented destination of the default run, and no other', async () => {
    const catalog = await loadCatalog([], { bundled: true });
    const plan = makePlan(catalog);
    const expected = new Set(plan.targets.map(({ pattern, port }) => `${pattern}:${port}`));
    expect(new Set(planned(plan, '0.0.0').rules.map(({ pattern, port }) => `${pattern}:${port}`))).toEqual(expected);
  });
});
