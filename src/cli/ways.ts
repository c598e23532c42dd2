/** The ways of notices that `--notify` names, ready to send. */
import { basename, dirname, resolve } from 'node:path';
import { entryOf } from '../entry.ts';
import { type Way, waysFile } from '../model/ways.ts';
import { deliver } from '../notify/deliver.ts';
import type { Sender } from '../notify/sender.ts';
import { createSender } from '../notify/senders.ts';
import { unknownPlaceholders } from '../notify/template.ts';
import { outgoingOf } from '../notify/text.ts';
import { hostLookup } from '../probe/dns/lookup.ts';
import { faultsOf } from '../reading/faults.ts';
import { refuseFaults, valueIn } from '../reading/shape-error.ts';
import { documentProxy } from '../routes/document-proxy.ts';
import type { Store } from '../store/store.ts';
import { refusal, UsageError } from '../usage-error.ts';
import type { Words } from '../words/contract.ts';
import { tellRefusal } from '../words/refusals.ts';
import { readCaFile } from './ca-file.ts';
import { readText } from './config.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { lastingSettings } from './route-settings.ts';
import { readSecret } from './secret-file.ts';

const mostBytes = 256 * 1024;
const deepest = 24;

/** What the file says. @throws UsageError for what is wrong with it */
export function parseWays(text: string, file: string, platform: string): readonly Way[] {
  const read = { kind: 'ways', file } as const;
  const value = valueIn(read, text, deepest, () => new UsageError('ways.json', { file }));
  refuseFaults(read, faultsOf(waysFile, value));
  const { ways } = value as { readonly ways: readonly Way[] };
  for (const { name, webhook, mail, eventLog } of ways) {
    const [unknown] = unknownPlaceholders(webhook?.body);
    if (unknown !== undefined) throw new UsageError('ways.placeholder', { file, name, placeholder: unknown });
    if (eventLog !== undefined && platform !== 'win32') throw new UsageError('ways.event-log', { file, name });
    const secret = webhook ?? mail;
    if (secret?.secretFile !== undefined && secret.secretEnv !== undefined)
      throw new UsageError('ways.two-secrets', { file, name });
    if (mail?.clearText === true && (mail.user !== undefined || !/^smtp:/i.test(mail.server)))
      throw new UsageError('ways.clear-text', { file, name });
    if (mail?.user !== undefined && mail.secretFile === undefined && mail.secretEnv === undefined)
      throw new UsageError('ways.no-secret', { file, name });
  }
  return ways;
}

async function secretOf(io: Io, { name, webhook, mail }: Way, folder: string): Promise<string | null> {
  const { secretFile, secretEnv } = webhook ?? mail ?? {};
  if (secretEnv !== undefined) {
    const value = io.env[secretEnv] ?? '';
    if (value === '') throw new UsageError('ways.empty-variable', { name, variable: secretEnv });
    return value;
  }
  if (secretFile === undefined) return null;
  return await readSecret(io, `--notify: ${name}`, resolve(folder, secretFile));
}

/** Reads the file, and every file and variable that it names. Paths are taken from its own folder. */
export async function readWays(io: Io, file: string, options: Options): Promise<readonly Sender[]> {
  const settings = await lastingSettings(io, options);
  const path = resolve(io.cwd, file);
  const ways = parseWays(await readText('--notify', path, mostBytes, io.ending.work), basename(path), io.platform);
  const { env, platform, clock, guard } = io;
  const lookup = hostLookup({ env, platform, clock, dnsServers: [], signal: io.ending.work });
  const senders: Sender[] = [];
  for (const way of ways) {
    const secret = await secretOf(io, way, dirname(path));
    if (secret !== null) io.secrets.addText(secret);
    const caFile = (way.webhook ?? way.mail ?? way.syslog)?.caFile;
    const ca =
      caFile === undefined ? undefined : await readCaFile('--notify', resolve(dirname(path), caFile), io.ending.work);
    senders.push(
      createSender(way, {
        ...{ secret, ca, lookup, guard, pid: process.pid, env },
        proxyFor: async (url, signal) => await documentProxy(url, { ...(await settings()), signal }),
        wall: () => io.clock.wall(),
      }),
    );
  }
  return senders;
}

/** Why a notice or an alert did not arrive, in the words of a language. */
export function saidWhyNot({ watch, refusals }: Pick<Words, 'watch' | 'refusals'>, why: string): string {
  const whyNot: Readonly<Record<string, (of: string) => string>> = watch.whyNot;
  const [kind = '', ...of] = why.split(' ');
  const say = entryOf(whyNot, kind);
  return say?.(of.join(' ')) ?? tellRefusal(refusals, refusal('reason.system', { code: why })).message;
}

/** Delivers what is due; when the next delivery is, null for none. */
export function createDelivery(
  io: Io,
  store: Store,
  senders: readonly Sender[],
  words: Words,
): () => Promise<number | null> {
  const onTrouble = (way: string, why: string, isFinal: boolean): void =>
    io.stderr.write(`wayclear: ${words.watch.undelivered(way, saidWhyNot(words, why), isFinal)}\n`);
  const settings = {
    ...{ senders, onTrouble, wall: () => io.clock.wall() },
    outgoing: (notice: Parameters<typeof outgoingOf>[0]) => outgoingOf(notice, words),
  };
  return () => deliver(store, settings, io.ending.work);
}
