/** Machines that send without a pause and know what was acknowledged, and what a store kept of it. */
import { createKey, type SigningKey } from '../../src/signed/keys.ts';
import type { Store } from '../../src/store/store.ts';
import { badReport, goodReport, message } from './world.ts';

export interface Fleet {
  readonly size: number;
  /** `KEY SEQ` of each message that a collector said it has. */
  readonly acknowledged: ReadonlySet<string>;
  /** Statuses that were answered, with how often; 0: none was. */
  readonly statuses: ReadonlyMap<number, number>;
  /**
   * Every machine posts its next message to the next collector, one after the other. What was not acknowledged is sent
   * again, maybe to another one, before anything new: so it would be kept twice, if it could be. Ends when `isOver` says so.
   */
  send(urls: readonly string[], isOver: () => boolean): Promise<void>;
}

/** Machines that change their keys often enough not to be taken for a flood. */
export function fleetOf(size: number): Fleet {
  const acknowledged = new Set<string>();
  const statuses = new Map<number, number>();
  const machines = Array.from({ length: size }, (_, index) => ({ key: createKey(), seq: 0, turn: index, waits: '' }));
  const next = (machine: { key: SigningKey; seq: number; waits: string }): string => {
    if (machine.waits !== '') return machine.waits;
    if (machine.seq === 40) Object.assign(machine, { key: createKey(), seq: 0 });
    machine.seq += 1;
    machine.waits = message(machine.seq % 2 === 0 ? badReport() : goodReport(), machine.key, machine.seq);
    return machine.waits;
  };
  const postOf = async (url: string, body: string): Promise<number> => {
    try {
      const headers = { 'content-type': 'application/x-ndjson' };
      const answer = await fetch(`${url}/v1/messages`, { method: 'POST', headers, body });
      await answer.text();
      return answer.status;
    } catch {
      return 0;
    }
  };
  return {
    ...{ size, acknowledged, statuses },
    async send(urls, isOver) {
      const one = async (machine: (typeof machines)[number]): Promise<void> => {
        while (!isOver()) {
          machine.turn += 1;
          const body = next(machine);
          const status = await postOf(urls[machine.turn % urls.length] ?? '', body);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          if (status !== 200) {
            await new Promise((resolve) => setTimeout(resolve, 20));
            continue;
          }
          acknowledged.add(`${machine.key.key} ${machine.seq}`);
          machine.waits = '';
        }
      };
      await Promise.all(machines.map(one));
    },
  };
}

/** `KEY SEQ` of every message, and how many the windows counted. */
export async function keptBy(
  store: Store,
): Promise<{ readonly messages: readonly string[]; readonly counted: number }> {
  const messages: string[] = [];
  let counted = 0;
  for await (const { table, rows } of store.rows()) {
    if (table === 'messages') messages.push(...rows.map(({ key, seq }) => `${key} ${seq}`));
    if (table === 'intake') counted += rows.reduce((sum, { stored }) => sum + Number(stored), 0);
  }
  return { messages, counted };
}
