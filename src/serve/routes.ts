/** What is behind each address of a watch: page, report, metrics, interface, health. Everything is read, nothing is changed. */

import type { Incident } from '../model/incident.ts';
import type { Report } from '../model/report.ts';
import { harmlessJson } from '../report/json.ts';
import { loadReporter } from '../report/registry.ts';
import type { StoredIncident } from '../store/store.ts';
import { featureTitles, type ServeWords, type Words } from '../words/contract.ts';
import { type Access, admit } from './access.ts';
import { watchMetrics } from './metrics.ts';
import { type FleetLink, style, watchPage } from './page.ts';
import type { Answer, Question } from './server.ts';
import { spokenIncident, spokenReport } from './spoken.ts';
import { type Pulse, sinceWhen, type Watched } from './watched.ts';

export interface Speech {
  readonly words: Words;
  readonly serve: ServeWords;
}

export interface ServeSettings {
  readonly access: Access;
  /** Asked for often: reads of the store no more than health takes. */
  pulse(): Promise<Pulse>;
  /** Reads the store. */
  watched(): Promise<Watched>;
  /** Of a machine of a fleet: the way back. */
  readonly fleet?: FleetLink;
  /** The report of the last look in a language; null where there is none. */
  spoken(watched: Watched, words: Words): Report | null;
  /** In the language that the query asks for, else the browser, else the watch. */
  speechFor(asked: string | null, accepted: string): Promise<Speech>;
}

/** Says each look's report once a language: judging thousands of targets takes its time. */
export function createSpoken(): ServeSettings['spoken'] {
  const said = new Map<string, Report>();
  return ({ look, report }, words) => {
    if (look === null || report === null) return null;
    const key = `${look.id} ${words.lang}`;
    const made = said.get(key) ?? spokenReport(report, words);
    said.delete(key);
    said.set(key, made);
    for (const old of said.keys()) if (said.size > mostSaid) said.delete(old);
    return made;
  };
}
const mostSaid = 8;

const json = (value: unknown): Answer => ({
  status: 200,
  type: 'application/json',
  body: `${harmlessJson(value, 2)}\n`,
});
const plain = (status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  ...{ status, headers },
  type: 'text/plain; charset=utf-8',
  body: `${text}\n`,
});

/** A report carries its own style and script, and says by their hashes that nothing else may run. */
const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const incidentsOf = (stored: readonly StoredIncident[]): readonly Incident[] => stored.map(({ incident }) => incident);

function health(pulse: Pulse): Answer {
  if (pulse.look === null) return plain(503, 'no look yet');
  const since = sinceWhen(pulse);
  return since === null ? plain(200, 'ok') : plain(503, `no look since ${new Date(since).toISOString()}`);
}

async function pageAnswer(question: Asked, settings: ContentSettings, recorded: Watched): Promise<Answer> {
  const accepted = String(question.headers['accept-language'] ?? '').slice(0, 200);
  const { words, serve } = await settings.speechFor(question.query.get('lang'), accepted);
  const html = 'text/html; charset=utf-8';
  if (question.path === '/') {
    const spoken = (all: readonly StoredIncident[]) => all.map((one) => spokenIncident(one, words));
    const watched = { ...recorded, open: spoken(recorded.open), closed: spoken(recorded.closed) };
    const { fleet = null } = settings;
    const title = featureTitles(words, watched.report?.observations.plan.features);
    return { status: 200, type: html, body: watchPage(watched, words, serve, { title, fleet }) };
  }
  const report = settings.spoken(recorded, words);
  if (report === null) return plain(404, serve.nothingYet);
  const view = { width: 100, colour: false, verbose: true, lang: words.lang };
  const body = (await loadReporter('html'))(report, view);
  return { status: 200, type: html, headers: { 'content-security-policy': reportPolicy }, body };
}

/** What is asked for, by whomever. */
type Asked = Pick<Question, 'path' | 'query' | 'headers'>;

/** What it takes to show a machine to whoever may read. */
export type ContentSettings = Omit<ServeSettings, 'access' | 'pulse'>;

/** What a machine has to show: page, report, metrics, interface. */
export async function watchContent(question: Asked, settings: ContentSettings): Promise<Answer> {
  const watched = await settings.watched();
  switch (question.path) {
    case '/':
    case '/report':
      return await pageAnswer(question, settings, watched);
    case '/metrics':
      return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: watchMetrics(watched) };
    case '/api/report':
      return watched.report === null ? plain(404, 'no look yet') : json(watched.report);
    case '/api/incidents':
      return json({ open: incidentsOf(watched.open), closed: incidentsOf(watched.closed) });
    case '/api/history':
      return json(watched.history);
    default:
      return plain(404, 'nothing is here');
  }
}

/** The answer to a question. */
export async function answerWatch(question: Question, settings: ServeSettings): Promise<Answer> {
  const { method, path } = question;
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'GET is taken', { allow: 'GET' });
  // For those who watch the watch; it tells nothing but that.
  if (path === '/healthz') return health(await settings.pulse());
  const admission = admit(question, settings.access);
  if (admission === 'later') return plain(429, 'too many wrong passwords from this address', { 'retry-after': '60' });
  if (admission === 'out') {
    return settings.access.password === null
      ? plain(403, 'not for readers elsewhere')
      : plain(401, 'a password is needed', { 'www-authenticate': 'Basic realm="wayclear", charset="UTF-8"' });
  }
  // Browsers ask for one by themselves.
  if (path === '/favicon.ico') return { status: 204 };
  if (path === '/style.css') return { status: 200, type: 'text/css; charset=utf-8', body: style };
  return await watchContent(question, settings);
}
