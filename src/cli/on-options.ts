/** `--on`: which machine is meant, and which options are for it. */
import { type Place, parsePlace } from '../remote/place.ts';
import { UsageError } from '../usage-error.ts';
import { flagsOf } from './flags.ts';
import type { Layer, Readers, Written } from './layers.ts';

export type Values = Readonly<Record<string, Written>>;

/** Another machine that checks in place of this one. */
export interface OnOptions {
  readonly place: Place;
  /** What was said here, by flag and by configuration file: over there the environment comes between the two. */
  readonly flags: Values;
  readonly config: Values;
}

/** Milliseconds for the records of a run that is over, beyond its deadline and what ssh may take to connect. */
const comingMs = 5000;

/** How long the whole may take: the run over there has its own deadline, from when it starts. */
export const onDeadlineMs = ({
  on,
  deadlineMs,
  timeoutMs,
}: {
  readonly on: OnOptions | null;
  readonly deadlineMs: number;
  readonly timeoutMs: number;
}): number => (on === null ? deadlineMs : deadlineMs + timeoutMs + comingMs);

/** Of the output, what decides how the run ends and in which language it speaks of mistakes; the rest is written here. */
const travelling: readonly string[] = ['fail-on', 'anonymous', 'lang'];
const staying: readonly string[] = ['on', 'remote-program', 'attended', 'mode'];
const measuring: readonly string[] = ['scope', 'route', 'trust', 'limits'];

/** Whether an option is for the machine that measures. */
export function travels(name: string): boolean {
  if (name === 'what' || travelling.includes(name)) return true;
  const row = flagsOf('check').find((flag) => flag.name === name);
  return row !== undefined && measuring.includes(row.group) && !staying.includes(name);
}

const ofOthers = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => travels(name)));

/**
 * Null without `--on`. Messages are signed by the machine that measured, whose key is over there: what a file says of sending
 * is for runs of this one.
 */
export function onOptions(
  {
    what,
    flags,
    configs,
  }: { readonly what: readonly string[]; readonly flags: Layer; readonly configs: readonly Layer[] },
  { value }: Pick<Readers, 'value'>,
): OnOptions | null {
  const place = value<Place | null>('on', null, parsePlace);
  if (place === null) return null;
  if (flags.values['send'] !== undefined) throw new UsageError('remote.send');
  const config: Record<string, Written> = {};
  for (const layer of configs.toReversed()) Object.assign(config, ofOthers(layer.values));
  return { place, flags: { ...ofOthers(flags.values), ...(what.length > 0 ? { what } : {}) }, config };
}
