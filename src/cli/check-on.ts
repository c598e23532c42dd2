import { harmless } from '../harmless.ts';
import { sshArguments } from '../remote/place.ts';
import { createRecordReader, type RecordReader } from '../remote/records.ts';
import { askVersion, holdSession, type SessionEnd } from '../remote/session.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import { refusal } from '../words/refusals.ts';
import { conclude, judged } from './conclude.ts';
import type { Context } from './context.ts';
import { openOutputs } from './deliver.ts';
import type { Io } from './io.ts';
import type { OnOptions } from './on-options.ts';
import type { Options } from './options.ts';
import { startProgress } from './progress.ts';
import { openReports } from './reports.ts';
import { openStoreFor } from './store-door.ts';
import { toldOver } from './told-over.ts';

/** Checks on another machine and judges here. A run that did not start, or did not end, is a mistake and never a finding. */
export async function checkOn({ io, options }: Context, on: OnOptions): Promise<number> {
  const { offlineBy: where, labels } = options;
  if (where !== null) throw new UsageError('mode.offline', { where, command: 'check --on' });
  const outputs = await openOutputs(io, options);
  const store = options.store === null ? null : await openStoreFor(io, options.store, true);
  try {
    const input = await toldOver(io, options, on);
    const reports = await openReports(outputs);
    const progress = startProgress(io, options);
    const reader = createRecordReader(on.place.host, {
      onStart: (start, targets) => reports.onStart?.({ ...start, options: options.used, labels }, targets),
      onMeasured: (target, done, total) => {
        progress.onMeasured(target.host, done, total);
        reports.onMeasured(target);
      },
    });
    const session = {
      ...{ place: on.place, program: options.remoteProgram, connectMs: options.timeoutMs, input },
      onOutput: (bytes: Buffer): void => reader.take(bytes),
      onEnd: io.ending.addTidying,
    };
    const ended = await holdSession(session, { ...io, work: io.ending.work }).finally(() => progress.end());
    const result = reader.end();
    if (result === null) throw await failureOf(io, options, on, ended, reader);
    tellMessages(io, on, ended);
    const { observations, machine } = result;
    const parts = await judged(io, options, observations, { machine, labels });
    const written = await reports.end(parts);
    const code = await conclude(io, options, parts, written && ended.status !== 2, { store });
    return written && ended.status === 130 ? 130 : code;
  } finally {
    outputs.discard();
    await store?.close();
  }
}

/** Of standard error over there: what wayclear itself said, each once, as what it is. */
function tellMessages(io: Io, { place }: OnOptions, { stderr }: SessionEnd): void {
  for (const line of stderr.split('\n')) {
    if (line.startsWith(own))
      io.stderr.write(`${own}${place.host}: ${harmless(line.slice(own.length).trim(), 1000)}\n`);
  }
}

const own = 'wayclear: ';
/** Codes of shells for a program that is not there (of POSIX, of cmd and of PowerShell), and of many that are no wayclear. */
const noProgram: readonly (number | null)[] = [1, 126, 127, 9009];

/** Why there is no result. */
async function failureOf(
  io: Io,
  options: Options,
  on: OnOptions,
  ended: SessionEnd,
  reader: RecordReader,
): Promise<UsageError> {
  const { place } = on;
  const { remoteProgram: program } = options;
  const { host } = place;
  const { status, stderr } = ended;
  const lines = stderr
    .split('\n')
    .map((line) => harmless(line.trim(), 300))
    .filter((line) => line !== '');
  const silent =
    status === null
      ? refusal('remote.killed')
      : status === 0
        ? refusal('remote.no-reason')
        : refusal('remote.status', { status });
  const why = lines.at(-1) ?? reader.stray() ?? silent;
  const { work } = io.ending;
  if (work.reason === 'deadline') return new UsageError('remote.late', { host });
  const begun = reader.progress();
  if (begun !== null) return new UsageError('remote.broken-off', { host, ...begun, why });
  if (noProgram.includes(status)) return new UsageError('remote.no-program', { host, program, why });
  if (status === 255 || status === null) {
    // As a person would type it: what ssh asks then is answered once and for all.
    const [command = '', ...parameters] = [
      'ssh',
      ...sshArguments(place, options.timeoutMs, `${program} --version`).slice(5),
    ];
    return new UsageError('remote.not-started', { host, why, line: [command, ...parameters].join(' ') });
  }
  const there = await askVersion({ place, program, connectMs: options.timeoutMs }, { ...io, work });
  if (there !== null && there !== version)
    return new UsageError('remote.version', { host, there, schema: null, here: version });
  const said = lines.findIndex((line) => line.startsWith(own));
  if (said >= 0) {
    const hint = lines.at(-1) ?? null;
    const line = lines[said]?.slice(own.length) ?? '';
    return new UsageError('remote.refused', { host, why: line, hint: said === lines.length - 1 ? null : hint });
  }
  const text = reader.stray() ?? lines.at(-1);
  return text === undefined
    ? new UsageError('remote.no-program', { host, program, why })
    : new UsageError('remote.garbage', { host, text });
}
