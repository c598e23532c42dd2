import { allowListNames } from '../allowlist/registry.ts';
import { reporterNames } from '../report/registry.ts';
import type { CommandName } from './flags.ts';

const reporting: readonly CommandName[] = ['check', 'diagnose', 'demo', 'watch', 'carry import'];

/** Names for `--format` of a command, the default first. */
export function formatsOf(command: CommandName): readonly string[] {
  if (command === 'allowlist') return allowListNames;
  return reporting.includes(command) ? reporterNames : ['table', 'json'];
}
