/** The manual page before the program that reads it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../src/cli/flags.ts';
import { lacking, must, PATH } from './parts.ts';

const page = join(import.meta.dirname, '..', '..', 'docs', 'wayclear.1');
const noMandoc = lacking({ mandoc: 'mandoc' });

describe.skipIf(noMandoc !== null)('mandoc', () => {
  it('has nothing to say of the manual page but that it has no date', () => {
    const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', page], {
      encoding: 'utf8',
      env: { ...process.env, PATH },
    });
    expect(
      stdout
        .trim()
        .split('\n')
        .filter((line) => !line.includes('missing date')),
    ).toEqual([]);
  });

  it('shows every command and the exit codes', () => {
    const shown = must('mandoc', ['-T', 'ascii', page]).replace(/.\x08/g, '');
    for (const name of commandNames) expect(shown).toMatch(new RegExp(`^ +wayclear ${name}\\b`, 'm'));
    expect(shown).toMatch(/^EXIT CODES$/m);
    expect(shown).toMatch(/^ +130 +interrupted/m);
  });
});
