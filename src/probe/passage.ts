/** A way through a proxy outside of a run, as a run goes through it: for what is sent and not measured. */
import type { Socket } from 'node:net';
import type { FailureCode, StageResult } from '../model/observations.ts';
import type { ProxyRoute } from '../model/plan.ts';
import type { ProxyAccess } from '../proxy/access.ts';
import { type LookupSettings, openLookup } from './dns/lookup.ts';
import { createRoom } from './stage/kept-answer.ts';
import { createProxies } from './tunnel/proxies.ts';
import { givenProxyTrust } from './tunnel/proxy-trust.ts';

export interface PassageSettings extends LookupSettings {
  readonly access: ProxyAccess;
  /** Roots in PEM for an https proxy, beside the public ones and the proxy's own. */
  readonly ca: readonly string[];
  readonly userAgent: string;
  readonly signal: AbortSignal;
}

/** Why there is no way through: `account-refused`, `account-asked`, `ended`, or, behind `proxy:`, as a system says it. */
export class NoPassage extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A tunnel through the proxy to a port of a host; to be destroyed. @throws NoPassage */
export async function passageTo(
  route: ProxyRoute,
  { host, port }: { readonly host: string; readonly port: number },
  settings: PassageSettings,
): Promise<Socket> {
  const { access, ca, clock, signal, timeoutMs, userAgent } = settings;
  const { resolver, system } = await openLookup(settings);
  try {
    const proxies = createProxies(resolver, access, givenProxyTrust([...ca, ...access.proxyCa]));
    const context = { clock, startedAt: clock.now(), timeoutMs, signal, keep: proxies.keep, room: createRoom() };
    const target = { host, port, scheme: 'tcp', url: null, method: 'GET', userAgent } as const;
    const { contact, tcp, tunnel, through, opened } = await proxies.through(route, target, context);
    if (through !== null) return through.socket;
    for (const socket of [...opened].reverse()) socket.destroy();
    throw new NoPassage(signal.aborted ? 'ended' : reasonOf([contact.dns, tcp, tunnel]));
  } finally {
    resolver.close();
    system.close();
  }
}

const systemCodes: Readonly<Partial<Record<FailureCode, string>>> = {
  'dns.not-found': 'ENOTFOUND',
  'dns.timeout': 'ETIMEDOUT',
  'tcp.timeout': 'ETIMEDOUT',
  'tunnel.timeout': 'ETIMEDOUT',
  'tunnel.closed': 'ECONNRESET',
  'tunnel.reset': 'ECONNRESET',
};

function reasonOf(results: readonly (StageResult<unknown> | null)[]): string {
  const failed = results.find((result) => result?.status === 'failed');
  if (failed?.status !== 'failed') return 'proxy:ENOTFOUND';
  const { code, detail, raw } = failed.failure;
  if (code === 'tunnel.auth') {
    return ['rejected', 'not-repeated', 'not-proven'].includes(detail ?? '') ? 'account-refused' : 'account-asked';
  }
  return `proxy:${code === 'tunnel.refused' ? `HTTP ${detail}` : (systemCodes[code] ?? raw.code ?? code)}`;
}
