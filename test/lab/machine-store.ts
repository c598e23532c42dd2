/** The machine store of the lab's client: the bundled public roots, so that it is the same on every machine that runs the lab. */
import { readFileSync } from 'node:fs';
import type { Fault } from './scenario.ts';

interface BundledRoot {
  readonly name: string;
  /** Base64 DER. */
  readonly der: string;
}

const pem = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;

/** The last byte of a certificate belongs to its signature: name, key and dates stay as they are. */
function damaged(der: Buffer): Buffer {
  const copy = Buffer.from(der);
  const last = copy.length - 1;
  copy.writeUInt8(copy.readUInt8(last) ^ 1, last);
  return copy;
}

/** PEM of the store. `own`: the lab's public root; `added`: PEM of a company's authority. */
export function machineStore(
  file: string,
  faults: readonly Fault[],
  own: string,
  added: (id: 'company' | 'antivirus') => string,
): string {
  if (faults.some((fault) => fault.kind === 'machine-store' && fault.empty === true)) return '';
  const { roots } = JSON.parse(readFileSync(file, 'utf8')) as { readonly roots: readonly BundledRoot[] };
  const stores = faults.filter((fault) => fault.kind === 'machine-store');
  const removed = stores.flatMap((fault) => fault.remove ?? []);
  const corrupt = stores.flatMap((fault) => fault.corrupt ?? []);
  for (const name of [...removed, ...corrupt]) {
    if (name !== 'public' && !roots.some((root) => root.name === name)) throw new Error(`no bundled root ${name}`);
  }
  const bundled = roots
    .filter(({ name }) => !removed.includes(name))
    .map(({ name, der }) => {
      const bytes = Buffer.from(der, 'base64');
      return pem(corrupt.includes(name) ? damaged(bytes) : bytes);
    });
  return [
    ...bundled,
    ...(removed.includes('public') ? [] : [own]),
    ...stores.flatMap((fault) => fault.add ?? []).map(added),
  ].join('');
}
