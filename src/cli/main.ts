import { harmless } from '../harmless.ts';
import { reporterNames } from '../report/registry.ts';
import { UsageError } from '../usage-error.ts';
import { languages } from '../words/language.ts';
import { loadWords } from '../words/load.ts';
import { parseArguments } from './arguments.ts';
import { readConfig } from './config.ts';
import type { Command } from './context.ts';
import type { CommandName } from './flags.ts';
import { flagsOf } from './flags.ts';
import type { Io } from './io.ts';
import { resolveOptions } from './options.ts';

export { systemClock } from '../clock.ts';
export { UsageError } from '../usage-error.ts';

/** Loaded when they run: the help needs neither the prober nor the reporters. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  check: async () => (await import('./commands/check.ts')).check,
  list: async () => (await import('./commands/list.ts')).list,
  plan: async () => (await import('./commands/plan.ts')).plan,
  explain: async () => (await import('./commands/explain.ts')).explain,
  diagnose: async () => (await import('./commands/diagnose.ts')).diagnose,
  diff: async () => (await import('./commands/diff.ts')).diff,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  demo: async () => (await import('./commands/demo.ts')).demo,
  schema: async () => (await import('./commands/schema.ts')).schema,
};

const reporting: readonly CommandName[] = ['check', 'diagnose', 'demo'];

/** Runs the command line and returns the exit code. A mistake of the user is told in two lines; a bug is thrown. */
export async function main(io: Io): Promise<number> {
  try {
    return await dispatch(io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const hint = error.hint ?? 'wayclear --help tells more.';
    io.stderr.write(`wayclear: ${harmless(error.message, 1000)}\n${harmless(hint, 1000)}\n`);
    return 2;
  }
}

async function dispatch(io: Io): Promise<number> {
  const parsed = await parseArguments(io.args);
  if (parsed.kind === 'help') {
    await io.stdout.write(parsed.text);
    return 0;
  }
  const { command, words, flags } = parsed;
  const configurable = flagsOf(command).some((row) => row.name === 'config');
  const file = flags['config'];
  const options = resolveOptions({
    command,
    what: command === 'check' || command === 'plan' ? words : [],
    flags: { source: 'flag', values: flags, where: (name) => `--${name}` },
    config: configurable ? readConfig(typeof file === 'string' ? file : null, io.cwd) : null,
    env: io.env,
    formats: reporting.includes(command) ? reporterNames : ['table', 'json'],
    languages,
  });
  const [run] = await Promise.all([commands[command](), loadWords(options.lang)]);
  return await run({ io, words, options });
}
