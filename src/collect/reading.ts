/** What the fleet's administrators read: the page, the interface, metrics. */
import { assembleFleet } from '../report/fleet-report.ts';
import { type Admission, admitBySecret, isFromHere } from '../serve/access.ts';
import type { Counts } from '../serve/rates.ts';
import type { ServeSettings } from '../serve/routes.ts';
import type { Answer, Question } from '../serve/server.ts';
import type { Store } from '../store/store.ts';
import { version } from '../version.ts';
import { auditPage, mostEntries } from './audit-page.ts';
import { exported } from './export.ts';
import type { FleetView } from './fleet-view.ts';
import { machineAnswer, machinePath } from './machine.ts';
import { fleetMetrics } from './metrics.ts';
import { fleetPage, type PageLanguage, style } from './page.ts';
import type { Counters } from './post.ts';
import { json, refusal } from './refusal.ts';

export interface ReadingSettings {
  readonly limit: number;
  /** Who reads has to show one of these; none: nobody has to. */
  readonly readTokens: readonly string[];
  /** A machine that said nothing for longer is silent. */
  readonly silentAfterMs: number;
  /** The report of a machine in a language. */
  readonly spoken: ServeSettings['spoken'];
  readonly now: () => number;
  /** The words of a request: of what it asks for, else what the browser takes. */
  languageFor(asked: string | null, accepted: string): Promise<PageLanguage>;
}

const mostToken = 200;

type Asked = Pick<Question, 'path' | 'query' | 'headers'>;

/** Without a token this machine alone may read. */
function admit(question: Question, tokens: readonly string[], guesses: Counts): Admission {
  if (tokens.length > 0) return admitBySecret(question, tokens, mostToken, guesses);
  return isFromHere(question) ? 'in' : 'out';
}

/** What a reader is answered from. */
export interface Readable {
  readonly store: Store;
  readonly fleet: () => Promise<FleetView>;
  readonly settings: ReadingSettings;
  readonly counters: Counters;
}

/** Answers what is asked for by GET. */
export async function reading(question: Question, readable: Readable, guesses: Counts): Promise<Answer> {
  const { path } = question;
  const { settings } = readable;
  if (path === '/healthz') return { status: 200, type: 'text/plain', body: 'ok\n' };
  if (path === '/style.css') return { status: 200, type: 'text/css', body: style };
  const admission = admit(question, settings.readTokens, guesses);
  if (admission === 'later') return refusal(429, 'too many wrong tokens from this address', { 'retry-after': '60' });
  if (admission === 'out') {
    return refusal(401, 'a read token is needed', { 'www-authenticate': 'Basic realm="wayclear", charset="UTF-8"' });
  }
  return await content(question, readable);
}

/** What is behind each address, for whoever may read. */
export async function content(question: Asked, { store, fleet, settings, counters }: Readable): Promise<Answer> {
  const { path, query, headers } = question;
  const accepted = String(headers['accept-language'] ?? '');
  const language = (): Promise<PageLanguage> => settings.languageFor(query.get('lang'), accepted);
  switch (path) {
    case '/': {
      const [view, words] = [await fleet(), await language()];
      const report = assembleFleet(view.diagnosis, words, version);
      // By characters: half of one is nothing that an address can hold.
      const asked = [...(query.get('q') ?? '')].slice(0, 100).join('');
      const shown = { limit: settings.limit, query: asked };
      return page(fleetPage(report, view, shown, words));
    }
    case '/audit':
      return page(auditPage(await store.audits({ most: mostEntries }), await language()));
    case '/favicon.ico':
      return { status: 204 };
    case '/api/fleet':
      return json(200, assembleFleet((await fleet()).diagnosis, await language(), version));
    case '/metrics':
      return { status: 200, type: 'text/plain; version=0.0.4', body: fleetMetrics(await fleet(), counters) };
    default:
      return (
        exported(store, path, { ...settings, now: settings.now() }) ??
        (await ofMachine(question, store, settings, language)) ??
        nothingHere
      );
  }
}

const nothingHere = refusal(404, 'nothing is here');
const page = (body: string): Answer => ({ status: 200, type: 'text/html; charset=utf-8', body });

async function ofMachine(
  question: Asked,
  store: Store,
  { now, silentAfterMs, spoken }: ReadingSettings,
  language: () => Promise<PageLanguage>,
): Promise<Answer | null> {
  if (!machinePath.test(question.path)) return null;
  return await machineAnswer(question, store, { now: now(), silentAfterMs, spoken, language: await language() });
}
