/** What is behind each address of a collector. */
import type { Clock } from '../clock.ts';
import { mostGuesses } from '../serve/access.ts';
import { countPerMinute } from '../serve/rates.ts';
import { createSpoken } from '../serve/routes.ts';
import type { Answer, Question } from '../serve/server.ts';
import type { Store } from '../store/store.ts';
import { cachedFleet, type FleetView, nothingKnown, readFleet } from './fleet-view.ts';
import { type Counters, nothingCounted, type PostSettings, postDoor } from './post.ts';
import { content, type ReadingSettings, reading } from './reading.ts';
import { refusal } from './refusal.ts';

export interface RouteSettings extends PostSettings, Omit<ReadingSettings, 'spoken' | 'now'> {
  /** What went wrong with the store, to be told. */
  onTrouble(error: Error): void;
}

export interface Collector {
  answer(question: Question): Promise<Answer>;
  fleet(): Promise<FleetView>;
  /** Makes the page once for nobody: what that reads and loads, the first reader does not wait for. */
  prepare(): Promise<void>;
  readonly counters: Readonly<Counters>;
}

/** A store that is away: come again after that. */
const troubleSeconds = 60;

export function collector(store: Store, clock: Clock, settings: RouteSettings): Collector {
  const counters = nothingCounted();
  const take = postDoor(store, clock, settings, counters);
  const guesses = countPerMinute(clock, mostGuesses);
  const { perMs, silentAfterMs } = settings;
  const known = nothingKnown();
  const fleet = cachedFleet(
    () => readFleet(store, { clock, perMs, silentAfterMs }, known),
    () => clock.now(),
  );
  const shown = { ...settings, spoken: createSpoken(), now: () => clock.wall() };
  const readable = { store, fleet, settings: shown, counters };
  async function answer(question: Question): Promise<Answer> {
    const { method, path } = question;
    try {
      if (path === '/v1/messages') {
        return method === 'POST' ? await take(question) : refusal(405, 'POST is taken', { allow: 'POST' });
      }
      if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'GET is taken', { allow: 'GET' });
      return await reading(question, readable, guesses);
    } catch (error) {
      // By its name: what is bundled apart has a class of its own.
      if (!(error instanceof Error) || error.name !== 'StoreTrouble') throw error;
      settings.onTrouble(error);
      return refusal(503, 'the store is out of reach', { 'retry-after': String(troubleSeconds) });
    }
  }
  return {
    ...{ answer, fleet, counters },
    async prepare() {
      // What goes wrong, whoever asks is told.
      await content({ path: '/', query: new URLSearchParams(), headers: {} }, readable).catch(() => undefined);
    },
  };
}
