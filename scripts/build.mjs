// Builds dist/: every module and its types by the compiler (dist/lib, for the build and the tests), the library out of them
// (dist/library), and the program as bundles: what answers --version and --help (cli.js), the rest (cli/main.js), whose
// modules run when they are first imported, and what few runs need.
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { dataFiles } from './build-data.mjs';
import { libraryFiles } from './build-library.mjs';

process.chdir(join(import.meta.dirname, '..'));
/** A whole file or the old one, whoever reads it meanwhile. */
function put(file, contents, mode = 0o644) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, contents, { mode });
  renameSync(`${file}.part`, file);
}
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
for (const [file, contents] of await dataFiles('dist/lib')) put(file, contents);
// Apart: the other languages, what lays help out, what prints schemas, the store, and what sends mail.
const commands = ['cli', 'cli/main', 'cli/help-text', 'cli/commands/printed-schemas'];
const parts = ['words/fr/index', 'words/ja/index', 'words/nl/index', 'store/open', 'store/postgres', 'notify/mailer'];
const apart = ['./help-text.js', './printed-schemas.js', './fr/index.js', './ja/index.js', './nl/index.js'];
apart.push('../store/open.js', './postgres.js', '../notify/mailer.js');
const bundled = (part) => ({ in: `src/${part}.ts`, out: part.replace(/^words|^cli\/commands/, 'cli') });
const { outputFiles } = await build({
  ...{ bundle: true, write: false, platform: 'node', target: 'node20', format: 'cjs', outdir: 'dist' },
  // Wherever packages lie, their modules are named the same: the bytes are compared.
  ...{ preserveSymlinks: true, entryPoints: [...commands, ...parts].map(bundled), logLevel: 'warning' },
  // Names stay as they are: a fault is reported with its stack.
  ...{ minifySyntax: true, minifyWhitespace: true, legalComments: 'external' },
  // As strings, what templates and patterns hold is escaped: V8 reads a program of ASCII alone at once, in half the memory.
  supported: { 'dynamic-import': false, 'template-literal': false, 'regexp-sticky-and-unicode-flags': false },
  external: [...apart, 'kerberos', 'quickjs-wasi', 'proxy-agent', 'yargs', 'pg-native'],
  banner: { js: 'const moduleUrl=require("node:url").pathToFileURL(__filename).href;' },
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename', 'import.meta.url': 'moduleUrl' },
});
for (const { path, contents } of outputFiles) put(path, contents, path === resolve('dist/cli.js') ? 0o755 : 0o644);
rmSync('dist/library', { recursive: true, force: true });
for (const [file, contents] of await libraryFiles('dist/lib')) put(file, contents);
