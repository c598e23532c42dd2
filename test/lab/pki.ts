/** The lab's certificate authorities: roots that are public to the catalog, companies' roots, and a leaf per name on demand. */
import { createSecureContext, type SecureContext } from 'node:tls';
import { type Authority, createAuthority, type Issued, issueCertificate } from '../../src/demo/pki.ts';
import { createCrl } from '../../src/demo/revocation-list.ts';
import { createOcspResponse } from '../servers/ocsp-answers.ts';
import type { OriginBehaviour } from './scenario.ts';

const DAY_MS = 86_400_000;

/** No public authority signed it. */
const isPrivate = (kind: OriginBehaviour['certificate']): boolean =>
  kind === 'untrusted-root' || kind === 'self-signed' || kind === 'company';

/** A certificate with what a server needs to present it. */
export interface ServerCertificate {
  readonly issued: Issued;
  /** PEM, leaf first. */
  readonly chain: string;
}

export interface LabPki {
  /** Roots that the lab's catalogs carry as anchors: one for most names, one as a vendor's own for its update service. */
  readonly root: Authority;
  readonly vendorRoot: Authority;
  /** As public as the first, and hardly ever seen. */
  readonly uncommonRoot: Authority;
  certificateFor(name: string, kind: OriginBehaviour['certificate']): ServerCertificate;
  contextFor(name: string, behaviour: OriginBehaviour): SecureContext;
  /** Body of an answer of the certificate services; null for anything else. */
  service(host: string, path: string, body: Buffer): { readonly type: string; readonly body: Buffer } | null;
}

/**
 * `now` is the internet's time; names for which `vendor` is true get a chain to the vendor's own root. `company` signs for
 * servers of the company's own.
 */
