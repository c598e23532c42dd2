/** The DNS stage: what applications on this machine get for a name, and what each resolver really said. */

import { Resolver as SystemSettings } from 'node:dns';
import { isIP } from '../../addresses.ts';
import { type Clock, timeUp } from '../../clock.ts';
import { harmless } from '../../harmless.ts';
import type { DnsAnswer, DnsValue, Failure, Naming, StageResult } from '../../model/observations.ts';
import type { Keep } from '../../secrets/secrets.ts';
import { failureOf } from '../stage/failure.ts';
import type { Pace } from '../stage/pace.ts';
import { skipReason } from '../stage/stage.ts';
import { onAbort } from '../stage/stop.ts';
import { mostTelling } from './ask-name.ts';
import type { DnsServer } from './exchange.ts';
import { elapsed, firstWait, formatServer, parseServer } from './exchange.ts';
import type { HostsTable } from './hosts-file.ts';
import { hostKey } from './hosts-file.ts';
import { canonicalName } from './message.ts';
import { askServersInTurn, noServer, plainConf, plainNaming, type ServersAnswer, takenSource } from './programs.ts';
import type { SystemAnswer, SystemResolver } from './system-resolver.ts';
import { askAsWindows } from './windows-naming.ts';

export interface ResolverSettings {
  /** `IP`, `IP:PORT` or `[IPv6]:PORT`, in order of preference. */
  readonly servers: readonly string[];
  readonly families: readonly (4 | 6)[];
  /** For one name, all servers and families together. */
  readonly timeoutMs: number;
  readonly hosts: HostsTable;
  /** Left out: the hosts file first, then the servers in order, without a search list. */
  readonly naming?: Naming;
  /** Null: the operating system is never asked. */
  readonly system: SystemResolver | null;
  readonly clock: Clock;
  /** `clock.now()` at the start of the run. */
  readonly startedAt: number;
  /** Ends every resolution, which is then skipped for its reason: `deadline` or `interrupted`. */
  readonly signal: AbortSignal;
  /** The door for texts in answers; left out: no secret is known. */
  readonly keep?: Keep;
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

/**
 * The machine's resolvers as `IP:PORT` or `[IP]:PORT`, read anew each time: the runtime's own list is that of the start of the
 * process, and a watch lives longer than a network does. Reads settings only; no packet leaves.
 */
export const machineResolvers = (): readonly string[] =>
  new SystemSettings().getServers().flatMap((text) => {
    const server = parseServer(text);
    return server === null ? [] : [formatServer(server)];
  });

const skipped = (signal: AbortSignal): StageResult<DnsValue> => ({ status: 'skipped', because: skipReason(signal) });

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
  readonly dns: AbortSignal;
  readonly system: AbortSignal;
  /** Something usable is there (`addresses`), or the name is known not to exist: little more is waited for. */
  hurry(known: 'addresses' | 'not-found'): void;
  end(): void;
}

function patience(timeoutMs: number, run: AbortSignal): Patience {
  const dns = new AbortController();
  let system: AbortController | null = null;
  let found = false;
  let forgetGrace: (() => void) | undefined;
  const stop = (): void => {
    dns.abort();
    system?.abort();
  };
  const forgetTime = timeUp(timeoutMs, stop);
  const forget = onAbort(run, stop);
  if (run.aborted) stop();
  return {
    dns: dns.signal,
    get system() {
      system ??= new AbortController();
      if (run.aborted) system.abort();
      return system.signal;
    },
    hurry: (known) => {
      found ||= known === 'addresses';
      forgetGrace ??= timeUp(Math.min(1000, timeoutMs / 2), () => (found ? stop() : dns.abort()));
    },
    end: () => {
      forgetTime();
      forgetGrace?.();
      forget();
    },
  };
}

type Settings = Omit<ResolverSettings, 'servers'> & { readonly servers: readonly DnsServer[] };

/** Addresses of one answer that are kept: a TCP answer has room for four thousand. */
const mostAddresses = 32;

/** Names and texts that whoever answered chose. */
const keptAnswer = (answer: DnsAnswer, keep: Keep): DnsAnswer => ({
  ...answer,
  addresses: answer.addresses.slice(0, mostAddresses),
  cnames: answer.cnames.map((cname) => ({ ...cname, owner: keep(cname.owner), target: keep(cname.target) })),
  soa: answer.soa === null ? null : keep(answer.soa),
  extendedError:
    answer.extendedError === null ? null : { ...answer.extendedError, text: keep(answer.extendedError.text) },
});

type Addresses = DnsValue['addresses'];

/** What a host stands for that nobody has to be asked: an address, or (RFC 6761 section 6.3) this machine itself. */
function literals(host: string, hostsFile: readonly string[]): readonly string[] {
  if (isIP(host) !== 0) return [host];
  const local = host === 'localhost' || host.endsWith('.localhost');
  return local && hostsFile.length === 0 ? ['127.0.0.1', '::1'] : [];
}

