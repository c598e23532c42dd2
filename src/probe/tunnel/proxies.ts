/** The proxies of one run: reached, and gone through. */
import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { FailureCode, ProxyContact, StageResult, TcpValue, TunnelValue } from '../../model/observations.ts';
import type { ProxyRoute } from '../../model/plan.ts';
import { type ProxyAccess, proxyName } from '../../proxy/access.ts';
import { createCredentialGuard } from '../../proxy/lockout.ts';
import type { Keep } from '../../secrets/secrets.ts';
import type { Resolver } from '../dns/resolve.ts';
import type { StageContext } from '../stage/stage.ts';
import { connectTcp } from '../stage/tcp.ts';
import { openTunnel, type ProxiedTarget, type Tunnel } from './tunnel.ts';

/** A connection to a proxy, and the address that it was made to. */
interface Contacted {
  readonly contact: ProxyContact;
  readonly result: StageResult<TcpValue>;
  readonly to: { readonly address: string; readonly port: number };
  readonly socket: Socket | null;
}

/** How far the way through a proxy came. */
export interface Passage {
  readonly contact: ProxyContact;
  readonly tcp: StageResult<TcpValue>;
  readonly tunnel: StageResult<TunnelValue>;
  /** Null unless the tunnel stage passed. */
  readonly through: Tunnel | null;
  /** To be destroyed, the last first. */
  readonly opened: readonly (Socket | TLSSocket)[];
}

export interface Proxies {
  /** The door for what comes from proxies and through them. */
  readonly keep: Keep;
  /** A connection to the proxy, and a way through it to the target. Never rejects. */
  through(route: ProxyRoute, target: ProxiedTarget, context: StageContext): Promise<Passage>;
}

/** Rounds over all addresses of a proxy that may fail, while none ever worked, before no more are tried. */
const failedRounds = 3;

/** What this run has learned of a proxy. */
interface ProxyState {
  /** The address that worked last. */
  preferred: string | null;
  failures: number;
  dead: Contacted | null;
}

/** Tries the addresses in order until one connects. */
async function connectFirst(
  addresses: readonly string[],
  route: ProxyRoute,
  context: StageContext,
): Promise<Contacted> {
  const { port } = route;
  const proxy = proxyName(route);
  const failed: { address: string; failure: FailureCode }[] = [];
  let first: StageResult<TcpValue> | null = null;
  for (const address of addresses) {
    const { result, socket } = await connectTcp(address, port, context);
    // The run's end, and what this machine lacks, say nothing of the proxy.
    const isOwnTrouble = result.status !== 'failed' || result.failure.code === 'local.resources';
    if (socket !== null || isOwnTrouble) {
      const contact: ProxyContact = { proxy, dns: null, address: socket === null ? null : address, failed };
      return { contact, result, to: { address, port }, socket };
    }
    first ??= result;
    failed.push({ address, failure: result.failure.code });
  }
  return {
    contact: { proxy, dns: null, address: null, failed },
    result: first ?? { status: 'skipped', because: 'dns' },
    to: { address: '', port },
    socket: null,
  };
}

/**
 * Connects to proxies: each name resolved once a run by the run's resolver, its addresses tried in order until one
 * connects, which is then tried first. A proxy that never answered is not asked again for every target, and one that
 * refuses an account is not sent it again.
 */
export function createProxies(resolver: Resolver, access: ProxyAccess, trust: () => SecureContext): Proxies {
  const states = new Map<string, ProxyState>();
  const { guard = createCredentialGuard() } = access;

  const connect = async (route: ProxyRoute, context: StageContext): Promise<Contacted> => {
    const proxy = proxyName(route);
    // Made once, and takes long enough on a busy machine to be counted against the first handshake.
    if (route.protocol === 'https') trust();
    const state = states.get(proxy) ?? { preferred: null, failures: 0, dead: null };
    states.set(proxy, state);
    if (state.dead !== null && !context.signal.aborted) return state.dead;
    const names = await resolver.resolve(route.host, context.signal);
    if (names.status !== 'passed' || names.value.addresses.length === 0) {
      const because = names.status === 'skipped' ? names.because : 'dns';
      const contact: ProxyContact = { proxy, dns: names, address: null, failed: [] };
      return { contact, result: { status: 'skipped', because }, to: { address: '', port: route.port }, socket: null };
    }
    const all = names.value.addresses.map(({ address }) => address);
    const { preferred } = state;
    const order = preferred === null ? all : [preferred, ...all.filter((address) => address !== preferred)];
    const contacted = await connectFirst(order, route, context);
    if (contacted.socket !== null) state.preferred = contacted.to.address;
    else if (contacted.to.address === '') {
      state.failures += 1;
      if (state.preferred === null && state.failures >= failedRounds) state.dead = contacted;
    }
    return contacted;
  };

  return {
    keep: access.secrets.keepFromProxy,
    async through(route, target, context) {
      const { contact, result: tcp, to, socket } = await connect(route, context);
      if (socket === null) {
        const because = tcp.status === 'skipped' ? tcp.because : 'tcp';
        return { contact, tcp, tunnel: { status: 'skipped', because }, through: null, opened: [] };
      }
      const { result, tunnel } = await openTunnel({ route, access, trust, guard }, socket, to, target, context);
      const opened = tunnel === null ? [socket] : [socket, tunnel.socket];
      return { contact, tcp, tunnel: result, through: tunnel, opened };
    },
  };
}
