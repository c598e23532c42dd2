// Builds dist/library, what `import 'wayclear'` gets: src/index.ts as one bundle whose formats and languages are parts of
// their own, loaded when they are asked for, and the declarations that its types lead to.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

/** The declaration files that one leads to, itself included. */
function declarationsFrom(entry) {
  const found = new Map();
  const walk = (file) => {
    if (found.has(file)) return;
    const text = readFileSync(file, 'utf8');
    // The compiler leaves the endings of sources, which readers older than it take for a mistake.
    found.set(file, text.replace(/(?<=['"]\.[^'"\n]*)\.ts(?=['"])/g, '.js'));
    for (const [, name] of text.matchAll(/(?:from|import\()\s*['"](\.[^'"]+)\.ts['"]/g)) {
      walk(join(dirname(file), `${name}.d.ts`));
    }
  };
  walk(entry);
  return found;
}

/** Pairs of file and text. */
export async function libraryFiles(modules) {
  const { outputFiles } = await build({
    ...{ bundle: true, write: false, platform: 'node', target: 'node20', format: 'esm', splitting: true },
    ...{ entryPoints: ['src/index.ts'], outdir: 'dist/library', chunkNames: '[name]-[hash]', logLevel: 'warning' },
    packages: 'external',
  });
  const declarations = [...declarationsFrom(join(modules, 'index.d.ts'))];
  return [
    ['dist/library/package.json', '{"type":"module"}'],
    ...outputFiles.map(({ path, contents }) => [path, contents]),
    ...declarations.map(([file, text]) => [join('dist/library/types', relative(modules, file)), text]),
  ];
}
