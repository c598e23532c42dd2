import { expect, it } from 'vitest';
import type { Incident } from '../../src/model/incident.ts';
import { spokenIncident } from '../../src/serve/spoken.ts';
import { loadWords } from '../../src/words/load.ts';

it('says title and remedies in the words of a language where of an incident no facts were kept', async () => {
  const words = await loadWords('fr');
  const incident = { cause: 'dns.no-resolver', title: 'as sent', remedies: ['as sent'], evidenceNow: ['as sent'] };
  const stored = { machine: 'bonn-1', key: 'x', incident: incident as unknown as Incident, memory: null };
  const { title, remedies } = words.causes['dns.no-resolver'];
  expect(spokenIncident(stored, words).incident).toEqual({ ...incident, title, remedies });
});
