/** Several clients of one network. */
import type { LabMachine } from './job.ts';
import { type CommandResult, type HostName, onHost, type RunOptions, run } from './network.ts';

/** Each machine's command on its own host, all at the same time, under the name of the machine. */
export async function runOnMachines(
  machines: readonly LabMachine[],
  hostOf: (machine: LabMachine, number: number) => Promise<HostName>,
  options: RunOptions,
  filled: (text: string) => string,
): Promise<readonly CommandResult[]> {
  const hosts: HostName[] = [];
  for (const [index, machine] of machines.entries()) hosts.push(await hostOf(machine, index + 1));
  return await Promise.all(
    machines.map(({ name, command }, index) => {
      const named = ['unshare', '--uts', 'sh', '-ec', 'hostname "$0"; exec "$@"', name];
      const [program, args] = onHost(hosts[index] ?? 'cli', [...named, ...command.map(filled)]);
      return run(program, args, options);
    }),
  );
}
