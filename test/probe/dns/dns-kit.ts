/** What the tests of the DNS stage share: servers, resolvers that are closed in the end, and results in short. */
import { afterAll } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import {
  type DnsBehaviour,
  type DnsServerOptions,
  type DnsZone,
  type RunningDnsServer,
  startDnsServer,
} from '../../../src/demo/dns-server.ts';
import type { DnsAnswer, DnsValue, StageResult } from '../../../src/model/observations.ts';
import { createResolver, type Resolver, type ResolverSettings } from '../../../src/probe/dns/resolve.ts';

const open: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of open.splice(0)) await close();
});

export async function server(zone: DnsZone, options?: DnsServerOptions): Promise<RunningDnsServer> {
  const started = await startDnsServer(zone, options);
  open.push(() => started.close());
  return started;
}

export function resolver(
  servers: readonly RunningDnsServer[] | readonly string[],
  change: Partial<ResolverSettings> = {},
): Resolver {
  const made = createResolver({
    servers: servers.map((entry) => (typeof entry === 'string' ? entry : entry.server)),
    families: [4, 6],
    timeoutMs: 10_000,
    hosts: new Map(),
    system: null,
    clock: systemClock,
    startedAt: systemClock.now(),
    signal: new AbortController().signal,
    ...change,
  });
  open.push(() => made.close());
  return made;
}

/** For names that nothing will answer: long enough for a busy machine to get through what comes before the silence. */
export const brief = { timeoutMs: 2500 } as const;

export const always: AbortSignal = new AbortController().signal;
export const name = 'www.example.test';

export async function ask(behaviour: DnsBehaviour, change: Partial<ResolverSettings> = {}, options?: DnsServerOptions) {
  const dns = await server({ [name]: behaviour }, options);
  return { dns, result: await resolver([dns], change).resolve(name, always) };
}

/** The parts of a result that its rows tell: how it ended, the addresses, and each answer in short. */
export function short(result: StageResult<DnsValue>) {
  if (result.status === 'skipped') return result;
  const value: Partial<DnsValue> = result.status === 'passed' ? result.value : (result.partial ?? {});
  return {
    end: result.status === 'passed' ? result.value.from : result.failure.code,
    addresses: (value.addresses ?? []).map(({ address }) => address),
    answers: (value.answers ?? []).map(
      ({ family, transport, rcode, failure }) => `${family} ${transport} ${rcode ?? '-'} ${failure?.code ?? 'ok'}`,
    ),
  };
}

export const answersOf = (result: StageResult<DnsValue>): readonly DnsAnswer[] =>
  result.status === 'passed' ? result.value.answers : result.status === 'failed' ? (result.partial?.answers ?? []) : [];

export const both = ['192.0.2.1', '2001:db8::1'];
