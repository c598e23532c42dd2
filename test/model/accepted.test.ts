import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCatalogFile } from '../../src/catalog/load.ts';
import { parseFeature } from '../../src/catalog/parse.ts';
import { parseConfig } from '../../src/cli/config-file.ts';
import { flags } from '../../src/cli/flags.ts';
import { parseReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Fault } from '../../src/model/faults.ts';
import { UsageError } from '../../src/usage-error.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { type Validate, validatorOf } from './validator.ts';

/**
 * What is accepted and what is refused, recorded, so that a change of how shapes are defined can be compared with what was
 * before. The documents in test/golden/schema are frozen: reports of the lab and of golden files cut down to one of each
 * shape, catalogs likewise, configurations. A wanted change is recorded with `npx vitest run test/model -u`.
 *
 * Wanted so far, beside what the first shapes left as it was: milliseconds below 0 or beyond a year and a day are refused
 * (15 of the recorded reports), and values of configurations that the command line refuses (86): durations, counts, NAME=VALUE
 * and languages that are none, and numbers where no count is meant.
 */
const golden = join(import.meta.dirname, '..', 'golden');
const endpoints = join(import.meta.dirname, '..', '..', 'endpoints');
const textOf = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
const documents = (name: string): readonly unknown[] =>
  textOf(golden, 'schema', name)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

/** JSON pointer of the first fault; null: accepted. */
type Judge = (value: unknown) => string | null;

const faultsIn = ({ refusal }: UsageError): readonly Fault[] =>
  (refusal.args['faults'] as readonly Fault[] | undefined) ?? [];

const judgeReport: Judge = (value) => {
  try {
    const { observations } = parseReport(JSON.stringify(value), 'x.json');
    // What is taken is judged, and no rule stumbles over it.
    diagnose(observations, (error) => {
      throw error;
    });
    return null;
  } catch (error) {
    if (error instanceof UsageError) return faultsIn(error)[0]?.pointer ?? '';
    throw error;
  }
};

const refusal = (read: () => unknown): string | null => {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
};

const judgeCatalog: Judge = (value) => {
  const message = refusal(() => parseFeature(value, 'x.json'));
  return message === null ? null : (/^catalog x\.json: (\/\S*): /.exec(message)?.[1] ?? '');
};

/** A configuration is flat: what matters is whether it is taken. */
const judgeConfig: Judge = (value) =>
  refusal(() => parseConfig(JSON.stringify(value), 'x.json')) === null ? null : '';

/** One line a mutant: `+` accepted, `=` refused at the place that was changed, else the pointer of the first fault. */
function verdictOf({ pointer, value }: Mutant, judge: Judge): string {
  const fault = judge(value);
  if (fault === null) return '+';
  return fault === pointer ? '=' : fault === '' ? '/' : fault;
}

/** The verdicts, with `~` where the printed schema takes what is refused; it must refuse nothing that is accepted. */
function bothVerdicts(mutants: readonly Mutant[], verdicts: readonly string[], validate: Validate): readonly string[] {
  const takes = mutants.map(({ value }) => validate(value).length === 0);
  expect(mutants.flatMap(({ how }, index) => (verdicts[index] === '+' && !takes[index] ? [how] : []))).toEqual([]);
  return verdicts.map((verdict, index) => (verdict !== '+' && takes[index] ? `${verdict} ~` : verdict));
}

async function compare(name: string, mutants: readonly Mutant[], verdicts: readonly string[]): Promise<void> {
  const file = join(golden, 'schema', name);
  const recorded = textOf(file).split('\n');
  const differing = mutants.flatMap(({ how }, index) =>
    verdicts[index] === recorded[index] ? [] : [`${how}: was ${recorded[index]}, is ${verdicts[index]}`],
  );
  const message = `${differing.length} of ${mutants.length} differ:\n${differing.slice(0, 20).join('\n')}`;
  await expect(`${verdicts.join('\n')}\n`, message).toMatchFileSnapshot(file);
}

describe('the recorded shapes', () => {
  it('config-keys.txt holds every key of the configuration with its kind', async () => {
    const keys = flags
      .filter(({ name }) => name !== 'config' && name !== 'attended')
      .map(({ name, kind }) => `${name} ${kind}\n`);
    await expect(keys.join('')).toMatchFileSnapshot(join(golden, 'schema', 'config-keys.txt'));
  });
});

describe('what is accepted', () => {
  it('are all bundled catalogs', () => {
    for (const file of readdirSync(endpoints).filter(isCatalogFile)) {
      const value: unknown = JSON.parse(textOf(endpoints, file));
      expect(judgeCatalog(value), file).toBeNull();
    }
  });

  it('are all golden reports', () => {
    for (const file of readdirSync(golden).filter((name) => name.endsWith('.json.json'))) {
      expect(judgeReport(JSON.parse(textOf(golden, file))), file).toBeNull();
    }
  });

  it.each([
    ['reports.ndjson', judgeReport],
    ['catalogs.ndjson', judgeCatalog],
    ['configs.ndjson', judgeConfig],
  ] as const)('are all documents of %s', (name, judge) => {
    expect(documents(name).map(judge)).toEqual(documents(name).map(() => null));
  });
});

// Thousands of documents are judged: a busy machine needs its time for that.
describe('what is refused', { timeout: 180_000 }, () => {
  it('of 7,000 reports with one change has its place, the rest is judged, and of 3,000 it is as recorded', async () => {
    const mutants = [...mutantsOf(documents('reports.ndjson'), 7000, 1)];
    const verdicts = mutants.map((mutant) => verdictOf(mutant, judgeReport));
    const recorded = mutants.slice(0, 3000);
    const both = bothVerdicts(recorded, verdicts.slice(0, 3000), validatorOf('report'));
    await compare('report-mutants.txt', recorded, both);
  }, 120_000);

  it('of catalogs with one change is as recorded, and what JSON Schema can say of it', async () => {
    const mutants = [...mutantsOf(documents('catalogs.ndjson'), 2000, 2)];
    const verdicts = mutants.map((mutant) => verdictOf(mutant, judgeCatalog));
    await compare('catalog-mutants.txt', mutants, bothVerdicts(mutants, verdicts, validatorOf('catalog')));
  });

  it('of configurations with one change is as recorded, and what JSON Schema can say of it', async () => {
    const mutants = [...mutantsOf(documents('configs.ndjson'), 500, 3)];
    const verdicts = mutants.map((mutant) => verdictOf(mutant, judgeConfig));
    await compare('config-mutants.txt', mutants, bothVerdicts(mutants, verdicts, validatorOf('config')));
  });
});
