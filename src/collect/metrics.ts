/** What a scraper reads of the fleet: Prometheus text. Pure. */
import type { FleetView } from './fleet-view.ts';
import type { Counters } from './post.ts';

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const labelled = (labels: Readonly<Record<string, string>>): string =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`;

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** Explanations that no label tells apart are one series: twice the same one, and nothing at all would be read. */
function explained(causes: FleetView['diagnosis']['causes']): readonly Sample[] {
  const series = new Map<string, { readonly labels: Sample[0]; readonly machines: Set<string> }>();
  for (const { cause, scope, shared, severity, owner, machines } of causes) {
    const said = shared === null ? '' : `${shared.attribute}=${shared.value}`;
    const labels = { cause, scope, shared: said, severity, owner };
    const key = labelled(labels);
    const one = series.get(key) ?? { labels, machines: new Set() };
    for (const machine of machines) one.machines.add(machine);
    series.set(key, one);
  }
  return [...series.values()].map(({ labels, machines }): Sample => [labels, machines.size]);
}

export function fleetMetrics(
  { diagnosis, senders, silent, waiting, window }: FleetView,
  counters: Readonly<Counters>,
): string {
  const lines: string[] = [];
  const metric = (name: string, type: 'gauge' | 'counter', help: string, samples: readonly Sample[]): void => {
    lines.push(`# HELP wayclear_${name} ${help}`, `# TYPE wayclear_${name} ${type}`);
    for (const [labels, value] of samples) {
      lines.push(`wayclear_${name}${Object.keys(labels).length === 0 ? '' : labelled(labels)} ${value}`);
    }
  };
  metric('fleet_machines', 'gauge', 'Machines by what is known of them.', [
    [{ state: 'admitted' }, senders.length],
    [{ state: 'fine' }, diagnosis.machines.fine],
    [{ state: 'silent' }, silent.length],
    [{ state: 'waiting' }, waiting.length],
  ]);
  metric('fleet_explanation_machines', 'gauge', 'Machines that an explanation covers.', explained(diagnosis.causes));
  const count = (name: string, value: number): void =>
    metric(`intake_${name}_total`, 'counter', `Messages that this process answered since its start: ${name}.`, [
      [{}, value],
    ]);
  for (const [name, value] of Object.entries(counters)) count(name, value);
  metric('intake_window_stored', 'gauge', 'Messages of this window of the throttle, of all collectors.', [
    [{}, window.stored],
  ]);
  metric('intake_window_refused', 'gauge', 'Messages that this window of the throttle refused, of all collectors.', [
    [{}, window.refused],
  ]);
  return `${lines.join('\n')}\n`;
}
