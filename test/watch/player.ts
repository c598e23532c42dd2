/**
 * A watch in simulated time over ten faults that break and mend in three hours, as a program that can be killed: it keeps
 * the time in a file, and what was delivered in another. `player ADDRESS FOLDER KILL_AT`: it kills itself at that step;
 * 0: never. It ends with 0 when the three hours are over.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CauseId } from '../../src/model/causes.ts';
import type { Report } from '../../src/model/report.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { type Host, type LoopSettings, watchOn } from '../../src/watch/loop.ts';
import { scopeOf } from '../../src/watch/scope.ts';
import { hour, minute, reportOf, type State, start } from './made.ts';
import { inSteps } from './steps.ts';

interface Fault {
  readonly names: readonly string[];
  readonly cause: CauseId | 'untested';
  /** Minutes from the start. */
  readonly from: number;
  readonly to: number;
}

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
/** The later one wins where two are about one target. */
const faults: readonly Fault[] = [
  { names: ['a'], cause: 'dns.timeout', from: 10, to: 25 },
  { names: ['b'], cause: 'tcp.dropped', from: 20, to: 60 },
  { names: ['c'], cause: 'tcp.dropped', from: 35, to: 60 },
  { names: ['d'], cause: 'tls.inspection', from: 29, to: 33 },
  { names: ['e'], cause: 'tcp.refused', from: 52, to: 53 },
  { names: ['f'], cause: 'proxy.auth-required', from: 61, to: 170 },
  // It comes and goes from look to look.
  ...[70, 80, 90, 100].map((from): Fault => ({ names: ['g'], cause: 'http.reset', from: from - 3, to: from + 2 })),
  { names: ['h'], cause: 'tls.expired', from: 105, to: 140 },
  { names: ['h'], cause: 'untested', from: 118, to: 128 },
  { names, cause: 'dns.no-resolver', from: 143, to: 157 },
  { names: ['i'], cause: 'http.block-page', from: 160, to: 999 },
];

function reportAt(at: number, targets: readonly string[] | null): Report {
  const now = (at - start) / minute;
  const states: Record<string, State> = Object.fromEntries(names.map((name) => [name, 'ok']));
  for (const fault of faults) {
    if (now >= fault.from && now < fault.to) for (const name of fault.names) states[name] = fault.cause;
  }
  const chosen = Object.entries(states).filter(([name]) => targets === null || targets.includes(`f/${name}`));
  const local = now >= 90 && now < 101 && targets === null ? { local: 'local.clock-skew' as const } : {};
  return reportOf(Object.fromEntries(chosen), local, new Date(at).toISOString());
}

async function play(address: string, folder: string, killAt: number): Promise<void> {
  const [clockFile, log] = [join(folder, 'clock'), join(folder, 'delivered')];
  let now = existsSync(clockFile) ? Number(readFileSync(clockFile, 'utf8')) : start;
  let step = 0;
  const here = (): void => {
    step += 1;
    if (step === killAt) process.kill(process.pid, 'SIGKILL');
  };
  const opened = await openStore(address);
  const store: Store = inSteps(opened, here);
  const host: Host = {
    clock: { now: () => now, wall: () => now },
    store,
    stopped: () => now >= start + 3 * hour,
    async sleep(ms) {
      now += ms;
      writeFileSync(clockFile, String(now));
      here();
    },
    async look(targets) {
      here();
      return { report: reportAt(now, targets), facts: [] };
    },
    changes: async () => null,
    async deliver() {
      for (const delivery of await store.claimDeliveries(['log'], now, minute, 10)) {
        const { id, kind, incident, at } = delivery.notice;
        const told = `${Math.round((Date.parse(at) - start) / minute)} ${kind} ${incident?.cause} ${incident?.targets.join(' ')}`;
        appendFileSync(log, `${id}\t${told}\n`);
        here();
        await store.delivered(delivery, now);
      }
      return await store.nextDelivery(['log']);
    },
    tell: async () => here(),
  };
  const settings: LoopSettings = {
    ...{
      name: 'M1',
      scope: scopeOf({ options: {} }),
      holder: `player ${process.pid}`,
      isGone: () => true,
      machineId: 'machine-7',
      routes: ['log'],
    },
    ...{ confirm: 2, everyMs: 5 * minute, windows: [], keepMs: null, keepBytes: null },
  };
  await watchOn(host, settings);
  await opened.close();
}

const [, , address = '', folder = '', killAt = '0'] = process.argv;
void play(address, folder, Number(killAt));
