/** What a run found → a message in the spool → whoever takes it. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { codeOf } from '../error-code.ts';
import { harmless } from '../harmless.ts';
import type { Report } from '../model/report.ts';
import { hostLookup } from '../probe/dns/lookup.ts';
import { documentProxy } from '../routes/document-proxy.ts';
import { type Delivered, deliver } from '../send/deliver.ts';
import { type EnrolToken, isCritical, messageOf, parseToken } from '../send/message.ts';
import type { PlaceHost } from '../send/place.ts';
import { openSpool } from '../send/spool.ts';
import { machineKey } from '../signed/machine-key.ts';
import { refusal, UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import { wordsOf } from '../words/load.ts';
import { loadCollectWords } from '../words/load-collect.ts';
import { tellRefusal } from '../words/refusals.ts';
import { readCaFiles } from './ca-file.ts';
import { stateNeeded } from './carry-files.ts';
import { readText } from './config.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { routeSettings } from './route-settings.ts';

/** A larger report goes as a summary: no collector takes it whole. */
const mostPacked = 900 * 1024;
const mostTokenBytes = 4096;

export interface Sender {
  /** Keeps the report and sends what waits; tells what became of it. Never throws for a place that is out of reach. */
  send(report: Report): Promise<void>;
}

/**
 * Null where nothing is to be sent. What the person could have got wrong is found here, before the first packet. `everyMs`: from
 * report to report; null for a run that nobody repeats.
 */
export async function openSender(io: Io, options: Options, everyMs: number | null): Promise<Sender | null> {
  const { places: named, detail, tokenFile } = options.send;
  if (named.length === 0) return null;
  // Offline no packet leaves: what a collector would get waits in the spool.
  const places = options.offline ? named.filter(({ place }) => place.kind !== 'collector') : named;
  const state = stateNeeded(io, options);
  const token = tokenFile === null ? null : await readToken(io, tokenFile);
  const { key } = await machineKey(state, { platform: io.platform });
  const spool = openSpool(join(state, 'spool'), io.clock);
  const ca = await readCaFiles(options.caFiles, io.ending.work);
  return {
    send: (report) => onDisk(state, () => keepAndSend(report)),
  };

  async function keepAndSend(report: Report): Promise<void> {
    const keep = (): number => {
      const dropped = spool.dropped();
      const at = new Date(io.clock.wall()).toISOString();
      const sending = { key, seq: spool.nextSeq(), at, detail, dropped, everyMs, token, version };
      const whole = messageOf(report, sending);
      const isLarge = detail === 'full' && gzipSync(whole).length > mostPacked;
      const text = isLarge ? messageOf(report, { ...sending, detail: 'summary' }) : whole;
      const gone = spool.put(sending.seq, text, isCritical(report));
      spool.told(dropped);
      return gone;
    };
    const host = await placeHost(io, options, ca);
    const out = (): Promise<Delivered> => deliver(spool, places, key.fingerprint, io.clock, host);
    let gone: number;
    try {
      gone = keep();
    } catch {
      // A disk that is full of what waits has room again once somebody took that.
      await out().catch(() => undefined);
      gone = keep();
    }
    const { sent, waiting, refused, troubles } = await out();
    const words = await loadCollectWords(options.lang);
    const { refusals } = wordsOf(options.lang);
    const tell = (line: string): void => io.stderr.write(`wayclear: ${harmless(line, 500)}\n`);
    for (const { place, why } of troubles) {
      const own = Object.hasOwn(words.why, why) ? words.why[why as keyof typeof words.why] : null;
      // By the words that every other refusal of the system has.
      const { message } = tellRefusal(refusals, refusal('reason.system', { code: why }));
      tell(words.notSent(place, own ?? message));
    }
    if (gone > 0) tell(words.dropped(gone));
    if (refused > 0) tell(words.refusedMessages(refused));
    if (waiting > 0) tell(words.spooled(waiting));
    else if (sent > 0 && !options.quiet) tell(words.sent(sent));
  }
}

/** @throws UsageError where the disk takes nothing; what a place or the network does never throws */
async function onDisk(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // Only the system says so of a file.
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new UsageError('state.unwritable', { folder, why: codeOf(error, 'unknown') });
  }
}

async function readToken(io: Io, file: string): Promise<EnrolToken> {
  const token = parseToken(await readText('--send-token-file', file, mostTokenBytes, io.ending.work));
  if (token === null) throw new UsageError('send.token', { where: '--send-token-file' });
  io.secrets.addText(token.secret);
  return token;
}

/** The same ways as those of documents: the proxies of the run, names as this machine looks them up. */
async function placeHost(io: Io, options: Options, ca: readonly string[]): Promise<PlaceHost> {
  const { env, platform, clock, ending } = io;
  const settings = await routeSettings(io, options, true);
  const { dnsServers } = options;
  const lookup = hostLookup({ env, platform, clock, dnsServers, signal: ending.work });
  return {
    signal: ending.work,
    proxyFor: (url) => documentProxy(url, settings),
    lookup,
    ca,
    output: (text) => io.stdout.write(text),
  };
}
