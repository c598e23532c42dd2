import { harmless } from '../../harmless.ts';
import { isNtlmToken } from './ntlm.ts';

/** What is used of the optional package `kerberos` (7.x). */
interface KerberosModule {
  readonly GSS_MECH_OID_SPNEGO: number;
  initializeClient(service: string, options: { readonly mechOID: number }): Promise<KerberosClient>;
}

interface KerberosClient {
  /** Base64 in, base64 out; `''` starts. */
  step(challenge: string): Promise<string>;
  readonly contextComplete: boolean;
}

/** Why no ticket could be sent. */
export type TicketProblem =
  | 'not-available' // the optional package is not installed, or not for this platform
  | 'no-ticket' // this account holds no ticket-granting ticket
  | 'ticket-expired'
  | 'clock' // this machine's clock is too far from the domain controller's
  | 'unknown-service' // the directory knows no HTTP/… for the proxy's name
  | 'no-kdc' // no domain controller can be found or reached
  | 'timeout'
  | 'failed'; // anything else; the detail holds the library's words

/** Loads the optional native package; rejects where it is absent. */
export async function loadKerberos(): Promise<unknown> {
  // Held in a variable, for the package need not be there when this is compiled.
  const name: string = 'kerberos';
  return import(name);
}

/**
 * The library gives sentences, no numbers. MIT's and Heimdal's texts (error tables krb5_err.et, k5-int) and those of
 * Windows' SSPI (winerror.h); in other languages they end as `failed` with the sentence kept.
 */
const texts: readonly (readonly [TicketProblem, RegExp])[] = [
  ['clock', /clock skew|time skew|clocks on the client and server|SEC_E_TIME_SKEW/i],
  ['ticket-expired', /ticket (?:has )?expired|credentials have expired|SEC_E_CONTEXT_EXPIRED/i],
  [
    'unknown-service',
    /server not found in kerberos database|server .{0,300} not found|target is unknown|SEC_E_TARGET_UNKNOWN|target principal name is incorrect/i,
  ],
  [
    'no-kdc',
    /cannot (?:find|contact any|resolve network address for) KDC|unable to reach any KDC|no authority could be contacted|SEC_E_NO_AUTHENTICATING_AUTHORITY/i,
  ],
  [
    'no-ticket',
    /no (?:kerberos )?credentials|credentials? cache|no credential|SEC_E_NO_CREDENTIALS|cannot find mechanisms to negotiate|No such file or directory/i,
  ],
];

export function ticketProblem(message: string): TicketProblem {
  return texts.find(([, pattern]) => pattern.test(message))?.[0] ?? 'failed';
}

export type NegotiateStep =
  | { readonly token: string }
  | { readonly problem: TicketProblem; readonly detail: string | null }
  /** The context is complete, or the proxy gave nothing to go on with: it refuses the ticket. */
  | { readonly problem: 'rejected'; readonly detail: string | null };

export interface Negotiator {
  /** `null` starts; then the token of the proxy's `Negotiate` challenge, null if it has none. Never rejects. */
  next(token: string | null): Promise<NegotiateStep>;
}

interface NegotiatorOptions {
  /** Name of the proxy as configured: the ticket is asked for HTTP/name. */
  readonly proxyHost: string;
  readonly load: () => Promise<unknown>;
  /** `process.platform`: Windows writes service names with a slash, GSS-API with an at sign. */
  readonly platform: string;
  /** For one step, in milliseconds: a library that waits for a dead domain controller is left alone. */
  readonly timeoutMs: number;
}

function moduleOf(loaded: unknown): KerberosModule | null {
  const candidates = [loaded, (loaded as { readonly default?: unknown } | null)?.default];
  for (const candidate of candidates) {
    const library = candidate as Partial<KerberosModule> | null | undefined;
    if (typeof library?.initializeClient === 'function') return library as KerberosModule;
  }
  return null;
}

