import type { View } from '../report/view.ts';
import { runtimeReasonOf, UsageError } from '../usage-error.ts';
import type { Language } from '../words/language.ts';
import { wordsOf } from '../words/load.ts';
import { noticesOf } from '../words/notices.ts';
import { tellRefusal } from '../words/refusals.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { type OutputFile, openOutput } from './output.ts';
import { ownWords } from './own-words.ts';
import { type FormatRequest, quoted } from './values.ts';

/** One `--format`: what is written, how it shall look, and where it goes. */
export interface Output {
  readonly format: string;
  readonly view: View;
  /** Never throws: a place that fails is told by `end`. Awaited, it waits for a reader that is slower. */
  write(text: string): Promise<void>;
  /** What made the text failed: nothing more is written, and `end` tells it. */
  fail(error: unknown): void;
  /** Puts a file in place. An output that failed is told on stderr, and what was there before is left; false then. */
  end(): boolean;
}

/** The text of a format. */
export type Renderer = (format: string, view: View) => string | Promise<string>;

export interface Outputs {
  readonly all: readonly Output[];
  /** Renders, writes and ends every output, or those given. One that fails is told, the others are written; false then. */
  deliver(render: Renderer, outputs?: readonly Output[]): Promise<boolean>;
  /** Leaves what was there before. */
  discard(): void;
}

/** Columns of what is no terminal: wide enough for a table, narrow enough for a mail. */
const plainWidth = 100;

type ShownOptions = Pick<Options, 'formats' | 'lang' | 'verbose' | 'quiet' | 'colour'> &
  Partial<Pick<Options, 'attended'>>;

/** Opens what `--format` names. A place that can't be written is a UsageError, and then none stays open. */
export async function openOutputs(io: Io, options: ShownOptions): Promise<Outputs> {
  const files: OutputFile[] = [];
  const discard = (): void => {
    for (const file of files) file.discard();
  };
  // A pipe may be waited for, and what is open by then is not to be left behind either.
  io.ending.addTidying(discard);
  const all: Output[] = [];
  try {
    for (const format of options.formats) {
      const file = format.file === null ? null : await openOutput(format.file, io.cwd, io.ending.work, format.append);
      if (file !== null) {
        const { identity } = file;
        const twice = identity !== null && files.some((other) => sameFile(io, other.identity, identity));
        files.push(file);
        if (twice) throw new UsageError('option.same-file', { file: quoted(format.file ?? '') });
      }
      all.push(outputOf(io, format, file, viewOf(io, options, format.file)));
    }
  } catch (error) {
    discard();
    throw error;
  }
  return {
    all,
    async deliver(render, outputs = all) {
      let whole = true;
      for (const output of outputs) {
        try {
          await output.write(await render(output.format, output.view));
        } catch (error) {
          output.fail(error);
        }
        whole = output.end() && whole;
      }
      return whole;
    },
    discard,
  };
}

/** Where nothing is there yet, names are compared as the system's file systems usually do. */
function sameFile({ platform }: Io, one: string | null, other: string): boolean {
  const folded = platform === 'win32' || platform === 'darwin';
  return folded ? one?.toLowerCase() === other.toLowerCase() : one === other;
}

function outputOf(io: Io, format: FormatRequest, file: OutputFile | null, view: View): Output {
  let failure: { readonly error: unknown } | null = null;
  const fail = (error: unknown): void => {
    failure ??= { error };
  };
  return {
    format: format.name,
    view,
    async write(made) {
      if (failure !== null) return;
      try {
        const text = io.secrets.scan(made, () => ownWords(view.lang));
        if (file === null) await io.stdout.write(text);
        else await file.write(text);
      } catch (error) {
        fail(error);
      }
    },
    fail,
    end() {
      try {
        if (failure === null) file?.commit();
      } catch (error) {
        fail(error);
      }
      if (failure === null) return true;
      file?.discard();
      const why = explain(failure.error, view.lang);
      io.stderr.write(`wayclear: ${noticesOf(view.lang).outputFailed(format.name, format.file, why)}\n`);
      return false;
    },
  };
}

/** Reasons of the system in the words of the language; a fault of our own with its place. */
function explain(error: unknown, lang: Language): string {
  if (error instanceof Error && 'code' in error) {
    return tellRefusal(wordsOf(lang).refusals, runtimeReasonOf(error)).message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** How to show something: a file gets a fixed width and no colour, a terminal its own. */
function viewOf(io: Io, options: ShownOptions, file: string | null): View {
  const { lang, verbose, quiet, attended = false } = options;
  if (file !== null) return { lang, width: plainWidth, colour: false, verbose, file };
  return {
    lang,
    width: io.stdout.columns ?? plainWidth,
    colour: options.colour ?? wantsColour(io),
    verbose,
    quiet,
    attended,
  };
}

/** FORCE_COLOR as the runtime reads it (empty, 1, 2, 3 or true: on; else off), else a terminal that is not dumb. */
function wantsColour({ env, stdout }: Io): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return ['', '1', '2', '3', 'true'].includes(forced);
  return stdout.isTTY && env['TERM'] !== 'dumb';
}
