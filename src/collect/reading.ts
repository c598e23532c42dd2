/** What the fleet's administrators read: the page, the interface, metrics. */
import { assembleFleet } from '../report/fleet-report.ts';
import { harmlessJson } from '../report/json.ts';
import { type Admission, admitBySecret, isFromHere } from '../serve/access.ts';
import type { Counts } from '../serve/rates.ts';
import type { Answer, Question } from '../serve/server.ts';
import type { Sender } from '../store/collected.ts';
import type { Store } from '../store/store.ts';
import { version } from '../version.ts';
import type { FleetView } from './fleet-view.ts';
import { fleetMetrics } from './metrics.ts';
import { fleetPage, type PageLanguage, style } from './page.ts';
import { type Counters, json, refusal } from './post.ts';

export interface ReadingSettings {
  readonly limit: number;
  /** Who reads has to show one of these; none: nobody has to. */
  readonly readTokens: readonly string[];
  /** The words of a request: of what it asks for, else what the browser takes. */
  languageFor(asked: string | null, accepted: string): Promise<PageLanguage>;
}

const mostToken = 200;

/** Without a token this machine alone may read. */
function admit(question: Question, tokens: readonly string[], guesses: Counts): Admission {
  if (tokens.length > 0) return admitBySecret(question, tokens, mostToken, guesses);
  return isFromHere(question) ? 'in' : 'out';
}

/** Answers what is asked for by GET. */
export async function reading(
  question: Question,
  store: Store,
  fleet: () => Promise<FleetView>,
  settings: ReadingSettings,
  { counters, guesses }: { readonly counters: Counters; readonly guesses: Counts },
): Promise<Answer> {
  const { path, query } = question;
  if (path === '/healthz') return { status: 200, type: 'text/plain', body: 'ok\n' };
  if (path === '/style.css') return { status: 200, type: 'text/css', body: style };
  const admission = admit(question, settings.readTokens, guesses);
  if (admission === 'later') return refusal(429, 'too many wrong tokens from this address', { 'retry-after': '60' });
  if (admission === 'out') {
    return refusal(401, 'a read token is needed', { 'www-authenticate': 'Basic realm="wayclear", charset="UTF-8"' });
  }
  const accepted = String(question.headers['accept-language'] ?? '');
  const language = (): Promise<PageLanguage> => settings.languageFor(query.get('lang'), accepted);
  switch (path) {
    case '/': {
      const [view, words] = [await fleet(), await language()];
      const report = assembleFleet(view.diagnosis, words, version);
      const shown = { limit: settings.limit, query: (query.get('q') ?? '').slice(0, 100) };
      return { status: 200, type: 'text/html; charset=utf-8', body: fleetPage(report, view, shown, words) };
    }
    case '/api/fleet':
      return json(200, assembleFleet((await fleet()).diagnosis, await language(), version));
    case '/api/machines':
      return { status: 200, type: 'application/x-ndjson', body: lines(store, (one) => harmlessJson(one, 0)) };
    case '/api/machines.csv':
      return { status: 200, type: 'text/csv; charset=utf-8', body: lines(store, csvLine, csvHead) };
    case '/api/messages':
      return { status: 200, type: 'application/x-ndjson', body: looks(await fleet()) };
    case '/api/audit':
      return json(200, await store.audits(1000));
    case '/metrics':
      return { status: 200, type: 'text/plain; version=0.0.4', body: fleetMetrics(await fleet(), counters) };
    default:
      return refusal(404, 'nothing is here');
  }
}

/** Every sender, page by page. */
async function* lines(store: Store, shown: (sender: Sender) => string, head = ''): AsyncIterable<string> {
  if (head !== '') yield `${head}\r\n`;
  for (let after: string | undefined; ; ) {
    const page = await store.senders({ most: 500, ...(after === undefined ? {} : { after }) });
    yield page.map((sender) => `${shown(sender)}${head === '' ? '\n' : '\r\n'}`).join('');
    after = page.at(-1)?.key;
    if (page.length < 500 || after === undefined) return;
  }
}

async function* looks({ looks: all }: FleetView): AsyncIterable<string> {
  for (const look of all) yield `${harmlessJson(look, 0)}\n`;
}

const csvHead = 'fingerprint,state,name,first,last,egress,dropped,conflicts';
const instant = (at: number): string => new Date(at).toISOString();

/** RFC 4180, and nothing that a spreadsheet takes for a formula. */
const field = (value: string): string =>
  `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

const csvLine = ({ fingerprint, state, name, firstAt, lastAt, egress, dropped, conflicts }: Sender): string =>
  [
    ...[fingerprint, state, name, instant(firstAt), instant(lastAt), egress].map(field),
    ...[dropped, conflicts].map(String),
  ].join(',');
