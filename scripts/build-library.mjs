// Builds dist/library, what `import 'wayclear'` gets: src/index.ts as one bundle whose formats and languages are parts of
// their own, loaded when they are asked for, and the declarations that its types lead to.
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { plainDeclarations } from './plain-types.mjs';

/** The files that an entry leads to, itself included. */
function leadsTo(entry, textOf) {
  const found = new Map();
  const walk = (file) => {
    if (found.has(file)) return;
    const text = textOf(file);
    found.set(file, text);
    for (const [, name] of text.matchAll(/(?:from|import\()\s*['"](\.[^'"]+)\.(?:ts|js)['"]/g)) {
      walk(join(dirname(file), `${name}.d.ts`));
    }
  };
  walk(entry);
  return [...found];
}

/** The declarations of the library: once more only what is led to when the shapes are gone. */
function declarationsOf(entry) {
  // The compiler leaves the endings of sources, which readers older than it take for a mistake.
  const written = (file) => readFileSync(file, 'utf8').replace(/(?<=['"]\.[^'"\n]*)\.ts(?=['"])/g, '.js');
  const texts = new Map(plainDeclarations(leadsTo(entry, written)));
  return leadsTo(entry, (file) => texts.get(file) ?? written(file));
}

/** Pairs of file and text. */
export async function libraryFiles(modules) {
  const { outputFiles } = await build({
    ...{ bundle: true, write: false, platform: 'node', target: 'node20', format: 'esm', splitting: true },
    ...{ entryPoints: ['src/index.ts'], outdir: 'dist/library', chunkNames: '[name]-[hash]', logLevel: 'warning' },
    packages: 'external',
  });
  return [
    ['dist/library/package.json', '{"type":"module"}'],
    ...outputFiles.map(({ path, contents }) => [path, contents]),
    ...declarationsOf(join(modules, 'index.d.ts')).map(([file, text]) => [
      join('dist/library/types', relative(modules, file)),
      text,
    ]),
  ];
}
