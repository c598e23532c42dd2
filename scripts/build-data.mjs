// What the program and others read beside its code, made by the compiled modules: help, catalog, schemas, bill of materials.
import { writtenBill } from './sbom.mjs';

/** Pairs of file and text. */
export async function dataFiles(modules) {
  const module = (name) => import(new URL(`../${modules}/${name}.js`, import.meta.url));
  const { builtHelp } = await module('cli/built-help');
  const { builtFeatures } = await module('catalog/load');
  const { printedSchema } = await module('cli/commands/printed-schemas');
  return [
    // Laid out at run time, the help takes 0.3 s in place of 0.04; checking the catalog, twenty times as long as reading it.
    ...(await builtHelp()).map(([name, text]) => [`dist/${name}`, text]),
    ['dist/catalog.json', await builtFeatures()],
    // For editors, whom the catalog files send there; and as words of the program's own, which are no secret.
    ...['catalog', 'report'].map((name) => [`dist/${name}.schema.json`, printedSchema(name)]),
    ['dist/sbom.cdx.json', writtenBill('.')],
    [`${modules}/package.json`, '{"type":"module"}'],
    ['dist/package.json', '{"type":"commonjs"}'],
  ];
}
