// Times the diagnosis of failing observations: COUNT targets that fail in eight ways, judged once. One line of JSON.
import { diagnose } from '../src/diagnose/diagnose.ts';
import type { Observations } from '../src/model/observations.ts';
import type { HostSpec } from '../test/diagnose/observations.ts';
import { run } from '../test/diagnose/observations.ts';

const count = Number(process.argv[2]);
const ways: readonly Pick<HostSpec, 'dns' | 'at'>[] = [
  { dns: 'dns.not-found' },
  { dns: 'dns.timeout' },
  ...(['tcp.timeout', 'tcp.refused'] as const).map((tcp) => ({ at: [{ address: '', tcp }] })),
  ...(['tls.reset', 'tls.timeout', 'tls.alert'] as const).map((tls) => ({ at: [{ address: '', tls }] })),
  { at: [{ address: '', http: 'http.timeout' }] },
];
const made = run(
  Array.from({ length: count }, (_, index) => {
    const way = ways[index % ways.length] ?? {};
    const address = `20.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
    const at = way.at === undefined ? {} : { at: way.at.map((one) => ({ ...one, address })) };
    return { host: `h${index}.example.com`, ...way, ...at };
  }),
);
// As a saved report gives them: the objects of one kind alike, as those of a run are.
const observations = JSON.parse(JSON.stringify(made)) as Observations;
const began = performance.now();
const cpu = process.cpuUsage();
const { summary } = diagnose(observations);
const { user, system } = process.cpuUsage(cpu);
const wallMs = performance.now() - began;
process.stdout.write(
  `${JSON.stringify({ wallMs, cpuMs: (user + system) / 1000, unreachable: summary.unreachable })}\n`,
);
