/**
 * The watch as its command makes it, in the time that the network lab gives: `lab-player CONTROL ARGUMENTS…`. It begins where
 * the one before it was killed, and ends when the story does.
 */
import { request } from 'node:http';
import { hostname } from 'node:os';
import { json } from 'node:stream/consumers';
import { parseArguments } from '../../src/cli/arguments.ts';
import { createEnding } from '../../src/cli/ending.ts';
import { formatsOf } from '../../src/cli/formats.ts';
import { isGone, ownHolder } from '../../src/cli/holder.ts';
import type { Io } from '../../src/cli/io.ts';
import { resolveOptions } from '../../src/cli/options.ts';
import { createHost } from '../../src/cli/watch-host.ts';
import { readWays } from '../../src/cli/ways.ts';
import { createCredentialGuard } from '../../src/proxy/lockout.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { openStore } from '../../src/store/open.ts';
import { type Host, type LoopSettings, watchOn } from '../../src/watch/loop.ts';
import { scopeOf } from '../../src/watch/scope.ts';
import { loadWords } from '../../src/words/load.ts';
import type { StoryAnswer } from '../lab/story.ts';
import { inSteps } from './steps.ts';

const [, , control = '', ...args] = process.argv;

/** Lets so much time go by. */
async function goBy(ms: number): Promise<StoryAnswer> {
  return await new Promise((resolve, reject) => {
    // A connection that is kept would be closed by the lab while a look takes its time.
    const asking = request({ socketPath: control, method: 'POST', agent: false }, (answer) => {
      json(answer).then((value) => resolve(value as StoryAnswer), reject);
    });
    asking.on('error', reject);
    asking.end(JSON.stringify({ ms }));
  });
}

async function play(): Promise<void> {
  let { now, ended, step } = await goBy(0);
  const pass = async (ms: number): Promise<void> => {
    const answer = await goBy(ms);
    ({ now, ended } = answer);
    step ??= answer.step;
  };
  const here = (): void => {
    if (step === null) return;
    step -= 1;
    if (step === 0) process.kill(process.pid, 'SIGKILL');
  };
  const clock = { now: () => performance.now(), wall: () => now };
  const ending = createEnding(clock);
  ending.leaveOpen();
  const none = { isTTY: false, columns: null };
  const io: Io = {
    ...{ args, env: process.env, cwd: process.cwd(), platform: process.platform, clock, ending },
    stdout: { ...none, write: async () => {} },
    stderr: { ...none, write: (text) => void process.stderr.write(text) },
    ...{ readStdin: async () => '', secrets: createSecrets(), guard: createCredentialGuard(clock) },
  };
  const parsed = await parseArguments(args, 'en');
  if (parsed.kind === 'help') throw new TypeError(parsed.text);
  const options = resolveOptions({
    ...{ command: 'watch', what: parsed.words, configs: [], env: {}, formats: formatsOf('watch') },
    flags: { source: 'flag', values: parsed.flags, where: (name) => `--${name}` },
  });
  await loadWords(options.lang);
  const ways = await readWays(io, options.watch.notify ?? '', options);
  const store = await openStore(options.store ?? '');
  const { everyMs, confirm, windows, keepMs, keepBytes } = options.watch;
  const settings: LoopSettings = {
    ...{
      name: hostname(),
      scope: scopeOf({ options: options.used }),
      holder: ownHolder(),
      isGone,
      machineId: 'desk-4',
      routes: ways.map(({ name }) => name),
    },
    ...{ confirm, everyMs, windows, keepMs, keepBytes },
  };
  const host: Host = {
    ...createHost(io, options, inSteps(store, here), { ways, sender: null }),
    ...{ stopped: () => ended, sleep: pass },
  };
  await watchOn(host, settings);
  await store.close();
}

void play().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
