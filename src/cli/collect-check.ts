/** Whether all that a collector needs is there: looks, and begins nothing. */
import { statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { hostAndPort } from '../text-bounds.ts';
import { reasonOf, UsageError } from '../usage-error.ts';
import type { CollectWords } from '../words/contract.ts';
import { loadWords } from '../words/load.ts';
import { type RefusalWords, tellRefusal } from '../words/refusals.ts';
import { certificateFiles, soonMs } from './collect-certificate.ts';
import type { Context } from './context.ts';
import { asMistake, openStoreFor, storeAddress, storeFile } from './store-door.ts';

interface Row {
  readonly name: keyof CollectWords['checks'];
  readonly fine: boolean;
  readonly text: string;
}

interface Spoken {
  readonly words: CollectWords;
  readonly refusals: RefusalWords;
}

const leastMebibytes = 200;
/** A clock before this program was made is wrong. */
const earliest = Date.parse('2026-01-01T00:00:00Z');

/** Why the system refused it. */
const whyNot = (error: unknown, refusals: RefusalWords): string => tellRefusal(refusals, reasonOf(error)).message;

function portRow(address: { readonly host: string; readonly port: number }, { words, refusals }: Spoken): Promise<Row> {
  const shown = hostAndPort(address.host, address.port);
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error) => {
      done({ name: 'port', fine: false, text: `${shown}: ${whyNot(error, refusals)}` });
    });
    server.listen(address.port, address.host, () => {
      server.close(() => done({ name: 'port', fine: true, text: `${shown}: ${words.fine}` }));
    });
  });
}

async function storeRow(context: Context, { words, refusals }: Spoken): Promise<Row> {
  try {
    const store = await openStoreFor(context.io, context.options.store, true);
    try {
      const faults = await store.faults();
      // Writes, and takes it back: a store that can only be read is none.
      await store.putSetting('collect-check', context.io.clock.wall());
      await store.putSetting('collect-check', undefined);
      const text = faults.length === 0 ? `${store.engine}: ${words.fine}` : faults.join('; ');
      return { name: 'store', fine: faults.length === 0, text };
    } finally {
      await store.close();
    }
  } catch (error) {
    return { name: 'store', fine: false, text: mistakeTold(error, refusals) };
  }
}

async function diskRow(address: string, cwd: string, { words, refusals }: Spoken): Promise<Row | null> {
  const file = await storeFile(address);
  if (file === null) return null;
  try {
    const { bavail, bsize } = statfsSync(dirname(resolve(cwd, file)));
    const free = Math.floor((bavail * bsize) / 1_048_576);
    return { name: 'disk', fine: free >= leastMebibytes, text: words.free(free) };
  } catch (error) {
    return { name: 'disk', fine: false, text: whyNot(error, refusals) };
  }
}

async function certificateRow({ io, options }: Context, now: number, { words, refusals }: Spoken): Promise<Row> {
  const { tls } = options.collect;
  if (tls === null) return { name: 'certificate', fine: true, text: words.certificateNone };
  try {
    const { until } = certificateFiles(tls, io.cwd);
    return { name: 'certificate', fine: Date.parse(until) - now > soonMs, text: words.certificateUntil(until) };
  } catch (error) {
    return { name: 'certificate', fine: false, text: mistakeTold(error, refusals) };
  }
}

/** @throws what is no mistake of the user */
function mistakeTold(thrown: unknown, refusals: RefusalWords): string {
  const error = asMistake(thrown);
  if (!(error instanceof UsageError)) throw error;
  return error.tell(refusals).message;
}

/** Prints a line for each; 0 if all is fine, else 1. */
export async function checkCollector(
  context: Context,
  address: { readonly host: string; readonly port: number },
  words: CollectWords,
): Promise<number> {
  const { io, options } = context;
  const spoken: Spoken = { words, refusals: (await loadWords(options.lang)).refusals };
  const now = io.clock.wall();
  const clock = new Date(now).toISOString();
  const disk = await diskRow(storeAddress(io, options.store), io.cwd, spoken);
  const rows: readonly Row[] = [
    await portRow(address, spoken),
    await certificateRow(context, now, spoken),
    await storeRow(context, spoken),
    ...(disk === null ? [] : [disk]),
    { name: 'clock', fine: now > earliest, text: clock },
  ];
  for (const { name, fine, text } of rows)
    await io.stdout.write(`${fine ? '✓' : '✗'} ${words.checks[name]}: ${text}\n`);
  return rows.every(({ fine }) => fine) ? 0 : 1;
}
