import type { Report } from '../model/report.ts';
import { assembleReport, measuredTarget, type ReportParts, streamedReport } from '../report/assemble.ts';
import { loadReporter, loadStream } from '../report/registry.ts';
import type { MeasuredTarget, RecordStream } from '../report/reporter.ts';
import type { Output, Outputs } from './deliver.ts';
import type { RunListener } from './progress.ts';

/** The reporters of a run: those that stream write while it goes on, the others when it is over. */
export interface Reports extends RunListener {
  /** A target that was measured elsewhere. */
  onMeasured(target: MeasuredTarget): void;
  /** Writes what is left of the report. An output that failed is told on stderr, the others are whole; false then. */
  end(parts: ReportParts): Promise<boolean>;
}

/** Characters that are written at once at the end, where each record alone is little for a system call. */
const writtenAtOnce = 65_536;

/** Gives each output the reporter of its format; to be told of the run that it reports. */
export async function openReports(outputs: Outputs): Promise<Reports> {
  const streams: { readonly output: Output; readonly stream: RecordStream }[] = [];
  const others: Output[] = [];
  for (const output of outputs.all) {
    const open = await loadStream(output.format);
    if (open === null) others.push(output);
    else streams.push({ output, stream: open(output.view) });
  }
  const tell = (make: (stream: RecordStream) => string): void => {
    for (const { output, stream } of streams) {
      try {
        void output.write(make(stream));
      } catch (error) {
        output.fail(error);
      }
    }
  };
  return {
    onStart: (report, targets) => tell((stream) => stream.start(report, targets)),
    onTarget: (target, observations) => tell((stream) => stream.measured(measuredTarget(target, observations))),
    onMeasured: (target) => tell((stream) => stream.measured(target)),
    async end(parts) {
      let whole = true;
      for (const { output, stream } of streams) {
        try {
          for (const text of batches(stream.end(streamedReport(parts)))) await output.write(text);
        } catch (error) {
          output.fail(error);
        }
        whole = output.end() && whole;
      }
      return (await deliverReport(outputs, parts, others)) && whole;
    },
  };
}

/** Writes the report of a run that is over to every output, or to those given. */
export async function deliverReport(
  outputs: Outputs,
  parts: ReportParts,
  which: readonly Output[] = outputs.all,
): Promise<boolean> {
  let report: Report | null = null;
  return await outputs.deliver(async (format, view) => {
    report ??= assembleReport(parts);
    return (await loadReporter(format))(report, view);
  }, which);
}

function* batches(pieces: Iterable<string>): Iterable<string> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < writtenAtOnce) continue;
    yield text;
    text = '';
  }
  yield text;
}
