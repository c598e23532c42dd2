import type { Report, ReportTarget } from '../model/report.ts';
import type { View } from './view.ts';

/** A format as one text: a pure function of report and view, which asks neither terminal nor clock. */
export type Render = (report: Report, view: View) => string;

/** What is known of a report before anything was measured. */
export type ReportStart = Pick<
  Report,
  'schema' | 'tool' | 'startedAt' | 'environment' | 'options' | 'machine' | 'labels'
>;

/** A target as it ends. Its verdict takes the whole run. */
export type MeasuredTarget = Omit<ReportTarget, 'verdict' | 'untested' | 'findings'>;

/** A report whose targets are made one by one, as each is asked for; they can be asked for once. */
export type StreamedReport = Omit<Report, 'targets'> & { readonly targets: Iterable<ReportTarget> };

/** A format of records, as texts that leave while a run goes on. Pure as well: what it gives depends on its arguments alone. */
export interface RecordStream {
  /** As the run starts; with the number of targets. */
  start(report: ReportStart, targets: number): string;
  /** As a target ends, in the order of ending; nothing for one that is not tested. */
  measured(target: MeasuredTarget): string;
  /** What is left when the run is over, in pieces, so that the whole is never held. */
  end(report: StreamedReport): Iterable<string>;
}

export type OpenStream = (view: View) => RecordStream;
