import { expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { createPacEvaluator } from '../../../src/proxy/pac/evaluate.ts';
import { UsageError } from '../../../src/usage-error.ts';

/** A module of WebAssembly with a memory and nothing else: it compiles, and no engine can be made of it. */
const hollow = Buffer.from('0061736d010000000503010001', 'hex');

vi.mock('node:fs/promises', () => ({ readFile: async () => hollow }));

it('an engine that fails inside its thread is told as such, and blames no PAC file', async () => {
  const pac = createPacEvaluator('function FindProxyForURL() { return "DIRECT"; }', {
    ...{ deadlineMs: 20_000, dns: async () => [], myIps: [], clock: systemClock },
  });
  const failure = await pac.evaluate('https://a.test/', 'a.test').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UsageError);
  expect((failure as UsageError).message).toMatch(/^the engine for PAC files does not start: .+/);
  await pac.close();
});
