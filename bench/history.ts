// Times what a store of COUNT looks is asked, by the store's own questions and by the pages and commands of the built
// PROGRAM; RECORDING is the recorded lab. One line of JSON a question: the first time, and the median of those after it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { diagnose } from '../src/diagnose/diagnose.ts';
import type { Incident, Notice } from '../src/model/incident.ts';
import type { Observations } from '../src/model/observations.ts';
import { assembleReport, factsOfRoots } from '../src/report/assemble.ts';
import { openStore } from '../src/store/open.ts';
import { packed } from '../src/store/packed.ts';
import type { Store } from '../src/store/store.ts';
import { historyOf } from '../src/watch/history.ts';
import { findingsOf } from '../src/watch/presence.ts';
import { loadWords } from '../src/words/load.ts';
import { type Timed, timed, timedCommands, timedPages } from './pages.ts';

const [, , written = '', program = '', recording = ''] = process.argv;
const count = Number(written);
const machine = hostname();
const minute = 60_000;
const day = 86_400_000;
const start = Date.now() - (count * 5 + 1) * minute;
/** A look every five minutes, of 28 targets: as many as the default run has. */
const targets = Array.from({ length: 28 }, (_, at) => ({
  ...{ target: `feature-${at % 7}/endpoint-${at}`, feature: `feature-${at % 7}`, host: `h${at}.example.com` },
}));
const scenarios = brotliDecompressSync(readFileSync(recording)).toString().split('\n');

function observed(scenario: string): Observations {
  const line = scenarios.find((text) => text.startsWith(`{"scenario":"${scenario}",`));
  if (line === undefined) throw new Error(`no scenario ${scenario} was recorded`);
  return (JSON.parse(line) as { readonly observations: Observations }).observations;
}

const words = await loadWords('en');

function reported(observations: Observations) {
  const diagnosis = diagnose(observations);
  const report = assembleReport({ observations, diagnosis, words, options: {}, version: '0.0.0' });
  return { report, facts: factsOfRoots({ observations, diagnosis }) };
}

/** The last look is the default plan; every incident is of TLS that is inspected. */
const { report: lastReport } = reported(observed('healthy-default-plan'));
const inspected = reported(observed('tls-inspection-untrusted'));
const [finding] = findingsOf(inspected.report, inspected.facts);
if (finding === undefined) throw new Error('nothing was wrong');

const timeOf = (seq: number): number => start + seq * 5 * minute;
const end = timeOf(count);

/** Of looks that repeat themselves: packing each anew would take longer than all that is measured. */
const variants = Array.from({ length: 150 }, (_, seq) =>
  packed(
    targets.map((target, at) => ({
      ...{ ...target, port: 443, verdict: (seq + at) % 50 === 0 ? 'unreachable' : 'reachable' },
      stages: [seq % 30, 20, null, 35, 40 + at],
    })),
  ),
);

async function fill(store: Store): Promise<void> {
  const filler = packed({ filler: 'x' });
  const last = packed(lastReport);
  const sequence = Array.from({ length: count }, (_, at) => at + 1);
  for (let from = 0; from < count; from += 5000) {
    const seqs = sequence.slice(from, from + 5000);
    const key = (seq: number) => ({ machine, seq });
    await store.restore(
      'looks',
      seqs.map((seq) => ({
        ...{ ...key(seq), id: `look-${seq}`, kind: 'watch', started_at: timeOf(seq), duration_ms: 900, complete: 1 },
        ...{ message_id: 11410, reachable: 27, degraded: 0, unreachable: 1, untested: 0, version: '1', account: 'a' },
        ...{ addresses: '["192.0.2.1"]', proxy: 'direct', resolvers: '["192.0.2.53"]' },
      })),
    );
    await store.restore(
      'look_reports',
      seqs.map((seq) => ({ ...key(seq), report: seq === count ? last : filler })),
    );
    await store.restore(
      'look_states',
      seqs.map((seq) => ({ ...key(seq), states: variants[seq % variants.length] })),
    );
    await store.restore(
      'look_causes',
      seqs.map((seq) => ({
        ...{ ...key(seq), nth: 0, cause: 'tcp.dropped', shared_attribute: null, shared_value: null },
        ...{ severity: 'critical', confidence: 'high', targets: 1 },
      })),
    );
  }
  await store.restore('machines', [{ name: machine, last_seq: count }]);
  const days = Array.from({ length: Math.ceil((end - start) / day) }, (_, at) => Math.floor(start / day) + at);
  for (const one of days) {
    await store.restore(
      'days',
      targets.map((target) => ({
        ...{ machine, day: one, ...target, looks: 288, reachable: 280, degraded: 0, unreachable: 8, untested: 0 },
        total_ms: 30_000,
      })),
    );
  }
  const incidents = Array.from({ length: Math.ceil(count / 20) }, (_, at) => at);
  const time = (at: number): string => new Date(timeOf(at * 20)).toISOString();
  for (let from = 0; from < incidents.length; from += 5000) {
    const part = incidents.slice(from, from + 5000);
    await store.restore(
      'incidents',
      part.map((at) => incidentRow(at, time(at))),
    );
    await store.restore(
      'notices',
      part.map((at) => noticeRow(at, time(at))),
    );
    await store.restore(
      'outbox',
      part.map((at) => ({
        ...{ notice: `n-${at}`, route: 'hook', attempts: 0, next_at: timeOf(at * 20), claimed_until: 0 },
        ...{ delivered_at: timeOf(at * 20), given_up_at: null, last_error: null },
      })),
    );
  }
}

