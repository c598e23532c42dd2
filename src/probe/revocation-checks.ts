import type { X509Certificate } from 'node:crypto';
import { groupedBy } from '../grouped.ts';
import type { FailureCode, Observation, RevocationObservation } from '../model/observations.ts';
import type { ChainFacts } from '../model/trust.ts';
import { mayAsk } from '../named-addresses.ts';
import { MAX_CRL_BYTES } from '../trust/revocation/crl.ts';
import { MAX_OCSP_BYTES, ocspGetUrl, ocspRequest } from '../trust/revocation/ocsp.ts';
import {
  type Asked,
  issuersOnPaths,
  judgeCrl,
  judgeOcsp,
  type RevocationRequest,
  revocationPlan,
} from '../trust/revocation/revocation.ts';
import { issuerCertificates } from '../trust/stores/certificate-files.ts';
import type { TrustStores } from '../trust/stores/stores.ts';
import type { ChainRecorder } from './chains.ts';
import type { Resolver } from './dns/resolve.ts';
import { type Measured, type MeasureSettings, measure, type Question, resolvesHere } from './measure.ts';
import { answerOf, hopOf } from './redirect.ts';
import { rest } from './rounds.ts';

/** A fetch under way or done, with the body it brought. */
interface Fetch {
  readonly request: RevocationRequest;
  /** Null: its name leads where no stranger may send anybody. */
  readonly measured: Promise<{ readonly observation: Observation; readonly body: Buffer | null } | null>;
  readonly repeated: boolean;
}

/** What a name server says, or leaves unsaid, because much was asked at once. */
const chanceOfName: readonly FailureCode[] = ['dns.timeout', 'dns.refused', 'dns.server-failure'];

/** Failures that a lost packet or a full queue can bring about. */
const chance: readonly FailureCode[] = [
  'tcp.timeout',
  'tcp.reset',
  'http.timeout',
  'http.reset',
  'http.closed',
  'tunnel.timeout',
  'tunnel.reset',
  'tunnel.closed',
];

/** What others judge of an answer: whether one came, and whether it is a web page. Its text may be anybody's secret. */
const toldHeaders: readonly string[] = ['content-type', 'content-length', 'server'];

/** The observation without the text of the answer, which is nobody's to read but as what was asked for. */
const withoutText = (measured: Measured): Measured => ({
  ...measured,
  attempts: measured.attempts.map((attempt) => {
    const { http } = attempt;
    if (http.status !== 'passed') return attempt;
    const headers = http.value.headers.filter(([name]) => toldHeaders.includes(name));
    return { ...attempt, http: { ...http, value: { ...http.value, reason: '', headers, bodyExcerpt: '' } } };
  }),
});

const isNameLost = ({ dns }: Observation): boolean =>
  dns.status === 'failed' && chanceOfName.includes(dns.failure.code);

/** Whether there is no answer, and chance may be all that is to blame. */
function isLost(observation: Observation): boolean {
  if (answerOf(observation) !== null) return false;
  if (isNameLost(observation)) return true;
  return observation.attempts.some(({ tcp, tunnel, http }) =>
    [tcp, tunnel, http].some((stage) => stage.status === 'failed' && chance.includes(stage.failure.code)),
  );
}

/** A run's share of other people's servers. */
const maxFetches = 64;
const maxIssuerBytes = 65_536;
const maxBytes = { crl: MAX_CRL_BYTES, ocsp: MAX_OCSP_BYTES, issuer: maxIssuerBytes } as const;

/** Asks the revocation and issuer addresses that captured certificates name, each once, while the run goes on. */
interface RevocationChecker {
  /** All that was asked, judged, in order of kind and address. Chains seen later, by experiments, start nothing. */
  finish(nowIso: string): Promise<readonly RevocationObservation[]>;
}

type FetchedAnswer = NonNullable<Awaited<Fetch['measured']>>;

/** The certificates that a request is about, each with its issuer; those whose issuer nobody has are left out. */
function pairsOf({ certificates }: RevocationRequest, recorder: ChainRecorder, stores: TrustStores): readonly Asked[] {
  const certificateOf = (sha256: string): X509Certificate | null =>
    recorder.certificate(sha256) ?? stores.certificate(sha256)?.x509 ?? null;
  const issuers = issuersOnPaths(Object.values(recorder.chains()));
  return certificates.flatMap((sha256) => {
    const certificate = certificateOf(sha256);
    const issuer = certificateOf(issuers.get(sha256) ?? '');
    return certificate === null || issuer === null ? [] : [{ certificate, issuer }];
  });
}

