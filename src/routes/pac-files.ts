import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import type { Clock } from '../clock.ts';
import type { PacFileFacts } from '../model/observations.ts';
import type { Destination, Route } from '../model/plan.ts';
import type { PacEvaluation } from '../proxy/pac/candidates.ts';
import type { PacFile } from '../proxy/pac/download.ts';
import type { PacEvaluator } from '../proxy/pac/evaluate.ts';
import type { Keep } from '../secrets/secrets.ts';
import { withoutAccounts } from '../secrets/url-accounts.ts';

/** What a PAC file says of one destination. */
interface PacAnswer {
  /** Where the file was found, or looked for. */
  readonly url: string;
  readonly evaluation: PacEvaluation | null;
  /** Why there is no answer. */
  readonly problem: Omit<NonNullable<Route['undecided']>, 'url'> | null;
}

/** The PAC files of one run: each fetched once, each destination asked once. */
export interface PacFiles {
  /** @param url null for discovery */
  ask(url: string | null, destination: Destination): Promise<PacAnswer>;
  facts(): readonly PacFileFacts[];
  /** Names that scripts wanted addresses of while no packet may leave, in their order; the first hundred. They got none. */
  unresolved(): readonly string[];
  close(): Promise<void>;
}

interface PacSettings {
  /** The process's own variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Addresses of a name, IPv4 ones first, for scripts and for the host of a file. */
  readonly addressesOf: (host: string) => Promise<readonly string[]>;
  /** For the download of one file, in milliseconds. */
  readonly timeoutMs: number;
  /** Extra roots in PEM for https addresses. */
  readonly ca: readonly string[];
  /** The door for what scripts and their servers say. */
  readonly keep: Keep;
  /** False: no packet leaves. Files are read, names in scripts have no address. */
  readonly mayFetch: boolean;
  /** Ends downloads and evaluations; what they would have said stays open. */
  readonly signal: AbortSignal | undefined;
}

/** Names that are kept of those that nobody asked for. */
const mostUnresolved = 100;

/** Milliseconds for one evaluation, lookups included. */
const evaluationMs = 5000;

interface Loaded {
  readonly url: string;
  readonly evaluator: PacEvaluator | null;
  readonly problem: PacAnswer['problem'];
}

/** Addresses of the WPAD file for a machine of this DNS domain, closest first, never above two labels; at most 5. */
export function wpadUrls(domain: string): readonly string[] {
  const name = domain.toLowerCase().replace(/\.$/, '');
  const labels = name.length > 253 ? [''] : name.split('.');
  if (!labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label))) return [];
  return labels
    .map((_, index) => labels.slice(index))
    .filter((rest) => rest.length >= 2)
    .slice(0, 5)
    .map((rest) => `http://wpad.${rest.join('.')}/wpad.dat`);
}

/** The DNS domain of this machine, for discovery: of its own name, else of the resolver's settings. */
async function domainOf(env: PacSettings['env']): Promise<string> {
  const windows = env['USERDNSDOMAIN'];
  if (windows !== undefined && windows !== '') return windows;
  const name = hostname();
  if (name.includes('.')) return name.slice(name.indexOf('.') + 1);
  const settings = await readFile('/etc/resolv.conf', 'utf8').catch(() => '');
  return resolverDomain(settings);
}

/** The last `domain` or `search` line of resolv.conf(5) rules. */
function resolverDomain(settings: string): string {
  const fields = settings
    .slice(0, 65_536)
    .split('\n')
    .map((line) => line.trim().split(/\s+/, 2));
  return fields.findLast(([keyword]) => keyword === 'domain' || keyword === 'search')?.[1] ?? '';
}

/** The addresses that scripts call their own: those outside loopback and link-local ranges, IPv4 ones first. */
function machineAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return (['IPv4', 'IPv6'] as const).flatMap((kind) =>
    all
      .filter(
        ({ family, internal, address }) => family === kind && !internal && !/^(?:fe[89ab]|169\.254\.)/i.test(address),
      )
      .map(({ address }) => address),
  );
}

function downloadProblem(file: Extract<PacFile, { readonly problem: string }>, keep: Keep): PacAnswer['problem'] {
  const detail = file.detail === null ? file.problem : keep(`${file.problem}: ${file.detail}`);
  return { reason: file.problem === 'too-large' ? 'pac-invalid' : 'pac-unreachable', detail };
}

