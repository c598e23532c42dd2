import { harmless } from '../harmless.ts';
import type { Io } from './io.ts';

export interface Progress {
  update(done: number, total: number, what: string): void;
  end(): void;
}

const silence: Progress = { update: () => {}, end: () => {} };
const everyMs = 80;

/** One line on stderr, rewritten as targets end and erased at the end; nothing where nobody watches. */
export function startProgress(io: Io, quiet: boolean): Progress {
  const { stderr, env, clock } = io;
  if (quiet || !stderr.isTTY || (env['CI'] ?? '') !== '' || env['TERM'] === 'dumb') return silence;
  const width = (stderr.columns ?? 80) - 1;
  let last = Number.NEGATIVE_INFINITY;
  return {
    update(done, total, what) {
      const now = clock.now();
      if (done < total && now - last < everyMs) return;
      last = now;
      stderr.write(`\r\u001b[2K${harmless(`${done}/${total} ${what}`, 1000).slice(0, width)}`);
    },
    end: () => stderr.write('\r\u001b[2K'),
  };
}
