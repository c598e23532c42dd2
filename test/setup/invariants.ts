/**
 * Whatever calls `diagnose` in a test's own process, the test itself or the code under test: the report of it is held to the
 * invariants. What programs write is held where the tests read it.
 */
import { vi } from 'vitest';
// Loaded before the test's own modules: one of those that waited for the mock would be waited for by it.
import { holdDiagnosis } from '../report/invariants.ts';

vi.mock(import('../../src/diagnose/diagnose.ts'), async (original) => {
  const { diagnose, ...others } = await original();
  return {
    ...others,
    diagnose: (observations, ...more) => {
      const diagnosis = diagnose(observations, ...more);
      holdDiagnosis(observations, diagnosis);
      return diagnosis;
    },
  };
});
