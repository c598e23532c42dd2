/** The DNS stage: what applications on this machine get for a name, and what each resolver really said. */

import { getServers } from 'node:dns';
import { isIP } from '../../addresses.ts';
import type { Clock } from '../../clock.ts';
import { harmless } from '../../harmless.ts';
import type { DnsAnswer, DnsValue, Failure, FailureCode, StageResult } from '../../model/observations.ts';
import { failureOf } from '../stage/failure.ts';
import type { Pace } from '../stage/pace.ts';
import { skipReason } from '../stage/stage.ts';
import { onAbort, Stop } from '../stage/stop.ts';
import type { DnsServer } from './exchange.ts';
import { elapsed, firstWait, formatServer, maxChain, parseServer } from './exchange.ts';
import type { HostsTable } from './hosts-file.ts';
import { hostKey } from './hosts-file.ts';
import { canonicalName } from './message.ts';
import type { AskSettings } from './servers.ts';
import { askServers } from './servers.ts';
import type { SystemAnswer, SystemResolver } from './system-resolver.ts';

export interface ResolverSettings {
  /** `IP`, `IP:PORT` or `[IPv6]:PORT`, in order of preference. */
  readonly servers: readonly string[];
  readonly families: readonly (4 | 6)[];
  /** For one name, all servers and families together. */
  readonly timeoutMs: number;
  readonly hosts: HostsTable;
  /** Null: the operating system is never asked. */
  readonly system: SystemResolver | null;
  readonly clock: Clock;
  /** `clock.now()` at the start of the run. */
  readonly startedAt: number;
  /** Ends every resolution, which is then skipped for its reason: `deadline` or `interrupted`. */
  readonly signal: AbortSignal;
  /** When names may be asked for; left out: at once. */
  readonly pace?: Pick<Pace, 'name'>;
}

export interface Resolver {
  /**
   * Each name is resolved once a run and shared by all who ask. `signal` ends the waiting of this caller
   * alone (`skipped`). Never rejects for what the network does.
   */
  resolve(host: string, signal: AbortSignal): Promise<StageResult<DnsValue>>;
  /** Ends what is under way and closes its sockets; later calls are `skipped`. The system resolver is its owner's to close. */
  close(): void;
}

const maxAddresses = 8;

/** The machine's resolvers as `IP:PORT` or `[IP]:PORT`. Reads settings only; no packet leaves. */
export const machineResolvers = (): readonly string[] =>
  getServers().flatMap((text) => {
    const server = parseServer(text);
    return server === null ? [] : [formatServer(server)];
  });

const skipped = (signal: AbortSignal): StageResult<DnsValue> => ({ status: 'skipped', because: skipReason(signal) });

/** How one family ended. */
interface FamilyOutcome {
  readonly answers: readonly DnsAnswer[];
  /** Null with addresses. */
  readonly failure: Failure | null;
  /** The way to the resolver let no large answer through: tells more than other silence. */
  readonly truncated: boolean;
}

/** Failures of a stage from the one that tells most to the one that tells least. */
const telling: readonly (FailureCode | 'truncated')[] = [
  'dns.not-found',
  'dns.refused',
  'dns.server-failure',
  'truncated',
  'local.resources',
  'dns.malformed',
  'dns.error',
  'dns.timeout',
  'dns.unreachable',
  'dns.no-address', // of one family alone says nothing about the name while the other's fate is open
];

type Told = Pick<FamilyOutcome, 'failure' | 'truncated'>;

function mostTelling(all: readonly Told[]): Told | undefined {
  const rank = ({ failure, truncated }: Told): number => {
    const code = failure?.code ?? 'dns.no-address';
    const place = telling.indexOf(code);
    return truncated && code !== 'dns.no-address' ? Math.min(place, telling.indexOf('truncated')) : place;
  };
  return all.filter(({ failure }) => failure !== null).toSorted((a, b) => rank(a) - rank(b))[0];
}

