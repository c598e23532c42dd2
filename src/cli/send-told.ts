/** What a person is told of messages that were sent, wait or are gone. */
import { entryOf } from '../entry.ts';
import { harmless } from '../harmless.ts';
import type { Delivered } from '../send/deliver.ts';
import { refusal, type UsageError } from '../usage-error.ts';
import type { CollectWords } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { loadCollectWords } from '../words/load-collect.ts';
import { type RefusalWords, tellRefusal } from '../words/refusals.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';

/** What the runtime says of a certificate. */
const certificateWhys: Readonly<Record<string, keyof CollectWords['why']>> = {
  CERT_HAS_EXPIRED: 'certificate-ended',
  CERT_NOT_YET_VALID: 'certificate-early',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
};

/** In our own words, else by those that every other refusal of the system has. */
function reasonTold(why: string | UsageError, words: CollectWords, refusals: RefusalWords): string {
  if (typeof why !== 'string') return why.tell(refusals).message;
  const code = why.replace(/^proxy:/, '');
  const name = entryOf(certificateWhys, code) ?? code;
  const reason = Object.hasOwn(words.why, name)
    ? words.why[name as keyof typeof words.why]
    : tellRefusal(refusals, refusal('reason.system', { code })).message;
  return code === why ? reason : words.ofProxy(reason);
}

/** `gone`: what the spool let go of. */
export async function tellDelivered(
  io: Io,
  { lang, quiet }: Pick<Options, 'lang' | 'quiet'>,
  { sent, waiting, refused, troubles }: Delivered,
  gone = 0,
): Promise<void> {
  const words = await loadCollectWords(lang);
  const { refusals } = wordsOf(lang);
  const tell = (line: string): void => io.stderr.write(`wayclear: ${harmless(line, 500)}\n`);
  for (const { place, why } of troubles) tell(words.notSent(place, reasonTold(why, words, refusals)));
  if (gone > 0) tell(words.dropped(gone));
  if (refused > 0) tell(words.refusedMessages(refused));
  if (waiting > 0) tell(words.spooled(waiting));
  else if (sent > 0 && !quiet) tell(words.sent(sent));
}
