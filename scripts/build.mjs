// Builds dist/: the library and its types by the compiler (dist/lib), and the program as bundles: what answers --version
// and --help (cli.js), the rest (cli/main.js), whose modules run when they are first imported, and what it loads at need.
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { writtenBill } from './sbom.mjs';

const path = (relative) => join(import.meta.dirname, '..', relative);
/** A whole file or the old one, whoever reads it meanwhile. */
function put(file, contents, mode = 0o644) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, contents, { mode });
  renameSync(`${file}.part`, file);
}

const compiler = [path('node_modules/typescript/bin/tsc'), '-p', path('tsconfig.build.json')];
execFileSync(process.execPath, compiler, { stdio: 'inherit' });
const compiled = (file) => import(`../dist/lib/${file}.js`);
const [{ helpText }, { commandNames }] = await Promise.all(['cli/help-text', 'cli/flags'].map(compiled));
const help = await Promise.all([null, ...commandNames].map(async (name) => [name ?? '', await helpText(name)]));
// Laid out at run time, the help takes 0.3 s in place of 0.04; checking the catalog, twenty times as long as reading it.
put(path('dist/help.json'), JSON.stringify(Object.fromEntries(help)));
put(path('dist/catalog.json'), await (await compiled('catalog/load')).builtFeatures());
put(path('dist/sbom.cdx.json'), writtenBill(path('.')));
put(path('dist/lib/package.json'), '{"type":"module"}');
put(path('dist/package.json'), '{"type":"commonjs"}');
// Apart, since reading them too would cost each check 5 % of its time: the other languages, and what lays help out.
const parts = ['cli', 'cli/main', 'cli/help-text', 'words/fr/index', 'words/ja/index', 'words/nl/index'];
const apart = ['./cli/main.js', './help-text.js', './fr/index.js', './ja/index.js', './nl/index.js'];
const { outputFiles } = await build({
  ...{ bundle: true, write: false, platform: 'node', target: 'node20', format: 'cjs', outdir: path('dist') },
  entryPoints: parts.map((part) => ({ in: path(`src/${part}.ts`), out: part.replace('words', 'cli') })),
  // Names stay as they are: a fault is reported with its stack.
  ...{ minifySyntax: true, minifyWhitespace: true, supported: { 'dynamic-import': false }, logLevel: 'warning' },
  external: [...apart, 'kerberos', 'quickjs-wasi', 'proxy-agent', 'yargs'],
  banner: { js: 'const moduleUrl=require("node:url").pathToFileURL(__filename).href;' },
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename', 'import.meta.url': 'moduleUrl' },
});
for (const { path: file, contents } of outputFiles) put(file, contents, file === path('dist/cli.js') ? 0o755 : 0o644);
