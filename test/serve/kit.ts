import type { Report } from '../../src/model/report.ts';
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

/** Two weeks of looks: healthy, then five days of inspection, then a proxy that asks for an account. */
export async function twoWeeks(file: string, hostile?: () => Report): Promise<{ store: Store; machine: string }> {
  const store = await openStore(file);
  const machine = 'SCP01';
  for (let day = 14; day >= 0; day -= 1) {
    const name = day > 9 ? 'healthy' : day > 4 ? 'inspection' : 'proxy-407';
    const made = hostile === undefined ? recorded[name]() : hostile();
    const at = now - day * dayMs;
    const report: Report = { ...made, startedAt: new Date(at).toISOString() };
    const look = { machine: { name: machine, account: 'svc', addresses: ['192.0.2.7'] }, name: machine };
    await recordLook(store, { ...look, report, full: true, now: at }, settings);
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
