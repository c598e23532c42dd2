/** `npm run fuzz`: the classes of the tests for as long as one likes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { languages } from '../../src/words/language.ts';
import { loadWords } from '../../src/words/load.ts';
import { attack } from './attack.ts';
import { classes } from './classes.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    count: { type: 'string', default: 'Infinity' },
    class: { type: 'string', multiple: true, default: classes.map(({ name }) => name) },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const chosen = classes.filter(({ name }) => values.class.includes(name));
const unknown = values.class.filter((name) => !classes.some((target) => target.name === name));
if (unknown.length > 0 || [values.seconds, values.count, values.seed].some((text) => Number.isNaN(Number(text)))) {
  process.stderr.write(
    `npm run fuzz -- [--seconds N] [--count N] [--class NAME]... [--seed N]\nclasses: ${classes.map(({ name }) => name).join(' ')}\n`,
  );
  process.exitCode = 2;
} else {
  await Promise.all(languages.map(loadWords));
  process.stdout.write(`seed ${values.seed}\n`);
  const share = (Number(values.seconds) * 1000) / chosen.length;
  for (const target of chosen) {
    const end = Date.now() + share;
    const options = { seed: Number(values.seed), count: Number(values.count), until: () => Date.now() > end };
    const { taken, refused, failed, failures } = await attack(target, options);
    await target.close?.();
    const inputs = taken + refused + failed;
    process.stdout.write(`${target.name.padEnd(26)} ${inputs} inputs, ${taken} taken, ${failed} failures\n`);
    const folder = join('node_modules', '.cache', 'wayclear-fuzz', target.name);
    failures.forEach(({ why, input }, index) => {
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${values.seed}-${index}`);
      writeFileSync(file, input);
      process.stdout.write(`  ${why}\n  ${file} (${input.length} bytes)\n`);
    });
    if (failed > 0) process.exitCode = 1;
  }
}
