/** What a run found → a message in the spool → whoever takes it. */
import { join } from 'node:path';
import { codeOf } from '../error-code.ts';
import type { Report } from '../model/report.ts';
import { nextTry } from '../notify/deliver.ts';
import { type Delivered, deliver, toWait } from '../send/deliver.ts';
import {
  coverOf,
  type EnrolToken,
  isCritical,
  messageOf,
  packedPost,
  parseToken,
  type Sending,
} from '../send/message.ts';
import type { PlaceHost } from '../send/place.ts';
import { openSpool } from '../send/spool.ts';
import { machineKey } from '../signed/machine-key.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import { readCaFiles } from './ca-file.ts';
import { stateNeeded } from './carry-files.ts';
import { readText } from './config.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { placeHost } from './send-host.ts';
import { tellDelivered } from './send-told.ts';

const mostTokenBytes = 4096;

export interface Sender {
  /** Keeps the report and sends what waits; tells what became of it. Never throws for a place that is out of reach. */
  send(report: Report): Promise<void>;
  /** Sends what waits since, if it is time to try again; when that is, null where nothing waits. */
  again(): Promise<number | null>;
}

/** A time to try again that is further off was written by a clock that was wrong. */
const farthestMs = 8 * 86_400_000;

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
  const { key } = await machineKey(state, io);
  const spool = openSpool(join(state, 'spool'), io.clock);
  const ca = await readCaFiles(options.caFiles, io.ending.work);
  let host: PlaceHost | null = null;
  /** When to try again; null: nothing waits. */
  let nextAt: number | null = 0;
  let failures = 0;
  return {
    send: (report) => onDisk(state, () => keepAndSend(report)),
    async again() {
      const now = io.clock.wall();
      const isTime = nextAt !== null && (nextAt <= now || nextAt > now + farthestMs);
      if (isTime && spool.waiting().length > 0)
        await onDisk(state, async () => tellDelivered(io, options, await out()));
      else if (isTime) nextAt = null;
      return nextAt;
    },
  };

  function signing(): Pick<Sending, 'key' | 'at' | 'token' | 'version'> {
    return { key, at: new Date(io.clock.wall()).toISOString(), token, version };
  }

  function keep(report: Report): number {
    const dropped = spool.dropped();
    const sending = { ...signing(), seq: spool.nextSeq(), detail, dropped, everyMs };
    const whole = messageOf(report, sending);
    // No collector takes it whole.
    const isLarge = detail === 'full' && packedPost(whole) === null;
    const text = isLarge ? messageOf(report, { ...sending, detail: 'summary' }) : whole;
    return spool.put(sending.seq, text, isCritical(report), dropped);
  }

  /** As notices are tried again, and not before a collector asked for it. */
  function later(): number | null {
    const now = io.clock.wall();
    return nextTry(failures, now, now, toWait(spool, now));
  }

  async function out(): Promise<Delivered> {
    nextAt = later();
    host ??= { ...(await placeHost(io, options, ca)), cover: (body) => coverOf(body, signing()) };
    const delivered = await deliver(spool, places, key.fingerprint, io.clock, host);
    const isLeft = delivered.waiting > 0;
    nextAt = isLeft ? later() : null;
    failures = isLeft ? failures + 1 : 0;
    return delivered;
  }

  async function keepAndSend(report: Report): Promise<void> {
    // What was given may have changed since the last report.
    host = null;
    let gone: number;
    try {
      gone = keep(report);
    } catch {
      // A disk that is full of what waits has room again once somebody took that.
      await out().catch(() => undefined);
      gone = keep(report);
    }
    await tellDelivered(io, options, await out(), gone);
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
