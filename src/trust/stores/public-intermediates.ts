/** The bundled list of public intermediates: their names and key identifiers, hashed. Read where a chain stops short, and never before. */
import { hash } from 'node:crypto';
import { dataFile } from '../../data-folder.ts';

let listed: ReadonlySet<string> | null = null;

/** An authority in the list: by its name as `nameKey` gives it, and the identifier of its key in hex. */
export const intermediateKey = (name: string, keyId: string): string =>
  hash('sha256', `${name} ${keyId}`, 'hex').slice(0, 16);

/** Whether a public root has signed an authority with this name (`nameKey`) and key identifier. */
export function isPublicIntermediate(name: string, keyId: string): boolean {
  if (listed === null) {
    const file = dataFile('public-intermediates.json').toString();
    listed = new Set((JSON.parse(file) as { readonly intermediates: readonly string[] }).intermediates);
  }
  return listed.has(intermediateKey(name, keyId));
}
