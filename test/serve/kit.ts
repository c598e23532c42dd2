import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Report } from '../../src/model/report.ts';
import { factsOfRoots } from '../../src/report/assemble.ts';
import type { Speech } from '../../src/serve/routes.ts';
import type { Question } from '../../src/serve/server.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/store.ts';
import { recordLook } from '../../src/watch/record.ts';
import type { Language } from '../../src/words/language.ts';
import { loadWords } from '../../src/words/load.ts';
import { loadServeWords } from '../../src/words/load-serve.ts';
import { recorded } from '../report/recorded.ts';

export const dayMs = 86_400_000;
export const now = Date.parse('2026-11-30T08:00:00Z');
const settings = {
  ...{ confirm: 1, everyMs: dayMs, windows: [], routes: [], machineId: 'x' },
};

/** What was found so many days ago; null: nobody looked. */
function foundAt(day: number): keyof typeof recorded | null {
  if (day > 26 || (day > 21 && day < 24) || (day > 12 && day < 16) || day === 5) return 'healthy';
  if (day > 23) return 'dns-dead';
  if (day > 15) return 'inspection';
  if (day > 10) return null;
  return day > 5 ? 'half-blocked' : 'proxy-407';
}

/** A month of looks: what came and went, two days that nobody looked at, what is open. `hostile`: found each time. */
export async function aMonth(file: string, hostile?: () => Report): Promise<{ store: Store; machine: string }> {
  const store = await openStore(file);
  const machine = 'SCP01';
  for (let day = hostile === undefined ? 29 : 2; day >= 0; day -= 1) {
    const name = foundAt(day);
    if (name === null) continue;
    const made = hostile === undefined ? recorded[name]() : hostile();
    const at = now - day * dayMs;
    const report: Report = { ...made, startedAt: new Date(at).toISOString() };
    const look = { machine: { name: machine, account: 'svc', addresses: ['192.0.2.7'] }, name: machine };
    const { observations } = report;
    // What nobody could have judged is said as it was written.
    const facts = hostile === undefined ? factsOfRoots({ observations, diagnosis: diagnose(observations) }) : [];
    await recordLook(store, { ...look, report, facts, full: true, now: at }, settings);
  }
  return { store, machine };
}

export const speech = async (language: Language): Promise<Speech> => {
  const [words, serve] = await Promise.all([loadWords(language), loadServeWords(language)]);
  return { words, serve };
};

export const question = (path: string, more: Partial<Question> = {}): Question => ({
  ...{ method: 'GET', path, query: new URLSearchParams(), address: '127.0.0.1', peer: '127.0.0.1' },
  headers: { host: 'localhost:8480' },
  body: async () => Buffer.alloc(0),
  ...more,
});
