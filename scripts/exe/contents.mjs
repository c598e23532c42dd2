// What lies inside an executable beside the runtime: all of dist/ that runs, the catalog, the packages that are loaded at
// need, licences and bill of materials. The same tree gives the same bytes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { billOfMaterials } from '../sbom.mjs';

/** Packages that bundles leave outside: each becomes a module of its own. */
const packages = ['proxy-agent', 'yargs'];
/** Packages that no executable holds: a native one would have to be unpacked to disk. */
export const leftOut = ['kerberos'];

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
  !/^(?:lib|library|exe)\/|^(?:cli\.js|package\.json|sbom\.cdx\.json|catalog\.schema\.json)$|\.(?:cache|part)$/.test(
    name,
  );

async function packageModules(root) {
  const common = { bundle: true, write: false, platform: 'node', target: 'node22', absWorkingDir: root, outdir: 'out' };
  const small = {
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
    logOverride: { 'empty-import-meta': 'silent' },
  };
  const [modules, engine] = await Promise.all([
    build({ ...common, ...small, format: 'cjs', entryPoints: packages }),
    build({ ...common, ...small, format: 'esm', entryPoints: ['quickjs-wasi'], outExtension: { '.js': '.mjs' } }),
  ]);
  const made = [...modules.outputFiles, ...engine.outputFiles];
  return made.map(({ path, contents }) => [`packages/${path.replace(/^.*[\\/]/, '')}`, Buffer.from(contents)]);
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
  const textOf = (component) => {
    const folder = folderOf(component);
    const at = join(root, folder ?? '');
    const names =
      folder === undefined || !existsSync(at)
        ? []
        : readdirSync(at).filter((name) => /^(?:licen[cs]e|copying|notice)/i.test(name));
    const { license, expression } = component.licenses[0];
    const texts = names.sort().map((name) => readFileSync(join(at, name), 'utf8'));
    return texts.length === 0 ? `${license?.id ?? expression} (the package holds no text of it)\n` : texts.join('\n');
  };
  const parts = [
    [`wayclear ${bill.metadata.component.version}`, readFileSync(join(root, 'LICENSE'), 'utf8')],
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
    ...(await packageModules(root)),
    ['packages/quickjs.wasm', readFileSync(join(root, 'node_modules/quickjs-wasi/quickjs.wasm'))],
  ];
  return new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}
