/** The bytes of a post → its messages, each proven or not. Never throws for what is in them. */
import { gunzipSync } from 'node:zlib';
import { codeOf } from '../error-code.ts';
import { lookOf } from '../fleet/look.ts';
import { harmless } from '../harmless.ts';
import type { RootFacts } from '../model/diagnosis.ts';
import type { Look } from '../model/fleet.ts';
import { type PostHead, postHead, type ReportHead, reportHead } from '../model/message.ts';
import type { Report } from '../model/report.ts';
import { type MessageSummary, messageBody } from '../model/sent-message.ts';
import { faultsOf } from '../reading/faults.ts';
import { deepest, isCritical, messageBounds, mostUnpacked } from '../send/message.ts';
import { rootFactsOf } from '../serve/spoken.ts';
import { headOf } from '../signed/head.ts';
import { objectIn, readSignedLines, type SignedBounds, textOf } from '../signed/signed-lines.ts';

/** What a post may hold, unpacked: senders know it as well. */
export { mostUnpacked };
export const mostMessages = 500;

/** The text of a body; `large` for what unpacks to too much, `broken` for what does not unpack. */
export function unpackedBody(body: Buffer, encoding: string): Buffer | 'large' | 'broken' {
  if (encoding === '' || encoding === 'identity') return body.length > mostUnpacked ? 'large' : body;
  try {
    return gunzipSync(body, { maxOutputLength: mostUnpacked });
  } catch (error) {
    return codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? 'large' : 'broken';
  }
}

const signatureStart = Buffer.from('{"signature":');

/** The documents of a body: each ends with its signature. Null for more than a post may hold. */
export function documentsIn(body: Buffer): readonly Buffer[] | null {
  const documents: Buffer[] = [];
  let begin = 0;
  for (let line = 0; line < body.length; ) {
    const found = body.indexOf(0x0a, line);
    const next = found < 0 ? body.length : found + 1;
    if (body.subarray(line, line + signatureStart.length).equals(signatureStart)) {
      documents.push(body.subarray(begin, next));
      if (documents.length > mostMessages) return null;
      begin = next;
    }
    line = next;
  }
  // What is left has no signature: a document that proves nothing.
  if (begin < body.length) documents.push(body.subarray(begin));
  return documents.length > mostMessages ? null : documents;
}

/** A message whose signature holds: its head was read, its report was not. */
export interface SignedMessage {
  readonly head: ReportHead;
  readonly fingerprint: string;
  readonly digest: string;
  /** Reads the report, which takes most of the work. Null for what is none. */
  opened(): ProvenMessage | null;
}

/** A message whose signature holds, with what it says. */
export interface ProvenMessage extends Omit<SignedMessage, 'opened'> {
  readonly critical: boolean;
  /** The whole report, if it came. */
  readonly report: Report | null;
  /** What the sentences of the report's root causes are made of, in their order; null where nobody knows. */
  readonly facts: readonly (RootFacts | null)[];
  /** By the clock of its machine. */
  readonly startedAt: string;
  /** As seen from here: when it began by the collector's clock, and the address that it came from. */
  look(at: string, egress: string): Look;
}

/** Null for what is no message, or whose signature does not hold. */
export function readMessage(document: Buffer): SignedMessage | null {
  // No database of text holds it, and no sender of ours writes it.
  if (document.includes('\\u0000')) return null;
  const read = readSignedLines(document, messageBounds);
  if (read.problem !== null || read.signer === null) return null;
  const head = headOf(read, reportHead);
  if (head === null || !labelsAreSmall(head)) return null;
  const signed = { head, fingerprint: read.signer.fingerprint, digest: read.sha256 };
  return { ...signed, opened: () => openedMessage(document, signed) };
}

const coverBounds: SignedBounds = { mostBytes: 3072, mostLines: 1, longestLine: 3072, deepest: 4 };

/** Who a post says that it is from, whose signature holds; null where it says nothing, or nothing that does. */
export function readCover(header: string | readonly string[] | undefined): PostHead | null {
  if (typeof header !== 'string') return null;
  const read = readSignedLines(Buffer.from(header, 'base64url'), coverBounds);
  return read.problem === null ? headOf(read, postHead) : null;
}

function openedMessage(document: Buffer, signed: Omit<SignedMessage, 'opened'>): ProvenMessage | null {
  const { head, fingerprint } = signed;
  const begin = document.indexOf(0x0a) + 1;
  const body = objectIn(textOf(document.subarray(begin, document.indexOf(0x0a, begin))) ?? '', deepest);
  if (body === null || faultsOf(messageBody, body).length > 0) return null;
  const report = (body['report'] ?? null) as Report | null;
  const summary = (body['summary'] ?? null) as MessageSummary | null;
  const said = report ?? (summary === null ? null : asReport(summary));
  if (said === null) return null;
  const facts = report === null ? [] : rootFactsOf(report);
  return {
    ...signed,
    critical: isCritical(said),
    report,
    facts,
    startedAt: said.startedAt,
    look: (at, egress) => ({
      ...withFacts(
        lookOf(
          { ...said, machine: namedAs(said, head), ...(head.labels === undefined ? {} : { labels: head.labels }) },
          egress,
        ),
        facts,
      ),
      ...(head.every === undefined ? {} : { everyMs: head.every }),
      ...(report === null ? { isSummary: true as const } : {}),
      id: `${fingerprint} ${head.sequence}`,
      machine: fingerprint,
      name: nameOf(head, fingerprint),
      at,
    }),
  };
}

/** Its causes are the report's, in their order. */
const withFacts = (look: Look, facts: ProvenMessage['facts']): Look => ({
  ...look,
  causes: look.causes.map((seen, index) => {
    const deciding = facts[index]?.deciding ?? [];
    return deciding.length === 0 ? seen : { ...seen, facts: deciding };
  }),
});

/** How a sender is called: by its own name where it says one. */
export const nameOf = ({ machine }: ReportHead, fingerprint: string): string =>
  machine === null || machine.trim() === '' ? fingerprint : harmless(machine, 100);

const labelsAreSmall = ({ labels = {} }: ReportHead): boolean =>
  Object.keys(labels).length <= 16 &&
  Object.entries(labels).every(([name, value]) => name.length <= 64 && value.length <= 200);

const namedAs = (
  { machine = null }: Pick<Report, 'machine'>,
  { machine: name }: ReportHead,
): NonNullable<Report['machine']> | null => machine ?? (name === null ? null : { name, account: '', addresses: [] });

/** What a summary says, as a report that leaves out all else. */
function asReport(summary: MessageSummary): Report {
  const nothing = { platform: { os: '', release: '', arch: '' }, families: [], resolvers: [] };
  return {
    ...summary,
    tool: { name: 'wayclear', version: summary.version },
    environment: nothing,
    machine: null,
    observations: { durationMs: summary.durationMs },
    rootCauses: summary.rootCauses.map((root) => ({ ...root, title: '', evidence: [], remedies: [] })),
  } as unknown as Report;
}
