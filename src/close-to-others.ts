/** Files and folders of this account alone: by their mode, and on Windows, where rights come from the folder above, by icacls. */
import { existsSync, rmdirSync } from 'node:fs';
import { makeFolder } from './make-folder.ts';
import { programRunner, type RunProgram } from './system-program.ts';
import { UsageError } from './usage-error.ts';

/** The system that they are on. */
export interface OwnSystem {
  /** As `process.platform` says it. */
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Left out: the system's own programs are run. */
  readonly exec?: RunProgram;
}

const bounds = { timeoutMs: 10_000, mostBytes: 65_536, encoding: 'utf8' } as const;

/** Who keeps all rights: the owner, the system, administrators; by the names that these have in every language. */
const keeping = ['*S-1-3-4', '*S-1-5-18', '*S-1-5-32-544'];

/**
 * On Windows, takes from everybody else what the folder above gives them: everybody may read what is in ProgramData. What is
 * made later in a folder that was closed is closed as well. False where it could not be done.
 */
export async function closeToOthers(
  path: string,
  kind: 'file' | 'folder',
  { platform, env, exec = programRunner(bounds) }: OwnSystem,
): Promise<boolean> {
  if (platform !== 'win32') return true;
  const { windowsProgram } = await import('./windows/programs.ts');
  const rights = keeping.map((who) => `${who}:${kind === 'folder' ? '(OI)(CI)F' : 'F'}`);
  const ended = await exec(windowsProgram('icacls', env), [path, '/inheritance:r', '/grant:r', ...rights]);
  return ended?.status === 0;
}

/**
 * Makes a folder for this account alone, and those above it that are missing. One that is there stays as it is: whoever made
 * it decided who may read it. @throws UsageError where others keep their rights; the system's error
 */
export async function makeOwnFolder(folder: string, system: OwnSystem): Promise<void> {
  const isThere = existsSync(folder);
  makeFolder(folder, 0o700);
  if (isThere || (await closeToOthers(folder, 'folder', system))) return;
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else put something into it meanwhile.
  }
  throw new UsageError('state.folder-rights', { folder });
}
