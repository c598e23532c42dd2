import { harmless } from '../harmless.ts';
import type { RunDependencies } from '../probe/run.ts';
import type { ReportStart } from '../report/reporter.ts';
import { labelsOf } from '../words/load.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';

/** Who is told of a run while it goes on; what is left out is not told. */
export interface RunListener extends Pick<RunDependencies, 'onTarget' | 'onExperiment'> {
  /** Before the first packet; with the number of targets, those included that are not tested. */
  readonly onStart?: (report: ReportStart, targets: number) => void;
}

interface Progress extends RunListener {
  end(): void;
}

const everyMs = 80;

/** One line on stderr, rewritten as targets end and erased at the end; nothing where nobody watches. */
export function startProgress(io: Io, { quiet, lang }: Pick<Options, 'quiet' | 'lang'>): Progress {
  const { stderr, env, clock } = io;
  if (quiet || !stderr.isTTY || (env['CI'] ?? '') !== '' || env['TERM'] === 'dumb') return { end: () => {} };
  const width = (stderr.columns ?? 80) - 1;
  let last = Number.NEGATIVE_INFINITY;
  const update = (done: number, total: number, what: string): void => {
    const now = clock.now();
    if (done < total && now - last < everyMs) return;
    last = now;
    stderr.write(`\r\u001b[2K${harmless(`${done}/${total} ${what}`, 1000).slice(0, width)}`);
  };
  return {
    onTarget: (target, _, done, total) => update(done, total, target.host),
    onExperiment: (experiment, done, total) => update(done, total, labelsOf(lang).experimenting(experiment.host)),
    end: () => stderr.write('\r\u001b[2K'),
  };
}