async function askFamily(name: string, family: 4 | 6, settings: AskSettings): Promise<FamilyOutcome> {
  const answers: DnsAnswer[] = [];
  const seen = new Set([name]);
  let next = name;
  for (;;) {
    const { replies, decisive } = await askServers({ name: next, type: family === 4 ? 'A' : 'AAAA' }, settings);
    answers.push(...replies.map((reply) => reply.answer));
    if (decisive === null) {
      const { failure = null, truncated = false } = mostTelling(replies.map(({ answer }) => answer)) ?? {};
      return { answers, failure, truncated };
    }
    const { answer } = decisive;
    if (answer.failure !== null || answer.addresses.length > 0)
      return { answers, failure: answer.failure, truncated: false };
    const end = answer.cnames.at(-1)?.target;
    // A negative answer for the end of a chain carries that zone's SOA (RFC 2308); without one the chain may just be cut.
    if (end === undefined || end === '.' || answer.soa !== null) {
      const failure = failureOf('dns.no-address', `no ${family === 4 ? 'A' : 'AAAA'} record for ${end ?? next}`);
      return { answers, failure, truncated: false };
    }
    for (const { target } of answer.cnames) {
      if (seen.has(target) || seen.size > maxChain) {
        const failure = failureOf('dns.malformed', `CNAME chain of ${name} loops`, 'cname-loop');
        return { answers: [...answers.slice(0, -1), { ...answer, failure }], failure, truncated: false };
      }
      seen.add(target);
    }
    next = end;
  }
}

/** At most eight a family, without doubles, in order. */
function usable(addresses: readonly string[], families: readonly (4 | 6)[]): DnsValue['addresses'] {
  return ([4, 6] as const)
    .filter((family) => families.includes(family))
    .flatMap((family) =>
      [...new Set(addresses.filter((address) => isIP(address) === family))]
        .slice(0, maxAddresses)
        .map((address) => ({ address, family })),
    );
}

/** Two signals in one run: DNS may be cut short when enough is known, the system only when addresses are. */
interface Patience {
  readonly dns: Stop;
  readonly system: AbortSignal;
  /** Something usable is there (`addresses`), or the name is known not to exist: little more is waited for. */
  hurry(known: 'addresses' | 'not-found'): void;
  end(): void;
}

function patience(timeoutMs: number, run: AbortSignal): Patience {
  const dns = new Stop();
  let system: AbortController | null = null;
  let found = false;
  let grace: NodeJS.Timeout | undefined;
  const stop = (): void => {
    dns.stop();
    system?.abort();
  };
  const deadline = setTimeout(stop, timeoutMs);
  const forget = onAbort(run, stop);
  if (run.aborted) stop();
  return {
    dns,
    get system() {
      system ??= new AbortController();
      if (run.aborted) system.abort();
      return system.signal;
    },
    hurry: (known) => {
      found ||= known === 'addresses';
      grace ??= setTimeout(() => (found ? stop() : dns.stop()), Math.min(1000, timeoutMs / 2));
    },
    end: () => {
      clearTimeout(deadline);
      clearTimeout(grace);
      forget();
    },
  };
}

type Settings = Omit<ResolverSettings, 'servers'> & { readonly servers: readonly DnsServer[] };

