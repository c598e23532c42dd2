// Builds dist/: every module and its types by the compiler (dist/lib, for the build and the tests), the library out of them
// (dist/library), and the program as bundles: what answers --version and --help (cli.js), the rest (cli/main.js), whose
// modules run when they are first imported, and what it loads at need.
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { libraryFiles } from './build-library.mjs';
import { writtenBill } from './sbom.mjs';

process.chdir(join(import.meta.dirname, '..'));
/** A whole file or the old one, whoever reads it meanwhile. */
function put(file, contents, mode = 0o644) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, contents, { mode });
  renameSync(`${file}.part`, file);
}
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
const lib = (name) => import(`../dist/lib/${name}.js`);
const { printedSchema } = await lib('cli/commands/printed-schemas');
// Laid out at run time, the help takes 0.3 s in place of 0.04; checking the catalog, twenty times as long as reading it.
for (const [name, text] of await (await lib('cli/built-help')).builtHelp()) put(`dist/${name}`, text);
put('dist/catalog.json', await (await lib('catalog/load')).builtFeatures());
// For editors, whom the catalog files send there; and as words of the program's own, which are no secret.
for (const name of ['catalog', 'report']) put(`dist/${name}.schema.json`, printedSchema(name));
put('dist/sbom.cdx.json', writtenBill('.'));
put('dist/lib/package.json', '{"type":"module"}');
put('dist/package.json', '{"type":"commonjs"}');
// Apart, since few runs need them: the other languages, what lays help out, what prints schemas, the store, and what sends mail.
const words = ['words/fr/index', 'words/ja/index', 'words/nl/index'];
const store = ['store/open', 'store/postgres', 'notify/mailer'];
const parts = ['cli', 'cli/main', 'cli/help-text', ...words, 'cli/commands/printed-schemas', ...store];
const apart = ['./help-text.js', './fr/index.js', './ja/index.js', './nl/index.js', './printed-schemas.js'];
apart.push('../store/open.js', './postgres.js', '../notify/mailer.js');
// HTTP/2 and the runtime's modules for it are loaded for the few servers that speak nothing else.
const lateHttp2 = {
  name: 'late-http2',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/client-h2\.js$/ }, ({ path }) => ({ path, namespace: 'late' }));
    const contents = 'module.exports=(...given)=>require("undici/lib/dispatcher/client-h2.js")(...given)';
    onLoad({ filter: /./, namespace: 'late' }, () => ({ contents, resolveDir: process.cwd() }));
  },
};
const { outputFiles } = await build({
  ...{ bundle: true, write: false, platform: 'node', target: 'node20', format: 'cjs', outdir: 'dist' },
  // Wherever packages lie, their modules are named the same: the bytes are compared.
  preserveSymlinks: true,
  entryPoints: parts.map((part) => ({ in: `src/${part}.ts`, out: part.replace(/^words|^cli\/commands/, 'cli') })),
  // Names stay as they are: a fault is reported with its stack.
  ...{ minifySyntax: true, minifyWhitespace: true, supported: { 'dynamic-import': false }, logLevel: 'warning' },
  plugins: [lateHttp2],
  external: [...apart, 'kerberos', 'quickjs-wasi', 'proxy-agent', 'yargs', 'pg-native'],
  banner: { js: 'const moduleUrl=require("node:url").pathToFileURL(__filename).href;' },
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename', 'import.meta.url': 'moduleUrl' },
});
// What esbuild leaves as it is, in tagged templates and patterns, means the same escaped: ASCII alone is read at once.
const ascii = (text) => text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt().toString(16).padStart(4, '0')}`);
for (const { path, text } of outputFiles) put(path, ascii(text), path === resolve('dist/cli.js') ? 0o755 : 0o644);
// Parts are named by what is in them: those of before would stay.
const files = await libraryFiles('dist/lib');
rmSync('dist/library', { recursive: true, force: true });
for (const [file, contents] of files) put(file, contents);
