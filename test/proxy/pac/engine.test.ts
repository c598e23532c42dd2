import { expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { createPacEvaluator } from '../../../src/proxy/pac/evaluate.ts';
import { UsageError } from '../../../src/usage-error.ts';

vi.mock('../../../src/proxy/pac/sandbox.ts', () => ({
  startPacThread: async () => {
    throw new Error("ENOENT: no such file or directory, open 'quickjs.wasm'");
  },
}));

it('an engine that does not start is told as such, and blames no PAC file', async () => {
  const pac = createPacEvaluator('function FindProxyForURL() { return "DIRECT"; }', {
    ...{ deadlineMs: 1000, dns: async () => [], myIps: [], clock: systemClock },
  });
  for (let asked = 0; asked < 2; asked += 1) {
    const failure = await pac.evaluate('https://a.test/', 'a.test').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as UsageError).message).toMatch(/^the engine for PAC files does not start: .*quickjs\.wasm/);
  }
  await pac.close();
});
