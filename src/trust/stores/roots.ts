/** The roots of interest in the machine store: there, gone, replaced, expired, distrusted. */
import { hash } from 'node:crypto';
import { dataFile } from '../../data-folder.ts';
import type { RootOfInterest } from '../../model/catalog.ts';
import type { RootState } from '../../model/trust.ts';
import { dateProblem } from '../x509/certificate-checks.ts';
import { certificateOutline } from '../x509/certificate-outline.ts';
import { nameAttribute } from '../x509/distinguished-names.ts';
import type { StoreContent } from './stored.ts';
import type { TrustStores } from './stores.ts';

/** The bundled rows of endpoints/anchors.json. */
export function rootsOfInterest(): readonly RootOfInterest[] {
  return (JSON.parse(dataFile('anchors.json').toString()) as { readonly roots: readonly RootOfInterest[] }).roots;
}

/**
 * Fingerprint of a certificate that has the root's key or its name without being it; null if there is none. Whose key a
 * `listed` certificate has is known: no two of the public roots share one of those.
 */
function impostor(
  row: RootOfInterest,
  nameKey: string | null,
  machine: StoreContent,
  listed: StoreContent | null,
): string | null {
  for (const stored of machine.values()) {
    if (stored.nameKey === nameKey) return stored.sha256;
    // The common name's bytes are looked for before the name is taken apart: most roots are none of ours.
    if (nameKey === null && stored.der.includes(row.name, 0, 'utf8')) {
      const outline = certificateOutline(stored.der);
      if (outline !== null && nameAttribute(outline.subject, 'CN') === row.name) return stored.sha256;
    }
    if (row.spkiSha256 === null || listed?.has(stored.sha256) === true) continue;
    const key = certificateOutline(stored.der)?.spki;
    if (key !== undefined && hash('sha256', key, 'base64') === row.spkiSha256) return stored.sha256;
  }
  return null;
}

/** One state a row. Baltimore present and past its end is `expired`: what that means is judged elsewhere. */
export function rootStates(stores: TrustStores, rows: readonly RootOfInterest[], nowIso: string): readonly RootState[] {
  const machine = stores.content('machine');
  const listed = stores.content('public');
  return rows.map((row) => {
    const base = { id: row.id, name: row.name, role: row.role, sha256: row.sha256, notAfter: row.notAfter, usedBy: 0 };
    if (stores.distrusts(row.sha1, () => stores.certificate(row.sha256)?.der))
      return { ...base, state: 'distrusted', found: null };
    if (machine === null) return { ...base, state: 'unknown', found: null };
    if (machine.has(row.sha256)) {
      const expired = dateProblem({ notBefore: '1970-01-01T00:00:00Z', notAfter: row.notAfter }, nowIso) === 'expired';
      return { ...base, state: expired ? 'expired' : 'present', found: null };
    }
    const nameKey = listed?.get(row.sha256)?.nameKey ?? null;
    const found = impostor(row, nameKey, machine, listed);
    return { ...base, state: found === null ? 'absent' : 'corrupt', found };
  });
}