const found = finding;
const memory = JSON.stringify({ facts: { opened: finding.facts, now: finding.facts } });

function incidentOf(at: number, time: string): Incident {
  const isOpen = at % 1000 === 0;
  const { cause, shared, severity, confidence, title, targets, hosts, remedies, evidence } = found;
  return {
    ...{ id: `i-${at}`, cause, shared, severity, confidence, title, targets, hosts, remedies },
    ...{ state: isOpen ? 'open' : 'closed', unstable: false, firstSeenAt: time, openedAt: time, lastSeenAt: time },
    ...{ closedAt: isOpen ? null : time, evidenceThen: evidence, evidenceNow: evidence },
  };
}

function incidentRow(at: number, time: string): Readonly<Record<string, unknown>> {
  const incident = incidentOf(at, time);
  const ms = Date.parse(time);
  return {
    ...{ id: incident.id, machine, incident_key: `k-${at}`, state: incident.state, cause: incident.cause },
    ...{
      severity: incident.severity,
      first_seen_at: ms,
      last_seen_at: ms,
      closed_at: incident.closedAt === null ? null : ms,
    },
    ...{ body: JSON.stringify(incident), memory },
  };
}

function noticeRow(at: number, time: string): Readonly<Record<string, unknown>> {
  const notice: Notice = {
    ...{ schema: 1, id: `n-${at}`, at: time, kind: 'opened', machine: null, incident: incidentOf(at, time) },
    ...{ incidents: [], changes: [], since: null },
  };
  return {
    id: notice.id,
    machine,
    at: Date.parse(time),
    kind: 'opened',
    incident: `i-${at}`,
    body: JSON.stringify(notice),
  };
}

const questions: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  history: (store) => historyOf(store, machine, [], end),
  'history of a feature': (store) => historyOf(store, machine, ['feature-3'], end),
  looks: (store) => store.looks(machine, { most: 100, before: Math.floor(count / 2) }),
  'look at a time': (store) => store.lookAt(machine, timeOf(Math.floor(count / 3))),
  'open incidents': (store) => store.openIncidents(machine),
  incidents: (store) => store.incidents({ machine, most: 200 }),
  notices: (store) => store.notices({ machine, most: 200 }),
  'due deliveries': (store) => store.claimDeliveries(['hook'], end, minute, 100),
  'a month of days': (store) => store.days(machine, Math.floor(end / day) - 30),
  'causes of 500 looks': (store) => store.causes(machine, count - 500, count),
};

const folder = mkdtempSync(join(tmpdir(), 'wayclear-history-'));
const tell = (rows: readonly Timed[]): void => {
  for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
};
try {
  const file = join(folder, 'store.db');
  const store = await openStore(file);
  await fill(store);
  for (const [question, ask] of Object.entries(questions)) tell([await timed(question, process.pid, () => ask(store))]);
  // A look is not due: only pages are asked.
  await store.putSetting(`plan:${machine}`, { dueAt: Date.now() + 3_600_000, again: null, everyMs: day });
  await store.close();
  tell(await timedPages(program, file));
  tell(await timedCommands(program, file));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
