/** Reads the records that a run on another machine sends, as strangers' text: bounded, in their order, each by its shape. */
import { harmless } from '../harmless.ts';
import type { Observations } from '../model/observations.ts';
import { type Machine, measuredRecord, observationsRecord, runRecord, summaryRecord } from '../model/report.ts';
import { faultsOf } from '../reading/faults.ts';
import { readJson } from '../reading/json.ts';
import type { MeasuredTarget, ReportStart } from '../report/reporter.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

/** Told while the run goes on. */
export interface RecordListener {
  onStart(start: Omit<ReportStart, 'options'>, targets: number): void;
  onMeasured(target: MeasuredTarget, done: number, total: number): void;
}

/** What is left when the run is over. */
export interface RemoteResult {
  readonly observations: Observations;
  readonly machine: Machine | null;
}

export interface RecordReader {
  /** @throws UsageError for what no wayclear of this version would send */
  take(bytes: Buffer): void;
  /** Null where the records ended before the last one. @throws as `take` does */
  end(): RemoteResult | null;
  /** Targets measured so far, of so many; null before the run began. */
  progress(): { readonly done: number; readonly total: number } | null;
  /** What came in place of records; null if nothing did. */
  stray(): string | null;
}

/** As of a saved report. */
const mostBytes = 256 * 1024 * 1024;
/** Of every record but the one of all observations. */
const mostOfLine = 1024 * 1024;
/** What a shell over there may print before the program starts. */
const mostStray = 65_536;
const deepest = 64;

const wholeRun = Buffer.from('{"type":"observations"');
const newline = 0x0a;
const brace = 0x7b;

/** Lines of bytes. `check` is called with what there is of a line, and throws where that is too much. */
function splitLines(onLine: (line: Buffer) => void, check: (start: Buffer, length: number) => void) {
  let parts: Buffer[] = [];
  let length = 0;
  const flush = (): void => {
    const line = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    parts = [];
    length = 0;
    if (line.length > 0) onLine(line);
  };
  return {
    take(bytes: Buffer): void {
      let from = 0;
      while (from < bytes.length) {
        const at = bytes.indexOf(newline, from);
        const part = bytes.subarray(from, at < 0 ? bytes.length : at);
        // Very many small pieces would cost more than what is in them.
        if (parts.length > 1 && parts.length % 1024 === 0) parts = [Buffer.concat(parts)];
        parts.push(part);
        length += part.length;
        check(parts[0] as Buffer, length);
        if (at < 0) return;
        flush();
        from = at + 1;
      }
    },
    end: flush,
  };
}

type Fields = Readonly<Record<string, unknown>>;

const garbage = (host: string, line: string): UsageError =>
  new UsageError('remote.garbage', { host, text: harmless(line.trim(), 100) });

/** What the records say, one after the other: a `run`, a `measured` each, `observations`, `summary`. */
function createHearing(host: string, listener: RecordListener) {
  let run: { readonly total: number; readonly machine: Machine | null } | null = null;
  let done = 0;
  let whole = false;
  let observations: Observations | null = null;
  /** By the place of the first fault: its own words are for who wrote a file. */
  const shaped = (shape: Parameters<typeof faultsOf>[0], fields: Fields): void => {
    const [fault] = faultsOf(shape, fields);
    if (fault !== undefined) throw garbage(host, `${String(fields['type'])}${fault.pointer}`);
  };
  const begin = (fields: Fields): void => {
    refuseOther(host, fields);
    shaped(runRecord, fields);
    const { schema, tool, startedAt, environment, machine = null, targets } = fields as unknown as Run;
    run = { total: targets, machine };
    listener.onStart({ schema, tool, startedAt, environment, machine }, targets);
  };
  const measured = (fields: Fields, total: number): void => {
    shaped(measuredRecord, fields);
    done += 1;
    const { type: _, ...target } = fields as unknown as MeasuredTarget & { readonly type: string };
    listener.onMeasured(target, done, total);
  };
  return {
    record(line: string): void {
      const json = readJson(line, deepest);
      const fields = ('value' in json ? json.value : null) as Fields | null;
      const type = typeof fields === 'object' && fields !== null ? fields['type'] : null;
      if (fields === null || whole) throw garbage(host, line);
      if (run === null && type === 'run') begin(fields);
      else if (run !== null && type === 'measured' && observations === null && done < run.total) {
        measured(fields, run.total);
      } else if (run !== null && type === 'observations' && observations === null) {
        shaped(observationsRecord, fields);
        observations = fields['observations'] as Observations;
      } else if (type === 'summary' && observations !== null) {
        shaped(summaryRecord, fields);
        whole = true;
      } else throw garbage(host, line);
    },
    progress: () => (run === null ? null : { done, total: run.total }),
    result: (): RemoteResult | null =>
      run !== null && whole && observations !== null ? { observations, machine: run.machine } : null,
  };
}

type Run = Omit<ReportStart, 'options'> & { readonly targets: number };

/** `host` names the machine in messages. */
export function createRecordReader(host: string, listener: RecordListener): RecordReader {
  const hearing = createHearing(host, listener);
  let strayBytes = 0;
  let stray: string | null = null;
  let bytes = 0;
  const lines = splitLines(
    (line) => {
      if (hearing.progress() !== null || line[0] === brace) {
        hearing.record(line.toString());
        return;
      }
      stray ??= harmless(line.toString().trim(), 200) || null;
      strayBytes += line.length;
      if (strayBytes > mostStray) throw garbage(host, stray ?? '');
    },
    (start, length) => {
      if (length > mostOfLine && !start.subarray(0, wholeRun.length).equals(wholeRun)) {
        throw new UsageError('remote.too-much', { host });
      }
    },
  );
  return {
    take(chunk) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new UsageError('remote.too-much', { host });
      lines.take(chunk);
    },
    end() {
      lines.end();
      return hearing.result();
    },
    progress: hearing.progress,
    stray: () => stray,
  };
}

/** Another wayclear, or another report: its records may mean something else. */
function refuseOther(host: string, run: Fields): void {
  const tool = run['tool'];
  const there = typeof tool === 'object' && tool !== null && 'version' in tool ? tool.version : null;
  if (there === version && run['schema'] === 1) return;
  throw new UsageError('remote.version', {
    host,
    there: harmless(String(there), 40),
    schema: harmless(String(run['schema']), 40),
    here: version,
  });
}