function answerProblem({ problem, answer, detail }: PacEvaluation, keep: Keep): PacAnswer['problem'] {
  if (problem === null) return null;
  const cause = problem === 'nonsense' ? answer || (detail ?? '') : (detail ?? '');
  return { reason: 'pac-invalid', detail: keep(`${problem}: ${cause}`) };
}

/** Accounts that a script writes before a proxy are none of its proxies', and nobody's to see. */
const keptEvaluation = (evaluation: PacEvaluation, keep: Keep): PacEvaluation => ({
  ...evaluation,
  answer: keep(withoutAccounts(evaluation.answer), 500),
  detail: evaluation.detail === null ? null : keep(withoutAccounts(evaluation.detail)),
  readings: evaluation.readings.map((reading) => ({
    ...reading,
    call: keep(reading.call, 200),
    value: keep(withoutAccounts(reading.value), 200),
    otherwise: keep(withoutAccounts(reading.otherwise), 200),
  })),
});

/** Nobody asked, or nobody waited for the answer: no fault of the file. */
const leftOpen: PacAnswer['problem'] = { reason: 'not-fetched', detail: '' };

export function createPacFiles(settings: PacSettings): PacFiles {
  const { env, clock, timeoutMs, ca, mayFetch, keep, signal } = settings;
  const files = new Map<string | null, Promise<Loaded>>();
  const facts = new Map<string, PacFileFacts>();
  const evaluators: PacEvaluator[] = [];
  const unresolved = new Set<string>();
  const dns = async (host: string): Promise<readonly string[]> => {
    if (mayFetch) return await settings.addressesOf(host);
    if (unresolved.size < mostUnresolved) unresolved.add(keep(host, 253));
    return [];
  };

  const note = (url: string, problem: PacAnswer['problem']): void => {
    facts.set(url, { url, problem: problem?.reason ?? null, detail: problem?.detail ?? null });
  };
  const load = async (url: string | null): Promise<Loaded> => {
    // Most runs have no PAC file, and none of the engine.
    const [{ fetchPac }, { createPacEvaluator }] = await Promise.all([
      import('../proxy/pac/download.ts'),
      import('../proxy/pac/evaluate.ts'),
    ]);
    const places = url === null ? wpadUrls(await domainOf(env)) : [url];
    let last: Loaded | null = null;
    for (const place of places) {
      if (!mayFetch && !place.startsWith('file:')) {
        return { url: place, evaluator: null, problem: leftOpen };
      }
      const file = await fetchPac(place, { dns, deadlineMs: timeoutMs, ca, signal });
      if ('text' in file) {
        const evaluator = createPacEvaluator(file.text, {
          deadlineMs: evaluationMs,
          dns,
          myIps: machineAddresses(),
          clock,
          signal,
        });
        evaluators.push(evaluator);
        note(place, null);
        return { url: place, evaluator, problem: null };
      }
      if (signal?.aborted === true) return { url: place, evaluator: null, problem: leftOpen };
      const problem = downloadProblem(file, keep);
      // That a name of discovery leads nowhere is the usual case, and no trouble.
      if (url !== null) note(place, problem);
      last = { url: place, evaluator: null, problem };
    }
    return last ?? { url: 'wpad', evaluator: null, problem: { reason: 'pac-unreachable', detail: 'no domain' } };
  };

  return {
    ask: async (url, destination) => {
      const loading = files.get(url) ?? load(url);
      files.set(url, loading);
      const file = await loading;
      if (file.evaluator === null) return { url: file.url, evaluation: null, problem: file.problem };
      const { pacUrlFor } = await import('../proxy/pac/evaluate.ts');
      const evaluation = keptEvaluation(await file.evaluator.evaluate(pacUrlFor(destination), destination.host), keep);
      const problem = answerProblem(evaluation, keep);
      if (problem !== null && signal?.aborted === true) return { url: file.url, evaluation: null, problem: leftOpen };
      if (problem !== null && facts.get(file.url)?.problem == null) note(file.url, problem);
      return { url: file.url, evaluation, problem };
    },
    facts: () => [...facts.values()].sort((a, b) => (a.url < b.url ? -1 : 1)),
    unresolved: () => [...unresolved],
    close: async () => {
      for (const evaluator of evaluators.splice(0)) await evaluator.close();
    },
  };
}
