// record-replay.mjs FOLDER: packs the reports that a run of the lab kept (LAB_KEEP=FOLDER npm test, or npm run lab -- --keep
// FOLDER) into the corpus that test/diagnose/replay.test.ts judges again: one line a scenario, its name and observations.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** Characters. Runs of hundreds of targets add megabytes and no signature that smaller ones don't have. */
const longest = 350_000;
const corpus = new URL('../test/golden/replay/lab.ndjson.br', import.meta.url);

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run replay:record FOLDER');
const lines = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => {
    const { observations } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return JSON.stringify({ scenario: basename(file, '.json'), observations });
  })
  .filter((line) => line.length <= longest);
// A window over the whole: scenarios differ in little, and gzip looks back 32 KiB only.
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
const packed = brotliCompressSync(`${lines.join('\n')}\n`, { params });
writeFileSync(corpus, packed);
process.stdout.write(`${lines.length} scenarios, ${packed.length} bytes\n`);