/** The URL to ask; null where an OCSP question can't be made. */
function addressOf(request: RevocationRequest, pairs: (of: RevocationRequest) => readonly Asked[]): string | null {
  if (request.kind !== 'ocsp') return request.url;
  const [pair] = pairs(request);
  const question = pair === undefined ? null : ocspRequest(pair.certificate, pair.issuer);
  return question === null ? null : ocspGetUrl(request.url, question);
}

/** One request, measured like any target, with the body of an answer of status 200. Null where it may not be made. */
async function fetchBody(
  kind: RevocationRequest['kind'],
  url: string,
  timeoutMs: number,
  settings: MeasureSettings,
  isAllowed: (question: Question) => Promise<boolean>,
): Promise<FetchedAnswer | null> {
  const hop = hopOf(url, url);
  if (hop === null) throw new TypeError(`no address to ask: ${kind}`);
  let body: Buffer | null = null;
  const keep = (bytes: Buffer): void => {
    body = bytes;
  };
  const question = { ...hop, method: 'GET', route: await settings.routeFor(hop) } as const;
  if (!(await isAllowed(question))) return null;
  const measured = await measure(question, {
    ...settings,
    context: { ...settings.context, timeoutMs },
    attempt: { ...settings.attempt, body: { max: maxBytes[kind], keep } },
  });
  const observation: Observation = { target: '', hop: 0, ...withoutText(measured), redirect: null };
  return { observation, body: answerOf(observation)?.status === 200 ? body : null };
}

/** What an answer says of the certificates that it was asked about. */
function judged(
  { kind, url, certificates }: RevocationRequest,
  pairs: readonly Asked[],
  { observation, body }: FetchedAnswer,
  nowIso: string,
): RevocationObservation {
  const base = { kind, url, certificates, observation };
  const tooLarge = answerOf(observation)?.bodyEnd === 'bounded';
  if (kind === 'issuer') {
    const usable = body === null || issuerCertificates(body).length > 0;
    return { ...base, statuses: [], problem: tooLarge ? 'too-large' : usable ? null : 'unparseable' };
  }
  if (body === null) return { ...base, statuses: [], problem: tooLarge ? 'too-large' : null };
  if (kind === 'crl') return { ...base, ...judgeCrl(body, pairs, nowIso) };
  const [pair] = pairs;
  return pair === undefined ? { ...base, statuses: [], problem: null } : { ...base, ...judgeOcsp(body, pair, nowIso) };
}

type LostFetch = readonly [key: string, fetch: Fetch, first: Observation];

/** Fetches that got lost and were not repeated yet, by host and port. */
async function lostByHost(fetches: ReadonlyMap<string, Fetch>): Promise<readonly (readonly LostFetch[])[]> {
  const lost: LostFetch[] = [];
  for (const [key, fetch] of fetches) {
    const observation = (await fetch.measured)?.observation;
    if (observation !== undefined && !fetch.repeated && isLost(observation)) lost.push([key, fetch, observation]);
  }
  return [...groupedBy(lost, ([, , { host, port }]) => `${host} ${port}`).values()];
}

/**
 * What got lost once more, now that nothing else goes on: of a host first one, and the others if that one gets through.
 * Names are asked for anew. Whether any got through.
 */
async function repeatLost(
  hosts: readonly (readonly LostFetch[])[],
  repeat: (entry: LostFetch, resolver: Resolver) => Promise<boolean>,
  freshResolver: RevocationNames['freshResolver'],
  context: MeasureSettings['context'],
): Promise<boolean> {
  if (hosts.length === 0) return false;
  const lost = hosts.flat().map(([, , first]) => first);
  if (lost.some(isNameLost)) await rest(lost, context);
  const resolver = freshResolver();
  const gained = await Promise.all(
    hosts.map(async ([first, ...others]) => {
      if (first === undefined || !(await repeat(first, resolver))) return false;
      await Promise.all(others.map((entry) => repeat(entry, resolver)));
      return true;
    }),
  );
  resolver.close();
  return gained.includes(true);
}

