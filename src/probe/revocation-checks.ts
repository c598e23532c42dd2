import type { X509Certificate } from 'node:crypto';
import type { FailureCode, Observation, RevocationObservation } from '../model/observations.ts';
import type { ChainFacts } from '../model/trust.ts';
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
import { type MeasureSettings, measure } from './measure.ts';
import { answerOf, hopOf } from './redirect.ts';

/** A fetch under way or done, with the body it brought. */
interface Fetch {
  readonly request: RevocationRequest;
  readonly measured: Promise<{ readonly observation: Observation; readonly body: Buffer | null }>;
  readonly repeated: boolean;
}

/** Failures that a lost packet or a full queue can bring about. Name resolution is not asked again: its answers are kept. */
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

/** Whether there is no answer, and chance may be all that is to blame. */
function isLost(observation: Observation): boolean {
  if (answerOf(observation) !== null) return false;
  return observation.attempts.some(({ tcp, tunnel, http }) =>
    [tcp, tunnel, http].some((stage) => stage.status === 'failed' && chance.includes(stage.failure.code)),
  );
}

/** A run's share of other people's servers. */
const maxFetches = 64;
const maxIssuerBytes = 65_536;
const maxBytes = { crl: MAX_CRL_BYTES, ocsp: MAX_OCSP_BYTES, issuer: maxIssuerBytes } as const;

/** Asks the revocation and issuer addresses that captured certificates name, each once, while the run goes on. */
export interface RevocationChecker {
  /** All that was asked, judged, in order of kind and address. Chains seen later, by experiments, start nothing. */
  finish(nowIso: string): Promise<readonly RevocationObservation[]>;
}

