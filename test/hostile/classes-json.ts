/** Files of JSON: catalogs, answers of the Microsoft 365 service, configuration, saved reports. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { parseCatalogText } from '../../src/catalog/parse.ts';
import { parseConfig } from '../../src/cli/config-file.ts';
import { readReport } from '../../src/cli/saved-report.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Observations } from '../../src/model/observations.ts';
import type { Report } from '../../src/model/report.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import { compareReports } from '../../src/report/compare.ts';
import { loadReporter, reporterNames } from '../../src/report/registry.ts';
import { UsageError } from '../../src/usage-error.ts';
import { wordsOf } from '../../src/words/load.ts';
import type { FuzzClass } from './attack.ts';
import { holdFormat } from './formats.ts';
import { jsonMutant, mutant } from './mutate.ts';
import type { Random } from './random.ts';

const root = join(import.meta.dirname, '..', '..');

/** Mostly JSON that makes no sense, now and then what is no JSON. */
const jsonOrNot = (random: Random, samples: readonly Buffer[]): Buffer =>
  random.below(4) === 0 ? mutant(random, samples) : jsonMutant(random, samples);

const endpoint = {
  id: 'manage',
  pattern: '*.manage.example.com',
  ports: [443, 80],
  importance: 'critical',
  status: 'current',
  since: '2024-01-01',
  until: null,
  probes: [
    {
      url: 'https://gateway.manage.example.com/',
      method: 'GET',
      expect: { status: [200, 404], header: { name: 'x-ms-a', pattern: '^a{1,3}[b-d]+$' } },
      basis: 'documented',
      content: { range: [0, 1023], startsWith: '4d534346', length: null, sha256: null },
    },
  ],
  tls: { anchors: [], pinned: false, inspection: 'unsupported' },
  source: { document: 'A page', date: '2026-06-08', url: 'https://docs.example.com/' },
  notes: 'n',
};
const feature = {
  ...{ schema: 1, feature: 'tenant-attach', title: 'Tenant attach', why: 'w', docs: 'https://docs.example.com/' },
  ...{ roles: ['service-connection-point'], clouds: ['public'], endpoints: [endpoint, { ...endpoint, id: 'b' }] },
};

const catalogs: FuzzClass = {
  name: 'catalogs',
  rounds: 500,
  refuses: true,
  make: jsonOrNot,
  samples: [
    Buffer.from(JSON.stringify(feature)),
    ...readdirSync(join(root, 'endpoints'))
      .filter((name) => name.endsWith('.json') && !name.includes('schema') && !name.includes('roots'))
      .map((name) => readFileSync(join(root, 'endpoints', name)))
      .filter((text) => text.length < 4000),
  ],
  feed: (input) => parseCatalogText(input.toString(), 'catalog.json').length,
};

const m365: FuzzClass = {
  name: 'm365-answers',
  rounds: 500,
  refuses: true,
  make: jsonOrNot,
  samples: [
    Buffer.from(
      JSON.stringify(
        (JSON.parse(readFileSync(join(root, 'test/fixtures/m365-worldwide.json'), 'utf8')) as unknown[]).slice(0, 4),
      ),
    ),
  ],
  feed: (input) => {
    const features = parseCatalogText(input.toString(), 'answer.json');
    return features.map(({ endpoints }) => endpoints.length);
  },
};

const configurations: FuzzClass = {
  name: 'configurations',
  rounds: 500,
  refuses: true,
  make: jsonOrNot,
  samples: [
    { timeout: '5s', cloud: 'usgov', set: ['a=b'], verbose: true, concurrency: 8, format: ['json=a.json', 'table'] },
    { only: '*.example.com', catalog: ['a.json'], deadline: '2m', lang: 'fr' },
  ].map((value) => Buffer.from(JSON.stringify(value))),
  feed: (input) => parseConfig(input.toString(), 'wayclear.config.json').values,
};

function assembled(observations: Observations): Report {
  const diagnosis = diagnose(observations, (error) => {
    throw error;
  });
  return assembleReport({ observations, diagnosis, words: wordsOf('en'), options: {}, version: '0' });
}

/** The golden reports, and some of what the lab's scenarios gave, which hold all that a report can. */
export function savedReports(): readonly Buffer[] {
  const golden = join(root, 'test', 'golden');
  const names = ['all-good', 'dns-dead', 'half-reachable', 'hostile', 'inspection'];
  const recordings = brotliDecompressSync(readFileSync(join(golden, 'replay', 'lab.ndjson.br')))
    .toString()
    .trim()
    .split('\n');
  return [
    ...names.map((name) => readFileSync(join(golden, `${name}.json.json`))),
    ...recordings
      .filter((_, index) => index % 6 === 0)
      .map((line) => {
        const { observations } = JSON.parse(line) as { readonly observations: Observations };
        return Buffer.from(JSON.stringify(assembled(observations)));
      }),
  ];
}

/** What `diagnose` and `diff` do with a saved report, in every format. */
async function useReport(input: Buffer): Promise<unknown> {
  const io = { readStdin: async () => input.toString() } as unknown as Parameters<typeof readReport>[0];
  const saved = await readReport(io, 'diagnose', '-').catch((error: unknown) => {
    const placed = error instanceof UsageError && / at |is not JSON/.test(error.message);
    throw placed || !(error instanceof UsageError) ? error : new Error(`a refusal without its place: ${error.message}`);
  });
  const report = assembled(saved.observations);
  for (const name of reporterNames) {
    const render = await loadReporter(name);
    holdFormat(name, render(report, { lang: 'en', width: 80, colour: false, verbose: true }));
  }
  compareReports(saved, report);
  return report.summary;
}

const reports: FuzzClass = {
  name: 'saved-reports',
  rounds: 200,
  refuses: true,
  mostMs: 3000,
  make: (random, samples) => (random.below(50) === 0 ? mutant(random, samples) : jsonMutant(random, samples)),
  samples: savedReports(),
  feed: useReport,
};

export const jsonClasses: readonly FuzzClass[] = [catalogs, m365, configurations, reports];
