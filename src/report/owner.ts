import { causes, type Owner } from '../model/causes.ts';
import type { Report } from '../model/report.ts';

const isLoopback = (address: string): boolean => /^127\.|^::1$|^localhost$/.test(address);

/**
 * Who has to act on a root cause. What goes no further than this machine never meets a firewall: whoever runs the machine
 * has to, where nothing but loopback addresses were tried.
 */
export function ownerOf(
  report: Pick<Report, 'targets'>,
  { cause, targets }: Pick<Report['rootCauses'][number], 'cause' | 'targets'>,
): Owner {
  const { owner } = causes[cause];
  if (owner !== 'firewall' || targets.length === 0) return owner;
  const ids = new Set(targets);
  const stays = ({ host, route, attempts }: Report['targets'][number]): boolean =>
    route === 'direct' &&
    (isLoopback(host) || (attempts.length > 0 && attempts.every(({ address }) => isLoopback(address ?? ''))));
  return report.targets.filter(({ id }) => ids.has(id)).every(stays) ? 'machine' : owner;
}
