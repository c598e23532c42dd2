/**
 * Times a collector and what it says of a fleet: `node fleet.mjs WHAT PROGRAM HEALTHY FAILING`, the last two being reports of
 * `wayclear check`. One line of JSON a figure.
 */
import { readFileSync } from 'node:fs';
import type { Report } from '../../src/model/report.ts';
import { loadWords } from '../../src/words/load.ts';
import { collectors } from './collectors.ts';
import { commits } from './commits.ts';
import { month } from './month.ts';
import { posts } from './posts.ts';
import { sizes } from './sizes.ts';
import { throttle } from './throttle.ts';

/** What was found out of one thing, in whatever unit its name says. */
export interface Figure {
  readonly what: string;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
  /** How many of what was done. */
  readonly count: number;
  /** What it came to, by name. */
  readonly figures?: Readonly<Record<string, number>>;
}

export interface Job {
  /** The built program. */
  readonly program: string;
  readonly healthy: Report;
  readonly failing: Report;
  tell(figure: Figure): void;
}

const works: Readonly<Record<string, (job: Job) => Promise<void>>> = {
  ...{ posts, commits, throttle, month, sizes, collectors },
};

const [what = '', program = '', healthy = '', failing = ''] = process.argv.slice(2);
const read = (file: string): Report => JSON.parse(readFileSync(file, 'utf8')) as Report;
await loadWords('en');
await works[what]?.({
  ...{ program, healthy: read(healthy), failing: read(failing) },
  tell: (figure) => process.stdout.write(`${JSON.stringify(figure)}\n`),
});
process.exit();
