import { type CauseId, causes, type Owner } from './causes.ts';
import type { Report } from './report.ts';

const isLoopback = (address: string): boolean => /^127\.|^::1$|^localhost$/.test(address);

type ReportTarget = Report['targets'][number];
/** What a target shows of where it leads; a summary says nothing of its attempts. */
type Target = Pick<ReportTarget, 'host' | 'route'> & {
  readonly attempts?: readonly Pick<ReportTarget['attempts'][number], 'address'>[];
};

const staysHere = ({ host, route, attempts = [] }: Target): boolean =>
  route === 'direct' &&
  (isLoopback(host) || (attempts.length > 0 && attempts.every(({ address }) => isLoopback(address ?? ''))));

/**
 * Who has to act on a root cause of these targets. What goes no further than this machine never meets a firewall: whoever
 * runs the machine has to, where nothing but loopback addresses were tried.
 */
export function ownerOf(cause: CauseId, targets: readonly Target[]): Owner {
  const { owner } = causes[cause];
  return owner === 'firewall' && targets.length > 0 && targets.every(staysHere) ? 'machine' : owner;
}