export function createRevocationChecker(
  recorder: ChainRecorder,
  stores: TrustStores,
  settings: MeasureSettings,
  limit: <T>(task: () => Promise<T>) => Promise<T>,
): RevocationChecker {
  const fetches = new Map<string, Fetch>();

  const certificate = (sha256: string): X509Certificate | null =>
    recorder.certificate(sha256) ?? stores.certificate(sha256)?.x509 ?? null;

  const pairs = (request: RevocationRequest): readonly Asked[] => {
    const issuers = issuersOnPaths(Object.values(recorder.chains()));
    return request.certificates.flatMap((sha256) => {
      const own = certificate(sha256);
      const issuer = certificate(issuers.get(sha256) ?? '');
      return own === null || issuer === null ? [] : [{ certificate: own, issuer }];
    });
  };

  const addressOf = (request: RevocationRequest): string | null => {
    if (request.kind !== 'ocsp') return request.url;
    const [asked] = pairs(request);
    const question = asked === undefined ? null : ocspRequest(asked.certificate, asked.issuer);
    return question === null ? null : ocspGetUrl(request.url, question);
  };

  const fetchOne = async (
    request: RevocationRequest,
    url: string,
    timeoutMs = settings.context.timeoutMs,
  ): Promise<Awaited<Fetch['measured']>> => {
    const hop = hopOf(url, url);
    if (hop === null) throw new TypeError(`no address to ask: ${request.kind}`);
    let body: Buffer | null = null;
    const keep = (bytes: Buffer): void => {
      body = bytes;
    };
    const question = { ...hop, method: 'GET', route: await settings.routeFor(hop) } as const;
    const measured = await measure(question, {
      ...settings,
      context: { ...settings.context, timeoutMs },
      attempt: { ...settings.attempt, body: { max: maxBytes[request.kind], keep } },
    });
    const observation: Observation = { target: '', hop: 0, ...measured, redirect: null };
    if (answerOf(observation)?.status !== 200) body = null;
    if (request.kind === 'issuer' && body !== null) {
      for (const issuer of issuerCertificates(body)) advance(recorder.addFetched(issuer));
    }
    return { observation, body };
  };

  /** Starts what these chains call for and nobody asked yet, 64 addresses a run at most. */
  const advance = (chains: readonly ChainFacts[]): void => {
    if (settings.context.signal.aborted) return;
    for (const request of revocationPlan(chains, recorder.facts)) {
      const key = `${request.kind} ${request.url}${request.kind === 'ocsp' ? ` ${request.certificates[0]}` : ''}`;
      if (fetches.has(key) || fetches.size >= maxFetches) continue;
      const url = addressOf(request);
      if (url === null || hopOf(url, url) === null) continue;
      fetches.set(key, { request, measured: limit(() => fetchOne(request, url)), repeated: false });
    }
  };

  const judged = (
    { kind, url }: RevocationRequest,
    certificates: readonly string[],
    { observation, body }: Awaited<Fetch['measured']>,
    nowIso: string,
  ): RevocationObservation => {
    const base = { kind, url, certificates, observation };
    const asked = pairs({ kind, url, certificates });
    const tooLarge = answerOf(observation)?.bodyEnd === 'bounded';
    if (kind === 'issuer') {
      const usable = body === null || issuerCertificates(body).length > 0;
      return { ...base, statuses: [], problem: tooLarge ? 'too-large' : usable ? null : 'unparseable' };
    }
    if (body === null) return { ...base, statuses: [], problem: tooLarge ? 'too-large' : null };
    if (kind === 'crl') return { ...base, ...judgeCrl(body, asked, nowIso) };
    const [one] = asked;
    return one === undefined ? { ...base, statuses: [], problem: null } : { ...base, ...judgeOcsp(body, one, nowIso) };
  };

  /**
   * Each fetch that got lost once more, now that nothing else goes on: of a host first one, and the others if that one gets
   * through. Gives whether any did.
   */
  const again = async (): Promise<boolean> => {
    const hosts = new Map<string, (readonly [key: string, fetch: Fetch])[]>();
    for (const [key, fetch] of fetches) {
      const { observation } = await fetch.measured;
      if (fetch.repeated || !isLost(observation)) continue;
      const place = `${observation.host} ${observation.port}`;
      hosts.set(place, [...(hosts.get(place) ?? []), [key, fetch]]);
    }
    // Long enough for two lost packets.
    const patience = Math.min(settings.context.timeoutMs, 5_000);
    const repeat = async ([key, { request, measured }]: readonly [string, Fetch]): Promise<boolean> => {
      const first = await measured;
      const url = addressOf(request);
      const second =
        url === null || settings.context.signal.aborted ? first : await limit(() => fetchOne(request, url, patience));
      const better = answerOf(second.observation) !== null;
      fetches.set(key, { request, measured: Promise.resolve(better ? second : first), repeated: true });
      return better;
    };
    const gained = await Promise.all(
      [...hosts.values()].map(async ([first, ...others]) => {
        if (first === undefined || !(await repeat(first))) return false;
        await Promise.all(others.map(repeat));
        return true;
      }),
    );
    return gained.includes(true);
  };

  /** Until nobody is under way. A fetched issuer can complete a chain, and a completed chain names further addresses. */
  const settled = async (): Promise<void> => {
    for (let known = -1; known !== fetches.size; ) {
      known = fetches.size;
      await Promise.all([...fetches.values()].map(({ measured }) => measured));
    }
  };

  const forget = recorder.onChain((chain) => advance([chain]));
  return {
    async finish(nowIso) {
      await settled();
      if (await again()) await settled();
      forget();
      // The final list: a certificate met later may name an address that was asked before.
      const plan = revocationPlan(Object.values(recorder.chains()), recorder.facts);
      const rows = await Promise.all(
        [...fetches.values()].map(async ({ request, measured }) => {
          const late = plan.find(
            (row) => request.kind !== 'ocsp' && row.kind === request.kind && row.url === request.url,
          );
          return judged(request, (late ?? request).certificates, await measured, nowIso);
        }),
      );
      const order = (row: RevocationObservation): string => `${row.kind} ${row.url} ${row.certificates.join()}`;
      return rows.sort((a, b) => (order(a) < order(b) ? -1 : 1));
    },
  };
}
