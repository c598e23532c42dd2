/** Online or offline: one setting for every command. Offline from any source holds, whatever the others say. */
import { type Refusal, UsageError } from '../usage-error.ts';
import type { CommandName } from './flags.ts';
import type { Layer } from './layers.ts';
import { parseChoice } from './values.ts';

/** What says that this machine is offline, as a message names it; null: online. */
export type OfflineBy = string | Refusal | null;

/** The variable that says so for all commands of an account or a service. */
export const modeVariable = 'WAYCLEAR_MODE';

export function offlineBy(layers: readonly Layer[]): OfflineBy {
  for (const { values, where } of layers) {
    const { mode } = values;
    if (mode === undefined) continue;
    if (parseChoice(where('mode'), String(mode), ['online', 'offline']) === 'offline') return where('mode');
  }
  return null;
}

/**
 * Whether a command sends packets whatever its options say, `--offline` apart. One that sends them for an option alone asks
 * {@link holdOffline} where it would; and whatever asks nobody is stopped by the seal (seal.ts).
 */
const sends: Readonly<Record<CommandName, boolean>> = {
  check: true,
  list: false,
  plan: false,
  allowlist: false,
  explain: false,
  diagnose: false,
  diff: false,
  watch: true,
  history: false,
  incidents: false,
  store: false,
  doctor: false,
  // To this machine alone.
  demo: false,
  'carry key': false,
  'carry prepare': false,
  'carry show': false,
  'carry connect': true,
  'carry import': false,
  schema: false,
  completion: false,
  version: false,
};

/** @throws UsageError for a command that sends packets, on a machine that is to send none */
export function holdMode(
  command: CommandName,
  { offline, offlineBy: where }: { readonly offline: boolean; readonly offlineBy: OfflineBy },
): void {
  if (where === null || offline || !sends[command]) return;
  throw new UsageError(command === 'carry connect' ? 'mode.connect' : 'mode.offline', { where, command });
}