/** A Kerberos dialogue with one proxy on one connection, with the ticket of this account. */
export function createNegotiator({ proxyHost, load, platform, timeoutMs }: NegotiatorOptions): Negotiator {
  const service = `HTTP${platform === 'win32' ? '/' : '@'}${proxyHost}`;
  let client: KerberosClient | null = null;

  const open = async (): Promise<KerberosClient | null> => {
    const kerberos = moduleOf(await load().catch(() => null));
    return kerberos === null ? null : kerberos.initializeClient(service, { mechOID: kerberos.GSS_MECH_OID_SPNEGO });
  };
  const step = async (token: string | null): Promise<NegotiateStep> => {
    if (client !== null && (client.contextComplete || token === null)) {
      return { problem: 'rejected', detail: token === null ? null : (readNegotiateToken(token).state ?? null) };
    }
    client ??= await open();
    if (client === null) return { problem: 'not-available', detail: null };
    const answer = await client.step(token ?? '');
    return typeof answer === 'string' && /^[A-Za-z0-9+/]+=*$/.test(answer)
      ? { token: answer }
      : { problem: token === null ? 'failed' : 'rejected', detail: null };
  };
  return {
    next: async (token) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<NegotiateStep>((resolve) => {
        timer = setTimeout(() => resolve({ problem: 'timeout', detail: null }), timeoutMs);
      });
      const done = step(token).catch((error: unknown): NegotiateStep => {
        const message = error instanceof Error ? error.message : String(error);
        return { problem: ticketProblem(message), detail: harmless(message) };
      });
      const result = await Promise.race([done, late]);
      clearTimeout(timer);
      return result;
    },
  };
}

interface NegotiateToken {
  readonly kind: 'ntlm' | 'spnego' | 'kerberos' | 'unknown';
  /** negState of a NegTokenResp (RFC 4178 section 4.2.2). */
  readonly state: 'accept-completed' | 'accept-incomplete' | 'reject' | 'request-mic' | null;
  readonly mechanism: 'kerberos' | 'ntlm' | null;
}

const oids = {
  spnego: Buffer.from('06062b0601050502', 'hex'),
  kerberos: Buffer.from('06092a864886f712010202', 'hex'),
  microsoftKerberos: Buffer.from('06092a864882f712010202', 'hex'),
  ntlm: Buffer.from('060a2b06010401823702020a', 'hex'),
} as const;

/** Enough of a Negotiate token to tell who speaks: NTLM alone, Kerberos alone, or SPNEGO with a mechanism and a state. */
export function readNegotiateToken(base64: string): NegotiateToken {
  const bytes = Buffer.from(base64.slice(0, 65_536), 'base64');
  if (isNtlmToken(bytes)) return { kind: 'ntlm', state: null, mechanism: 'ntlm' };
  const head = bytes.subarray(0, 64);
  const mechanism =
    head.includes(oids.kerberos) || head.includes(oids.microsoftKerberos)
      ? 'kerberos'
      : head.includes(oids.ntlm) || bytes.includes('NTLMSSP\0')
        ? 'ntlm'
        : null;
  // A GSS-API first token (RFC 2743 section 3.1): [APPLICATION 0], then the OID of who made it.
  if (bytes[0] === 0x60) {
    const inner = bytes.subarray(1, 16);
    if (inner.includes(oids.spnego)) return { kind: 'spnego', state: null, mechanism };
    return { kind: inner.includes(oids.kerberos) ? 'kerberos' : 'unknown', state: null, mechanism };
  }
  if (bytes[0] !== 0xa1) return { kind: 'unknown', state: null, mechanism: null };
  // NegTokenResp: [1] SEQUENCE { [0] ENUMERATED negState …
  const [, value] = /^.{2,12}?\xa0\x03\x0a\x01([\x00-\x03])/s.exec(head.toString('latin1')) ?? [];
  const states = ['accept-completed', 'accept-incomplete', 'reject', 'request-mic'] as const;
  return { kind: 'spnego', state: value === undefined ? null : (states[value.charCodeAt(0)] ?? null), mechanism };
}
