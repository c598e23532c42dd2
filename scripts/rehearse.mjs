// Runs the built program once against servers on loopback, and keeps V8's cache of the code that really ran, for this
// runtime: dist/cli/main-VERSION-PLATFORM-ARCH.cache, or the file named. Without it the program runs as well, and starts
// later.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEnding } from '../dist/lib/cli/ending.js';
import { cacheFile, loadProgram, readCache, sealedCache } from '../dist/lib/cli/loader.js';
import { systemClock } from '../dist/lib/clock.js';
import { rehearse } from './rehearsal.mjs';

/** Runs a command line as cli.ts would. */
async function perform({ createSecrets, main }, args, cwd) {
  const silent = { isTTY: false, columns: null, write: async () => {} };
  const io = { args, env: {}, cwd, platform: process.platform, clock: systemClock, stdout: silent };
  await main({ ...io, stderr: silent, secrets: createSecrets(), ending: createEnding(systemClock) });
}

const cli = fileURLToPath(new URL('../dist/cli', import.meta.url));
try {
  const { program, script, source } = loadProgram(cli);
  // Those that other runtimes made of the same program stay.
  for (const name of readdirSync(cli).filter((file) => file.endsWith('.cache'))) {
    if (readCache(source, join(cli, name)) === undefined) rmSync(join(cli, name));
  }
  await rehearse((args, folder) => perform(program, args, folder));
  writeFileSync(process.argv[2] ?? cacheFile(cli), sealedCache(source, script.createCachedData()));
} catch (error) {
  process.stderr.write(`no code cache, so that the program starts later: ${error.stack}\n`);
}
