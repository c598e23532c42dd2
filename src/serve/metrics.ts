/** The metrics of a watch, in the text format of Prometheus: the gauges of the last report, and those of the watch itself. Pure. */
import { renderPrometheus } from '../report/prometheus.ts';
import type { Watched } from './watched.ts';

const severities = ['critical', 'warning', 'informational'] as const;

function family(name: string, help: string, samples: readonly (readonly [string, number])[]): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${samples.map(([labels, value]) => `${name}${labels} ${value}\n`).join('')}`;
}

/** Labels hold no text of a stranger: severities and states alone; those of targets are the catalog's. */
export function watchMetrics({ look, report, now, open, everyMs }: Watched): string {
  const count = (state: string, severity: string): number =>
    open.filter(({ incident }) => incident.state === state && incident.severity === severity).length;
  return [
    ...(look === null
      ? []
      : [
          family('wayclear_watch_look_age_seconds', 'Since the last look began.', [
            ['', (now - look.startedAt) / 1000],
          ]),
        ]),
    family('wayclear_watch_interval_seconds', 'Between two looks.', [['', everyMs / 1000]]),
    family(
      'wayclear_watch_incidents',
      'Incidents that are not closed.',
      (['open', 'suspected'] as const).flatMap((state) =>
        severities.map((severity) => [`{state="${state}",severity="${severity}"}`, count(state, severity)] as const),
      ),
    ),
    family('wayclear_watch_unstable_incidents', 'Incidents that come and go.', [
      ['', open.filter(({ incident }) => incident.unstable).length],
    ]),
    ...(report === null ? [] : [renderPrometheus(report)]),
  ].join('');
}
