import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { sha256Of } from '../../carry/kept.ts';
import { requestBounds } from '../../carry/lines.ts';
import { storesOf } from '../../carry/rejudge.ts';
import { type CarryRequest, planOfRequest, requestOf } from '../../carry/request.ts';
import { type Extras, linesOfResult } from '../../carry/result.ts';
import { factLines } from '../../carry/show.ts';
import { catalogFileOf, isFetched, loadCatalog } from '../../catalog/load.ts';
import type { CarriedFeature, CarriedList, SignedCatalog } from '../../model/carry.ts';
import type { Summary } from '../../model/diagnosis.ts';
import type { CarryResultHead } from '../../model/message.ts';
import type { Observations } from '../../model/observations.ts';
import { concurrencyFor } from '../../plan/plan.ts';
import { verdictMarks } from '../../report/verdict-line.ts';
import { documentProxy } from '../../routes/document-proxy.ts';
import { planRoutes } from '../../routes/plan-routes.ts';
import type { RouteSettings } from '../../routes/settings.ts';
import { machineKey } from '../../signed/machine-key.ts';
import { signLines } from '../../signed/signed-lines.ts';
import { UsageError } from '../../usage-error.ts';
import { version } from '../../version.ts';
import { wordsOf } from '../../words/load.ts';
import { isFault, readCarried, refused, stateNeeded } from '../carry-files.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import type { Io } from '../io.ts';
import { measure } from '../measure.ts';
import type { Options } from '../options.ts';
import { identityOf, openOutput } from '../output.ts';
import { routeSettings } from '../route-settings.ts';
import { quoted } from '../values.ts';

/** Runs exactly the plan of a request, and writes what came of it into a document that this machine signs. */
export async function carryConnect({ io, words, options }: Context): Promise<number> {
  const [name = '-'] = words;
  const { out } = options.carry;
  if (out === null) throw new UsageError('carry.out', { command: 'carry connect' });
  const { document } = await readCarried(io, 'carry connect', name, requestBounds);
  if (document.problem !== null) throw refused(document.problem);
  const request = requestOf(document);
  if (isFault(request)) throw refused(request.line === 1 ? { code: 'no-request' } : { code: 'line', ...request });
  const state = stateNeeded(io, options);
  const outputs = await openOutputs(io, options);
  const file = await openOutput(out, io.cwd, io.ending.work);
  io.ending.addTidying(() => file.discard());
  try {
    const asked = name === '-' ? undefined : statSync(resolve(io.cwd, name), { throwIfNoEntry: false });
    // By another spelling or a link too; to be asked again, it is needed as it is.
    if (asked !== undefined && file.identity === identityOf(asked)) {
      throw new UsageError('carry.same-file', { file: quoted(out) });
    }
    const { key } = await machineKey(state, io);
    const settings = await routeSettings(io, options, true);
    const extras = await catalogsFor(io, options, settings, request);
    const lists: CarriedList[] = [];
    const observed = await measured(io, options, settings, request, (list) => keepList(lists, list));
    const head: CarryResultHead = {
      ...{ wayclear: version, schema: 1, kind: 'carry-result', key: key.key },
      at: new Date(io.clock.wall()).toISOString(),
      ...{ request: document.sha256, nonce: request.head.nonce },
    };
    const { observations, machine, diagnosis } = observed;
    const { text, sha256 } = signLines(linesOfResult(head, observations, machine, { ...extras, lists }), key);
    await file.write(text);
    file.commit();
    const facts = {
      out,
      sha256,
      request: document.sha256,
      fingerprint: key.fingerprint,
      ...countsOf(observations, diagnosis.summary, { ...extras, lists }),
    };
    const written = await outputs.deliver((format, { lang, width }) =>
      format === 'json' ? `${JSON.stringify(facts, null, 2)}\n` : tableOf(facts, wordsOf(lang), width),
    );
    // As `import` will judge it; a request without a probe is all done.
    const isDone = observations.ended === null && (facts.asked === 0 || diagnosis.complete);
    return written ? (isDone ? 0 : 3) : 2;
  } finally {
    file.discard();
  }
}

