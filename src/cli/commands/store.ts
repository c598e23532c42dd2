import { UsageError } from '../../usage-error.ts';
import { wordsOf } from '../../words/load.ts';
import type { Context } from '../context.ts';
import { openStoreFor, withStore } from '../store-door.ts';
import { quoted } from '../values.ts';
import { parseStore } from '../watch-options.ts';

const mebibyte = 1024 * 1024;

/** `store check [STORE]`, `store copy FROM TO`. */
export async function store(context: Context): Promise<number> {
  const [action = '', from, to] = context.words;
  if (action === 'check' && to === undefined) return await check(context, named(from));
  if (action === 'copy' && from !== undefined && to !== undefined)
    return await copy(context, parseStore('store copy', from), parseStore('store copy', to));
  if (action === 'copy') {
    const word = from === undefined ? '<from>' : '<to>';
    throw new UsageError('command.missing', { command: 'store copy', word, usage: 'store copy <from> <to>' });
  }
  throw new UsageError('watch.action', { word: quoted(action) });
}

const named = (word: string | undefined): string | null =>
  word === undefined ? null : parseStore('store check', word);

async function check({ io, options }: Context, place: string | null): Promise<number> {
  const { watch } = wordsOf(options.lang);
  await withStore(io, place, false, async (opened) => {
    const faults = await opened.faults();
    if (faults.length > 0) throw new UsageError('watch.unsound', { place: opened.place, faults });
    const looks = await opened.count();
    const size = `${Math.ceil((await opened.size()) / mebibyte)} MiB`;
    await io.stdout.write(`${watch.sound(opened.engine, size, looks)}\n`);
  });
  return 0;
}

/** Copies what is there into a store that holds nothing, piece by piece. */
async function copy({ io, options }: Context, from: string, to: string): Promise<number> {
  const { watch } = wordsOf(options.lang);
  const source = await openStoreFor(io, from, false);
  try {
    const target = await openStoreFor(io, to, true);
    try {
      if (!(await target.isEmpty())) throw new UsageError('watch.not-empty', { place: target.place });
      let count = 0;
      for await (const { table, rows } of source.rows()) {
        await target.restore(table, rows);
        count += rows.length;
      }
      await io.stdout.write(`${watch.copied(count)}\n`);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
  return 0;
}
