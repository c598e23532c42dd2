import { trustedKeys } from '../carry/kept.ts';
import type { Shown } from '../carry/show.ts';
import type { PublicKey } from '../signed/keys.ts';
import { readMachineKey } from '../signed/machine-key.ts';
import type { Io } from './io.ts';

/** Keys whose signatures count on this machine. */
export interface Trusted {
  readonly own: PublicKey | null;
  readonly named: readonly PublicKey[];
}

export function trustedHere({ platform }: Pick<Io, 'platform'>, state: string): Trusted {
  return { own: readMachineKey(state, { platform })?.key ?? null, named: trustedKeys(state) };
}

export function whoseKey({ own, named }: Trusted, signer: PublicKey | null): Shown['signer'] {
  if (signer === null) return 'unknown';
  if (own?.key === signer.key) return 'own';
  return named.some(({ key }) => key === signer.key) ? 'trusted' : 'unknown';
}
