// The declarations of src/model without the shapes that they follow from: what the compiler writes holds each shape in full, in
// the schema library's own types, a megabyte of them. Here each type is written out once, and named where it occurs in others.
import { basename } from 'node:path';
import { API } from 'typescript/unstable/sync';

const noTruncation = 1;
/** A type that is asked for is written out, not named. */
const inTypeAlias = 1 << 23;
/** Shorter ones say more themselves than their names. */
const leastNamed = 40;
const byShape = /^export type (\w+) = z\.Of<[^;]*>;$/m;

/** Statements of a declaration file, each with the comment before it. */
const statementsOf = (text) =>
  text.split(/\n(?=\/\*\*|(?:export|import|declare|interface|type) )/).reduce(joinComments, []);

function joinComments(all, part) {
  const before = all.at(-1);
  if (before !== undefined && /^\/\*\*[\s\S]*\*\/\s*$/.test(before) && !/\n(?:export|import)/.test(before)) {
    return [...all.slice(0, -1), `${before}\n${part}`];
  }
  return [...all, part];
}

/** What types that follow from shapes are, by file and name. */
function writtenOut(files) {
  const api = new API({ cwd: process.cwd() });
  try {
    const [{ checker, program }] = api.updateSnapshot({ openProject: 'tsconfig.build.json' }).getProjects();
    return files.flatMap(({ source, names }) => {
      const module = checker.getSymbolAtLocation(program.getSourceFile(source));
      const symbols = checker.getExportsOfModule(module).filter(({ name }) => names.includes(name));
      return symbols.map((symbol) => {
        const type = checker.getDeclaredTypeOfSymbol(symbol);
        return { source, name: symbol.name, text: checker.typeToString(type, undefined, noTruncation | inTypeAlias) };
      });
    });
  } finally {
    api.close();
  }
}

/** Each type in the words of the others: the longest first, since they hold the shorter ones. */
function named(types) {
  const names = types.filter(({ text }) => text.length >= leastNamed).toSorted((a, b) => b.text.length - a.text.length);
  const brief = (own, text) =>
    names.reduce((shown, other) => (other.name === own ? shown : shown.replaceAll(other.text, other.name)), text);
  return types.map(({ source, name, text }) => ({ source, name, text: brief(name, text) }));
}

/** `declarations`: pairs of file and text as the compiler wrote them. The same, with those of the model made plain. */
export function plainDeclarations(declarations) {
  const models = declarations.filter(([file]) => /(^|\/)model\/[\w-]+\.d\.ts$/.test(file));
  const sourceOf = (file) => `${process.cwd()}/src/model/${basename(file, '.d.ts')}.ts`;
  const files = models.map(([file, text]) => ({
    source: sourceOf(file),
    names: [...text.matchAll(new RegExp(byShape, 'gm'))].map(([, name]) => name),
  }));
  const types = named(writtenOut(files));
  const home = new Map(types.map(({ source, name }) => [name, basename(source, '.ts')]));
  return declarations.map(([file, text]) => {
    const source = sourceOf(file);
    const own = types.filter((type) => type.source === source);
    return models.some(([model]) => model === file)
      ? [file, plain(text, own, home, basename(source, '.ts'))]
      : [file, text];
  });
}

function plain(text, own, home, self) {
  const kept = statementsOf(text)
    .filter((part) => !/^(?:\/\*\*[\s\S]*?\*\/\s*)?(?:export )?declare const \w+: (?:z\.|import\()/.test(part))
    .map((part) =>
      part.replace(byShape, (_, name) => `export type ${name} = ${own.find((type) => type.name === name)?.text};`),
    );
  const isImport = (part) => /^(?:\/\*\*[\s\S]*?\*\/\s*)?import /.test(part);
  const body = kept.filter((part) => !isImport(part)).join('\n');
  const uses = (name) => new RegExp(`\\b${name}\\b`).test(body);
  const imported = new Map();
  for (const [, names, from] of kept
    .filter(isImport)
    .join('\n')
    .matchAll(/import (?:type )?\{([^}]*)\} from '([^']+)'/g)) {
    for (const name of names.split(',').map((word) => word.replace(/\btype\b/, '').trim()))
      if (uses(name)) imported.set(name, from);
  }
  if (uses('z')) imported.set('* as z', './shape.js');
  for (const [name, place] of home)
    if (place !== self && !imported.has(name) && uses(name)) imported.set(name, `./${place}.js`);
  const heads = [...imported].map(
    ([name, from]) => `import type ${name.startsWith('*') ? name : `{ ${name} }`} from '${from}';`,
  );
  return `${heads.join('\n')}\n${body}\n`;
}
