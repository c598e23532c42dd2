import { describe, expect, it } from 'vitest';
import { type CauseId, causes } from '../../src/model/causes.ts';
import type { Report } from '../../src/model/report.ts';
import { renderFirewallRequest } from '../../src/report/firewall-request.ts';
import type { View } from '../../src/report/view.ts';
import { allGood, halfReachable, hostile } from './fixtures.ts';

const view: View = { lang: 'en', width: 100, colour: false, verbose: false };
const failedHosts = (report: Report): readonly string[] =>
  report.targets.filter(({ verdict }) => verdict === 'unreachable' || verdict === 'degraded').map(({ host }) => host);

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

  it('is CSV alone where the file is called so, a row for each destination of a cause', () => {
    const report = halfReachable();
    const lines = renderFirewallRequest(report, { ...view, file: 'Request.CSV' })
      .trimEnd()
      .split('\r\n');
    expect(lines[0]).toMatch(/^source,destination,/);
    expect(lines.length - 1).toBe(failedHosts(report).length);
    expect(renderFirewallRequest(report, view)).toContain(lines[1]);
  });

  it('leaves no formula and no markup of a hostile name alive', () => {
    const evil = { host: '=cmd|/C calc', pattern: '`|<script>', verdict: 'unreachable' } as const;
    const base = hostile();
    const targets = base.targets.map((target) => ({ ...target, ...evil }));
    const rootCauses = base.rootCauses.map((root) => ({ ...root, targets: targets.map(({ id }) => id) }));
    const report = { ...base, targets, rootCauses };
    const cells = renderFirewallRequest(report, { ...view, file: 'x.csv' });
    expect(cells).toContain("'=cmd|/C calc");
    expect(cells).not.toMatch(/(^|,)=/m);
    const text = renderFirewallRequest(report, view);
    expect(text.split('```csv')[0]).not.toMatch(/(?<!`[^`\n]*)<script>/);
  });

  it.each([
    ['x\\|<img src=x onerror=alert(1)>', 'x\\\\\\|\\<img src=x onerror=alert(1)\\>'],
    ['`<img src=x>', '\\`\\<img src=x\\>'],
    ['https://a.test/|', 'https\\://a.test/\\|'],
    ['', ''],
  ])('lets no name out of its cell: %s', (host, shown) => {
    const base = hostile();
    const targets = base.targets.map((target) => ({ ...target, host, verdict: 'unreachable' as const }));
    const rootCauses = base.rootCauses.map((root) => ({ ...root, targets: targets.map(({ id }) => id) }));
    expect(renderFirewallRequest({ ...base, targets, rootCauses }, view)).toContain(`| ${shown} |`);
  });

  it.each(Object.keys(causes) as CauseId[])('knows who has to act on %s', (cause) => {
    expect(causes[cause].owner).not.toBe(cause === 'undetermined' ? 'firewall' : 'unknown');
  });
});
