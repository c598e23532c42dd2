import { describe, expect, it } from 'vitest';
import { parseCatalogText } from '../../src/catalog/parse.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import type { Observations } from '../../src/model/observations.ts';
import { makePlan, type PlanSettings, type Selection } from '../../src/plan/plan.ts';
import { evaluateBypass, lintBypass } from '../../src/proxy/no-proxy.ts';
import { parsePacAnswer } from '../../src/proxy/pac/candidates.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import { compareReports } from '../../src/report/compare.ts';
import { renderListTable } from '../../src/report/list-text.ts';
import { loadReporter, reporterNames } from '../../src/report/registry.ts';
import { globMatches } from '../../src/text-bounds.ts';
import { wordsOf } from '../../src/words/load.ts';
import { type HostSpec, run } from '../diagnose/observations.ts';

const view = { lang: 'en', width: 100, colour: false, verbose: true } as const;
const settings: PlanSettings = {
  timeoutMs: 10_000,
  deadlineMs: 120_000,
  concurrency: null,
  families: [4, 6],
  dnsServers: [],
  tlsHello: 'classic',
  userAgent: null,
  offline: false,
  experiments: true,
  repeat: null,
};
const selection: Selection = {
  what: [],
  targets: [],
  role: null,
  cloud: 'public',
  includeLegacy: false,
  only: [],
  skip: [],
  set: {},
};

function endpoint(index: number): object {
  return {
    id: `e${index}`,
    pattern: `h${index}.example.com`,
    ports: [443],
    importance: 'critical',
    source: { document: `Document ${index}`, date: '2026-01-01', url: 'https://example.com/' },
  };
}

/** The texts of a catalog of as many endpoints, in one feature or each in a feature of its own. */
function catalogTexts(endpoints: number, features: number): readonly string[] {
  const each = endpoints / features;
  return Array.from({ length: features }, (_, feature) =>
    JSON.stringify({
      schema: 1,
      feature: `f${feature}`,
      title: `Feature ${feature}`,
      roles: ['service-connection-point'],
      endpoints: Array.from({ length: each }, (_entry, index) => endpoint(feature * each + index)),
    }),
  );
}

const features = (endpoints: number, count: number): Catalog['features'] =>
  catalogTexts(endpoints, count).flatMap((text) => parseCatalogText(text, 'big.json'));

/** As many failing hosts, each of a domain, with a server and a certificate of its own. */
function failing(count: number, of: (index: number) => Partial<HostSpec>): Observations {
  return run(
    Array.from({ length: count }, (_, index) => ({
      host: `h${index}.d${index}.example`,
      at: [{ address: `198.51.${100 + (index >> 8)}.${index & 255}` }],
      ...of(index),
    })),
  );
}

const failures: Readonly<Record<string, (index: number) => Partial<HostSpec>>> = {
  healthy: () => ({}),
  'without a name': () => ({ dns: 'dns.not-found' }),
  silent: (index) => ({ at: [{ address: `198.51.100.${index & 255}`, tcp: 'tcp.timeout' }] }),
  refused: (index) => ({ at: [{ address: `198.51.100.${index & 255}`, tcp: 'tcp.refused' }] }),
  reset: (index) => ({ at: [{ address: `198.51.100.${index & 255}`, tls: 'tls.reset' }] }),
  'with answers of a filter': (index) => ({ at: [{ address: `198.51.100.${index & 255}`, http: 451 }] }),
};

const judged = (observations: Observations) =>
  assembleReport({ observations, diagnosis: diagnose(observations), words: wordsOf('en'), options: {}, version: '0' });

/** What makes the input of a size ready, and answers what is measured. */
type Prepare = (size: number) => () => unknown;

