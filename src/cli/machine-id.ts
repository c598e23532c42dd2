import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells this machine from all others, and stays: what the system gave it when it was set up, else its name. */
export function machineId(): string {
  for (const file of ['/etc/machine-id', '/var/lib/dbus/machine-id']) {
    try {
      const text = readFileSync(file, 'utf8').trim();
      if (text !== '') return text;
    } catch {
      // Other systems have none.
    }
  }
  return hostname();
}
