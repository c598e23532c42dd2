/** How probes failed, in classes of what looks the same from here. */
import type { Attempt, Failure, Observation, StageResult } from '../../model/observations.ts';

/** Whether a name's own zone, or who speaks for it, says that there is no address: that does not pass by like silence. */
export const isZonesWord = (code: string): boolean => code === 'dns.not-found' || code === 'dns.no-address';

/** The class of a proxy's word for its policy, and for a limit on connections as well. */
export const FORBIDDEN = 'tunnel.refused 403';

/** Names a host and port. */
export const placeKey = (host: string, port: number): string => `${host} ${port}`;

const partialBytes = (stage: StageResult<unknown>): { readonly read: number; readonly written: number } => {
  const partial = stage.status === 'failed' ? (stage.partial as { bytesRead?: number; bytesWritten?: number }) : null;
  return { read: partial?.bytesRead ?? 0, written: partial?.bytesWritten ?? 1 };
};

/** The stage that an attempt failed at, and how; null if it got through, or was not to. */
export function failedStage(
  attempt: Attempt,
): { readonly name: 'tcp' | 'tunnel' | 'tls' | 'http'; readonly failure: Failure; readonly ms: number } | null {
  for (const name of ['tcp', 'tunnel', 'tls', 'http'] as const) {
    const stage = attempt[name];
    if (stage.status === 'failed') return { name, failure: stage.failure, ms: stage.ms };
  }
  return null;
}

/** Failures of one class look the same from here. A reset and a close in the handshake are one. */
export function classOf(attempt: Attempt): string | null {
  const failed = failedStage(attempt);
  if (failed === null) return null;
  const { code, alert } = failed.failure;
  if (code === 'tunnel.refused' && attempt.tunnel.status === 'failed')
    return `${code} ${attempt.tunnel.partial?.status ?? ''}`;
  if (failed.name !== 'tls') return alert === undefined ? code : `${code} ${alert}`;
  const { read, written } = partialBytes(attempt.tls);
  const early = written === 0 ? ' early' : '';
  const family = code === 'tls.closed' ? 'tls.reset' : code;
  return `${family}${alert === undefined ? '' : ` ${alert}`}${read > 0 && alert === undefined ? ' partial' : ''}${early}`;
}

/** The way that an attempt took: the proxy's name, or nothing for the direct one. What fails by one says nothing of another. */
export const wayOf = (attempt: Attempt | undefined): string => attempt?.proxy?.proxy ?? '';

/** Classes of everything that failed in a probe. */
export function signsOf({ dns, attempts }: Observation): ReadonlySet<string> {
  if (dns.status === 'failed') return new Set([dns.failure.code]);
  return new Set(attempts.flatMap((attempt) => classOf(attempt) ?? []));
}