const work: Readonly<Record<string, readonly [number, Prepare]>> = {
  'reading a catalog': [
    500,
    (size) => {
      const texts = catalogTexts(size, 1);
      return () => texts.map((text) => parseCatalogText(text, 'big.json'));
    },
  ],
  'planning many endpoints': [
    2000,
    (size) => {
      const all = { features: features(size, 1) };
      return () => makePlan(all, selection, settings);
    },
  ],
  'planning many features by their names': [
    500,
    (size) => {
      const all = { features: features(size, size) };
      const what = all.features.map(({ feature }) => feature);
      return () => makePlan(all, { ...selection, what }, settings);
    },
  ],
  'planning many addresses beside many features': [
    500,
    (size) => {
      const all = { features: features(size, size) };
      const targets = Array.from({ length: size }, (_, index) => `a${index}.example.com:443`);
      return () => makePlan(all, { ...selection, targets }, settings);
    },
  ],
  'listing many endpoints': [
    2500,
    (size) => {
      const all = features(size, 1);
      return () => renderListTable(all, view);
    },
  ],
  'matching a glob': [20_000, (size) => () => globMatches('*a*b'.repeat(size / 10), 'a'.repeat(size))],
  'a bypass list without separators': [
    10_000,
    (size) => () => {
      for (const text of ['a'.repeat(size), `x${' '.repeat(size)}x`, ':1'.repeat(size), '1.'.repeat(size)]) {
        lintBypass({ text, dialect: 'environment', name: 'NO_PROXY' });
        evaluateBypass({ text, dialect: 'environment' }, { host: 'www.example.com', port: 443 });
      }
    },
  ],
  'an answer of a PAC file': [2000, (size) => () => parsePacAnswer(`A${' '.repeat(size)}B\nB`)],
  ...Object.fromEntries(
    Object.entries(failures).flatMap(([name, of]): [string, readonly [number, Prepare]][] => [
      [
        `judging hosts ${name}`,
        [
          250,
          (size) => {
            const observations = failing(size, of);
            return () => diagnose(observations);
          },
        ],
      ],
    ]),
  ),
  'comparing reports': [
    1000,
    (size) => {
      const old = judged(failing(size, (index) => (index % 2 === 0 ? {} : { dns: 'dns.not-found' })));
      const fresh = judged(failing(size, (index) => (index % 3 === 0 ? {} : { dns: 'dns.timeout' })));
      return () => compareReports(old, fresh);
    },
  ],
};

/** Milliseconds of processor time of one turn with an input of its own. */
function cost(size: number, prepare: Prepare): number {
  const perform = prepare(size);
  const start = process.cpuUsage();
  perform();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Turns that a busy machine is given to show its quickest. */
const turns = 6;

/**
 * The least that a size and four times that size cost, in turn about. Four times as much may take eight times as long, and
 * what is done in no time is no matter; what costs the square of its input takes sixteen times as long in every turn.
 */
function costs(
  size: number,
  prepare: Prepare,
): { readonly least: number; readonly most: number; readonly linear: boolean } {
  let [least, most, linear] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, false];
  for (let turn = 0; turn < turns && !linear; turn += 1) {
    least = Math.min(least, cost(size, prepare));
    most = Math.min(most, cost(4 * size, prepare));
    linear = turn > 0 && most < Math.max(8 * least, 40);
  }
  return { least, most, linear };
}

describe('the time of a command grows with its input alone', () => {
  const reporters = reporterNames.map((name): [string, readonly [number, Prepare]] => {
    // Below some hundred rows the table's fixed costs come in steps.
    return [`format ${name}`, [name === 'table' ? 400 : 100, (size) => reportOf(name, size)]];
  });

  /** Rendering is asynchronous to load alone. */
  const loaded = new Map<string, Awaited<ReturnType<typeof loadReporter>>>();
  const reportOf = (name: string, size: number) => {
    const report = judged(
      failing(size, (index) => ({ at: [{ address: `198.51.100.${index & 255}`, tls: 'tls.reset' }] })),
    );
    return () => loaded.get(name)?.(report, view);
  };

  it.each([...Object.entries(work), ...reporters])(
    '%s',
    async (name, [size, prepare]) => {
      const format = /^format (.*)$/.exec(name)?.[1];
      if (format !== undefined) loaded.set(format, await loadReporter(format));
      const { least, most, linear } = costs(size, prepare);
      expect(linear, `${least} ms, and ${most} ms for four times as much`).toBe(true);
    },
    120_000,
  );
});
