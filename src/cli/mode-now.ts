import { parseArguments } from './arguments.ts';
import { readConfigs, readModes } from './config.ts';
import type { Io } from './io.ts';
import { modeVariable, type OfflineBy, offlineBy } from './mode.ts';
import type { Options } from './options.ts';

/** What says by now that this machine is offline: files may have changed since the program was started. */
export async function offlineByNow(io: Io, { lang }: Pick<Options, 'lang'>): Promise<OfflineBy> {
  // What a file of the working directory sets was told at the start.
  const silent: Io = { ...io, stderr: { ...io.stderr, write: () => {} } };
  const parsed = await parseArguments(io.args, lang);
  if (parsed.kind === 'help') return null;
  const { flags } = parsed;
  const { config } = flags;
  const mode = io.env[modeVariable] ?? '';
  return offlineBy([
    { source: 'flag', values: flags, where: (name) => `--${name}` },
    { source: 'environment', values: mode === '' ? {} : { mode }, where: () => modeVariable },
    // Standard input was read once and is no more to be had; what it said of the mode let this watch begin.
    ...(config === '-'
      ? await readModes(io)
      : await readConfigs(silent, typeof config === 'string' ? config : null, lang)),
  ]);
}
