/** Options of checks that are carried, and of the state that they keep. */
import { resolve } from 'node:path';
import { fingerprintOf } from '../signed/keys.ts';
import { stateFolder } from '../state-folder.ts';
import { type Refusal, UsageError } from '../usage-error.ts';
import type { Io } from './io.ts';
import type { Readers } from './layers.ts';
import { quoted } from './values.ts';

export interface CarryOptions {
  /** The document to write; null: not given. */
  readonly out: string | null;
  readonly redact: boolean;
  /** A fingerprint; null: none is named. */
  readonly trust: string | null;
  readonly acceptCatalog: boolean;
  /** A folder for what came along; null: it is not written. */
  readonly extract: string | null;
  readonly mostDays: number;
}

const usualDays = 30;

export function carryOptions({ on, value, amount, text }: Readers): CarryOptions {
  return {
    out: text('out'),
    redact: on('redact'),
    trust: value<string | null>('trust', null, parseFingerprint),
    acceptCatalog: on('accept-catalog'),
    extract: text('extract'),
    mostDays: amount('max-age', usualDays),
  };
}

function parseFingerprint(where: string | Refusal, text: string): string {
  const fingerprint = fingerprintOf(text);
  if (fingerprint === null) throw new UsageError('carry.fingerprint', { where, text: quoted(text) });
  return fingerprint;
}

/** The state folder that is named, or the account's; null where nothing says which. */
export function stateOf(
  { env, platform, cwd }: Pick<Io, 'env' | 'platform' | 'cwd'>,
  named: string | null,
): string | null {
  return named === null ? stateFolder({ env, platform }) : resolve(cwd, named);
}
