import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { type CauseId, causes } from '../../src/model/causes.ts';
import type { Observations } from '../../src/model/observations.ts';
import type { Report } from '../../src/model/report.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { renderFirewallRequest } from '../../src/report/firewall-request.ts';
import { requestsOf } from '../../src/report/requests.ts';
import type { View } from '../../src/report/view.ts';
import { languages } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';
import { allGood, report as assemble, halfReachable, hostile } from './fixtures.ts';
import { recorded, recordedObservations } from './recorded.ts';

const assembled = (observations: Observations): Report => assemble(observations, diagnose(observations));

const view: View = { lang: 'en', width: 100, colour: false, verbose: false };
const failedHosts = (report: Report): readonly string[] =>
  report.targets.filter(({ verdict }) => verdict === 'unreachable' || verdict === 'degraded').map(({ host }) => host);

/** The report as if its planned targets were called so; a saved report may hold anything. */
function calledOtherwise(base: Report, names: { readonly host?: string; readonly pattern?: string }): Report {
  const { observations } = base;
  const targets = observations.plan.targets.map((target) => ({ ...target, ...names }));
  return { ...base, observations: { ...observations, probes: [], plan: { ...observations.plan, targets } } };
}

describe('the firewall request', () => {
  it('asks for exactly the failed set', () => {
    const report = halfReachable();
    const text = renderFirewallRequest(report, view);
    const failed = failedHosts(report);
    expect(failed.length).toBeGreaterThan(0);
    for (const host of failed) expect(text).toContain(`| \`${host}\` |`);
    for (const { host, verdict } of report.targets) {
      if (verdict === 'reachable') expect(text).not.toContain(`| \`${host}\` |`);
    }
  });

  it('asks for nothing when nothing failed', () => {
    expect(renderFirewallRequest(allGood(), view)).toBe(
      '# Network change request\n\nNothing to ask for: no endpoint failed.\n',
    );
  });

  it('says first that the run was incomplete: there may be more to ask for, or nothing was looked at', () => {
    const third = (report: Report): string => renderFirewallRequest(report, view).split('\n')[2] ?? '';
    expect(third(recorded.incomplete())).toMatch(/^\*\*\d+ of \d+ tested, the deadline ended the run\.\*\*$/);
    const none = { reachable: 0, degraded: 0, unreachable: 0 };
    expect(third({ ...allGood(), complete: false, summary: { ...allGood().summary, ...none } })).toBe(
      `**${wordsOf('en').labels.nothingTested}**`,
    );
  });

  it('is CSV alone where the file is called so, a row for each destination and address family', () => {
    const report = recorded['half-blocked']();
    const rows = renderFirewallRequest(report, { ...view, file: 'Request.CSV' })
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    const [head = [], ...rest] = rows;
    const at = (row: readonly string[], name: string): string => row[head.indexOf(name)] ?? '';
    expect(new Set(rest.map((row) => at(row, 'destination')))).toEqual(new Set(failedHosts(report)));
    for (const row of rest) {
      const six = at(row, 'family') === 'IPv6';
      expect(at(row, 'source')).toBe('CMSERVER01');
      for (const name of ['source addresses', 'addresses']) expect(at(row, name).includes(':')).toBe(six);
      expect([at(row, 'action'), at(row, 'direction'), at(row, 'protocol')]).toEqual(['allow', 'outbound', 'tcp']);
    }
    expect(rest.map((row) => [at(row, 'destination'), at(row, 'port'), at(row, 'family')].join()).length).toBe(
      new Set(rest.map((row) => [at(row, 'destination'), at(row, 'port'), at(row, 'family')].join())).size,
    );
  });

  it('names machine, account and addresses, or says that the report keeps them to itself', () => {
    const report = recorded['half-blocked']();
    const text = renderFirewallRequest(report, view);
    for (const part of ['- Machine: CMSERVER01', '- Account: CORP', '- Source addresses: 10.77.1.10'])
      expect(text).toContain(part);
    const bare = renderFirewallRequest({ ...report, machine: null }, view);
    expect(bare).toContain('- Machine: not named');
    expect(bare).not.toContain('10.77.1.10');
  });

  it('names what a destination is for, and the document that asks for it', async () => {
    const catalog = await loadCatalog([], { bundled: true });
    const plan = makePlan(catalog, { what: ['tenant-attach'] });
    const report = recorded['half-blocked']();
    const sources = new Map(plan.targets.map((target) => [target.id, target]));
    const targets = report.observations.plan.targets.map((target) => {
      const { source, importanceReason } = sources.get(target.id) ?? {};
      return {
        ...target,
        ...(source === undefined ? {} : { source }),
        ...(importanceReason === undefined ? {} : { importanceReason }),
      };
    });
    const observations = {
      ...report.observations,
      plan: { ...report.observations.plan, targets, features: plan.features ?? [] },
    };
    const text = renderFirewallRequest({ ...report, observations }, view);
    expect(text).toMatch(/\| `aka\.ms` .*Tenant attach.*\(critical\): The service locator.* \| no \| \[\d\] \|/);
    expect(text).toMatch(/^\d\. .*, 20\d\d-\d\d-\d\d, https\\:\/\//m);
    expect(text).toMatch(/manage\.microsoft\.com.* \| yes \| /);
  });

  it.each(['constructor', '__proto__'])('says the reason %s, which every object inherits', (importanceReason) => {
    const report = recorded['half-blocked']();
    const { plan } = report.observations;
    const targets = plan.targets.map((target) => ({ ...target, importanceReason }));
    const called = { ...report, observations: { ...report.observations, plan: { ...plan, targets } } };
    expect(renderFirewallRequest(called, view).replaceAll('\\', '')).toContain(`): ${importanceReason} |`);
    expect(renderFirewallRequest(called, { ...view, file: 'x.csv' })).toContain(`,${importanceReason},`);
  });

  it.each([
    ['dns-dead', 'resolve', 'no rule'],
    ['proxy-407', 'proxy', 'no rule'],
    ['inspection', 'exempt', 'exempt from inspection'],
    ['half-blocked', 'open', 'allow'],
  ] as const)('says for %s what is asked, and what is not to be opened', (name, kind, action) => {
    const report = recorded[name]();
    const text = renderFirewallRequest(report, view);
    expect(text).toContain(wordsOf('en').request.asks[kind]);
    expect(text).toContain(`**${wordsOf('en').request.not[kind]}**`);
    const rows = renderFirewallRequest(report, { ...view, file: 'x.csv' })
      .trimEnd()
      .split('\r\n')
      .slice(1);
    for (const row of rows) expect(row).toContain(`,${action},`);
  });

  it('asks for the hop of a redirect that is stopped, not for who sends there', () => {
    const observations = recordedObservations('http-redirect-blocked');
    const report = assembled(observations);
    const section = requestsOf(report, wordsOf('en')).find(({ root }) => root.cause === 'http.redirect-blocked');
    const hops = observations.probes.filter(({ hop }) => hop > 0).map(({ host }) => host);
    expect(section?.rows.length).toBeGreaterThan(0);
    for (const { host } of section?.rows ?? []) expect(hops).toContain(host);
  });

  it.each(languages)('is written in %s', (lang) => {
    const text = renderFirewallRequest(recorded.inspection(lang), { ...view, lang });
    const { request } = wordsOf(lang);
    for (const part of [request.title, request.owners.inspection, request.asks.exempt, request.columns.purpose])
      expect(text).toContain(part);
  });

  it('leaves no formula and no markup of a hostile name alive', () => {
    const report = calledOtherwise(hostile(), { host: '=cmd|/C calc', pattern: '`|<script>' });
    const cells = renderFirewallRequest(report, { ...view, file: 'x.csv' });
    expect(cells).toContain("'=cmd|/C calc");
    expect(cells).not.toMatch(/(^|,)=/m);
    const text = renderFirewallRequest(report, view);
    expect(text).not.toMatch(/(?<!`[^`\n]*)<script>/);
  });

  it.each([
    ['x\\|<img src=x onerror=alert(1)>', 'x\\\\\\|\\<img src=x onerror=alert(1)\\>'],
    ['`<img src=x>', '\\`\\<img src=x\\>'],
    ['https://a.test/|', 'https\\://a.test/\\|'],
  ])('lets no name out of its cell: %s', (host, shown) => {
    expect(renderFirewallRequest(calledOtherwise(hostile(), { host }), view)).toContain(`| ${shown} |`);
  });

  it.each(Object.keys(causes) as CauseId[])('knows who has to act on %s', (cause) => {
    expect(causes[cause].owner).not.toBe(cause === 'undetermined' ? 'firewall' : 'unknown');
  });
});
