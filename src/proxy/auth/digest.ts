import { createHash, getHashes } from 'node:crypto';
import type { Credentials } from '../credentials.ts';
import type { Challenge } from './challenge.ts';

/** RFC 7616's names and OpenSSL's; the strongest first. */
const hashes = [
  ['sha-512-256', 'sha512-256'],
  ['sha-256', 'sha256'],
  ['md5', 'md5'],
] as const;

export interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  /** As offered (`SHA-256-sess`); null if the challenge names none, which means MD5. */
  readonly algorithm: string | null;
  /** OpenSSL's name of the hash. */
  readonly hash: string;
  readonly session: boolean;
  /** Null for a challenge of RFC 2069. `auth-int` only where `auth` is not offered. */
  readonly qop: 'auth' | 'auth-int' | null;
  /** The answer before was right, its nonce too old. */
  readonly stale: boolean;
  readonly userhash: boolean;
  /** The proxy says that it reads UTF-8. */
  readonly utf8: boolean;
}

/** The strongest Digest challenge that can be answered with this runtime's hashes; null if there is none. */
export function chooseDigest(challenges: readonly Challenge[]): DigestChallenge | null {
  const readable = challenges.flatMap((challenge) => (challenge.scheme === 'digest' ? [parseDigest(challenge)] : []));
  const usable = readable.filter((challenge) => challenge !== null);
  const rank = ({ hash }: DigestChallenge): number => hashes.findIndex(([, name]) => name === hash);
  return usable.sort((one, other) => rank(one) - rank(other))[0] ?? null;
}

function parseDigest({ parameters }: Challenge): DigestChallenge | null {
  const realm = parameters.get('realm');
  const nonce = parameters.get('nonce');
  const algorithm = parameters.get('algorithm') ?? null;
  const [, base = '', session] = /^(.*?)(-sess)?$/i.exec(algorithm ?? 'MD5') ?? [];
  const hash = hashes.find(([name]) => name === base.toLowerCase())?.[1];
  const offered = parameters
    .get('qop')
    ?.toLowerCase()
    .split(/[\s,]+/);
  const qop = offered?.includes('auth') ? 'auth' : offered?.includes('auth-int') ? 'auth-int' : null;
  if (realm === undefined || nonce === undefined || hash === undefined || !getHashes().includes(hash)) return null;
  if (offered !== undefined && qop === null) return null;
  return {
    realm,
    nonce,
    opaque: parameters.get('opaque') ?? null,
    algorithm,
    hash,
    session: session !== undefined,
    qop,
    stale: parameters.get('stale')?.toLowerCase() === 'true',
    userhash: parameters.get('userhash')?.toLowerCase() === 'true',
    utf8: parameters.get('charset')?.toLowerCase() === 'utf-8',
  };
}

interface DigestRequest {
  readonly method: string;
  /** The request target: `host:443` for CONNECT, the absolute URL for a plain request. */
  readonly uri: string;
  /** Uses of this nonce, this one included. */
  readonly count: number;
  readonly cnonce: string;
}

/** Quoted for a header: UTF-8 as the bytes of a Latin-1 string, which is how Node writes header values. */
function quoted(text: string): string {
  return `"${Buffer.from(text, 'utf8').toString('latin1').replace(/[\\"]/g, '\\$&')}"`;
}

/** RFC 8187 value for `username*`. */
function extended(text: string): string {
  const encoded = encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `UTF-8''${encoded}`;
}

/**
 * The answer to a Digest challenge (RFC 7616; without `qop` that of RFC 2069). User name and password are hashed as
 * UTF-8. The requests of a probe have no body, so `auth-int` hashes an empty one.
 */
export function digestHeader(
  challenge: DigestChallenge,
  { user, password }: Pick<Credentials, 'user' | 'password'>,
  { method, uri, count, cnonce }: DigestRequest,
): string {
  const hash = (text: string): string => createHash(challenge.hash).update(text, 'utf8').digest('hex');
  const { realm, nonce, qop } = challenge;
  const account = hash(`${user}:${realm}:${password.reveal()}`);
  const secret = challenge.session ? hash(`${account}:${nonce}:${cnonce}`) : account;
  const request = hash(qop === 'auth-int' ? `${method}:${uri}:${hash('')}` : `${method}:${uri}`);
  const uses = count.toString(16).padStart(8, '0');
  const response = hash(
    qop === null ? `${secret}:${nonce}:${request}` : `${secret}:${nonce}:${uses}:${cnonce}:${qop}:${request}`,
  );
  const plainName = /^[\x20-\x7e]*$/.test(user) || !challenge.utf8;
  const name = challenge.userhash
    ? `username=${quoted(hash(`${user}:${realm}`))}`
    : plainName
      ? `username=${quoted(user)}`
      : `username*=${extended(user)}`;
  const parts = [
    name,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    ...(challenge.algorithm === null ? [] : [`algorithm=${challenge.algorithm}`]),
    `response="${response}"`,
    ...(challenge.opaque === null ? [] : [`opaque=${quoted(challenge.opaque)}`]),
    ...(qop === null ? [] : [`qop=${qop}`, `nc=${uses}`]),
    ...(qop === null && !challenge.session ? [] : [`cnonce=${quoted(cnonce)}`]),
    ...(challenge.userhash ? ['userhash=true'] : []),
  ];
  return `Digest ${parts.join(', ')}`;
}
