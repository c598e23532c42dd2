/** A machine of the fleet, as its own watch would show it. */

import type { Look, SeenCause } from '../model/fleet.ts';
import type { Incident } from '../model/incident.ts';
import { type ContentSettings, watchContent } from '../serve/routes.ts';
import type { Answer, Question } from '../serve/server.ts';
import { readWatched, type Watched } from '../serve/watched.ts';
import type { Sender } from '../store/collected.ts';
import { unpacked } from '../store/packed.ts';
import type { Store, StoredIncident } from '../store/store.ts';
import { graceMs } from '../watch/presence.ts';
import type { Words } from '../words/contract.ts';
import { silenceAfter } from './fleet-view.ts';
import { notesOf, type PageLanguage } from './page.ts';

export interface MachineSettings {
  readonly now: number;
  readonly silentAfterMs: number;
  readonly language: PageLanguage;
  readonly spoken: ContentSettings['spoken'];
}

export const machinePath = /^\/machines\/([0-9a-f]{16})(\/.*)$/;

/** From there to the page of the fleet. */
const up = '../../';

/** Null where no machine of that key was let in. */
export async function machineAnswer(
  question: Pick<Question, 'path' | 'query' | 'headers'>,
  store: Store,
  settings: MachineSettings,
): Promise<Answer | null> {
  const [, fingerprint = '', path = '/'] = machinePath.exec(question.path) ?? [];
  const sender = await store.senderByFingerprint(fingerprint);
  if (sender === null || (sender.state !== 'admitted' && sender.state !== 'revoked')) return null;
  const { words, serve, collect } = settings.language;
  const state = sender.state === 'revoked' ? [collect.states.revoked] : [];
  return await watchContent(
    { ...question, path },
    {
      spoken: settings.spoken,
      watched: () => readMachine(store, sender, settings),
      speechFor: async () => ({ words, serve }),
      fleet: {
        ...{ path: up, title: collect.title, key: fingerprint },
        notes: [...state, ...notesOf(sender, collect, words.labels.duration)],
      },
    },
  );
}

async function readMachine(
  store: Store,
  sender: Sender,
  { now, silentAfterMs, language }: MachineSettings,
): Promise<Watched> {
  const { key, fingerprint, name, lastSeq, lastAt } = sender;
  const message = lastSeq === 0 ? null : await store.messageOf(key, lastSeq);
  const look = message === null ? null : (unpacked(message) as Look);
  const after = silenceAfter(look?.everyMs, silentAfterMs);
  const kept = await readWatched(store, fingerprint, {
    ...{ now, everyMs: after - graceMs, scope: null },
  });
  const watched: Watched = { ...kept, machine: name, silentSince: now - lastAt > after ? lastAt : null };
  if (look?.isSummary !== true) return watched;
  return {
    ...watched,
    ...{ look: { id: look.id, startedAt: Date.parse(look.at) }, report: null, states: [] },
    open: look.causes.map((seen) => asIncident(seen, look, language.words)),
  };
}

/** What a summary says of a cause, as if a watch had kept it. */
function asIncident(seen: SeenCause, look: Look, words: Words): StoredIncident {
  const { cause, severity, confidence, endpoints, evidence } = seen;
  const since = (seen.since ?? []).map(([, at]) => at).sort()[0] ?? look.at;
  const { title, remedies } = words.causes[cause];
  const incident: Incident = {
    ...{ id: '', cause, shared: null, state: 'open', unstable: false, severity, confidence, title, targets: [] },
    ...{ hosts: endpoints, firstSeenAt: since, openedAt: since, lastSeenAt: look.at, closedAt: null },
    ...{ evidenceThen: evidence, evidenceNow: evidence, remedies },
  };
  return { machine: look.machine, key: cause, incident, memory: null };
}
