/**
 * `npm run lab -- [NAME…] [--keep FOLDER] [--width N] [--times N] [--shell] [--list]`: scenarios by name or `*` pattern, all without one.
 * `--shell` builds the lab of one scenario and opens a shell on its client.
 */
import { parseArgs } from 'node:util';
import { loadScenarios } from './load.ts';
import { labRequirements, whyNot } from './requirements.ts';
import { runScenarios, summary } from './run.ts';
import { runLab } from './sealed.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    keep: { type: 'string' },
    width: { type: 'string', default: '4' },
    times: { type: 'string', default: '1' },
    shell: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const wanted = positionals.map(
  (text) => new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`),
);
const chosen = (await loadScenarios()).filter(
  ({ name }) => wanted.length === 0 || wanted.some((pattern) => pattern.test(name)),
);

async function main(): Promise<void> {
  const first = chosen[0];
  if (first === undefined) {
    process.stderr.write(`no scenario is called ${positionals.join(' ')}; --list names them\n`);
    process.exitCode = 2;
  } else if (values.list) for (const { name } of chosen) say(name);
  else if (values.shell) {
    const missing = whyNot(first.faults, labRequirements());
    if (missing !== null) {
      process.stderr.write(`${first.name} can't be built here: ${missing}\n`);
      process.exitCode = 2;
      return;
    }
    const check = ['wayclear', 'check', ...(first.args ?? []), '--no-bundled', '--catalog', '$CATALOG'].join(' ');
    say(`This is the client of ${first.name}; everything is gone when the shell ends.`);
    say(`$CATALOG, $ROOTS and $COMPANY are set. The scenario runs: ${check}`);
    await runLab({ scenario: first, commands: [], interactive: true });
  } else {
    for (let time = 0; time < Number(values.times); time++) {
      const outcomes = await runScenarios(chosen, {
        width: Number(values.width),
        keep: values.keep ?? null,
        done: ({ scenario, skipped, judgement, marks, traffic }) => {
          const took = `${((marks['commands'] ?? 0) / 1000).toFixed(1)} s, ${traffic?.spoken ?? 0} packets`;
          if (skipped !== null) say(`skipped ${scenario.name}: ${skipped}`);
          else if (judgement.differences.length === 0) say(`right   ${scenario.name} (${took})`);
          else say(`wrong   ${scenario.name} (${took}): ${judgement.differences.join('; ')}`);
        },
      });
      say(`\n${summary(outcomes)}`);
      if (outcomes.some(({ judgement }) => judgement.differences.length > 0)) process.exitCode = 1;
    }
  }
}

await main();
