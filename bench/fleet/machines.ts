/** Machines of a made-up fleet, and what they send. */
import type { Report } from '../../src/model/report.ts';
import { messageOf } from '../../src/send/message.ts';
import { createKey, type SigningKey } from '../../src/signed/keys.ts';

export interface Machine {
  readonly name: string;
  readonly site: string;
  readonly key: SigningKey;
}

const perSite = 100;

export const machinesOf = (count: number): readonly Machine[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ name: `pc-${index}`, site: `site-${Math.floor(index / perSite)}`, key: createKey() },
  }));

/** As that machine would report it. */
export const reportedBy = (report: Report, { name, site }: Pick<Machine, 'name' | 'site'>): Report => {
  const number = Number(site.slice('site-'.length));
  return {
    ...report,
    machine: { name, account: 'SYSTEM', addresses: [`10.${number >> 8}.${number & 255}.7`] },
    labels: { site },
  };
};

export const messageBy = (machine: Machine, report: Report, seq: number, detail: 'full' | 'summary'): string =>
  messageOf(reportedBy(report, machine), {
    ...{ key: machine.key, seq, at: new Date().toISOString(), detail, dropped: 0, token: null, version: '0.0.0' },
  });
