/**
 * An X.509 builder on node:crypto alone: certificates, sound or broken in one chosen
 * way. The demo and the tests make every chain they serve with it, offline and without openssl.
 * Formats: RFC 5280 and RFC 6962 (SCT list). Revocation lists are made in revocation-list.ts.
 */

import { type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { isIP } from '../addresses.ts';
import {
  bitString,
  boolean,
  constructed,
  ia5String,
  integer,
  octetString,
  oid,
  primitive,
  sequence,
  set,
  time,
  tlv,
  utf8String,
} from '../trust/x509/der-write.ts';
import { fromHex, generateKey, hash, type KeyKind, keyBits, type SignatureHash, signed, spkiOf } from './pki-keys.ts';

/** Attributes in the order they are written. Values may hold anything: control characters, NUL, markup. */
type NameAttribute = readonly ['C' | 'ST' | 'L' | 'O' | 'OU' | 'DC' | 'CN' | 'email', string];

/** Key, name and dates: what every certificate needs. */
interface CertificateOptions {
  /** Whole subject; `commonName` (or `name`) is only appended if it has no CN. */
  readonly subject?: readonly NameAttribute[];
  readonly key?: KeyKind;
  /** Default 2048. */
  readonly rsaBits?: number;
  /** Default 2020-01-01 to 2049-12-31: fixed, so that no clock is read. */
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  /** Hex; default 16 random bytes. */
  readonly serial?: string;
  /** Hash of the issuer's signature on it; ignored for Ed25519. */
  readonly signature?: SignatureHash;
  /** One bit of the signature is wrong. */
  readonly badSignature?: boolean;
  /** Dotted OIDs; an empty list leaves the extension out. */
  readonly extendedKeyUsage?: readonly string[];
  /** Key usage bits as RFC 5280 names them; null leaves the extension out. */
  readonly keyUsage?: readonly KeyUsage[] | null;
  readonly aiaIssuers?: readonly string[];
  readonly ocspUrls?: readonly string[];
  readonly crlUrls?: readonly string[];
  /** Leaves subject and authority key identifiers out. */
  readonly noKeyIds?: boolean;
  /** Number of (made-up) signed certificate timestamps to embed. */
  readonly scts?: number;
  /** Size in bytes of a meaningless extension: a certificate as large as wanted. */
  readonly padding?: number;
  /** DER of whole extra extensions. */
  readonly extensions?: readonly Buffer[];
}

interface AuthorityOptions extends CertificateOptions {
  /** Common name. */
  readonly name: string;
  /** Left out: self-signed root. */
  readonly issuer?: Authority;
  readonly pathLength?: number;
  /** Same subject and key as this one, another certificate: a cross-sign, or a renewed root. */
  readonly sameKeyAs?: Authority;
}

export interface LeafOptions extends CertificateOptions {
  readonly commonName?: string;
  readonly dnsNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  /** Default false. */
  readonly isCa?: boolean;
}

export interface Issued {
  readonly der: Buffer;
  readonly pem: string;
  /** PKCS #8. */
  readonly keyPem: string;
  readonly key: KeyObject;
  /** Lower-case hex, no separators. */
  readonly sha256: string;
  /** Lower-case hex, no leading zero octet. */
  readonly serial: string;
  readonly x509: X509Certificate;
  /** DER of the subject. */
  readonly subjectName: Buffer;
  readonly kind: KeyKind;
  /** Null for a self-signed one. */
  readonly issuer: Authority | null;
  /** This certificate and those above it, without the self-signed root: what a server should send. */
  readonly chain: readonly Issued[];
  /** The same as one PEM text, for `tls.createServer({ cert })`. */
  readonly chainPem: string;
  /** The chain with the root, as DER. */
  readonly fullChain: readonly Issued[];
}

/** A certificate that signs others. */
export type Authority = Issued;

const KEY_USAGE = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const;
type KeyUsage = (typeof KEY_USAGE)[number];

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ATTRIBUTE_OID: Readonly<Record<NameAttribute[0], string>> = {
  C: '2.5.4.6',
  ST: '2.5.4.8',
  L: '2.5.4.7',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  DC: '0.9.2342.19200300.100.1.25',
  email: '1.2.840.113549.1.9.1',
};

/** DER of a distinguished name. */
function distinguishedName(attributes: readonly NameAttribute[]): Buffer {
  return sequence(
    ...attributes.map(([type, value]) =>
      set(
        sequence(
          oid(ATTRIBUTE_OID[type]),
          type === 'DC' || type === 'email'
            ? ia5String(value)
            : type === 'C'
              ? tlv(0x13, Buffer.from(value))
              : utf8String(value),
        ),
      ),
    ),
  );
}

/** DER of one extension. */
export function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

const uri = (url: string): Buffer => primitive(6, Buffer.from(url, 'utf8'));

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  if (isIP(address) !== 6) throw new TypeError(`not an IP address: ${address}`);
  const [head = '', tail] = address.split('::');
  const words = (part: string | undefined): number[] =>
    part ? part.split(':').map((word) => Number.parseInt(word, 16)) : [];
  const [left, right] = [words(head), words(tail)];
  const all = [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]));
}

