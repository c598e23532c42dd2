// Times the questions to a store of COUNT looks, each once after one that warms up. One line of JSON a question.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Incident, Notice } from '../src/model/incident.ts';
import { openStore } from '../src/store/open.ts';
import { packed } from '../src/store/packed.ts';
import type { Store } from '../src/store/store.ts';
import { historyOf } from '../src/watch/history.ts';

const count = Number(process.argv[2]);
const machine = 'M1';
const minute = 60_000;
const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
/** A look every five minutes, of 28 targets: as many as the default run has. */
const targets = Array.from({ length: 28 }, (_, at) => ({
  ...{ target: `feature-${at % 7}/endpoint-${at}`, feature: `feature-${at % 7}`, host: `h${at}.example.com` },
}));
const timeOf = (seq: number): number => start + seq * 5 * minute;
const end = timeOf(count);

function states(seq: number): Uint8Array {
  return packed(
    targets.map((target, at) => ({
      ...{ ...target, port: 443, verdict: (seq + at) % 50 === 0 ? 'unreachable' : 'reachable' },
      stages: [seq % 30, 20, null, 35, 40 + at],
    })),
  );
}

async function fill(store: Store): Promise<void> {
  const report = packed({ filler: 'x' });
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
      seqs.map((seq) => ({ ...key(seq), report })),
    );
    await store.restore(
      'look_states',
      seqs.map((seq) => ({ ...key(seq), states: states(seq) })),
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

function incidentOf(at: number, time: string): Incident {
  const isOpen = at % 1000 === 0;
  return {
    ...{ id: `i-${at}`, cause: 'tcp.dropped', shared: null, state: isOpen ? 'open' : 'closed', unstable: false },
    ...{ severity: 'critical', confidence: 'high', title: 'Dropped', targets: ['feature-1/endpoint-1'] },
    ...{ hosts: ['h1.example.com:443'], firstSeenAt: time, openedAt: time, lastSeenAt: time },
    ...{ closedAt: isOpen ? null : time, evidenceThen: ['e'], evidenceNow: ['e'], remedies: ['r'] },
  };
}

function incidentRow(at: number, time: string): Readonly<Record<string, unknown>> {
  const incident = incidentOf(at, time);
  const ms = Date.parse(time);
  return {
    ...{ id: incident.id, machine, incident_key: `k-${at}`, state: incident.state, cause: incident.cause },
    ...{ severity: 'critical', first_seen_at: ms, last_seen_at: ms, closed_at: incident.closedAt === null ? null : ms },
    ...{ body: JSON.stringify(incident), memory: 'null' },
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
try {
  const store = await openStore(join(folder, 'store.db'));
  await fill(store);
  for (const [question, ask] of Object.entries(questions)) {
    await ask(store);
    const began = performance.now();
    const cpu = process.cpuUsage();
    await ask(store);
    const { user, system } = process.cpuUsage(cpu);
    const wallMs = performance.now() - began;
    process.stdout.write(`${JSON.stringify({ question, wallMs, cpuMs: (user + system) / 1000 })}\n`);
  }
  await store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
