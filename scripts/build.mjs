// Builds dist/: the library and its types by the compiler, the program as one bundle with a chunk for what is loaded
// when it is needed (a file less to find, read and compile is a millisecond less to wait for).
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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
 * What undici's client loads and never uses here. HTTP/2 is never offered (ALPN names http/1.1 alone). Of the runtime's
 * own HTTP it takes a bound that is given anyway, and a class whose bodies nobody sends.
 */
const absent = {
  './client-h2.js': "module.exports = () => { throw new Error('HTTP/2 is not spoken'); };",
  'node:http': 'module.exports = { maxHeaderSize: 16_384, IncomingMessage: class {} };',
};
const leanUndici = {
  name: 'lean-undici',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(\.\/client-h2\.js|node:http)$/ }, ({ path: wanted, importer }) =>
      /node_modules[/\\]undici[/\\]/.test(importer) ? { path: wanted, namespace: 'absent' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'absent' }, ({ path: wanted }) => ({ contents: absent[wanted] }));
  },
};

/** A whole file or the old one, whoever reads it meanwhile. */
function put(file, contents, mode) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, contents, { mode });
  renameSync(`${file}.part`, file);
}

const { outputFiles } = await build({
  entryPoints: [path('src/cli.ts')],
  outdir: path('dist'),
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  minifySyntax: true,
  minifyWhitespace: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['kerberos', 'quickjs-wasi', 'proxy-agent'],
  plugins: [asciiHelp, leanUndici],
  write: false,
  logLevel: 'warning',
});
// Bundled CommonJS asks for the runtime's modules by require(), which a module does not have.
const require = 'const require=process.getBuiltinModule;\n';
for (const { path: file, text } of outputFiles) {
  put(file, /\brequire\b/.test(text) ? require + text : text, file.endsWith('cli.js') ? 0o755 : 0o644);
}

// What an earlier build left, unless a program that still runs may load it.
const made = outputFiles.map(({ path: file }) => file);
for (const file of readdirSync(path('dist/chunks')).map((name) => join(path('dist/chunks'), name))) {
  if (!made.includes(file) && statSync(file).mtimeMs < Date.now() - 3_600_000) rmSync(file);
}

execFileSync(process.execPath, [path('node_modules/typescript/bin/tsc'), '-p', path('tsconfig.build.json')], {
  stdio: 'inherit',
});

// Laying the help out takes ten times as long as showing it.
const { helpText } = await import(new URL('../dist/cli/help-text.js', import.meta.url).href);
const { commandNames } = await import(new URL('../dist/cli/flags.js', import.meta.url).href);
const help = {};
for (const command of [null, ...commandNames]) help[command ?? ''] = await helpText(command);
put(path('dist/help.json'), JSON.stringify(help));

// Checking the catalog takes twenty times as long as reading what came out of it.
const { builtFeatures } = await import(new URL('../dist/catalog-load.js', import.meta.url).href);
put(path('dist/catalog.json'), await builtFeatures());
