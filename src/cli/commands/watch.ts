import { posix } from 'node:path';
import { harmless } from '../../harmless.ts';
import { holdsUrlSecret } from '../../secrets/url-accounts.ts';
import { UsageError } from '../../usage-error.ts';
import { type Host, type LoopSettings, watchOn, watchOnce } from '../../watch/loop.ts';
import { type Reached, schedulerFiles, stateDirectory } from '../../watch/print.ts';
import { scopeOf } from '../../watch/scope.ts';
import { wordsOf } from '../../words/load.ts';
import type { Context } from '../context.ts';
import { isGone, ownHolder } from '../holder.ts';
import { machineId } from '../machine-id.ts';
import { ownName, storeFile, withStore } from '../store-door.ts';
import { showDuration } from '../values.ts';
import { createHost } from '../watch-host.ts';
import type { Scheduler } from '../watch-options.ts';
import { type Served, serveWatch } from '../watch-server.ts';
import { readWays } from '../ways.ts';

/** Looks again and again, keeps what it saw, and tells what changed. */
export async function watch({ io, options }: Context): Promise<number> {
  const { watch: chosen, store: address, anonymous, lang, quiet } = options;
  const { watch: words } = wordsOf(lang);
  if (chosen.listen !== null && (chosen.once || chosen.print !== null)) throw new UsageError('watch.once-listen');
  const reading = chosen.passwordFile !== null ? '--password-file' : '--trusted-header';
  if (chosen.listen === null && (chosen.passwordFile !== null || chosen.trustedHeader !== null))
    throw new UsageError('watch.nobody-reads', { option: reading });
  if (chosen.print !== null) return await print(io, options, chosen.print);
  const stray = options.formats.find(({ name, file }) => file === null && name !== 'table');
  if (stray !== undefined) throw new UsageError('watch.stdout', { name: stray.name });
  const ways = chosen.notify === null ? [] : await readWays(io, chosen.notify, options);
  const sender =
    options.send.places.length === 0
      ? null
      : await (await import('../send.ts')).openSender(io, options, chosen.everyMs);
  const shown = besideMessages(io, options);
  return await withStore(io, address, true, async (store) => {
    const name = ownName(anonymous);
    const settings: LoopSettings = {
      ...{
        name,
        scope: scopeOf({ options: options.used }),
        holder: ownHolder(),
        isGone,
        machineId: machineId(),
        routes: ways.map((way) => way.name),
      },
      ...{ confirm: chosen.confirm, everyMs: chosen.everyMs, windows: chosen.windows },
      ...{ keepMs: chosen.keepMs, keepBytes: chosen.keepBytes },
    };
    const host = createHost(shown, options, store, { ways, sender });
    const overlap = async (): Promise<number> => {
      await shown.stdout.write(`${words.overlap}\n`);
      return 0;
    };
    if (chosen.once) {
      if ((await watchOnce(host, settings)) === 'overlap') return await overlap();
      // It is recorded; a scheduler shows that something else of it is missing.
      return host.hasWritten() ? 0 : 2;
    }
    io.ending.leaveOpen();
    const server = await serveWatch(io, options, store, name);
    try {
      if (!quiet)
        await shown.stdout.write(`${words.watching(harmless(name), store.place, showDuration(chosen.everyMs))}\n`);
      if (!quiet && server !== null) await shown.stdout.write(`${words.serving(server.url)}\n`);
      if (!(await watchOn(readyAfter(host, server), settings))) return await overlap();
      if (!quiet) await shown.stdout.write(`${words.stopped}\n`);
    } finally {
      await server?.close();
    }
    return 0;
  });
}

/** Whoever takes messages from standard output is to get nothing else: what the watch says is on standard error then. */
function besideMessages(io: Context['io'], { send }: Context['options']): Context['io'] {
  if (!send.places.some(({ place }) => place.kind === 'output')) return io;
  return { ...io, stdout: { ...io.stdout, write: async (text) => io.stderr.write(text) } };
}

/** Prints what a scheduler needs to run the same watch. */
async function print(io: Context['io'], options: Context['options'], scheduler: Scheduler): Promise<number> {
  // Files of schedulers are read by others, and what they print goes anywhere.
  if (io.args.some(holdsUrlSecret)) throw new UsageError('watch.printed-secret');
  const { everyMs } = options.watch;
  const schedule = { everyMs, every: showDuration(everyMs), machineId: machineId() };
  await io.stdout.write(schedulerFiles(scheduler, io.args, schedule, await reachedBy(options)));
  return 0;
}

/** What a service with these options reaches besides its own folder, in which it runs. */
async function reachedBy({ store, state, formats, send, watch: chosen, proxy }: Context['options']): Promise<Reached> {
  const kept = await storeFile(store);
  const files = [
    ...(kept === null ? [] : [kept]),
    ...formats.flatMap(({ file }) => file ?? []),
    ...(chosen.cmtraceLog === null ? [] : [chosen.cmtraceLog]),
  ];
  const spools = send.places.flatMap(({ place }) => (place.kind === 'folder' ? [place.path] : []));
  const folders = [...files.map(posix.dirname), ...(state === null ? [] : [state]), ...spools];
  const all = new Set(folders.map((folder) => posix.resolve(stateDirectory, folder)));
  const password = proxy.password !== null && 'file' in proxy.password ? [proxy.password.file] : [];
  const secrets = [chosen.notify, send.tokenFile, ...password].filter((file) => file !== null);
  const isIn = (file: string, folder: string): boolean =>
    `${posix.resolve(stateDirectory, file)}/`.startsWith(`${folder}/`);
  return {
    folders: [...all].filter((folder) => !isIn(folder, stateDirectory)),
    readsSecrets: secrets.length > 0,
    inTmp: [...all, ...secrets].some((file) => isIn(file, '/tmp') || isIn(file, '/var/tmp')),
    inDatabase: store !== null && kept === null,
  };
}

/** The page is made ready when the first look is over, which nothing is to disturb, or when there is none yet. */
function readyAfter(host: Host, server: Served | null): Host {
  let isReady = server === null;
  return {
    ...host,
    async tell(event) {
      await host.tell(event);
      if (isReady) return;
      isReady = true;
      await server?.prepare();
    },
  };
}