async function resolveName(host: string, settings: Settings, run: AbortSignal): Promise<StageResult<DnsValue>> {
  const { servers, families, timeoutMs, hosts, clock } = settings;
  const started = clock.now();
  const at = Math.round((started - settings.startedAt) * 1000) / 1000;
  const passed = (value: DnsValue): StageResult<DnsValue> => ({
    status: 'passed',
    at,
    ms: elapsed(clock, started),
    value,
  });
  const hostsFile = hosts.get(host) ?? [];
  const none: DnsValue = { addresses: [], from: 'literal', hostsFile, answers: [], system: null };
  const failed = (failure: Failure, partial: Omit<DnsValue, 'addresses' | 'from'> = none): StageResult<DnsValue> => {
    const { answers, system } = partial;
    return { status: 'failed', at, ms: elapsed(clock, started), failure, partial: { answers, hostsFile, system } };
  };

  // RFC 6761 section 6.3: names of this machine itself are never asked for.
  const own =
    (host === 'localhost' || host.endsWith('.localhost')) && hostsFile.length === 0 ? ['127.0.0.1', '::1'] : [];
  const literal = isIP(host) === 0 ? own : [host];
  if (literal.length > 0) {
    const addresses = usable(literal, families);
    if (addresses.length > 0) return passed({ ...none, addresses });
    return failed(failureOf('dns.no-address', `${host} is of a family that was not asked for`));
  }
  const fromHosts = usable(hostsFile, families);
  const name = canonicalName(host);
  if (name === null && fromHosts.length === 0)
    return failed(failureOf('dns.not-found', `${harmless(host, 80)} can't be a DNS name`));

  const wait = patience(timeoutMs, run);
  if (fromHosts.length > 0) wait.hurry('addresses');
  const asking = { servers, clock, stop: wait.dns, waitMs: firstWait(timeoutMs) };
  const askDns = async (family: 4 | 6): Promise<FamilyOutcome> => {
    if (name === null || servers.length === 0)
      return { answers: [], failure: failureOf('dns.no-server', 'no resolver is configured'), truncated: false };
    const outcome = await askFamily(name, family, asking);
    if (outcome.failure === null) wait.hurry('addresses');
    else if (outcome.failure.code === 'dns.not-found') wait.hurry('not-found');
    return outcome;
  };
  const askSystem = async (): Promise<SystemAnswer | null> => {
    if (settings.system === null || name === null) return null;
    // The search list is the system's own: a name without a dot may mean something to it alone.
    if (settings.system.scope === 'single-label' && name.includes('.')) return null;
    const answer = await settings.system.lookup(name, wait.system);
    if (usable(answer.addresses, families).length > 0) wait.hurry('addresses');
    return answer;
  };
  const [system, ...outcomes] = await Promise.all([askSystem(), ...[...families].sort((a, b) => a - b).map(askDns)]);
  wait.end();
  if (run.aborted) return skipped(run);

  const answers = outcomes.flatMap((outcome) => outcome.answers);
  const value = { hostsFile, answers, system };
  const said = answers.filter(({ failure }) => failure === null).flatMap(({ addresses }) => addresses);
  const fromDns = usable(
    said.map(({ address }) => address),
    families,
  );
  const fromSystem = usable(system?.addresses ?? [], families);
  if (fromHosts.length > 0) return passed({ addresses: fromHosts, from: 'hosts-file', ...value });
  if (fromDns.length > 0) return passed({ addresses: fromDns, from: 'dns', ...value });
  if (fromSystem.length > 0) return passed({ addresses: fromSystem, from: 'system', ...value });
  const told = mostTelling(outcomes)?.failure ?? failureOf('dns.no-address', `no address for ${host}`);
  return failed(told, value);
}

/** A resolver for one run. Throws TypeError for a server that `parseServer` refuses. */
export function createResolver(settings: ResolverSettings): Resolver {
  const servers = settings.servers.map((text) => {
    const server = parseServer(text);
    if (server === null) throw new TypeError(`no resolver address: ${harmless(text, 80)}`);
    return server;
  });
  // One end for all: the run's, or this resolver's own.
  const ending = new AbortController();
  const run = ending.signal;
  const follow = (): void => ending.abort(settings.signal.reason);
  const forget = onAbort(settings.signal, follow);
  if (settings.signal.aborted) follow();
  const known = new Map<string, Promise<StageResult<DnsValue>>>();
  const ask = async (key: string): Promise<StageResult<DnsValue>> => {
    const over = isIP(key) === 0 ? await settings.pace?.name(run) : undefined;
    return resolveName(key, { ...settings, servers }, run).finally(over);
  };
  return {
    resolve: (host, signal) => {
      const key = hostKey(host);
      if (run.aborted) return known.get(key) ?? Promise.resolve(skipped(run));
      if (signal.aborted) return Promise.resolve(skipped(signal));
      const result = known.get(key) ?? ask(key);
      known.set(key, result);
      return new Promise((resolve, reject) => {
        const stay = onAbort(signal, () => resolve(skipped(signal)));
        result.then(resolve, reject).finally(stay);
      });
    },
    close: () => {
      forget();
      ending.abort('interrupted');
    },
  };
}
