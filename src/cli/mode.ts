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
 * Whether a command sends packets: whatever its options say, `--offline` apart; for an option alone, and then it asks where it
 * would; or never. Whatever asks nobody is stopped by the seal (seal.ts).
 */
const sends: Readonly<Record<CommandName, 'always' | 'perhaps' | 'never'>> = {
  check: 'always',
  list: 'perhaps',
  plan: 'perhaps',
  allowlist: 'perhaps',
  explain: 'never',
  // These may read a store that is elsewhere.
  diagnose: 'perhaps',
  diff: 'perhaps',
  watch: 'always',
  history: 'perhaps',
  incidents: 'perhaps',
  store: 'perhaps',
  doctor: 'perhaps',
  // To this machine alone.
  demo: 'never',
  'carry key': 'never',
  'carry prepare': 'perhaps',
  'carry show': 'never',
  'carry connect': 'always',
  'carry import': 'perhaps',
  'collect token': 'perhaps',
  'collect tokens': 'perhaps',
  'collect withdraw': 'perhaps',
  'collect machines': 'perhaps',
  'collect audit': 'perhaps',
  'collect admit': 'perhaps',
  'collect revoke': 'perhaps',
  // It answers whoever asks.
  collect: 'always',
  schema: 'never',
  completion: 'never',
  version: 'never',
};

/** Whether the mode of this machine means anything to a command. */
export const obeysMode = (command: CommandName): boolean => sends[command] !== 'never';

interface Asked {
  readonly offline: boolean;
  readonly offlineBy: OfflineBy;
  /** Of a watch that prints a file for a scheduler, and ends. */
  readonly watch: { readonly print: unknown };
}

/** @throws UsageError for a command that sends packets, on a machine that is to send none */
export function holdMode(command: CommandName, { offline, offlineBy: where, watch }: Asked): void {
  if (where === null || offline || sends[command] !== 'always' || watch.print !== null) return;
  throw new UsageError(command === 'carry connect' ? 'mode.connect' : 'mode.offline', { where, command });
}
