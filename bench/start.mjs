// Bundles the benchmarks, which Node can't run as they are, and starts them.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const outdir = path('../node_modules/.cache/wayclear-bench');
await build({
  entryPoints: ['main', 'diagnosis', 'history', 'fleet/fleet'].map((name) => path(`${name}.ts`)),
  // All beside each other.
  entryNames: '[name]',
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['pg-native'],
  // PostgreSQL's driver is CommonJS.
  banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
});
process.argv[1] = `${outdir}/main.mjs`;
await import(process.argv[1]);
