// What lies inside an executable beside the runtime: all of dist/ that runs, the catalog, the packages that are loaded at
// need, licences and bill of materials. The same tree gives the same bytes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { billOfMaterials } from '../sbom.mjs';

/** Packages that bundles leave outside: each becomes a module of its own. */
const packages = ['proxy-agent'];
/**
 * What no executable holds: native packages, which would have to be unpacked to disk, and what lays help out, which the
 * build has done.
 */
export const leftOut = ['kerberos', 'pg-native', './help-text.js'];

const files = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );

/** Of dist/: what the program loads at run time. */
const runs = (name) =>
  !/^(?:lib|library|exe|container)\/|^(?:cli\.js|package\.json|cli\/help-text\.js|sbom\.cdx\.json|catalog\.schema\.json)$|\.(?:cache|part)$/.test(
    name,
  );

/** A package by itself, as who requires it gets it, or imports it. */
async function packageModule(root, name, format) {
  const contents = format === 'cjs' ? `module.exports = require('${name}');` : `export * from '${name}';`;
  const { outputFiles } = await build({
    ...{ bundle: true, write: false, platform: 'node', target: 'node22', format, absWorkingDir: root },
    preserveSymlinks: true,
    ...{ minifySyntax: true, minifyWhitespace: true, logLevel: 'error' },
    stdin: { contents, resolveDir: root },
  });
  return Buffer.from(outputFiles[0].contents);
}

/** The bill of materials of the program, with the runtime and what that is made of. */
export function executableBill(root, runtimeVersions) {
  const [manifest, lock] = ['package.json', 'package-lock.json'].map((file) =>
    JSON.parse(readFileSync(join(root, file))),
  );
  const bill = billOfMaterials(manifest, lock);
  const { node, ...parts } = runtimeVersions;
  const ref = `pkg:generic/node@${node}`;
  // What is a number of an interface, and no part.
  for (const name of ['modules', 'napi', 'unicode', 'cldr', 'tz']) delete parts[name];
  const inner = Object.entries(parts).map(([name, version]) => ({
    ...{ type: 'library', 'bom-ref': `${ref}#${name}`, name, version },
  }));
  const runtime = {
    ...{ type: 'platform', 'bom-ref': ref, name: 'node', version: node, scope: 'required' },
    licenses: [{ license: { name: 'Node.js, and of what it is made of: LICENCES.txt' } }],
    ...{ cpe: `cpe:2.3:a:nodejs:node.js:${node}:*:*:*:*:*:*:*`, purl: ref, components: inner },
  };
  const [own, ...others] = bill.dependencies;
  return {
    ...bill,
    components: [...bill.components, runtime],
    dependencies: [{ ...own, dependsOn: [...own.dependsOn, ref] }, ...others, { ref, dependsOn: [] }],
  };
}

/** The licences of the program, of each package in the bill, and of the runtime. */
export function licences(root, bill, runtimeLicence) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json')));
  const folderOf = ({ name, version }) =>
    Object.keys(lock.packages).find(
      (at) => at.endsWith(`node_modules/${name}`) && lock.packages[at].version === version,
    );
  const own = readFileSync(join(root, 'LICENSE'), 'utf8');
  const permission = own.slice(own.indexOf('Permission is hereby granted'));
  const textOf = (component) => {
    const folder = folderOf(component);
    const at = join(root, folder ?? '');
    const names =
      folder === undefined || !existsSync(at)
        ? []
        : readdirSync(at).filter((name) => /^(?:licen[cs]e|copying|notice)/i.test(name));
    const { license, expression } = component.licenses[0];
    const texts = names.sort().map((name) => readFileSync(join(at, name), 'utf8'));
    if (texts.length > 0) return texts.join('\n');
    if (license?.id !== 'MIT') throw new Error(`${component.name} holds no text of its licence, ${expression}`);
    return `MIT (the package holds no text of it; by its authors)\n\n${permission}`;
  };
  const parts = [
    [`wayclear ${bill.metadata.component.version}`, own],
    ...bill.components
      .filter(({ type }) => type === 'library')
      .map((one) => [`${one.name} ${one.version}`, textOf(one)]),
    ['Node.js, with what it is made of', runtimeLicence],
  ];
  const line = '='.repeat(80);
  return parts
    .map(([title, text]) => `${line}\n${title}\n${line}\n\n${text.replaceAll('\r\n', '\n').trim()}\n`)
    .join('\n');
}

/** Names and bytes of the files inside, in the order of their names. */
export async function insideFiles(root) {
  const [dist, endpoints] = [join(root, 'dist'), join(root, 'endpoints')];
  const all = [
    ...files(dist)
      .filter(runs)
      .map((name) => [name, readFileSync(join(dist, name))]),
    ...files(endpoints).map((name) => [`endpoints/${name}`, readFileSync(join(endpoints, name))]),
    ...(await Promise.all(
      packages.map(async (name) => [`packages/${name}.js`, await packageModule(root, name, 'cjs')]),
    )),
    ['packages/quickjs-wasi.mjs', await packageModule(root, 'quickjs-wasi', 'esm')],
    ['packages/quickjs.wasm', readFileSync(join(root, 'node_modules/quickjs-wasi/quickjs.wasm'))],
  ];
  return new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}
