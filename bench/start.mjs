// Bundles the benchmarks, which Node can't run as they are, and starts them.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const outfile = path('../node_modules/.cache/wayclear-bench/main.mjs');
await build({
  entryPoints: [path('main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
});
process.argv[1] = outfile;
await import(outfile);
