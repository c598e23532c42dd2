/** Whether a result may be imported: pure, and the first thing that is wrong counts. */
import type { CarryResultHead } from '../model/message.ts';
import type { PublicKey } from '../signed/keys.ts';
import type { SignedDocument, SignedProblem } from '../signed/signed-lines.ts';
import type { Refusal } from '../words/refusals.ts';
import type { LineFault } from './lines.ts';

/** Why a result is shown and not judged. */
export type ImportProblem =
  | SignedProblem
  /** It is no such document, or one of another version. */
  | { readonly code: 'no-result' | 'no-request' }
  | { readonly code: 'no-such-request'; readonly nonce: string }
  | { readonly code: 'other-request' }
  | { readonly code: 'untrusted'; readonly fingerprint: string }
  | { readonly code: 'future'; readonly at: string; readonly now: string }
  | { readonly code: 'before-request'; readonly at: string; readonly asked: string }
  | { readonly code: 'too-old'; readonly at: string; readonly days: number }
  | { readonly code: 'imported-before'; readonly at: string }
  | ({ readonly code: 'line' } & LineFault);

/** What this machine knows of a result's request, and of its author. */
export interface KnownHere {
  /** Of the request with the result's nonce; null if this machine wrote none. */
  readonly request: { readonly sha256: string; readonly at: string } | null;
  /** This machine's own key and those that somebody named. */
  readonly trusted: readonly PublicKey[];
  /** A fingerprint that is named just now; null for none. */
  readonly named: string | null;
  /** When it was imported; null if it was not. */
  readonly importedAt: string | null;
  readonly nowMs: number;
  readonly mostDays: number;
}

/** By how much two machines' clocks may differ. */
const skewMs = 3_600_000;
const dayMs = 86_400_000;

/** Null: all is well. */
export function importProblem(
  { problem, signer }: Pick<SignedDocument, 'problem' | 'signer'>,
  head: CarryResultHead | null,
  here: KnownHere,
): ImportProblem | null {
  if (problem !== null) return problem;
  if (head === null || signer === null) return { code: 'no-result' };
  const { request, trusted, named, importedAt, nowMs, mostDays } = here;
  if (!trusted.some(({ key }) => key === signer.key) && named !== signer.fingerprint) {
    return { code: 'untrusted', fingerprint: signer.fingerprint };
  }
  if (request === null) return { code: 'no-such-request', nonce: head.nonce };
  if (request.sha256 !== head.request) return { code: 'other-request' };
  const [at, asked] = [Date.parse(head.at), Date.parse(request.at)];
  if (!(at <= nowMs + skewMs)) return { code: 'future', at: head.at, now: new Date(nowMs).toISOString() };
  if (!(at >= asked - skewMs)) return { code: 'before-request', at: head.at, asked: request.at };
  if (at < nowMs - mostDays * dayMs) return { code: 'too-old', at: head.at, days: mostDays };
  if (importedAt !== null) return { code: 'imported-before', at: importedAt };
  return null;
}

/** The problem as a sentence that any language has. */
export function refusalOf({ code, ...args }: ImportProblem): Refusal {
  return { code: `carry.${code}`, args };
}
