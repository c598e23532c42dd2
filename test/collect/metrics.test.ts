import { expect, it } from 'vitest';
import type { FleetView } from '../../src/collect/fleet-view.ts';
import { fleetMetrics } from '../../src/collect/metrics.ts';
import { nothingCounted } from '../../src/collect/post.ts';

it('shows explanations that no label tells apart as one series, of all their machines', () => {
  const found = { cause: 'dns.no-resolver', scope: 'machines', shared: null, severity: 'critical', owner: 'network' };
  const causes = [
    { ...found, machines: ['a', 'b'] },
    { ...found, machines: ['b', 'c'] },
    { ...found, shared: { attribute: 'proxy', value: '10.1.0.3:3128' }, machines: ['d'] },
  ];
  const view = { diagnosis: { causes, machines: { fine: 0 } }, senders: [], silent: [], waiting: [], window: {} };
  const text = fleetMetrics(view as unknown as FleetView, nothingCounted());
  const series = text.split('\n').filter((line) => line.startsWith('wayclear_fleet_explanation_machines{'));
  expect(series.map((line) => line.replace(/.*shared="([^"]*)".* /, '$1 '))).toEqual([' 3', 'proxy=10.1.0.3:3128 1']);
});
