import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** One of the programs of this folder in one file, that starts fast. */
export function bundled(name: 'player' | 'lab-player', outfile: string): string {
  buildSync({
    ...{ entryPoints: [join(import.meta.dirname, `${name}.ts`)], outfile, bundle: true, platform: 'node' },
    ...{
      format: 'cjs',
      define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
      logLevel: 'error',
    },
    // What is required is looked for where NODE_PATH says, and beside the file.
    ...{ external: ['pg-native', 'kerberos', 'quickjs-wasi', 'proxy-agent'], supported: { 'dynamic-import': false } },
  });
  return outfile;
}
