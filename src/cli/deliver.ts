import type { View } from '../report/view.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { type OutputFile, openOutput } from './output.ts';
import type { FormatRequest } from './values.ts';

export interface Outputs {
  /** The outputs of a format, to be written while the run goes on; null without one. `deliver` leaves them out then. */
  feed(format: string): Feed | null;
  /** Renders and writes every format. One that fails is told on stderr, the others are written; false then. */
  deliver(render: (format: string, view: View) => string | Promise<string>): Promise<boolean>;
  /** Leaves what was there before. */
  discard(): void;
}

export interface Feed {
  /** Never throws: an output that fails is told by `end`. Awaited, it waits for a reader that is slower. */
  write(text: string): Promise<void>;
  /** Puts files in place. An output that failed is told on stderr; false then. */
  end(): Promise<boolean>;
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
  const fed = new Set<string>();
  const failed = (format: FormatRequest, file: OutputFile | null, error: unknown): void => {
    file?.discard();
    const where = format.file === null ? '' : ` for ${format.file}`;
    io.stderr.write(`wayclear: the ${format.name} output${where} failed: ${explain(error)}\n`);
  };
  return {
    feed(name) {
      const sinks = opened.filter(({ format }) => format.name === name);
      if (sinks.length === 0) return null;
      fed.add(name);
      const errors = new Map<FormatRequest, unknown>();
      return {
        async write(text) {
          const writing = sinks.map(async ({ format, file }) => {
            if (errors.has(format)) return;
            try {
              if (file === null) await io.stdout.write(text);
              else file.write(text);
            } catch (error) {
              if (!errors.has(format)) errors.set(format, error);
            }
          });
          await Promise.all(writing);
        },
        async end() {
          for (const { format, file } of sinks) {
            try {
              if (errors.has(format)) throw errors.get(format);
              file?.commit('');
            } catch (error) {
              errors.set(format, error);
              failed(format, file, error);
            }
          }
          return errors.size === 0;
        },
      };
    },
    async deliver(render) {
      let all = true;
      for (const { format, file } of opened.filter((one) => !fed.has(one.format.name))) {
        try {
          const text = await render(format.name, viewOf(io, options, format.file));
          if (file === null) await io.stdout.write(text);
          else file.commit(text);
        } catch (error) {
          all = false;
          failed(format, file, error);
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