/** Measures by this machine's ways, with the roots of the machine that asks. */
async function measured(
  io: Io,
  options: Options,
  settings: RouteSettings,
  request: CarryRequest,
  onList: (list: CarriedList) => void,
) {
  const { timeoutMs, deadlineMs, concurrency, dnsServers } = options;
  const probed = request.targets.filter(({ untested }) => untested === null).length;
  const limits = { timeoutMs, deadlineMs, concurrency: concurrency ?? concurrencyFor(probed) };
  const routed = await planRoutes(planOfRequest(request, { limits, dnsServers }), settings);
  try {
    const roots = new Set(request.roots);
    const {
      observations,
      diagnosis,
      machine = null,
    } = await measure(
      io,
      options,
      routed,
      {},
      {
        storesFor: (stores) => (roots.size === 0 ? stores : storesOf(stores, roots)),
        onRevocationList: (url, der) => onList({ url, der: der.toString('base64') }),
      },
    );
    return { observations, diagnosis, machine };
  } finally {
    await routed.close();
  }
}

/** Characters of Base64 that revocation lists may take in all. */
const mostOfLists = 32 * 1024 * 1024;

function keepList(lists: CarriedList[], list: CarriedList): void {
  const size = lists.reduce((sum, { der }) => sum + der.length, list.der.length);
  if (size <= mostOfLists && !lists.some(({ url }) => url === list.url)) lists.push(list);
}

/** Catalogs that go back: this program's own where it is newer, and what somebody named. */
async function catalogsFor(
  io: Io,
  { catalogs: sources }: Options,
  settings: RouteSettings,
  { head }: CarryRequest,
): Promise<Pick<Extras, 'features' | 'catalogs'>> {
  const features: CarriedFeature[] = [];
  const catalogs: SignedCatalog[] = [];
  const own = await loadCatalog();
  const files = own.features.map(catalogFileOf);
  const { version: theirs, sha256 } = head.catalog;
  if (theirs !== null && isNewer(version, theirs) && sha256Of(JSON.stringify(files)) !== sha256) {
    for (const file of files) features.push({ source: 'bundled', file });
  }
  for (const source of sources) {
    const shown = isFetched(source) ? source : basename(source);
    const signed = isFetched(source) ? null : signedText(resolve(io.cwd, source));
    if (signed !== null) {
      catalogs.push({ source: shown, text: signed });
      continue;
    }
    const proxyFor = (url: URL) => documentProxy(url, settings);
    const loaded = await loadCatalog([source], { bundled: false, signal: io.ending.work, proxyFor });
    for (const feature of loaded.features) features.push({ source: shown, file: catalogFileOf(feature) });
  }
  return { features, catalogs };
}

/** Whether a version, as `1.2.3`, comes after another. */
function isNewer(one: string, other: string): boolean {
  const numbers = (text: string): readonly number[] => text.split(/[.+-]/).slice(0, 3).map(Number);
  const theirs = numbers(other);
  const [difference = 0] = numbers(one).flatMap((number, index) =>
    number === theirs[index] ? [] : [number - (theirs[index] ?? 0)],
  );
  return difference > 0;
}

const mostSigned = 8 * 1024 * 1024;

/** The text of a catalog that its maker signed; null for any other file. */
function signedText(path: string): string | null {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts?.isFile() !== true || facts.size > mostSigned) return null;
  const text = readFileSync(path, 'utf8');
  return /^\{[^\n]{0,1000}"kind":"catalog"[^\n]{0,1000}\n/.test(text) ? text : null;
}

/** What was begun and broken off is not measured: `import` will find it untested. */
function countsOf(
  { plan, certificates }: Observations,
  { reachable, degraded, unreachable }: Summary,
  { features, catalogs, lists }: Extras,
) {
  return {
    measured: reachable + degraded + unreachable,
    asked: plan.targets.filter(({ untested }) => untested === null).length,
    features: features.length + catalogs.length,
    certificates: Object.keys(certificates).length,
    lists: lists.length,
  };
}

const isWhole = ({ measured, asked }: { readonly measured: number; readonly asked: number }): boolean =>
  measured >= asked;

interface Facts extends ReturnType<typeof countsOf> {
  readonly out: string;
  readonly sha256: string;
  readonly request: string;
  readonly fingerprint: string;
}

function tableOf(
  { out, sha256, request, fingerprint, ...counts }: Facts,
  words: ReturnType<typeof wordsOf>,
  width: number,
): string {
  const { carry } = words;
  const rows = [
    ['file', out],
    ['sha256', sha256],
    ['requestSha256', request],
    ['fingerprint', fingerprint],
    ['along', carry.alongCounts(counts.features, counts.certificates, counts.lists)],
    ['next', carry.compare(fingerprint)],
  ] as const;
  const { measured, asked } = counts;
  const line =
    asked === 0
      ? `${verdictMarks.untested} ${carry.nothingAsked}`
      : `${isWhole(counts) ? verdictMarks.reachable : verdictMarks.degraded} ${carry.resultWritten(measured, asked)}`;
  return `${line}\n${factLines(rows, words, width).join('\n')}\n`;
}
