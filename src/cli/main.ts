import { harmless } from '../harmless.ts';
import { createCredentialGuard } from '../proxy/lockout.ts';
import { urlSecrets } from '../secrets/url-accounts.ts';
import { UsageError } from '../usage-error.ts';
import type { Language } from '../words/language.ts';
import { labelsOf, loadWords } from '../words/load.ts';
import { parseArguments } from './arguments.ts';
import { readConfigs, readModes } from './config.ts';
import type { Command } from './context.ts';
import { type ExitCodes, troubleCode } from './exit-codes.ts';
import type { CommandName } from './flags.ts';
import { flagsOf } from './flags.ts';
import { formatsOf } from './formats.ts';
import type { Given, Io } from './io.ts';
import { holdMode, obeysMode } from './mode.ts';
import { onDeadlineMs } from './on-options.ts';
import { type Options, resolveOptions, takesWhat } from './options.ts';
import { ownWords } from './own-words.ts';
import { languageOfArguments } from './spoken-language.ts';
import { asMistake } from './store-door.ts';
import { parseAmount } from './values.ts';

export { createSecrets } from '../secrets/secrets.ts';
export { UsageError } from '../usage-error.ts';
export { attend } from './attend.ts';

/** Loaded when they run: the help needs neither the prober nor the reporters. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  check: async () => (await import('./commands/check.ts')).check,
  list: async () => (await import('./commands/list.ts')).list,
  plan: async () => (await import('./commands/plan.ts')).plan,
  allowlist: async () => (await import('./commands/allowlist.ts')).allowlist,
  explain: async () => (await import('./commands/explain.ts')).explain,
  diagnose: async () => (await import('./commands/diagnose.ts')).diagnose,
  diff: async () => (await import('./commands/diff.ts')).diff,
  watch: async () => (await import('./commands/watch.ts')).watch,
  history: async () => (await import('./commands/history.ts')).history,
  incidents: async () => (await import('./commands/incidents.ts')).incidents,
  store: async () => (await import('./commands/store.ts')).store,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  demo: async () => (await import('./commands/demo.ts')).demo,
  'carry key': async () => (await import('./commands/carry-key.ts')).carryKey,
  'carry prepare': async () => (await import('./commands/carry-prepare.ts')).carryPrepare,
  'carry show': async () => (await import('./commands/carry-show.ts')).carryShow,
  'carry connect': async () => (await import('./commands/carry-connect.ts')).carryConnect,
  'carry import': async () => (await import('./commands/carry-import.ts')).carryImport,
  'collect token': async () => (await import('./commands/collect-tokens.ts')).collectToken,
  'collect tokens': async () => (await import('./commands/collect-tokens.ts')).collectTokens,
  'collect withdraw': async () => (await import('./commands/collect-tokens.ts')).collectWithdraw,
  'collect machines': async () => (await import('./commands/collect-admin.ts')).collectMachines,
  'collect audit': async () => (await import('./commands/collect-admin.ts')).collectAudit,
  'collect admit': async () => (await import('./commands/collect-admin.ts')).collectAdmit,
  'collect revoke': async () => (await import('./commands/collect-admin.ts')).collectRevoke,
  collect: async () => (await import('./commands/collect.ts')).collect,
  schema: async () => (await import('./commands/schema.ts')).schema,
  completion: async () => (await import('./commands/completion.ts')).completion,
  version: async () => (await import('./commands/version.ts')).version,
};

/**
 * Runs the command line and returns the exit code. A mistake of the user is told in two lines, the end of an interrupted
 * command in none; a bug is thrown.
 */
export async function main(given: Given): Promise<number> {
  const { secrets } = given;
  const { stderr } = given;
  for (const text of [...given.args, ...Object.values(given.env)]) {
    for (const secret of urlSecrets(text ?? '')) secrets.addText(secret);
  }
  let typed: Promise<string | null> | null = null;
  const io: Io = {
    ...given,
    guard: createCredentialGuard(given.clock),
    // Whoever sits there types it once, however many things of the run need it, and for however long a watch goes on.
    askSecret: async (question) => {
      typed ??= given.askSecret?.(question) ?? Promise.resolve(null);
      return await typed;
    },
    stderr: { ...stderr, write: (text) => stderr.write(secrets.scan(text, () => ownWords('en'))) },
  };
  let { lang } = languageOfArguments(given.args, given.env);
  let exitCodes: ExitCodes = 'wayclear';
  const interruptedCode = (): number => (exitCodes === 'nagios' ? troubleCode(exitCodes) : 130);
  try {
    const code = await dispatch(io, lang, (chosen) => {
      lang = chosen.lang ?? lang;
      exitCodes = chosen.exitCodes ?? exitCodes;
    });
    return io.ending.interrupted() && !io.ending.isOpen() ? interruptedCode() : code;
  } catch (thrown) {
    const error = asMistake(thrown);
    if (!(error instanceof UsageError)) throw error;
    if (io.ending.interrupted()) return interruptedCode();
    const { refusals } = await loadWords(lang);
    const { message, more, hint } = error.tell(refusals);
    const lines = [`wayclear: ${harmless(message, 1000)}`, ...more.map((line) => `  ${harmless(line, 1000)}`)];
    const [usual] = refusals['command.hint']();
    io.stderr.write(`${[...lines, harmless(hint ?? usual, 1000)].join('\n')}\n`);
    return troubleCode(exitCodes);
  }
}

/** `spoken`: the language until a file may say another. `choose` is told how to end and to speak as soon as that is known. */
async function dispatch(
  io: Io,
  spoken: Language,
  choose: (chosen: Partial<Pick<Options, 'lang' | 'exitCodes'>>) => void,
): Promise<number> {
  const parsed = await parseArguments(io.args, spoken);
  if (parsed.kind === 'help') {
    await io.stdout.write(parsed.text);
    return 0;
  }
  const { command, words, flags } = parsed;
  const configurable = flagsOf(command).some((row) => row.name === 'config');
  const { config: file, deadline, attended } = flags;
  if (flags['exit-codes'] === 'nagios') choose({ exitCodes: 'nagios' });
  // Reading the file that may name another is not to take longer either.
  if (typeof deadline === 'string') io.ending.setDeadline(parseAmount('deadline')('--deadline', deadline));
  const options = resolveOptions({
    command,
    what: takesWhat.includes(command) ? words : [],
    flags: { source: 'flag', values: flags, where: (name) => `--${name}` },
    configs: configurable
      ? await readConfigs(io, typeof file === 'string' ? file : null, spoken, attended === true)
      : obeysMode(command)
        ? await readModes(io)
        : [],
    env: io.env,
    formats: formatsOf(command),
  });
  choose(options);
  io.ending.setDeadline(onDeadlineMs(options));
  holdMode(command, options);
  const [run] = await Promise.all([commands[command](), loadWords(options.lang)]);
  const { offlineBy } = options;
  const open = offlineBy === null ? null : (await import('./seal.ts')).sealNetwork(offlineBy);
  const code = await run({ io, words, options }).finally(() => open?.());
  const { found, isShort } = io.secrets;
  const labels = labelsOf(options.lang);
  if (isShort) io.stderr.write(`wayclear: ${labels.shortPassword}\n`);
  if (found > 0) io.stderr.write(`wayclear: ${labels.secretsCut(found)}\n`);
  return code;
}
