import type { View } from '../model.ts';
import type { Options } from '../options.ts';
import { type OutputFile, openOutput } from '../output.ts';
import type { Io } from './io.ts';
import type { FormatRequest } from './values.ts';

export interface Outputs {
  /** Renders and writes every format. One that fails is told on stderr, the others are written; false then. */
  deliver(render: (format: string, view: View) => string | Promise<string>): Promise<boolean>;
  /** Leaves what was there before. */
  discard(): void;
}

/** Columns of what is no terminal: wide enough for a table, narrow enough for a mail. */
const plainWidth = 100;

/** Opens what `--format` names. A place that can't be written is a UsageError, and then none stays open. */
export function openOutputs(io: Io, options: Pick<Options, 'formats' | 'lang' | 'verbose' | 'colour'>): Outputs {
  const opened: { readonly format: FormatRequest; readonly file: OutputFile | null }[] = [];
  const discard = (): void => {
    for (const { file } of opened) file?.discard();
  };
  try {
    for (const format of options.formats) {
      opened.push({ format, file: format.file === null ? null : openOutput(format.file, io.cwd) });
    }
  } catch (error) {
    discard();
    throw error;
  }
  return {
    async deliver(render) {
      let all = true;
      for (const { format, file } of opened) {
        try {
          const text = await render(format.name, viewOf(io, options, format.file));
          if (file === null) await io.stdout.write(text);
          else file.commit(text);
        } catch (error) {
          all = false;
          file?.discard();
          const where = format.file === null ? '' : ` for ${format.file}`;
          io.stderr.write(`wayclear: the ${format.name} output${where} failed: ${explain(error)}\n`);
        }
      }
      return all;
    },
    discard,
  };
}

function explain(error: unknown): string {
  if (error instanceof Error && 'code' in error) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** How to show something: a file gets a fixed width and no colour, a terminal its own. */
export function viewOf(io: Io, options: Pick<Options, 'lang' | 'verbose' | 'colour'>, file: string | null): View {
  const { lang, verbose } = options;
  if (file !== null) return { lang, width: plainWidth, colour: false, verbose, file };
  return { lang, width: io.stdout.columns ?? plainWidth, colour: options.colour ?? wantsColour(io), verbose };
}

/** FORCE_COLOR as the runtime reads it (empty, 1, 2, 3 or true: on; else off), else a terminal that is not dumb. */
function wantsColour({ env, stdout }: Io): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return ['', '1', '2', '3', 'true'].includes(forced);
  return stdout.isTTY && env['TERM'] !== 'dumb';
}
