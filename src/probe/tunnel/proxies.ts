import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { FailureCode, ProxyContact, StageResult, TcpValue } from '../../model/observations.ts';
import type { ProxyRoute } from '../../model/plan.ts';
import { type ProxyAccess, proxyName } from '../../proxy/access.ts';
import type { ProxyWay } from '../attempt.ts';
import type { Resolver } from '../dns/resolve.ts';
import type { StageContext } from '../stage/stage.ts';
import { connectTcp } from '../stage/tcp.ts';
import { createCredentialGuard } from './lockout.ts';
import { tunnelThrough } from './tunnel.ts';

type Contacted = Awaited<ReturnType<ProxyWay['connect']>>;

/** The proxies of one run. */
export interface Proxies {
  way(route: ProxyRoute): ProxyWay;
}

/** Rounds over all addresses of a proxy that may fail, while none ever worked, before no more are tried. */
const failedRounds = 3;

interface Known {
  /** The address that worked last. */
  preferred: string | null;
  failures: number;
  dead: Contacted | null;
}

/**
 * Connects to proxies: each name resolved once a run by the run's resolver, its addresses tried in order until one
 * connects, which is then tried first. A proxy that never answered is not asked again for every target, and one that
 * refuses an account is not sent it again.
 */
export function createProxies(resolver: Resolver, access: ProxyAccess, trust: () => SecureContext): Proxies {
  const known = new Map<string, Known>();
  const guard = createCredentialGuard();

  const connect = async (route: ProxyRoute, context: StageContext): Promise<Contacted> => {
    const proxy = proxyName(route);
    // Made once, and takes long enough on a busy machine to be counted against the first handshake.
    if (route.protocol === 'https') trust();
    const state = known.get(proxy) ?? { preferred: null, failures: 0, dead: null };
    known.set(proxy, state);
    if (state.dead !== null && !context.signal.aborted) return state.dead;
    const to = (address: string) => ({ address, port: route.port });
    const names = await resolver.resolve(route.host, context.signal);
    if (names.status !== 'passed' || names.value.addresses.length === 0) {
      const because = names.status === 'skipped' ? names.because : 'dns';
      const contact: ProxyContact = { proxy, dns: names, address: null, failed: [] };
      return { contact, result: { status: 'skipped', because }, to: to(''), socket: null };
    }
    const all = names.value.addresses.map(({ address }) => address);
    const order = state.preferred === null ? all : [state.preferred, ...all.filter((one) => one !== state.preferred)];
    const failed: { address: string; failure: FailureCode }[] = [];
    let first: StageResult<TcpValue> | null = null;
    for (const address of order) {
      const { result, socket }: { result: StageResult<TcpValue>; socket: Socket | null } = await connectTcp(
        address,
        route.port,
        context,
      );
      if (socket !== null) {
        state.preferred = address;
        return { contact: { proxy, dns: null, address, failed }, result, to: to(address), socket };
      }
      first ??= result;
      // The run's end, and what this machine lacks, say nothing of the proxy.
      if (result.status !== 'failed' || result.failure.code === 'local.resources') {
        return { contact: { proxy, dns: null, address: null, failed }, result, to: to(address), socket: null };
      }
      failed.push({ address, failure: result.failure.code });
    }
    const contacted: Contacted = {
      contact: { proxy, dns: null, address: null, failed },
      result: first ?? { status: 'skipped', because: 'dns' },
      to: to(''),
      socket: null,
    };
    state.failures += 1;
    if (state.preferred === null && state.failures >= failedRounds) state.dead = contacted;
    return contacted;
  };

  return {
    way: (route) => ({
      name: proxyName(route),
      connect: (context) => connect(route, context),
      keep: access.secrets.keepFromProxy,
      open: tunnelThrough(route, access, trust, guard),
    }),
  };
}