/** An SCT list that parses: version 1, a log id and a signature that no log ever made. */
function sctList(count: number): Buffer {
  const sct = Buffer.alloc(1 + 32 + 8 + 2 + 4 + 8);
  const entry = Buffer.concat([Buffer.from([0, sct.length]), sct]);
  const all = Buffer.concat(Array<Buffer>(count).fill(entry));
  return octetString(Buffer.concat([Buffer.from([all.length >> 8, all.length & 0xff]), all]));
}

function keyUsageBits(names: readonly KeyUsage[]): Buffer {
  const byte = names.reduce((bits, name) => bits | (0x80 >> KEY_USAGE.indexOf(name)), 0);
  let unused = 0;
  while (unused < 7 && (byte & (1 << unused)) === 0) unused++;
  return bitString(Buffer.from([byte]), unused);
}

function extensionsOf(
  options: LeafOptions & Pick<AuthorityOptions, 'pathLength'>,
  isCa: boolean,
  subjectKey: KeyObject,
  issuerKey: KeyObject,
) {
  const list: Buffer[] = [];
  if (isCa) {
    const pathLength = options.pathLength === undefined ? [] : [integer(options.pathLength)];
    list.push(extension('2.5.29.19', sequence(boolean(true), ...pathLength), true));
  } else list.push(extension('2.5.29.19', sequence(), true));
  const usage =
    options.keyUsage ??
    (isCa ? (['digitalSignature', 'keyCertSign', 'cRLSign'] as const) : (['digitalSignature'] as const));
  if (options.keyUsage !== null) list.push(extension('2.5.29.15', keyUsageBits(usage), true));
  const purposes = options.extendedKeyUsage ?? (isCa ? [] : [SERVER_AUTH]);
  if (purposes.length > 0) list.push(extension('2.5.29.37', sequence(...purposes.map(oid))));
  const names = [
    ...(options.dnsNames ?? []).map((name) => primitive(2, Buffer.from(name, 'utf8'))),
    ...(options.ipAddresses ?? []).map((address) => primitive(7, addressBytes(address))),
  ];
  if (names.length > 0) list.push(extension('2.5.29.17', sequence(...names)));
  if (options.noKeyIds !== true) {
    list.push(extension('2.5.29.14', octetString(hash('sha1', keyBits(subjectKey)))));
    list.push(extension('2.5.29.35', sequence(primitive(0, hash('sha1', keyBits(issuerKey))))));
  }
  const access = [
    ...(options.ocspUrls ?? []).map((url) => sequence(oid('1.3.6.1.5.5.7.48.1'), uri(url))),
    ...(options.aiaIssuers ?? []).map((url) => sequence(oid('1.3.6.1.5.5.7.48.2'), uri(url))),
  ];
  if (access.length > 0) list.push(extension('1.3.6.1.5.5.7.1.1', sequence(...access)));
  const points = (options.crlUrls ?? []).map((url) => sequence(constructed(0, constructed(0, uri(url)))));
  if (points.length > 0) list.push(extension('2.5.29.31', sequence(...points)));
  if (options.scts) list.push(extension('1.3.6.1.4.1.11129.2.4.2', sctList(options.scts)));
  // 32473 is the enterprise number for examples (RFC 5612).
  if (options.padding) list.push(extension('1.3.6.1.4.1.32473.1', octetString(Buffer.alloc(options.padding, 0x2a))));
  list.push(...(options.extensions ?? []));
  return constructed(3, sequence(...list));
}

