import type { CauseId } from '../model/causes.ts';
import type { DnsBehaviour } from './dns-server.ts';
import type { Origin } from './listen.ts';
import {
  answer,
  blockPage,
  httpOrigin,
  httpsOrigin,
  neverAnswer,
  type Respond,
  raw,
  redirect,
} from './origins-http.ts';
import { refusing, resetting, silent, speaking } from './origins-tcp.ts';
import { alerting } from './origins-tls.ts';
import { type Authority, issueCertificate, type LeafOptions } from './pki.ts';
import type { ServerIdentity } from './tls-server.ts';

/** What the origins of one demo share. */
export interface DemoWorld {
  readonly issuing: Authority;
  /** A company's inspection authority that no store here holds. */
  readonly inspection: Authority;
  /** Revoked by the list at `crlUrl`. */
  readonly revokedSerial: string;
  readonly crlUrl: string;
  readonly issuerUrl: string;
  hostOf(id: string): string;
}

/** One endpoint of the demo: what it is, and what has to be found out about it. */
export interface DemoCase {
  /** Endpoint id, and first label of its name. */
  readonly id: string;
  /** Null for a healthy one. */
  readonly cause: CauseId | null;
  readonly scheme: 'https' | 'http';
  /** What the demo's DNS server says of the name; loopback unless told. */
  readonly dns?: DnsBehaviour;
  start(world: DemoWorld, id: string): Promise<Origin>;
}

/** A certificate for the endpoint's own name, with the intermediate that a server ought to send. */
function certificate(
  world: DemoWorld,
  id: string,
  options: LeafOptions = {},
  by: Authority | null = world.issuing,
): ServerIdentity {
  const name = world.hostOf(id);
  return issueCertificate(by, { commonName: name, dnsNames: [name], ...options });
}

const https =
  (respond: Respond, options?: LeafOptions) =>
  (world: DemoWorld, id: string): Promise<Origin> =>
    httpsOrigin({ certificate: certificate(world, id, options) }, respond);

const http = (respond: Respond) => (): Promise<Origin> => httpOrigin({}, respond);

const unused = (): Promise<Origin> => refusing();

function inspected(world: DemoWorld, id: string): Promise<Origin> {
  return httpsOrigin({ certificate: certificate(world, id, {}, world.inspection) }, answer());
}

function withoutIntermediate(world: DemoWorld, id: string): Promise<Origin> {
  const name = world.hostOf(id);
  const own = issueCertificate(world.issuing, { commonName: name, dnsNames: [name], aiaIssuers: [world.issuerUrl] });
  return httpsOrigin({ certificate: { chainPem: own.pem, keyPem: own.keyPem } }, answer());
}

/** Healthy endpoints first, then a broken one for each stage and way. */
export const demoCases: readonly DemoCase[] = [
  { id: 'updates', cause: null, scheme: 'https', start: https(answer()) },
  { id: 'needs-login', cause: null, scheme: 'https', start: https(answer({ status: 401, reason: 'Unauthorized' })) },
  { id: 'no-index', cause: null, scheme: 'https', start: https(answer({ status: 404, reason: 'Not Found' })) },
  { id: 'plain', cause: null, scheme: 'http', start: http(answer()) },

  { id: 'unknown-name', cause: 'dns.not-found', scheme: 'https', dns: { answer: 'nxdomain' }, start: unused },
  { id: 'no-address', cause: 'dns.no-address', scheme: 'https', dns: { answer: 'nodata' }, start: unused },
  {
    id: 'dnssec-broken',
    cause: 'dns.server-failure',
    scheme: 'https',
    dns: { answer: 'servfail', extendedError: { code: 6, text: 'DNSSEC validation failure' } },
    start: unused,
  },
  { id: 'not-for-you', cause: 'dns.refused', scheme: 'https', dns: { answer: 'refused' }, start: unused },
  { id: 'no-answer', cause: 'dns.timeout', scheme: 'https', dns: { answer: 'silent' }, start: unused },
  {
    id: 'large-answer',
    cause: 'dns.large-answers-blocked',
    scheme: 'https',
    dns: { addresses: ['127.0.0.1'], truncate: 'silent' },
    start: unused,
  },
  { id: 'ad-blocked', cause: 'dns.sinkhole', scheme: 'https', dns: { addresses: ['0.0.0.0'] }, start: unused },

  { id: 'closed-port', cause: 'tcp.refused', scheme: 'https', start: unused },

  { id: 'reset', cause: 'tls.reset', scheme: 'https', start: () => resetting({ at: 'hello' }) },
  { id: 'stalled', cause: 'tls.stalled', scheme: 'https', start: () => silent() },
  { id: 'old-tls', cause: 'tls.version-mismatch', scheme: 'https', start: () => alerting({ alert: 70 }) },
  { id: 'no-cipher', cause: 'tls.cipher-mismatch', scheme: 'https', start: () => alerting({ alert: 40 }) },
  {
    id: 'not-tls',
    cause: 'tls.not-tls',
    scheme: 'https',
    start: () => speaking({ at: 'hello', text: 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n' }),
  },
  {
    id: 'client-certificate',
    cause: 'tls.client-certificate-required',
    scheme: 'https',
    start: (world, id) => httpsOrigin({ certificate: certificate(world, id), clientCertificate: true }, answer()),
  },
  { id: 'inspected-1', cause: 'tls.inspection', scheme: 'https', start: inspected },
  { id: 'inspected-2', cause: 'tls.inspection', scheme: 'https', start: inspected },
  {
    id: 'self-signed',
    cause: 'tls.self-signed',
    scheme: 'https',
    start: (world, id) => httpsOrigin({ certificate: certificate(world, id, {}, null) }, answer()),
  },
  {
    id: 'expired',
    cause: 'tls.expired',
    scheme: 'https',
    start: https(answer(), { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2021-01-01T00:00:00Z') }),
  },
  {
    id: 'from-the-future',
    cause: 'tls.not-yet-valid',
    scheme: 'https',
    start: https(answer(), { notBefore: new Date('2048-01-01T00:00:00Z'), notAfter: new Date('2049-01-01T00:00:00Z') }),
  },
  {
    id: 'other-name',
    cause: 'tls.name-mismatch',
    scheme: 'https',
    start: https(answer(), { commonName: 'shop.wayclear.test', dnsNames: ['shop.wayclear.test'] }),
  },
  { id: 'short-chain', cause: 'tls.missing-intermediate', scheme: 'https', start: withoutIntermediate },
  {
    id: 'revoked',
    cause: 'tls.revoked',
    scheme: 'https',
    start: (world, id) =>
      httpsOrigin(
        { certificate: certificate(world, id, { serial: world.revokedSerial, crlUrls: [world.crlUrl] }) },
        answer(),
      ),
  },

  { id: 'mute', cause: 'http.timeout', scheme: 'https', start: https(neverAnswer) },
  { id: 'cut-off', cause: 'http.reset', scheme: 'https', start: https(raw('HTTP/1.1 200', 'reset')) },
  { id: 'gibberish', cause: 'http.malformed', scheme: 'http', start: http(raw('SMTP ready\r\n\r\n')) },
  {
    id: 'bad-gateway',
    cause: 'http.unexpected-status',
    scheme: 'https',
    start: https(answer({ status: 502, reason: 'Bad Gateway' })),
  },
  { id: 'blocked', cause: 'http.block-page', scheme: 'http', start: http(blockPage('FortiGuard Web Filtering')) },
  {
    id: 'moved',
    cause: 'http.redirect-blocked',
    scheme: 'https',
    start: https(redirect('https://gone.wayclear.test/')),
  },
];
