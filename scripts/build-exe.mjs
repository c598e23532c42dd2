// Makes the single executables in dist/exe, out of dist/: docs/executables.md says what is inside and how to check it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { readCache } from '../dist/lib/cli/loader.js';
import { executableBill, insideFiles, licences } from './exe/contents.mjs';
import { machineFor, runOn } from './exe/machines.mjs';
import { runtimeOf, runtimeVersion, targets } from './exe/targets.mjs';

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist', 'exe');
/** The words in the runtime that tell it of its blob. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const programOf = (target) => join(runtimeOf(target), target.program);
/** Makes what no target can make for itself. */
const here = targets.find((target) => !('because' in machineFor(target)) && machineFor(target).before.length === 0);

function put(file, contents) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
}

/** V8's cache of the code that ran in a rehearsal by the target's own runtime; or why there is none. */
function codeCache(target, stage) {
  const machine = machineFor(target);
  if ('because' in machine) return machine;
  const file = join(stage, 'main.cache');
  const { stderr } = runOn(target, programOf(target), ['scripts/rehearse.mjs', file], { cwd: root });
  const cache = readCache(readFileSync(join(root, 'dist/cli/main.js')), file);
  return cache === undefined ? { because: `the rehearsal failed: ${stderr.trim()}` } : { cache };
}

/** One executable: the runtime with a blob in it that holds the program and the files. Says whether a cache is inside. */
async function makeExecutable(target, inside) {
  const stage = mkdtempSync(join(out, 'stage-'));
  try {
    const { cache, because = null } = codeCache(target, stage);
    const all = cache === undefined ? inside : new Map([...inside, ['cli/main.cache', cache]]);
    for (const [name, bytes] of all) put(join(stage, 'inside', name), bytes);
    copyFileSync(join(root, 'dist/cli.js'), join(stage, 'cli.js'));
    const assets = Object.fromEntries([...all.keys()].map((name) => [name, `inside/${name}`]));
    const settings = { disableExperimentalSEAWarning: true, useSnapshot: false, useCodeCache: cache !== undefined };
    put(join(stage, 'sea.json'), json({ main: 'cli.js', output: 'blob', ...settings, assets }));
    // A code cache is of use to the runtime that made it.
    const maker = cache === undefined ? here : target;
    const made = runOn(maker, programOf(maker), ['--experimental-sea-config', 'sea.json'], { cwd: stage });
    if (made.status !== 0) throw new Error(`${target.name}: ${made.stderr}`);
    const file = join(stage, target.name);
    copyFileSync(programOf(target), file);
    chmodSync(file, 0o755);
    // A process of its own: it takes ten times the size of the file. Its warning is of the signature of Windows' runtime,
    // which this breaks: docs/executables.md says how to sign.
    const injector = join(root, 'node_modules/postject/dist/cli.js');
    const where = ['NODE_SEA_BLOB', join(stage, 'blob'), '--sentinel-fuse', fuse];
    execFileSync(process.execPath, [injector, file, ...where], { stdio: 'pipe' });
    renameSync(file, join(out, target.name));
    return { codeCache: cache !== undefined, because };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

if (here === undefined) throw new Error(`executables are made on Linux or Windows, not on ${process.platform}`);
mkdirSync(out, { recursive: true });
const versions = JSON.parse(
  execFileSync(programOf(here), ['-p', 'JSON.stringify(process.versions)'], { encoding: 'utf8' }),
);
const bill = executableBill(root, versions);
const [linux] = targets;
const texts = new Map([
  ['LICENCES.txt', licences(root, bill, readFileSync(join(runtimeOf(linux), 'LICENSE'), 'utf8'))],
  ['sbom.cdx.json', json(bill)],
]);
const inside = new Map([...(await insideFiles(root)), ...[...texts].map(([name, text]) => [name, Buffer.from(text)])]);
const executables = {};
for (const target of targets) {
  const made = await makeExecutable(target, inside);
  executables[target.name] = made;
  console.log(
    `dist/exe/${target.name}: ${made.codeCache ? 'with code cache' : `without code cache, so that it starts later: ${made.because}`}`,
  );
}
const { version: esbuild } = JSON.parse(readFileSync(join(root, 'node_modules/esbuild/package.json')));
const { version: postjectVersion } = JSON.parse(readFileSync(join(root, 'node_modules/postject/package.json')));
texts.set(
  'inputs.json',
  json({
    runtime: {
      version: runtimeVersion,
      packages: Object.fromEntries(targets.map((one) => [one.package, one.integrity])),
    },
    tools: { esbuild, postject: postjectVersion },
    program: { 'cli.js': sha256(readFileSync(join(root, 'dist/cli.js'))) },
    inside: Object.fromEntries([...inside].map(([name, bytes]) => [name, sha256(bytes)])),
    executables,
  }),
);
for (const [name, text] of texts) put(join(out, name), text);
const names = [...targets.map(({ name }) => name), ...texts.keys()].sort();
put(join(out, 'SHA256SUMS'), names.map((name) => `${sha256(readFileSync(join(out, name)))}  ${name}\n`).join(''));
