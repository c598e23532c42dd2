/** Plain requests for names that nobody has, where unrelated hosts give one page on the direct path. */
import type { Experiment } from '../../model/experiments.ts';
import { domainOf } from '../survey/host-names.ts';
import { sharedPages } from '../survey/plain-pages.ts';
import type { Survey } from '../survey/survey.ts';
import { madeUpHost } from './made-up-host.ts';

/** Addresses of unrelated domains at which one page is asked for, and pages. */
const MOST_A_PAGE = 2;
const MOST_PAGES = 2;

/** Pages of unrelated hosts on the direct path. */
export const directPages = (survey: Survey) =>
  sharedPages(survey).filter(({ members }) => members.every(({ attempt }) => attempt.proxy === undefined));

export function sharedPageWishes(survey: Survey): readonly Experiment[] {
  const pages = directPages(survey)
    .filter(({ isNobodysOwn }) => isNobodysOwn)
    .slice(0, MOST_PAGES);
  return pages.flatMap(({ members }) => {
    const domains = new Set<string>();
    const addresses = new Set<string>();
    return members.flatMap(({ probe, attempt: { address, family } }) => {
      const domain = domainOf(probe.host);
      if (address === null || family === null || domains.size === MOST_A_PAGE) return [];
      if (domains.has(domain) || addresses.has(address)) return [];
      domains.add(domain);
      addresses.add(address);
      return madeUpHost(survey.observations.startedAt, probe, { action: 'connect', address, family }) ?? [];
    });
  });
}
