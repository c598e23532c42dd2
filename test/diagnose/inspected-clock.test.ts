import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Observations } from '../../src/model/observations.ts';
import { type AddressSpec, type ChainSpec, controls, run } from './observations.ts';

const hour = 3_600_000;
/** Right by the clock of the internet, which is two days behind. */
const late = { leaf: { notAfter: '2026-06-14T00:00:00Z' } } as const;
const behind = { http: { clockOffsetMs: -48 * hour } } as const;
const company = { ...late, root: 'Company Root', stores: ['machine'] } as const;
const hosts = ['gateway.adatum.org', 'cdn.tailspin.com', 'api.wingtip.io'];
const seen = (tls: ChainSpec, at: Partial<AddressSpec> = behind, names: readonly string[] = hosts): Observations =>
  run([
    ...names.map((host, position) => ({ host, at: [{ address: `20.0.0.${position + 1}`, tls, ...at }] })),
    ...controls.map(({ host }, position) => ({ host, at: [{ address: `20.0.1.${position + 1}`, ...at }] })),
  ]);
const opened = (observations: Observations) =>
  diagnose(observations).rootCauses.map(({ cause, confidence, targets }) => [cause, confidence, targets.length]);

describe('inspection behind a wrong clock', () => {
  it('is a root cause of its own where the authority signs for unrelated domains', () => {
    const { rootCauses, targets } = diagnose(seen(company));
    expect(rootCauses).toMatchObject([
      { cause: 'local.clock-skew', confidence: 'high', severity: 'critical' },
      { cause: 'tls.inspection', confidence: 'high', severity: 'warning', alternatives: [] },
    ]);
    expect(rootCauses.map(({ targets: ids }) => ids.length)).toEqual([3, 3]);
    expect(rootCauses[1]?.evidence.map(({ code }) => code)).not.toContain('certificate.inspection-works');
    expect(targets[0]?.findings).toMatchObject([
      { cause: 'local.clock-skew', explainedBy: null },
      { cause: 'tls.expired', explainedBy: 'local.clock-skew' },
      { cause: 'tls.inspection', explainedBy: null, effect: 'degraded' },
    ]);
  });

  it('is one of a single host where the authority is known for it', () => {
    const [first = ''] = hosts;
    expect(opened(seen({ ...company, root: 'Zscaler Root CA' }, behind, [first]))).toEqual([
      ['local.clock-skew', 'high', 1],
      ['tls.inspection', 'high', 1],
    ]);
    expect(opened(seen({ ...late, root: 'Zscaler Root CA', stores: [] }, behind, [first]))).toEqual([
      ['tls.inspection', 'high', 1],
      ['local.clock-skew', 'high', 0],
    ]);
  });

  it('is none where a single host has an authority of its own, or where there is none', () => {
    const [first = ''] = hosts;
    expect(opened(seen(company, behind, [first]))).toEqual([['local.clock-skew', 'high', 1]]);
    expect(opened(seen(late))).toEqual([['local.clock-skew', 'high', 3]]);
  });

  it('is none of servers of the inside, whose own certificates look out of their dates', () => {
    const inside = ['intranet.adatum.org', 'intranet.tailspin.com'].map((host, position) => ({
      host,
      at: [{ address: `10.0.0.${position + 1}`, tls: company, ...behind }],
    }));
    const public_ = controls.map(({ host }) => ({ host, at: [{ address: '20.0.1.1', ...behind }] }));
    expect(opened(run([...inside, ...public_]))).toEqual([['local.clock-skew', 'high', 2]]);
  });

  it('stands first where nobody tells the time, and the clock may be wrong', () => {
    const silent = run(
      hosts.map((host, position) => ({
        host,
        at: [{ address: `20.0.0.${position + 1}`, tls: company, http: 'http.timeout' as const }],
      })),
    );
    expect(diagnose(silent).rootCauses).toMatchObject([
      { cause: 'tls.inspection', confidence: 'medium', alternatives: ['local.clock-skew'], severity: 'critical' },
    ]);
  });
});
