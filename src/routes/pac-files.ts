import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import type { Io } from '../cli/io.ts';
import { harmless } from '../harmless.ts';
import type { PacFileFacts } from '../model/observations.ts';
import { hostsPath, loadHosts } from '../probe/dns/hosts-file.ts';
import { createResolver, machineResolvers } from '../probe/dns/resolve.ts';
import { createSystemResolver, systemScope } from '../probe/dns/system-resolver.ts';
import type { PacEvaluation } from '../proxy/pac/candidates.ts';
import type { PacFile } from '../proxy/pac/download.ts';
import type { PacEvaluator } from '../proxy/pac/evaluate.ts';
import { type PacStep, wpadUrls } from './choose.ts';

export interface PacTarget {
  readonly scheme: 'https' | 'http' | 'tcp';
  readonly host: string;
  readonly port: number;
  readonly url: string | null;
}

/** What a step gave for a target. */
export interface PacResult {
  /** Where the script was found, or looked for. */
  readonly url: string;
  readonly evaluation: PacEvaluation | null;
  /** Why there is no answer. */
  readonly problem: {
    readonly reason: 'pac-unreachable' | 'pac-invalid' | 'not-fetched';
    readonly detail: string;
  } | null;
}

/** The PAC files of one run: each fetched once, each target asked once. */
export interface PacFiles {
  ask(step: PacStep, target: PacTarget): Promise<PacResult>;
  facts(): readonly PacFileFacts[];
  close(): Promise<void>;
}

export interface PacSettings {
  readonly io: Io;
  readonly dnsServers: readonly string[];
  readonly timeoutMs: number;
  /** Extra roots in PEM for https addresses. */
  readonly ca: readonly string[];
  /** False: no packet leaves. Files are read, names in scripts have no address. */
  readonly mayAsk: boolean;
}

/** Milliseconds for one evaluation, lookups included. */
const evaluationMs = 5000;

/** Addresses of a name, IPv4 ones first. */
type Lookup = (host: string) => Promise<readonly string[]>;

interface Loaded {
  readonly url: string;
  readonly evaluator: PacEvaluator | null;
  readonly problem: PacResult['problem'];
}

/** The DNS domain of this machine, for discovery: of its own name, else of the resolver's settings. */
async function ownDomain(io: Io): Promise<string> {
  const windows = io.env['USERDNSDOMAIN'];
  if (windows !== undefined && windows !== '') return windows;
  const name = hostname();
  if (name.includes('.')) return name.slice(name.indexOf('.') + 1);
  const settings = await readFile('/etc/resolv.conf', 'utf8').catch(() => '');
  return /^\s*(?:domain|search)\s+(\S+)/m.exec(settings.slice(0, 65_536))?.[1] ?? '';
}

/** The addresses that scripts call their own: those outside loopback and link-local ranges, IPv4 ones first. */
function ownAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return (['IPv4', 'IPv6'] as const).flatMap((kind) =>
    all
      .filter(
        ({ family, internal, address }) => family === kind && !internal && !/^(?:fe[89ab]|169\.254\.)/i.test(address),
      )
      .map(({ address }) => address),
  );
}

function problemOf(file: Extract<PacFile, { readonly problem: string }>): PacResult['problem'] {
  const detail = file.detail === null ? file.problem : `${file.problem}: ${file.detail}`;
  return { reason: file.problem === 'too-large' ? 'pac-invalid' : 'pac-unreachable', detail };
}

export function createPacFiles(settings: PacSettings): PacFiles {
  const { io, timeoutMs, ca, mayAsk } = settings;
  const loaded = new Map<string, Promise<Loaded>>();
  const notes = new Map<string, PacFileFacts>();
  const closers: (() => unknown)[] = [];
  let naming: Promise<Lookup> | null = null;

  const startNaming = async (): Promise<Lookup> => {
    const [hosts, nsswitch] = await Promise.all([
      loadHosts(hostsPath(io.platform, io.env['SystemRoot'])),
      readFile('/etc/nsswitch.conf', 'utf8').catch(() => null),
    ]);
    const ending = new AbortController();
    // A name without a dot, as `wpad`, is one of the machine's search list.
    const system = createSystemResolver({ environment: io.env, scope: systemScope(io.platform, nsswitch) });
    const resolver = createResolver({
      servers: settings.dnsServers.length > 0 ? settings.dnsServers : machineResolvers(),
      families: [4, 6],
      timeoutMs,
      hosts,
      system,
      clock: io.clock,
      startedAt: io.clock.now(),
      signal: ending.signal,
    });
    closers.push(() => {
      ending.abort('interrupted');
      resolver.close();
      system.close();
    });
    return async (host) => {
      const found = await resolver.resolve(host, ending.signal);
      return found.status === 'passed' ? found.value.addresses.map(({ address }) => address) : [];
    };
  };
  const dns: Lookup = async (host) => {
    if (!mayAsk) return [];
    naming ??= startNaming();
    return (await naming)(host);
  };

  const load = async (step: PacStep): Promise<Loaded> => {
    // Most runs have no PAC file, and none of the engine.
    const [{ fetchPac }, { createPacEvaluator }] = await Promise.all([
      import('../proxy/pac/download.ts'),
      import('../proxy/pac/evaluate.ts'),
    ]);
    const urls = step.url === null ? wpadUrls(await ownDomain(io)) : [step.url];
    const reached = (url: string, problem: PacResult['problem'], evaluator: PacEvaluator | null): Loaded => {
      notes.set(url, { url, problem: problem?.reason ?? null, detail: problem?.detail ?? null });
      return { url, evaluator, problem };
    };
    let last: Loaded | null = null;
    for (const url of urls) {
      if (!mayAsk && !url.startsWith('file:')) {
        return { url, evaluator: null, problem: { reason: 'not-fetched', detail: '' } };
      }
      const file = await fetchPac(url, { dns, deadlineMs: timeoutMs, ca });
      if ('text' in file) {
        const evaluator = createPacEvaluator(file.text, {
          deadlineMs: evaluationMs,
          dns,
          myIps: ownAddresses(),
          clock: io.clock,
        });
        closers.push(() => evaluator.close());
        return reached(url, null, evaluator);
      }
      // That a name of discovery leads nowhere is the usual case, and no trouble.
      const problem = problemOf(file);
      last = step.url === null ? { url, evaluator: null, problem } : reached(url, problem, null);
    }
    return last ?? { url: 'wpad', evaluator: null, problem: { reason: 'pac-unreachable', detail: 'no domain' } };
  };

  return {
    ask: async (step, target) => {
      const key = step.url ?? '';
      const loading = loaded.get(key) ?? load(step);
      loaded.set(key, loading);
      const { url, evaluator, problem } = await loading;
      if (evaluator === null) return { url, evaluation: null, problem };
      const { pacUrlFor } = await import('../proxy/pac/evaluate.ts');
      const evaluation = await evaluator.evaluate(pacUrlFor(target), target.host);
      if (evaluation.problem === null) return { url, evaluation, problem: null };
      const detail = harmless(
        evaluation.problem === 'nonsense'
          ? `nonsense: ${evaluation.answer || (evaluation.detail ?? '')}`
          : `${evaluation.problem}: ${evaluation.detail ?? ''}`,
      );
      const known = notes.get(url);
      if (known?.problem == null) notes.set(url, { url, problem: 'pac-invalid', detail });
      return { url, evaluation, problem: { reason: 'pac-invalid', detail } };
    },
    facts: () => [...notes.values()].sort((a, b) => (a.url < b.url ? -1 : 1)),
    close: async () => {
      for (const close of closers.splice(0)) await close();
    },
  };
}
