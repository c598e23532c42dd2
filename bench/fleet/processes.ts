/** What processes of this machine have cost so far, as Linux says. */
import { readdirSync, readFileSync } from 'node:fs';

const tickMs = 10;

/** Fields after the name, which may hold spaces: the state is the first, then the parent; times begin with the 12th. */
const fieldsOf = (pid: number | string): readonly string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];

const own = (fields: readonly string[]): number => Number(fields[11]) + Number(fields[12]);

export const cpuMsOf = (pid: number): number => own(fieldsOf(pid)) * tickMs;

/** With its children: those that live, and those that it has seen end. */
export function familyCpuMsOf(pid: number): number {
  const fields = fieldsOf(pid);
  let ticks = own(fields) + Number(fields[13]) + Number(fields[14]);
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const child = fieldsOf(name);
      if (child[1] === String(pid)) ticks += own(child);
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks * tickMs;
}
