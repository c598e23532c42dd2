import { systemClock } from '../../src/clock.ts';
import type { Origin } from '../../src/demo/listen.ts';
import { createAuthority, type Issued, issueCertificate } from '../../src/demo/pki.ts';
import type { Attempt, HttpValue, StageName, TlsValue } from '../../src/model/observations.ts';
import { type AttemptOptions, type AttemptTarget, attempt } from '../../src/probe/attempt.ts';
import { createRoom } from '../../src/probe/stage/kept-answer.ts';
import type { StageContext } from '../../src/probe/stage/stage.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';

/** A stage context with a short timeout. */
export function contextOf(options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {}): StageContext {
  return {
    clock: systemClock,
    startedAt: systemClock.now(),
    timeoutMs: options.timeoutMs ?? 5_000,
    signal: options.signal ?? new AbortController().signal,
    keep: createSecrets().keep,
    room: createRoom(),
  };
}

const root = createAuthority({ name: 'Lab Root R1' });
const intermediate = createAuthority({ name: 'Lab Issuing E1', issuer: root });
/** What origins of these tests show unless a test is about certificates. */
export const certificate: Issued = issueCertificate(intermediate, {
  commonName: 'origin.lab.example',
  dnsNames: ['origin.lab.example'],
});

export interface Walked {
  readonly attempt: Attempt;
  readonly chains: readonly (readonly Buffer[])[];
}

export interface WalkOptions {
  readonly scheme?: AttemptTarget['scheme'];
  readonly path?: string;
  readonly method?: 'GET' | 'HEAD';
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly tls?: AttemptOptions['tls'];
  readonly host?: string;
  readonly content?: AttemptTarget['content'];
}

/** One attempt at an origin. */
export async function walk(origin: Origin, options: WalkOptions = {}): Promise<Walked> {
  const { scheme = 'https', host = 'origin.lab.example', path = '/', method = 'GET', content } = options;
  const chains: (readonly Buffer[])[] = [];
  const url = scheme === 'tcp' ? null : `${scheme}://${host}:${origin.port}${path}`;
  const result = await attempt(
    { host, port: origin.port, scheme, url, method, ...(content === undefined ? {} : { content }) },
    { address: origin.address, family: 4 },
    contextOf(options),
    {
      userAgent: 'wayclear/0.0.0-test',
      keepChain: (chain) => {
        chains.push(chain);
        return `chain-${chains.length}`;
      },
      ...(options.tls === undefined ? {} : { tls: options.tls }),
    },
  );
  return { attempt: result, chains };
}

/** `passed`, the failure code, or `skipped: why`. */
export function outcome(result: Attempt, stage: Exclude<StageName, 'dns'>): string {
  const found = result[stage];
  if (found.status === 'failed') return found.failure.code;
  return found.status === 'passed' ? 'passed' : `skipped: ${found.because}`;
}

export function passedTls({ attempt: { tls } }: Walked): TlsValue {
  if (tls.status !== 'passed') throw new Error(`tls ${JSON.stringify(tls)}`);
  return tls.value;
}

export function passedHttp({ attempt: { http } }: Walked): HttpValue {
  if (http.status !== 'passed') throw new Error(`http ${JSON.stringify(http)}`);
  return http.value;
}

/** What a failed stage tells. */
export function failed(result: Attempt, stage: Exclude<StageName, 'dns'>) {
  const found = result[stage];
  if (found.status !== 'failed') throw new Error(`${stage} ${JSON.stringify(found)}`);
  return found;
}
