import { harmless } from '../harmless.ts';
import type { RunDependencies } from '../probe/run.ts';
import type { ReportStart } from '../report/reporter.ts';
import { fitted } from '../report/wrap.ts';
import { wordsOf } from '../words/load.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';

/** Who is told of a run while it goes on; what is left out is not told. */
export interface RunListener extends Pick<RunDependencies, 'onTarget' | 'onExperiment'> {
  /** Before the first target ends; with the number of targets, those included that are not tested. */
  readonly onStart?: (report: ReportStart, targets: number) => void;
}

interface Progress extends RunListener {
  /** A target that was measured elsewhere. */
  onMeasured(host: string, done: number, total: number): void;
  end(): void;
}

const everyMs = 80;
/** The time goes on while nothing ends. */
const tickMs = 1000;

/**
 * One line on stderr with phase, number and time, rewritten as targets end and erased at the end; nothing where nobody
 * watches.
 */
export function startProgress(io: Io, { quiet, lang }: Pick<Options, 'quiet' | 'lang'>): Progress {
  const { stderr, env, clock } = io;
  if (quiet || !stderr.isTTY || (env['CI'] ?? '') !== '' || env['TERM'] === 'dumb')
    return { onMeasured: () => {}, end: () => {} };
  const { screen, labels } = wordsOf(lang);
  const width = (stderr.columns ?? 80) - 1;
  const since = clock.now();
  let last = Number.NEGATIVE_INFINITY;
  let count = '';
  let host = '';
  const draw = (): void => {
    if (count === '') return;
    last = clock.now();
    const seconds = Math.floor((last - since) / 1000);
    const time = seconds === 0 ? [] : [labels.duration(seconds * 1000)];
    stderr.write(`\r\u001b[2K${fitted(harmless([count, ...time, host].join('  '), 1000), width)}`);
  };
  const timer = setInterval(draw, tickMs).unref();
  const update = (phase: string, done: number, total: number, of: string): void => {
    count = `${phase} ${done}/${total}`;
    host = of;
    if (done >= total || clock.now() - last >= everyMs) draw();
  };
  return {
    onTarget: (target, _, done, total) => update(screen.phases.measure, done, total, target.host),
    onMeasured: (of, done, total) => update(screen.phases.measure, done, total, of),
    onExperiment: (experiment, done, total) => update(screen.phases.experiments, done, total, experiment.host),
    end: () => {
      clearInterval(timer);
      stderr.write('\r\u001b[2K');
    },
  };
}
