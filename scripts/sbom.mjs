// The bill of materials of what runs, in CycloneDX's JSON, out of package.json and package-lock.json alone: the same tree
// gives the same bytes, so it holds neither a time nor a number of its own.
import { readFileSync } from 'node:fs';

const bytesOf = (integrity) => Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
/** A licence by its id, or several joined by AND or OR. */
const licence = (text) => (/^[\w.+-]+$/.test(text) ? { license: { id: text } } : { expression: text });

/** Where Node.js finds a package for who lies at `from`: beside it, or in a folder above. Undefined if it isn't installed. */
function installed(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const at = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[at] !== undefined) return at;
    if (folder === '') return undefined;
  }
}

export function billOfMaterials(manifest, { packages }) {
  const own = purl(manifest.name, manifest.version);
  const paths = Object.keys(packages).filter((at) => at !== '' && !packages[at].dev && !packages[at].devOptional);
  const nameOf = (at) => at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const refOf = (at) => (at === '' ? own : purl(nameOf(at), packages[at].version));
  const components = paths.map((at) => ({
    ...{ type: 'library', 'bom-ref': refOf(at), name: nameOf(at), version: packages[at].version },
    scope: packages[at].optional ? 'optional' : 'required',
    hashes: [{ alg: 'SHA-512', content: bytesOf(packages[at].integrity) }],
    licenses: [licence(packages[at].license)],
    purl: refOf(at),
  }));
  const needs = (at) => {
    const { dependencies = {}, optionalDependencies = {} } = packages[at];
    const names = Object.keys({ ...dependencies, ...optionalDependencies });
    const refs = names.map((name) => installed(packages, at, name)).filter((found) => found !== undefined);
    return { ref: refOf(at), dependsOn: [...new Set(refs.map(refOf))].sort() };
  };
  const once = (rows, key) => [...new Map(rows.map((row) => [row[key], row])).values()];
  const component = {
    ...{ type: 'application', 'bom-ref': own, name: manifest.name, version: manifest.version },
    ...{ description: manifest.description, licenses: [licence(manifest.license)], purl: own },
  };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 },
    metadata: { lifecycles: [{ phase: 'build' }], component },
    components: once(components, 'bom-ref'),
    dependencies: once(['', ...paths].map(needs), 'ref'),
  };
}

/** As text, of the project in this folder. */
export function writtenBill(folder) {
  const [manifest, lock] = ['package.json', 'package-lock.json'].map((file) =>
    JSON.parse(readFileSync(`${folder}/${file}`)),
  );
  return `${JSON.stringify(billOfMaterials(manifest, lock), null, 2)}\n`;
}
