/** Rules of the TLS handshake; what it showed of certificates is in certificate.ts. */
import type { CauseId } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { At } from '../../model/facts.ts';
import type { Attempt, Failure, Observation, TlsValue } from '../../model/observations.ts';
import { at, fact } from '../evidence.ts';
import { type Problem, problem, undetermined } from '../problem.ts';

/** Alert descriptions (RFC 8446 section 6, RFC 5246 section 7.2). */
const alertNames: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  22: 'record_overflow',
  40: 'handshake_failure',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  109: 'missing_extension',
  110: 'unsupported_extension',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
};

/** Alerts that are about the certificate which this side did or didn't present. */
const certificateAlerts: readonly number[] = [42, 43, 44, 45, 46, 48, 49, 116];

/** A ClientHello over this many bytes doesn't fit into one packet of the smallest usual path (RFC 8200: 1,280 bytes). */
const LARGE_HELLO = 1200;

/** Bytes in sequence that only packets of full size bring: a path that loses those delivers the small ones before them at most. */
const FULL_PACKET = 1400;

/** Legacy version of a ServerHello in the first record, for one older than TLS 1.2; null for anything else (RFC 5246 section 7.4.1.3). */
function oldServerVersion(firstBytes: string): string | null {
  const bytes = Buffer.from(firstBytes, 'base64');
  if (bytes.length < 11 || bytes[0] !== 22 || bytes[5] !== 2 || bytes[9] !== 3) return null;
  return ['SSL 3.0', 'TLS 1.0', 'TLS 1.1'][bytes[10] ?? 3] ?? null;
}

/** An alert in clear with its record header (RFC 8446 section 6): with more than that the server's hello came before it. */
const ALERT_BYTES = 7;

/** Content type 20 to 24 and major version 3 (RFC 8446 section 5.1), as far as bytes are there. */
function isTlsRecord(firstBytes: string): boolean {
  const [type = 22, major = 3] = Buffer.from(firstBytes, 'base64');
  return type >= 20 && type <= 24 && major === 3;
}

/** First bytes, base64, as one line of text. */
export const readable = (firstBytes: string): string =>
  Buffer.from(firstBytes, 'base64')
    .toString('latin1')
    .replace(/[^\x20-\x7e]+/g, '.')
    .slice(0, 64);

/** An alert in or after the handshake, where its number decides; null for a number that says nothing of the cause. */
export function alertProblem(
  observation: Observation,
  attempt: Attempt,
  alert: number,
  stage: 'tls' | 'http',
  {
    late = stage === 'http',
    proven = false,
  }: {
    /** Version and cipher suite were agreed on before. */
    readonly late?: boolean;
    /** The origin's own certificate was seen before: nobody opens TLS on the way. */
    readonly proven?: boolean;
  } = {},
): Problem | null {
  const name = alertNames[alert] ?? 'unknown';
  const evidence = [fact('tls.alert', { ...at(observation, attempt), alert, name })];
  const say = (cause: CauseId, confidence: Problem['confidence'], alternatives: readonly CauseId[] = []): Problem =>
    problem(cause, stage, evidence, {
      confidence,
      signature: `alert ${alert}`,
      shared: ['alert', `${alert} ${name}`],
      alternatives,
    });
  if (certificateAlerts.includes(alert) || (late && alert === 40)) {
    const sure = alert === 116 && proven;
    return say('tls.client-certificate-required', sure ? 'high' : 'medium', proven ? [] : ['tls.inspection']);
  }
  if (alert === 70 || alert === 86) return say('tls.version-mismatch', 'high');
  if (alert === 40 || alert === 71) {
    return say('tls.cipher-mismatch', 'medium', ['tls.sni-filtered', 'tls.client-certificate-required']);
  }
  if (alert === 120) return say('tls.cipher-mismatch', 'low', ['tls.inspection']);
  if (alert === 112) return say('tls.name-mismatch', 'medium', ['dns.redirected', 'tls.sni-filtered']);
  return null;
}

/** Whether a ClientHello may have been too long for something on the way. */
export const isLarge = (partial: Partial<TlsValue> | null): boolean => (partial?.helloBytes ?? 0) > LARGE_HELLO;

function stalled(observation: Observation, attempt: Attempt, ms: number, partial: Partial<TlsValue> | null): Problem {
  const { host } = observation;
  const bytesRead = partial?.bytesRead ?? 0;
  const helloBytes = partial?.helloBytes ?? 0;
  const large = isLarge(partial);
  const evidence: Fact[] = [fact('tls.timeout', { ...at(observation, attempt), ms, bytesRead })];
  if (helloBytes > 0) evidence.push(fact('tls.hello-size', { host, bytes: helloBytes }));
  if (bytesRead >= FULL_PACKET) return problem('tls.stalled', 'tls', evidence, { signature: 'flight' });
  return problem('tls.stalled', 'tls', evidence, {
    signature: bytesRead > 0 ? 'partial' : 'silent',
    alternatives:
      bytesRead > 0
        ? ['tls.mtu-black-hole']
        : [...(large ? (['tls.large-hello-dropped'] as const) : []), 'tls.mtu-black-hole', 'tls.sni-filtered'],
  });
}