/** What the operating system says of a name; null where it is not to be asked. */
async function askSystem(name: string | null, settings: Settings, wait: Patience): Promise<SystemAnswer | null> {
  const { system, families } = settings;
  if (system === null || name === null) return null;
  // The search list is the system's own: a name without a dot may mean something to it alone.
  if (system.scope === 'single-label' && name.includes('.')) return null;
  const answer = await system.lookup(name, wait.system);
  if (usable(answer.addresses, families).length > 0) wait.hurry('addresses');
  return answer;
}

/** What programs take of all that is known; a failure where they get nothing. `told`: how the name servers failed. */
function taken(
  host: string,
  { naming = plainNaming, system }: Settings,
  found: { readonly files: Addresses; readonly dns: Addresses; readonly system: Addresses },
  answer: SystemAnswer | null,
  told: Failure | null,
): Pick<DnsValue, 'addresses' | 'from'> | Failure {
  const { files, dns } = found;
  const ofSystem = system?.scope === 'every-name' ? { addresses: found.system, error: answer?.error ?? null } : null;
  const from = takenSource(naming.sources, { files, dns, system: ofSystem, failure: told?.code ?? null });
  if (from !== null) return { addresses: { 'hosts-file': files, dns, system: found.system }[from], from };
  if (found.system.length > 0) return { addresses: found.system, from: 'system' };
  if (dns.length > 0 || files.length > 0)
    return failureOf('dns.not-found', `programs on this machine get no address for ${host}`, 'sources');
  return told ?? failureOf('dns.no-address', `no address for ${host}`);
}

const withoutServer: ServersAnswer & Pick<DnsValue, 'rule'> = noServer;

async function resolveName(host: string, settings: Settings, run: AbortSignal): Promise<StageResult<DnsValue>> {
  const { servers, families, timeoutMs, hosts, clock } = settings;
  const started = clock.now();
  const at = Math.round((started - settings.startedAt) * 1000) / 1000;
  const hostsFile = hosts.get(host) ?? [];
  const nothing = { hostsFile, answers: [], system: null };
  const result = (
    outcome: Pick<DnsValue, 'addresses' | 'from'> | Failure,
    rest: Omit<DnsValue, 'addresses' | 'from'> = nothing,
  ): StageResult<DnsValue> => {
    const ms = elapsed(clock, started);
    return 'code' in outcome
      ? { status: 'failed', at, ms, failure: outcome, partial: rest }
      : { status: 'passed', at, ms, value: { ...outcome, ...rest } };
  };

  const literal = literals(host, hostsFile);
  if (literal.length > 0) {
    const addresses = usable(literal, families);
    if (addresses.length > 0) return result({ addresses, from: 'literal' });
    return result(failureOf('dns.no-address', `${host} is of a family that was not asked for`));
  }
  const files = usable(hostsFile, families);
  const name = canonicalName(host);
  if (name === null && files.length === 0)
    return result(failureOf('dns.not-found', `${harmless(host, 80)} can't be a DNS name`));

  const wait = patience(timeoutMs, run);
  const { sources, resolvConf, windows } = settings.naming ?? plainNaming;
  if (files.length > 0 && sources[0]?.name === 'files') wait.hurry('addresses');
  const overTcp = resolvConf?.overTcp ?? false;
  const asking = { servers, clock, stop: wait.dns, waitMs: firstWait(timeoutMs), overTcp, run };
  const inOrder = [...families].sort((a, b) => a - b);
  const askNameServers = (known: string): Promise<ServersAnswer & Pick<DnsValue, 'rule'>> =>
    windows === undefined
      ? askServersInTurn(known, inOrder, resolvConf ?? plainConf, asking, wait.hurry)
      : askAsWindows(known, inOrder, windows, asking, wait.hurry);
  const [system, { searched, rule, ...dns }] = await Promise.all([
    askSystem(name, settings, wait),
    name === null || (servers.length === 0 && windows === undefined) ? withoutServer : askNameServers(name),
  ]);
  wait.end();
  if (run.aborted) return skipped(run);

  const { keep = (text: string) => harmless(text) } = settings;
  const { rotation, tooLate } = dns;
  const found = { files, dns: usable(dns.addresses, families), system: usable(system?.addresses ?? [], families) };
  const told = mostTelling(dns.families)?.failure ?? null;
  return result(taken(host, settings, found, system, told), {
    hostsFile,
    answers: dns.answers.map((answer) => keptAnswer(answer, keep)),
    system,
    ...(searched === null ? {} : { searched }),
    ...(rule === undefined ? {} : { rule }),
    ...(rotation === null ? {} : { rotation }),
    ...(tooLate === null ? {} : { tooLate }),
  });
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