function build(
  options: LeafOptions & Pick<AuthorityOptions, 'pathLength'>,
  isCa: boolean,
  subjectName: Buffer,
  key: KeyObject,
  kind: KeyKind,
  issuer: Authority | null,
): Issued {
  const signer = issuer ?? { key, kind, subjectName };
  const serialBytes =
    options.serial === undefined ? Buffer.concat([Buffer.from([0x40]), randomBytes(15)]) : fromHex(options.serial);
  const der = signed(
    signer,
    options.signature ?? 'sha256',
    (algorithm) =>
      sequence(
        constructed(0, integer(2)),
        integer(serialBytes),
        algorithm,
        signer.subjectName,
        sequence(
          time(options.notBefore ?? new Date('2020-01-01T00:00:00Z')),
          time(options.notAfter ?? new Date('2049-12-31T23:59:59Z')),
        ),
        subjectName,
        spkiOf(key),
        extensionsOf(options, isCa, key, signer.key),
      ),
    options.badSignature === true,
  );
  const lines = der.toString('base64').replace(/.{1,64}/g, '$&\n');
  const pem = `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
  let x509: X509Certificate | null = null;
  const issued: Issued = {
    der,
    pem,
    key,
    kind,
    issuer,
    subjectName,
    sha256: hash('sha256', der).toString('hex'),
    serial: serialBytes.toString('hex').replace(/^(00)+(?=..)/, ''),
    get keyPem() {
      return key.export({ type: 'pkcs8', format: 'pem' }).toString();
    },
    get x509() {
      x509 ??= new X509Certificate(der);
      return x509;
    },
    get chain() {
      return issuer === null ? [issued] : [issued, ...issuer.chain.filter((link) => link.issuer !== null)];
    },
    get chainPem() {
      return issued.chain.map((link) => link.pem).join('');
    },
    get fullChain() {
      return issuer === null ? [issued] : [issued, ...issuer.fullChain];
    },
  };
  return issued;
}

const named = (options: CertificateOptions, commonName: string | undefined): Buffer => {
  const subject = options.subject ?? [];
  const hasName = commonName === undefined || subject.some(([type]) => type === 'CN');
  return distinguishedName(hasName ? subject : [...subject, ['CN', commonName]]);
};

/** A root (no `issuer`), an intermediate, or a cross-sign of another authority's name and key (`sameKeyAs`). */
export function createAuthority(options: AuthorityOptions): Authority {
  const kind = options.sameKeyAs?.kind ?? options.key ?? 'ec';
  const key = options.sameKeyAs?.key ?? generateKey(kind, options.rsaBits ?? 2048);
  const subject = options.sameKeyAs?.subjectName ?? named(options, options.name);
  return build(options, true, subject, key, kind, options.issuer ?? null);
}

/** A certificate signed by `authority`; a null authority makes it self-signed. */
export function issueCertificate(authority: Authority | null, options: LeafOptions): Issued {
  const kind = options.key ?? 'ec';
  const key = generateKey(kind, options.rsaBits ?? 2048);
  const subject = named(options, options.commonName);
  return build(options, options.isCa === true, subject, key, kind, authority);
}
