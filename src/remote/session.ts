/** Runs wayclear on another machine through the system's ssh. Knows nothing of what the records mean. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { programRunner } from '../system-program.ts';
import { UsageError } from '../usage-error.ts';
import { windowsProgram } from '../windows/programs.ts';
import { type Place, serving, sshArguments } from './place.ts';

export interface Machinery {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform` says it. */
  readonly platform: string;
  /** Ends the run: with `interrupted` as the reason so that what was measured still comes, else at once. */
  readonly work: AbortSignal;
}

export interface Session {
  readonly place: Place;
  readonly program: string;
  /** How long ssh may try to reach the host. */
  readonly connectMs: number;
  /** The line that tells the program over there what to do. */
  readonly input: string;
  /** What comes from it; what this throws ends the session. */
  readonly onOutput: (bytes: Buffer) => void;
  /** Is given what ends the session, should this process end first. */
  readonly onEnd: (kill: () => void) => void;
}

/** How a session ended. */
export interface SessionEnd {
  /** The program's exit code, or 255 of ssh itself; null where ssh was ended. */
  readonly status: number | null;
  readonly stderr: string;
}

const mostOfStderr = 65_536;
/** For what was measured to come, once somebody has interrupted the run. */
const partialMs = 5000;
/** For the last bytes, once ssh itself has ended: another that it left behind may hold the pipe open. */
const lastBytesMs = 1000;

/** On Windows the one that comes with it: what lies in the working directory would be found before it. */
function sshProgram({ env, platform }: Machinery): string {
  const own = windowsProgram('ssh', env);
  return platform === 'win32' && existsSync(own) ? own : 'ssh';
}

/** What ssh needs of ours. The password is not for it, and by `SendEnv` it would travel. */
function environmentOf({ env }: Machinery): NodeJS.ProcessEnv {
  const { WAYCLEAR_PROXY_PASSWORD: _, ...others } = env;
  return others;
}

/** @throws UsageError where there is no ssh, and what `onOutput` throws */
export async function holdSession(session: Session, machinery: Machinery): Promise<SessionEnd> {
  const { place, connectMs, program } = session;
  const child = spawn(sshProgram(machinery), sshArguments(place, connectMs, serving(program)), {
    env: environmentOf(machinery),
    stdio: ['pipe', 'pipe', 'pipe'],
    // In a group of its own: Ctrl-C at the terminal would end it before what was measured has come.
    detached: machinery.platform !== 'win32',
    windowsHide: true,
  });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  session.onEnd(kill);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = `${stderr}${text}`.slice(0, mostOfStderr);
  });
  // The program over there may end before it has read anything.
  for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.on('error', () => {});
  const heed = obey(child, kill, machinery.work);
  try {
    const ended = exitOf(child);
    child.stdin.write(session.input);
    const [status] = await Promise.all([ended, readAll(child, session.onOutput, ended)]);
    return { status, stderr };
  } finally {
    heed.off();
    kill();
    for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy();
  }
}

/** Ends the run when the work ends: by the end of its input, that it still tells what it measured, and then by force. */
function obey(child: ChildProcess, kill: () => void, work: AbortSignal): { off(): void } {
  let timer: NodeJS.Timeout | undefined;
  const heed = (): void => {
    if (work.reason === 'interrupted') child.stdin?.end();
    else kill();
    timer = setTimeout(kill, partialMs);
  };
  if (work.aborted) heed();
  else work.addEventListener('abort', heed, { once: true });
  return {
    off() {
      clearTimeout(timer);
      work.removeEventListener('abort', heed);
    },
  };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new UsageError('remote.no-ssh') : error),
    );
    child.once('exit', resolve);
  });
}

async function readAll(child: ChildProcess, onOutput: (bytes: Buffer) => void, ended: Promise<unknown>): Promise<void> {
  const { stdout } = child;
  if (stdout === null) return;
  ended.then(
    () => setTimeout(() => stdout.destroy(), lastBytesMs).unref(),
    () => stdout.destroy(),
  );
  try {
    for await (const bytes of stdout as AsyncIterable<Buffer>) onOutput(bytes);
  } catch (error) {
    // Cut off above, not by what was read.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** What the program over there says its version is; null where it says none. */
export async function askVersion(
  { place, program, connectMs }: Pick<Session, 'place' | 'program' | 'connectMs'>,
  machinery: Machinery,
): Promise<string | null> {
  const bounds = {
    timeoutMs: connectMs + partialMs,
    mostBytes: 4096,
    encoding: 'utf8',
    signal: machinery.work,
  } as const;
  const parameters = sshArguments(place, connectMs, `${program} --version`);
  const told = await programRunner(bounds)(sshProgram(machinery), parameters);
  return told?.status === 0 ? (/^\s*(\d[\w.+-]{0,39})\s*$/.exec(told.stdout)?.[1] ?? null) : null;
}
