/** A report → the message that a collector gets, and what a collector makes of the bytes that come. Pure. */
import { createHash, createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { PostHead, ReportHead } from '../model/message.ts';
import type { Report } from '../model/report.ts';
import type { MessageSummary } from '../model/sent-message.ts';
import type { SigningKey } from '../signed/keys.ts';
import { type SignedBounds, signLines } from '../signed/signed-lines.ts';

/** What a post may hold, unpacked. */
export const mostUnpacked: number = 16 * 1024 * 1024;
/** Levels of objects and lists in a message. */
export const deepest = 64;

/** What a message is read with: its head is made a value of, its body is signed and no more. */
export const messageBounds: SignedBounds = {
  ...{ mostBytes: mostUnpacked, mostLines: 2, longestLine: mostUnpacked, deepest },
  mostRead: 1,
};

/** Packed; a collector takes a little more. */
const mostPacked = 900 * 1024;

/** What messages are posted as; null where no collector would take it. */
export function packedPost(text: string): Buffer | null {
  const bytes = Buffer.from(text);
  const packed = bytes.length > mostUnpacked ? null : gzipSync(bytes);
  return packed !== null && packed.length <= mostPacked ? packed : null;
}

/** A token as an administrator hands it out: what stands before the point names it, and is no secret. */
export interface EnrolToken {
  readonly id: string;
  readonly secret: string;
}

/** `wce-ID.SECRET`; null for anything else. */
export function parseToken(text: string): EnrolToken | null {
  const parts = /^wce-([0-9a-f]{12})\.([A-Za-z0-9_-]{32})$/.exec(text.trim());
  const [, id = '', secret = ''] = parts ?? [];
  return parts === null ? null : { id, secret };
}

/** That whoever owns the key holds the token: the token itself never leaves the machine. */
export const proofOf = (secret: string, key: string): string => createHmac('sha256', secret).update(key).digest('hex');

export interface Sending {
  readonly key: SigningKey;
  readonly seq: number;
  readonly at: string;
  readonly detail: ReportHead['detail'];
  /** The version that writes. */
  readonly version: string;
  readonly dropped: number;
  /** From report to report; left out or null: the machine keeps no interval. */
  readonly everyMs?: number | null;
  readonly token: EnrolToken | null;
}

/** Status, root causes and the times of stages, and nothing else of a report. */
export function summaryOf(report: Report): MessageSummary {
  return {
    startedAt: report.startedAt,
    durationMs: report.durationMs,
    version: report.tool.version,
    complete: report.complete,
    status: report.status,
    rootCauses: report.rootCauses.map(({ cause, severity, confidence, targets, shared, alternatives }) => ({
      ...{ cause, severity, confidence, targets, shared, alternatives },
    })),
    targets: report.targets.map(({ id, feature, host, port, importance, route, verdict, stages }) => ({
      ...{ id, feature, host, port, importance, route, verdict },
      stages: Object.fromEntries(
        Object.entries(stages).flatMap(([name, stage]) => (stage.status === 'passed' ? [[name, stage.ms]] : [])),
      ),
    })),
  };
}

/** Bad news goes first, and is the last that a full spool lets go of. */
export const isCritical = ({ status, rootCauses }: Pick<Report, 'status' | 'rootCauses'>): boolean =>
  status?.messageId === 11412 ||
  (status?.raised.length ?? 0) > 0 ||
  rootCauses.some(({ severity }) => severity === 'critical');

/** The signed document of a report. */
export function messageOf(report: Report, sending: Sending): string {
  const { key, seq: sequence, at, detail, dropped, everyMs = null, version } = sending;
  const head: ReportHead = {
    ...{ wayclear: version, schema: 1, kind: 'report', key: key.key, at, sequence },
    ...{ machine: report.machine?.name ?? null, detail },
    ...(report.labels === undefined ? {} : { labels: report.labels }),
    ...(everyMs === null ? {} : { every: everyMs }),
    dropped,
    ...enrolOf(sending),
  };
  const body = detail === 'full' ? { report } : { summary: summaryOf(report) };
  return signLines([head, body], key).text;
}

const enrolOf = ({ token, key }: Pick<Sending, 'token' | 'key'>): Pick<ReportHead, 'enrol'> =>
  token === null ? {} : { enrol: { token: token.id, proof: proofOf(token.secret, key.key) } };

/** Who sends these bytes, for a header: a collector knows then whether it lets the sender in, before it reads any of them. */
export function coverOf(body: Uint8Array, sending: Pick<Sending, 'key' | 'at' | 'token' | 'version'>): string {
  const { key, at, version } = sending;
  const head: PostHead = {
    ...{ wayclear: version, schema: 1, kind: 'post', key: key.key, at, body: digestOf(body) },
    ...enrolOf(sending),
  };
  return Buffer.from(signLines([head], key).text).toString('base64url');
}

/** The header that it stands in. */
export const coverHeader = 'wayclear-post';

/** The SHA-256 of a text, or of bytes, in hexadecimal digits. */
export const digestOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
