/** Formats before the programs that read them: xmllint with the schema of JUnit's report, promtool. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { loadReporter } from '../../src/report/registry.ts';
import { recorded, tenThousand } from '../report/recorded.ts';
import { lacking, PATH } from './parts.ts';

const reports: readonly (readonly [string, () => Report])[] = [
  ...Object.entries(recorded),
  ['ten-thousand', tenThousand],
];

async function rendered(format: string, report: Report): Promise<string> {
  return (await loadReporter(format))(report, { lang: 'en', width: 100, colour: false, verbose: false });
}

/** What a program says of a text on its standard input, with its exit code. */
function verdictOf(program: string, parameters: readonly string[], input: string): string {
  const { status, stderr, stdout } = spawnSync(program, [...parameters], {
    ...{ input, encoding: 'utf8', timeout: 120_000, maxBuffer: 64 * 1024 * 1024 },
    env: { ...process.env, PATH },
  });
  return `${status} ${stdout}${stderr}`.slice(0, 2000);
}

const noXmllint = lacking({ xmllint: 'libxml2-utils' });

describe.skipIf(noXmllint !== null)('xmllint with the schema of JUnit', { timeout: 300_000 }, () => {
  const check = (text: string): string =>
    verdictOf(
      'xmllint',
      ['--noout', '--huge', '--schema', join(import.meta.dirname, '..', 'report', 'junit.xsd'), '-'],
      text,
    );

  it.each(reports)('takes the report %s', async (_, make) => {
    expect(check(await rendered('junit', make()))).toBe('0 - validates\n');
  });

  it('would refuse a text that is not escaped, and a test that is there twice', async () => {
    const text = await rendered('junit', recorded['dns-dead']());
    expect(check(text.replace('</testcase>', '<b></testcase>'))).not.toMatch(/^0 /);
    const [first = ''] = /<testcase [^>]*\/>/.exec(text) ?? [];
    expect(check(text.replace(first, first + first))).not.toMatch(/^0 /);
  });
});

const noPromtool = lacking({ promtool: 'prometheus' });

describe.skipIf(noPromtool !== null)('promtool', { timeout: 300_000 }, () => {
  it.each(reports)('takes the metrics of the report %s, and finds nothing to say', async (_, make) => {
    expect(verdictOf('promtool', ['check', 'metrics'], await rendered('prometheus', make()))).toBe('0 ');
  });

  it('would refuse a label that is not escaped', async () => {
    const text = await rendered('prometheus', recorded.healthy());
    const shown = verdictOf('promtool', ['check', 'metrics'], text.replace('{version="', '{version="a"b'));
    expect(shown).not.toBe('0 ');
  });
});
