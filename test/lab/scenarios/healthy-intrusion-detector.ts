import type { ScenarioFile } from '../scenario.ts';

/** A firewall that shuts out whoever opens 1,000 connections a second (FortiOS tcp_port_scan), or ten at once (Junos tcp-sweep). */
export const scenario: ScenarioFile = {
  faults: [{ kind: 'intrusion-detector', perSecond: 1000, burst: 10 }],
  expect: { rootCauses: [], exit: 0, asks: ['head'] },
};
