// Bundles the fuzzers, which Node can't run as they are, and starts them. Files are looked for as from this folder.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const outfile = path('../../node_modules/.cache/wayclear-fuzz/main.mjs');
await build({
  ...{ entryPoints: [path('main.ts')], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20' },
  packages: 'external',
  define: {
    'import.meta.dirname': JSON.stringify(path('.').replace(/[\\/]$/, '')),
    'import.meta.filename': JSON.stringify(path('main.ts')),
  },
});
await import(outfile);