/** Every answer, in order of kind and address. */
async function judgeAll(
  fetches: ReadonlyMap<string, Fetch>,
  recorder: ChainRecorder,
  pairs: (request: RevocationRequest) => readonly Asked[],
  nowIso: string,
): Promise<readonly RevocationObservation[]> {
  // The final list: a certificate met later may name an address that was asked before.
  const plan = revocationPlan(Object.values(recorder.chains()), recorder.facts);
  const rows = await Promise.all(
    [...fetches.values()].map(async ({ request, measured }) => {
      const { kind, url } = request;
      const late = kind === 'ocsp' ? undefined : plan.find((row) => row.kind === kind && row.url === url);
      const final = { kind, url, certificates: (late ?? request).certificates };
      const answer = await measured;
      return answer === null ? [] : [judged(final, pairs(final), answer, nowIso)];
    }),
  );
  const order = (row: RevocationObservation): string => `${row.kind} ${row.url} ${row.certificates.join()}`;
  return rows.flat().sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Checked on the addresses that this resolver keeps for the name, which are those that are connected to. */
async function isAllowed(
  { host, port, route }: Question,
  resolver: Resolver,
  planned: ReadonlySet<string>,
  homes: ReturnType<ChainRecorder['homesOf']>,
  signal: AbortSignal,
): Promise<boolean> {
  if (planned.has(host)) return true;
  const ways = [route, ...(route.otherwise ?? [])];
  const isResolved = ways.some((way) => way.kind === 'direct' || resolvesHere(way));
  const names = isResolved ? await resolver.resolve(host, signal) : null;
  const addresses = names?.status === 'passed' ? names.value.addresses.map(({ address }) => address) : [];
  return mayAsk({ host, port }, addresses, homes);
}

interface RevocationNames {
  /** Hosts of the plan: who lists its own authority's hosts names them itself. */
  readonly planned: ReadonlySet<string>;
  /** For what was asked in vain: the run's resolver would give its answer again. Closed here. */
  readonly freshResolver: () => Resolver;
  /** Told of each revocation list that came, in DER. */
  readonly onList?: ((url: string, der: Buffer) => void) | undefined;
}

export function createRevocationChecker(
  recorder: ChainRecorder,
  stores: TrustStores,
  settings: MeasureSettings,
  limit: <T>(task: () => Promise<T>) => Promise<T>,
  { planned, freshResolver, onList }: RevocationNames,
): RevocationChecker {
  const { signal, timeoutMs } = settings.context;
  const fetches = new Map<string, Fetch>();
  const pairs = (request: RevocationRequest): readonly Asked[] => pairsOf(request, recorder, stores);

  const fetchOne = async (
    request: RevocationRequest,
    url: string,
    patienceMs: number,
    resolver = settings.resolver,
  ): Promise<FetchedAnswer | null> => {
    const { kind } = request;
    const how = { ...settings, resolver };
    const answer = await fetchBody(kind, url, patienceMs, how, (question) =>
      isAllowed(question, resolver, planned, recorder.homesOf(request.certificates), signal),
    );
    if (kind === 'crl' && answer !== null && answer.body !== null) onList?.(url, answer.body);
    if (kind === 'issuer' && answer !== null && answer.body !== null) {
      for (const issuer of issuerCertificates(answer.body)) advance(recorder.addFetched(issuer));
    }
    return answer;
  };

  /** Starts what these chains call for and nobody asked yet, 64 addresses a run at most. */
  const advance = (chains: readonly ChainFacts[]): void => {
    if (signal.aborted) return;
    for (const request of revocationPlan(chains, recorder.facts)) {
      const key = `${request.kind} ${request.url}${request.kind === 'ocsp' ? ` ${request.certificates[0]}` : ''}`;
      if (fetches.has(key) || fetches.size >= maxFetches) continue;
      const url = addressOf(request, pairs);
      if (url === null) continue;
      fetches.set(key, { request, measured: limit(() => fetchOne(request, url, timeoutMs)), repeated: false });
    }
  };

  const repeat = async ([key, { request, measured }, before]: LostFetch, resolver: Resolver): Promise<boolean> => {
    const first = await measured;
    const url = addressOf(request, pairs);
    // Long enough for two lost packets.
    const patienceMs = Math.min(timeoutMs, 5_000);
    const second =
      url === null || signal.aborted ? first : await limit(() => fetchOne(request, url, patienceMs, resolver));
    const answered = second !== null && answerOf(second.observation) !== null;
    const better = answered || (second !== null && isNameLost(before) && !isNameLost(second.observation));
    fetches.set(key, { request, measured: Promise.resolve(better ? second : first), repeated: true });
    return answered;
  };

  /** Until nobody is under way. A fetched issuer can complete a chain, and a completed chain names further addresses. */
  const settled = async (): Promise<void> => {
    for (let count = -1; count !== fetches.size; ) {
      count = fetches.size;
      await Promise.all([...fetches.values()].map(({ measured }) => measured));
    }
  };

  const forget = recorder.onChain((chain) => advance([chain]));
  return {
    async finish(nowIso) {
      await settled();
      if (await repeatLost(await lostByHost(fetches), repeat, freshResolver, settings.context)) await settled();
      forget();
      return judgeAll(fetches, recorder, pairs, nowIso);
    },
  };
}
