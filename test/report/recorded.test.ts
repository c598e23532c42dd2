import { describe, expect, it } from 'vitest';
import { holdInvariants, holdSchema } from './invariants.ts';
import { hostileText, recorded, tenThousand } from './recorded.ts';

const says = {
  healthy: '11410 complete: ',
  inspection: '11412 complete: tls.inspection tls.inspection',
  'proxy-407': '11412 complete: proxy.auth-required',
  'dns-dead': '11412 complete: dns.no-resolver',
  'half-blocked': '11412 complete: tcp.dropped',
  incomplete: 'none incomplete: ',
  hostile: '11412 complete: tls.inspection tls.inspection',
} as const;

describe('the reports that formats are shown with', () => {
  it.each(Object.entries(recorded))('%s is what it is called, and a report by the schema', (name, make) => {
    const report = make();
    const { status, complete, rootCauses } = report;
    const causes = rootCauses.map(({ cause }) => cause).join(' ');
    expect(`${status?.messageId ?? 'none'} ${complete ? 'complete' : 'incomplete'}: ${causes}`).toBe(
      says[name as keyof typeof says],
    );
    holdSchema(report);
    if (name !== 'hostile') holdInvariants(report);
  });

  it('hostile has its text in names, titles, evidence and remedies', () => {
    const { targets, rootCauses, checks, machine } = recorded.hostile();
    for (const text of [targets[0]?.host, rootCauses[0]?.title, checks[0]?.detail, machine?.name])
      expect(text).toContain(hostileText);
  });

  it('one has ten thousand targets, each of its own name', () => {
    const report = tenThousand();
    expect(new Set(report.targets.map(({ id }) => id)).size).toBe(10_000);
    expect(report.summary.unreachable).toBeGreaterThan(3000);
    holdInvariants(report);
    // Seconds of processor time, for shape and schema of all rows: on a busy machine ten times that.
  }, 120_000);
});
