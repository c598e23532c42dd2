/** Catalog folders for the lab: the bundled files with the lab's roots as every endpoint's anchors. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabPki } from './pki.ts';
import { type CatalogFile, hostOfUrl } from './world.ts';

/** Feature files of a folder; what isn't one (roots of interest, the schema) is left out. */
export function readCatalog(folder: string): readonly CatalogFile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Partial<CatalogFile>)
    .filter((file): file is CatalogFile => typeof file.feature === 'string' && Array.isArray(file.endpoints));
}

const ownAnchors = (endpoint: CatalogFile['endpoints'][number]): boolean => {
  const anchors = endpoint.tls?.['anchors'];
  return Array.isArray(anchors) && anchors.length > 0;
};

/** Hosts whose endpoints chain to a root of their own in the bundled catalog: they do in the lab, to the vendor's. */
export function vendorHosts(files: readonly CatalogFile[]): ReadonlySet<string> {
  const own = new Set<string>();
  for (const endpoint of files.flatMap((file) => file.endpoints)) {
    if (ownAnchors(endpoint)) for (const host of hostsOf(endpoint)) own.add(host);
  }
  return own;
}

const hostsOf = (endpoint: CatalogFile['endpoints'][number]): readonly string[] => [
  endpoint.pattern.toLowerCase(),
  ...(endpoint.probes ?? []).flatMap((probe) => hostOfUrl(probe.url)?.host ?? []),
];

/** Writes the files with the lab's roots in place of the real ones. */
export function writeLabCatalog(
  files: readonly CatalogFile[],
  folder: string,
  { root, vendorRoot, uncommonRoot }: Pick<LabPki, 'root' | 'vendorRoot' | 'uncommonRoot'>,
): void {
  mkdirSync(folder, { recursive: true });
  const vendors = vendorHosts(files);
  const usual = { name: 'Lab Trust Services Root R1', sha256: root.sha256, pem: root.pem };
  const uncommon = { name: 'Lab Regional Root CA', sha256: uncommonRoot.sha256, pem: uncommonRoot.pem };
  const vendor = { name: 'Lab Vendor Root CA 2011', sha256: vendorRoot.sha256, pem: vendorRoot.pem };
  for (const file of files) {
    const endpoints = file.endpoints.map((endpoint) => {
      const own = hostsOf(endpoint).some((host) => vendors.has(host));
      const anchors = [usual.name, uncommon.name, ...(own ? [vendor.name] : [])];
      return { ...endpoint, tls: { ...endpoint.tls, anchors } };
    });
    writeFileSync(
      join(folder, `${file.feature}.json`),
      JSON.stringify({ ...file, anchors: [usual, uncommon, vendor], endpoints }),
    );
  }
}