/** A reset or a close in the handshake. */
function cutOff(
  observation: Observation,
  attempt: Attempt,
  code: 'tls.reset' | 'tls.closed',
  ms: number,
  partial: Partial<TlsValue> | null,
): Problem {
  const where = at(observation, attempt);
  const evidence: Fact[] = [fact(code, { ...where, ms, bytesRead: partial?.bytesRead ?? 0 })];
  if (partial?.bytesWritten === 0) {
    evidence.push(fact('tls.before-hello', where));
    const alternatives = ['http.service-error'] as const;
    return problem('tls.reset', 'tls', evidence, { signature: 'early', confidence: 'low', alternatives });
  }
  const large = isLarge(partial) ? (['tls.large-hello-dropped'] as const) : [];
  return problem('tls.reset', 'tls', evidence, {
    alternatives: [...large, 'tls.sni-filtered', 'tls.version-mismatch'],
  });
}

/** What all answers elsewhere have in common, so that those that nobody looked at stand with them; empty if nothing. */
function commonOf(signatures: readonly (string | null)[]): string {
  const distinct = new Set(signatures.filter((signature) => signature !== null));
  const [only = ''] = distinct;
  return distinct.size === 1 ? only : '';
}

const signatureOf = (firstBytes: string): string => readable(firstBytes).slice(0, 5);

/** What is not TLS is seen; that it is the service's own host, and no page of somebody else, is not. */
function notTls(where: At, firstBytes: string, elsewhere: readonly string[]): Problem {
  const mayBePage = firstBytes === '' || readable(firstBytes).startsWith('HTTP/');
  const others = elsewhere.filter((bytes) => !isTlsRecord(bytes)).map(signatureOf);
  return problem('tls.not-tls', 'tls', [fact('tls.not-tls', { ...where, text: readable(firstBytes) })], {
    signature: firstBytes === '' ? commonOf(others) : signatureOf(firstBytes),
    alternatives: [...(mayBePage ? (['http.block-page'] as const) : []), 'dns.redirected'],
  });
}

/** What the runtime calls it when a server chooses a version older than those that were offered. */
const OLD_VERSION = 'ERR_SSL_UNSUPPORTED_PROTOCOL';

/** An answer that is TLS, and is wrong. */
function protocolProblem(
  observation: Observation,
  attempt: Attempt,
  failure: Failure,
  firstBytes: string,
  elsewhere: readonly string[],
): Problem {
  const where = at(observation, attempt);
  const version = oldServerVersion(firstBytes);
  if (version !== null) {
    return problem('tls.version-mismatch', 'tls', [fact('tls.old-version', { ...where, version })], {
      confidence: 'high',
      signature: version,
    });
  }
  const detail = failure.detail ?? failure.raw.code ?? '';
  const evidence = [fact('tls.protocol', { ...where, detail }), rawFact(observation, failure)];
  if (failure.raw.code === OLD_VERSION) {
    const signature = commonOf(elsewhere.map(oldServerVersion));
    return problem('tls.version-mismatch', 'tls', evidence, { confidence: 'high', signature });
  }
  return undetermined('tls', detail, evidence, 'tls-1.2', ['tls.version-mismatch', 'tls.cipher-mismatch']);
}

const rawFact = ({ host }: Observation, { code, raw }: Failure): Fact =>
  fact('failure.raw', { host, stage: 'tls', failure: code, message: raw.message });

/** What failed, where the first bytes of an answer say more than the handshake: fewer than OpenSSL needs to tell. */
function codeOf(failure: Failure, partial: Partial<TlsValue> | null): Failure['code'] {
  const { firstBytes = '', helloBytes = 0, bytesWritten = 0, bytesRead = 0 } = partial ?? {};
  // OpenSSL answers nothing to a first record of another protocol, and with an alert to a later one.
  const spokeTls = firstBytes === '' ? bytesWritten > helloBytes : isTlsRecord(firstBytes);
  if (failure.code === 'tls.not-tls') return spokeTls ? 'tls.protocol' : 'tls.not-tls';
  return bytesRead > 0 && !isTlsRecord(firstBytes) ? 'tls.not-tls' : failure.code;
}

/**
 * Why a handshake did not finish (failure taxonomy, TLS stage). `elsewhere`: first bytes, base64, of what answers in the
 * same way at other places.
 */
export function tlsProblem(
  observation: Observation,
  attempt: Attempt,
  failure: Failure,
  ms: number,
  partial: Partial<TlsValue> | null,
  elsewhere: readonly string[] = [],
): Problem {
  const where = at(observation, attempt);
  const firstBytes = partial?.firstBytes ?? '';
  const code = codeOf(failure, partial);
  switch (code) {
    case 'tls.reset':
    case 'tls.closed':
      return cutOff(observation, attempt, code, ms, partial);
    case 'tls.timeout':
      return stalled(observation, attempt, ms, partial);
    case 'tls.alert': {
      const alert = failure.alert ?? -1;
      // TLS 1.2 answers an empty client certificate with handshake_failure (RFC 5246 section 7.4.6).
      const late = (partial?.bytesRead ?? 0) > ALERT_BYTES;
      const decided = alertProblem(observation, attempt, alert, 'tls', { late });
      if (decided !== null) return decided;
      const name = alertNames[alert] ?? 'unknown';
      return undetermined('tls', `alert ${alert}`, [fact('tls.alert', { ...where, alert, name })], 'tls-1.2', [
        'tls.cipher-mismatch',
        'tls.inspection',
      ]);
    }
    case 'tls.not-tls':
      return notTls(where, firstBytes, elsewhere);
    case 'tls.protocol':
      return protocolProblem(observation, attempt, failure, firstBytes, elsewhere);
    default:
      return undetermined('tls', failure.code, [rawFact(observation, failure)], 'tls-1.2');
  }
}
