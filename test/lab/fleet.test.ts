/** Several machines in several sites, each site with a network, name servers and proxies of its own: exactly what is true of all. */
import { describe, expect, it } from 'vitest';
import { fleetScenarios } from './fleet/fleet-scenarios.ts';
import { runFleet } from './fleet/run-fleet.ts';
import { labRequirements, whyNot } from './requirements.ts';

const requirements = labRequirements();

describe(`scenarios of several sites (tier ${requirements.tier} because ${requirements.because})`, {
  timeout: 240_000,
}, () => {
  for (const scenario of fleetScenarios) {
    const faults = [...(scenario.internet ?? []), ...scenario.sites.flatMap((site) => site.faults ?? [])];
    const missing = whyNot(faults, requirements);
    it.skipIf(missing !== null)(missing === null ? scenario.name : `${scenario.name}: ${missing}`, async () => {
      expect(await runFleet(scenario)).toEqual([]);
    });
  }
});

describe('the set of scenarios of several sites', () => {
  it('has at least twelve, healthy ones among them, and every scope', () => {
    expect(fleetScenarios.length).toBeGreaterThanOrEqual(12);
    expect(fleetScenarios.filter((scenario) => scenario.expect.length === 0).length).toBeGreaterThanOrEqual(3);
    const scopes = new Set(fleetScenarios.flatMap((scenario) => scenario.expect.map(({ scope }) => scope)));
    expect([...scopes].sort()).toEqual(['everybody', 'group', 'machine', 'service']);
    expect(fleetScenarios.filter(({ collected }) => collected === true).length).toBeGreaterThanOrEqual(3);
  });
});
