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

/** Packages that the build puts into dist/ itself, so that nobody installs them. */
export const bundled = ['kysely', 'nodemailer', 'pg'];

/** Where those lie, and all that they need; what they can do without is not bundled. */
function bundledPaths(packages) {
  const paths = new Set();
  const add = (from, name) => {
    const at = installed(packages, from, name);
    if (at === undefined || paths.has(at)) return;
    paths.add(at);
    for (const next of Object.keys(packages[at].dependencies ?? {})) add(at, next);
  };
  for (const name of bundled) add('', name);
  return paths;
}

export function billOfMaterials(manifest, { packages }) {
  const own = purl(manifest.name, manifest.version);
  const inside = bundledPaths(packages);
  const isInstalled = ({ dev, devOptional }) => !dev && !devOptional;
  const paths = Object.keys(packages).filter((at) => at !== '' && (inside.has(at) || isInstalled(packages[at])));
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
    const names = [...Object.keys({ ...dependencies, ...optionalDependencies }), ...(at === '' ? bundled : [])];
    const refs = names.map((name) => installed(packages, at, name)).filter((found) => paths.includes(found));
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
