// Builds dist/: the library and its types by the compiler (dist/lib/), the program as one bundle with a chunk for what is
// loaded when it is needed (a file less to find, read and compile is a millisecond less to wait for).
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

/**
 * yargs measures its help by grapheme clusters: making a segmenter and an emoji pattern takes longer than the runtime
 * takes to start. Flags and help are ASCII.
 */
const asciiHelp = {
  name: 'ascii-help',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^string-width$/ }, ({ importer }) =>
      /node_modules[/\\](yargs|cliui|wrap-ansi)[/\\]/.test(importer)
        ? { path: 'string-width', namespace: 'ascii' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'ascii' }, () => ({ contents: 'export default (text) => text.length;' }));
  },
};

/**
 * What bundled packages load and never use here. HTTP/2 is never offered (ALPN names http/1.1 alone). Of the runtime's own
 * HTTP undici's client takes a bound that is given anyway, and a class whose bodies nobody sends; nobody sends forms
 * either. Tables are made without their own colours. yargs' parser can do without a loader, and is not asked to read files.
 */
const unused = [
  ['undici', './client-h2.js', "module.exports = () => { throw new Error('HTTP/2 is not spoken'); };"],
  ['undici', '../web/fetch/body.js', 'module.exports = {};'],
  ['undici', 'node:http', 'module.exports = { maxHeaderSize: 16_384, IncomingMessage: class {} };'],
  ['cli-table3', '@colors/colors/safe', 'module.exports = {};'],
  ['yargs-parser', 'node:module', 'export const createRequire = undefined;'],
];
const leanPackages = {
  name: 'lean-packages',
  setup: ({ onResolve, onLoad }) => {
    for (const [name, wanted, contents] of unused) {
      onResolve({ filter: new RegExp(`^${wanted.replaceAll('.', '\\.')}$`) }, ({ importer }) =>
        new RegExp(`node_modules[/\\\\]${name}[/\\\\]`).test(importer)
          ? { path: wanted, namespace: 'unused', pluginData: contents }
          : undefined,
      );
    }
    onLoad({ filter: /.*/, namespace: 'unused' }, ({ pluginData: contents }) => ({ contents }));
  },
};

/** undici's parser, which its package keeps as text, as files of their own: reading a long text costs more than the parser. */
const parserFiles = {
  name: 'parser-files',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[/\\]undici[/\\]lib[/\\]llhttp[/\\].*-wasm\.js$/ }, ({ path: source }) => {
      const name = basename(source).replace('-wasm.js', '.wasm');
      put(path(`dist/chunks/${name}`), createRequire(source)(source));
      return { contents: `module.exports = require('node:fs').readFileSync(__dirname + '/${name}');` };
    });
  },
};

/** JavaScript or JSON of one byte a character: the engine reads it twice as fast, and keeps it in half the memory. */
const ascii = (text) =>
  text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A whole file or the old one, whoever reads it meanwhile. */
function put(file, contents, mode) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, contents, { mode });
  renameSync(`${file}.part`, file);
}

const smaller = { minifySyntax: true, minifyWhitespace: true, platform: 'node', target: 'node20' };
const bundled = {
  ...smaller,
  outdir: path('dist'),
  bundle: true,
  format: 'esm',
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename', 'import.meta.url': 'moduleUrl' },
  external: ['kerberos', 'quickjs-wasi', 'proxy-agent'],
  plugins: [asciiHelp, leanPackages, parserFiles],
  write: false,
  logLevel: 'warning',
};
const program = { entryPoints: [path('src/cli.ts')], splitting: true, chunkNames: 'chunks/[name]-[hash]' };
const { outputFiles } = await build({ ...bundled, ...program });
// The program is CommonJS, cut into chunks as only modules can be: loading modules takes 15 ms for the runtime's loader of
// them, and what is exported of each of its own modules, read or not, is loaded for them (30 ms for one target).
const strict = '"use strict";';
const moduleUrl = 'const moduleUrl=require("node:url").pathToFileURL(__filename).href;';
for (const { path: file, text } of outputFiles) {
  const required = text.replace(/\bimport\(("(?:node:|\.\.?\/)[^"]+")\)/g, 'Promise.resolve().then(()=>require($1))');
  const banner = text.includes('moduleUrl') ? strict + moduleUrl : strict;
  const { code } = await transform(required, { ...smaller, format: 'cjs', banner });
  put(file, ascii(code), file.endsWith('cli.js') ? 0o755 : 0o644);
}
put(path('dist/package.json'), '{"type":"commonjs"}');
put(path('dist/lib/package.json'), '{"type":"module"}');

// What an earlier build left, unless a program that still runs may load it.
const made = outputFiles.map(({ path: file }) => file);
for (const file of readdirSync(path('dist/chunks')).map((name) => join(path('dist/chunks'), name))) {
  if (!made.includes(file) && !file.endsWith('.wasm') && statSync(file).mtimeMs < Date.now() - 3_600_000) rmSync(file);
}

execFileSync(process.execPath, [path('node_modules/typescript/bin/tsc'), '-p', path('tsconfig.build.json')], {
  stdio: 'inherit',
});

// Laying the help out takes ten times as long as showing it.
const { helpText } = await import(new URL('../dist/lib/cli/help-text.js', import.meta.url).href);
const { commandNames } = await import(new URL('../dist/lib/cli/flags.js', import.meta.url).href);
const help = {};
for (const command of [null, ...commandNames]) help[command ?? ''] = await helpText(command);
put(path('dist/help.json'), JSON.stringify(help));

// Checking the catalog takes twenty times as long as reading what came out of it.
const { builtFeatures } = await import(new URL('../dist/lib/catalog/load.js', import.meta.url).href);
put(path('dist/catalog.json'), ascii(await builtFeatures()));