export function createLabPki(
  now: Date,
  vendor: (name: string) => boolean,
  company: Authority,
  expiredRoot = false,
): LabPki {
  const days = (count: number): Date => new Date(now.getTime() + count * DAY_MS);
  const long = { notBefore: days(-2000), notAfter: days(4000) };
  const root = createAuthority({
    name: 'Lab Trust Services Root R1',
    subject: [
      ['C', 'US'],
      ['O', 'Lab Trust Services'],
    ],
    ...long,
    ...(expiredRoot ? { notAfter: days(-3) } : {}),
  });
  const vendorRoot = createAuthority({
    name: 'Lab Vendor Root CA 2011',
    subject: [
      ['C', 'US'],
      ['O', 'Lab Vendor'],
    ],
    ...long,
  });
  const uncommonRoot = createAuthority({
    name: 'Lab Regional Root CA',
    subject: [
      ['C', 'NL'],
      ['O', 'Lab Regional Trust'],
    ],
    ...long,
  });
  const otherRoot = createAuthority({ name: 'Private Root CA', subject: [['O', 'Somebody']], ...long });
  const urls = (authority: string) => ({
    ocspUrls: ['http://ocsp.trust-services.example/'],
    crlUrls: [`http://crl.trust-services.example/${authority}.crl`],
    aiaIssuers: [`http://issuers.trust-services.example/${authority}.crt`],
  });
  const intermediate = createAuthority({
    name: 'Lab Trust Services TLS CA 01',
    subject: [
      ['C', 'US'],
      ['O', 'Lab Trust Services'],
    ],
    issuer: root,
    pathLength: 0,
    ...urls('root'),
    ...long,
  });
  const vendorIntermediate = createAuthority({
    name: 'Lab Vendor Update CA 2.1',
    subject: [
      ['C', 'US'],
      ['O', 'Lab Vendor'],
    ],
    issuer: vendorRoot,
    pathLength: 0,
    ...urls('vendor-root'),
    ...long,
  });
  const uncommonIntermediate = createAuthority({
    name: 'Lab Regional TLS CA',
    subject: [
      ['C', 'NL'],
      ['O', 'Lab Regional Trust'],
    ],
    issuer: uncommonRoot,
    pathLength: 0,
    ...urls('uncommon-root'),
    ...long,
  });
  const authorities: Readonly<Record<string, Authority>> = {
    root,
    ca1: intermediate,
    'vendor-root': vendorRoot,
    'vendor-ca': vendorIntermediate,
    'uncommon-root': uncommonRoot,
    'uncommon-ca': uncommonIntermediate,
  };
  const certificates = new Map<string, ServerCertificate>();
  const contexts = new Map<string, SecureContext>();
  const revoked: string[] = [];

  const issue = (name: string, kind: OriginBehaviour['certificate']): ServerCertificate => {
    const [id, usual]: readonly [string, Authority] =
      kind === 'uncommon-root'
        ? ['uncommon-ca', uncommonIntermediate]
        : vendor(name)
          ? ['vendor-ca', vendorIntermediate]
          : ['ca1', intermediate];
    const authority = kind === 'untrusted-root' ? otherRoot : kind === 'company' ? company : usual;
    const options = {
      commonName: name,
      dnsNames: kind === 'wrong-name' ? ['www.somebody-else.example'] : kind === 'name-in-common-name' ? [] : [name],
      notBefore: kind === 'expired' ? days(-120) : kind === 'not-yet-valid' ? days(20) : days(-30),
      notAfter: kind === 'expired' ? days(-3) : kind === 'not-yet-valid' ? days(110) : days(60),
      scts: isPrivate(kind) ? 0 : 2,
      ...(kind === 'weak-key' ? { key: 'rsa' as const, rsaBits: 1024 } : {}),
      ...(typeof kind === 'object' ? { padding: kind.paddingBytes } : {}),
      ...(kind === 'no-revocation-urls' || kind === 'missing-intermediate-unnamed' || isPrivate(kind) ? {} : urls(id)),
    };
    const issued = issueCertificate(kind === 'self-signed' ? null : authority, options);
    if (kind === 'revoked') revoked.push(issued.serial);
    return {
      issued,
      chain: kind === 'missing-intermediate' || kind === 'missing-intermediate-unnamed' ? issued.pem : issued.chainPem,
    };
  };

  const certificateFor: LabPki['certificateFor'] = (name, kind) => {
    const key = `${name} ${JSON.stringify(kind ?? 'sound')}`;
    const known = certificates.get(key);
    if (known) return known;
    const made = issue(name, kind);
    certificates.set(key, made);
    return made;
  };

  return {
    root,
    vendorRoot,
    uncommonRoot,
    certificateFor,
    contextFor(name, behaviour) {
      const key = JSON.stringify([name, behaviour.certificate, behaviour.tls]);
      const known = contexts.get(key);
      if (known) return known;
      const { issued, chain } = certificateFor(name, behaviour.certificate);
      const tls = behaviour.tls ?? {};
      const old = tls.maxVersion === 'TLSv1' || tls.maxVersion === 'TLSv1.1' || behaviour.certificate === 'weak-key';
      const ciphers = old ? 'DEFAULT@SECLEVEL=0' : tls.ciphers;
      const made = createSecureContext({
        cert: chain,
        key: issued.keyPem,
        minVersion: tls.minVersion ?? (old ? 'TLSv1' : 'TLSv1.2'),
        maxVersion: tls.maxVersion ?? 'TLSv1.3',
        ...(ciphers === undefined ? {} : { ciphers }),
        ...(tls.clientCertificate === undefined ? {} : { ca: root.pem }),
      });
      contexts.set(key, made);
      return made;
    },
    service(host, path, body) {
      const fresh = { thisUpdate: days(-1), nextUpdate: days(6) };
      const id = path.replace(/^\/|\.\w+$/g, '');
      const authority = authorities[id];
      if (host === 'issuers.trust-services.example' && authority) {
        return { type: 'application/pkix-cert', body: authority.der };
      }
      if (host === 'crl.trust-services.example' && authority) {
        const serials = revoked.map((serial) => ({ serial, at: days(-2) }));
        return { type: 'application/pkix-crl', body: createCrl(authority, serials, fresh) };
      }
      if (host !== 'ocsp.trust-services.example') return null;
      const request = body.length > 0 ? body : Buffer.from(decodeURIComponent(path.slice(1)), 'base64');
      const all = [
        intermediate,
        vendorIntermediate,
        uncommonIntermediate,
        ...[...certificates.values()].map((entry) => entry.issued),
      ];
      const asked = all.filter((entry) =>
        request.includes(
          Buffer.from(entry.serial.padStart(entry.serial.length + (entry.serial.length % 2), '0'), 'hex'),
        ),
      );
      const signer = asked[0]?.issuer ?? intermediate;
      const statuses = asked.map((certificate) =>
        revoked.includes(certificate.serial)
          ? { certificate, status: 'revoked' as const, revokedAt: days(-2) }
          : { certificate, status: 'good' as const },
      );
      return {
        type: 'application/ocsp-response',
        body: createOcspResponse(signer, { statuses, producedAt: days(-1), ...fresh }),
      };
    },
  };
}
