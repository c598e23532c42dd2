/** Records looks for as long as it lives, and says of each when it is recorded. */
import { writeSync } from 'node:fs';
import type { Report } from '../../src/model/report.ts';
import { openStore } from '../../src/store/open.ts';

const report = (minute: number): Report =>
  ({
    ...{ schema: 1, tool: { name: 'wayclear', version: '0' }, durationMs: 1, complete: true, status: null },
    startedAt: new Date(minute * 60_000).toISOString(),
    environment: { resolvers: ['192.0.2.53'] },
    ...{
      options: {},
      machine: null,
      rootCauses: [],
      checks: [],
      targets: [],
      observations: { filler: 'x'.repeat(9000) },
    },
    summary: { reachable: 0, degraded: 0, unreachable: 0, untested: 0 },
  }) as unknown as Report;

async function write(file: string): Promise<void> {
  const store = await openStore(file);
  for (let minute = 0; ; minute += 1) {
    const look = await store.transaction(async (steps) => {
      const added = await steps.record(report(minute), 'watch', 'M1');
      await steps.putSetting('last', added.seq);
      return added;
    });
    writeSync(1, `${look.seq}\n`);
  }
}

void write(process.argv[2] ?? '');
