/** Windows' own programs, from Windows' own folder, and what they write as text. */
import { entryOf } from '../entry.ts';
import { type ProgramBounds, programRunner, type RunProgram } from '../system-program.ts';
import { decodeOutput } from './code-pages.ts';
import { textOf, valuesOf } from './registry.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Of programs that do not lie in System32 itself, the folders below it. */
const folders: Readonly<Record<string, readonly string[]>> = {
  'powershell.exe': ['WindowsPowerShell', 'v1.0'],
  'ssh.exe': ['OpenSSH'],
};

/**
 * Where a program of Windows lies. By its bare name Windows would look in the working directory first (CreateProcess,
 * and libuv after it), where a stranger may have put one of that name.
 */
export function windowsProgram(program: string, env: Variables): string {
  const system = `${env['SystemRoot'] || 'C:\\Windows'}\\System32`;
  const name = program.endsWith('.exe') ? program : `${program}.exe`;
  return [system, ...(entryOf(folders, name) ?? []), name].join('\\');
}

const codePages = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage';
/** Where nobody says which: most of the letters are where most of Windows has them. */
const unknownCodePage = 437;

const ascii = /^[\0-\x7f]*$/;

/**
 * Runs programs of the operating system. On Windows they are its own, and what they write without a console is in the
 * OEM code page of the machine, which is asked for once and only where something beyond ASCII came.
 * @param platform `process.platform`
 */
export function systemPrograms(platform: string, env: Variables, bounds: ProgramBounds): RunProgram {
  if (platform !== 'win32') return programRunner(bounds);
  const raw = programRunner({ ...bounds, encoding: 'latin1' });
  let codePage: Promise<number> | null = null;
  const ask = async (): Promise<number> => {
    const asked = await raw(windowsProgram('reg', env), ['query', codePages, '/v', 'OEMCP']);
    return asked?.status === 0 ? Number(textOf(valuesOf(asked.stdout), 'oemcp')) || unknownCodePage : unknownCodePage;
  };
  return async (program, parameters) => {
    const ended = await raw(windowsProgram(program, env), parameters);
    if (ended === null || (ascii.test(ended.stdout) && !ended.stdout.slice(0, 2).includes('\0'))) return ended;
    codePage ??= ask();
    return { ...ended, stdout: decodeOutput(Buffer.from(ended.stdout, 'latin1'), await codePage) };
  };
}
