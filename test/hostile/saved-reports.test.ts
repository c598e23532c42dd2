import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Observations } from '../../src/model/observations.ts';
import type { Report } from '../../src/model/report.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import { compareReports } from '../../src/report/compare.ts';
import { loadReporter, reporterNames } from '../../src/report/registry.ts';
import { UsageError } from '../../src/usage-error.ts';
import { wordsOf } from '../../src/words/load.ts';
import { type Random, randomFrom } from './random.ts';

const golden = join(import.meta.dirname, '..', 'golden');
const names = ['all-good', 'dns-dead', 'half-reachable', 'hostile', 'inspection'];
const recordings = brotliDecompressSync(readFileSync(join(golden, 'replay', 'lab.ndjson.br')))
  .toString()
  .trim()
  .split('\n');

/** The golden reports, and some of what the lab's scenarios gave, which hold all that a report can. */
const originals = [
  ...names.map((name) => readFileSync(join(golden, `${name}.json.json`), 'utf8')),
  ...recordings
    .filter((_, index) => index % 6 === 0)
    .map((line) => {
      const { observations } = JSON.parse(line) as { readonly observations: Observations };
      return JSON.stringify(assembled(observations));
    }),
];

function assembled(observations: Observations): Report {
  const diagnosis = diagnose(observations, (error) => {
    throw error;
  });
  return assembleReport({ observations, diagnosis, words: wordsOf('en'), options: {}, version: '0' });
}

type Holder = Record<string, unknown>;

/** Every place of a value where something stands: the object or list that holds it, and its key. */
function places(value: unknown, found: [Holder, string][] = []): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Holder, key]);
    places((value as Holder)[key], found);
  }
  return found;
}

const instead: readonly unknown[] = [
  null,
  [],
  [null],
  {},
  '',
  'constructor',
  '__proto__',
  '\u202e<img src=x onerror=alert(1)>\u0000\n=1+1',
  'x'.repeat(5000),
  0,
  -1,
  1.5,
  65_536,
  1e300,
  true,
  '2026-13-45T99:99:99Z',
  '::1',
  'a..b',
];

/** Another value of the same type. */
function alike(random: Random, value: unknown, all: readonly [Holder, string][]): unknown {
  if (Array.isArray(value)) return random.of([[], value.slice(1), [...value, ...value], value.toReversed()]);
  if (typeof value === 'object') return value === null ? random.of(instead) : {};
  const [holder, key] = random.of(all);
  const other = holder[key];
  return typeof other === typeof value ? other : random.of(instead.filter((entry) => typeof entry === typeof value));
}

/** A report with a few places changed: another value, one from elsewhere in it, none, or twice the same. */
function mutant(random: Random): unknown {
  const report = JSON.parse(random.of(originals)) as unknown;
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const all = places(report);
    const [holder, key] = random.of(all);
    const way = random.below(8);
    if (way === 0 && !Array.isArray(holder)) delete holder[key];
    else if (way === 1) {
      const [other, from] = random.of(all);
      holder[key] = structuredClone(other[from]);
    } else if (way >= 5) holder[key] = alike(random, holder[key], all);
    else if (way === 2 && Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]));
    else holder[key] = structuredClone(random.of(instead));
  }
  return report;
}

/** What `diagnose` and `diff` do with a saved report, in every format. */
async function read(text: string): Promise<Report> {
  return await readReport(
    { readStdin: async () => text } as unknown as Parameters<typeof readReport>[0],
    'diagnose',
    '-',
  );
}

async function use(saved: Report, formats: readonly string[]): Promise<void> {
  const report = assembled(saved.observations);
  for (const name of formats) {
    const render = await loadReporter(name);
    render(report, { lang: 'en', width: 80, colour: false, verbose: true });
  }
  compareReports(saved, report);
}

/** Mutants of a seed: how many were judged and refused, and what broke. */
async function attack(seed: number, count: number, formats: readonly string[]) {
  const random = randomFrom(seed);
  const tally = { judged: 0, refused: 0, broken: [] as string[] };
  for (let number = 0; number < count; number += 1) {
    const text = JSON.stringify(mutant(random));
    try {
      await use(await read(text), formats);
      tally.judged += 1;
    } catch (error) {
      if (error instanceof UsageError && error.message.includes(' at ')) tally.refused += 1;
      else
        tally.broken.push(`${error instanceof Error ? error.stack?.split('\n').slice(0, 3).join(' ') : String(error)}`);
    }
  }
  return tally;
}

describe('a saved report that somebody changed', () => {
  it('is judged, or refused with the place that makes no sense', async () => {
    const count = Number(process.env['FUZZ'] ?? 300);
    const { judged, refused, broken } = await attack(
      Number(process.env['SEED'] ?? 12),
      count,
      reporterNames.filter((name) => name !== 'table'),
    );
    expect(broken).toEqual([]);
    expect(judged).toBeGreaterThan(count / 20);
    expect(refused).toBeGreaterThan(count / 20);
  }, 600_000);
});
