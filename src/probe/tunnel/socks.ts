import { isIPv4 } from 'node:net';
import { isIP } from '../../addresses.ts';
import type { Credentials } from '../../proxy/credentials.ts';
import { type CredentialLeave, notSentReason } from '../../proxy/lockout.ts';
import type { Keep } from '../../secrets/secrets.ts';
import { before } from '../../text-bounds.ts';
import { StageError } from '../stage/failure.ts';
import { shownBytes } from './answer.ts';
import type { Peer } from './peer.ts';

/** Where the proxy shall connect to. A name only for those versions that resolve it. */
interface SocksTarget {
  readonly host: string;
  readonly port: number;
}

/** What is learned on the way, for the evidence. */
export interface SocksFacts {
  readonly keep: Keep;
  reply?: number;
  firstBytes?: string;
  /** The methods that were offered by us, and how the login went. */
  auth?: {
    readonly offered: readonly string[];
    readonly used: string | null;
    readonly failed: string | null;
    /** The host that this account was refused for before; then it was not sent. */
    readonly refusedFor?: string;
  };
}

async function take(peer: Peer, count: number): Promise<Buffer> {
  while (peer.held.length < count) {
    if (!(await peer.fill())) {
      const code = peer.facts().ended === 'reset' ? 'tunnel.reset' : 'tunnel.closed';
      throw new StageError(code, 'closed within the SOCKS dialogue');
    }
  }
  return peer.take(count);
}

function notSocks(peer: Peer, first: Buffer, facts: SocksFacts): StageError {
  facts.firstBytes = shownBytes(Buffer.concat([first, peer.held]), facts.keep);
  return new StageError('tunnel.not-http', 'the answer is no SOCKS', facts.firstBytes);
}

/** Octets of an IPv6 address. */
function octets6(address: string): Buffer {
  const hostname = new URL(`http://[${before(address, '%')}]`).hostname.slice(1, -1);
  const [head = '', tail] = hostname.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  const words = [...left, ...middle, ...right].map((word) => Number.parseInt(word, 16));
  return Buffer.from(words.flatMap((word) => [word >> 8, word & 0xff]));
}

const octets4 = (address: string): Buffer => Buffer.from(address.split('.').map(Number));
const port2 = (port: number): Buffer => Buffer.from([port >> 8, port & 0xff]);

/** The request of version 4, and of 4A where the host is a name; null where the version has no such address. */
export function socks4Request({ host, port }: SocksTarget, user: string): Buffer | null {
  if (isIP(host) === 6 || user.includes('\0')) return null;
  const named = !isIPv4(host);
  const address = named ? Buffer.from([0, 0, 0, 1]) : octets4(host);
  const name = named ? Buffer.from(`${host}\0`, 'latin1') : Buffer.alloc(0);
  return Buffer.concat([Buffer.from([4, 1]), port2(port), address, Buffer.from(`${user}\0`, 'utf8'), name]);
}

/** The request of version 5 (RFC 1928 section 4). */
export function socks5Request({ host, port }: SocksTarget): Buffer {
  const family = isIP(host);
  const name = Buffer.from(host, 'latin1').subarray(0, 255);
  const address =
    family === 4
      ? Buffer.concat([Buffer.from([1]), octets4(host)])
      : family === 6
        ? Buffer.concat([Buffer.from([4]), octets6(host)])
        : Buffer.concat([Buffer.from([3, name.length]), name]);
  return Buffer.concat([Buffer.from([5, 1, 0]), address, port2(port)]);
}

/** SOCKS 4 and 4A: one request, one reply of eight bytes; 90 grants. */
export async function socks4(
  peer: Peer,
  target: SocksTarget,
  account: Credentials | null,
  facts: SocksFacts,
): Promise<void> {
  const request = socks4Request(target, account?.user ?? '');
  if (request === null) throw new StageError('tunnel.socks', 'version 4 has no address of this kind', 'address-type');
  peer.write(request);
  const start = await take(peer, 1);
  if (start[0] !== 0) throw notSocks(peer, start, facts);
  const [code = 0] = await take(peer, 7);
  facts.reply = code;
  if (code !== 90) throw new StageError('tunnel.socks', `SOCKS reply ${code}`, String(code));
}

/**
 * SOCKS 5 with the methods «none» and, with an account, user name and password (RFC 1929), sent when `leave` is given.
 */
export async function socks5(
  peer: Peer,
  target: SocksTarget,
  account: Credentials | null,
  facts: SocksFacts,
  leave: CredentialLeave,
): Promise<void> {
  peer.write(Buffer.from(account === null ? [5, 1, 0] : [5, 2, 0, 2]));
  const version = await take(peer, 1);
  if (version[0] !== 5) throw notSocks(peer, version, facts);
  const [method] = await take(peer, 1);
  if (method === 2 && account !== null) await login(peer, account, facts, leave);
  else if (method !== 0) {
    facts.auth = {
      offered: method === 255 ? [] : [`method ${method}`],
      used: null,
      failed: account === null ? 'no-credentials' : 'unsupported',
    };
    throw new StageError('tunnel.auth', 'none of our SOCKS methods is accepted', String(method));
  }
  peer.write(socks5Request(target));
  const head = await take(peer, 2);
  if (head[0] !== 5) throw notSocks(peer, head, facts);
  const [, code = 1] = head;
  facts.reply = code;
  if (code !== 0) throw new StageError('tunnel.socks', `SOCKS reply ${code}`, String(code));
  const [, kind = 0] = await take(peer, 2);
  const length = kind === 1 ? 4 : kind === 4 ? 16 : kind === 3 ? ((await take(peer, 1))[0] ?? 0) : -1;
  if (length < 0) throw notSocks(peer, head, facts);
  await take(peer, length + 2);
}

async function login(peer: Peer, account: Credentials, facts: SocksFacts, leave: CredentialLeave): Promise<void> {
  const { user, password } = account;
  const name = Buffer.from(user, 'utf8');
  const secret = Buffer.from(password.reveal(), 'utf8');
  const failed = (reason: string): StageError => {
    facts.auth = { offered: ['password'], used: 'password', failed: reason };
    return new StageError('tunnel.auth', `SOCKS login: ${reason}`);
  };
  if (name.length === 0 || name.length > 255 || secret.length > 255) throw failed('account-unusable');
  const refused = await leave.permit(account);
  if (refused !== null) {
    const failed = notSentReason(refused);
    facts.auth = { offered: ['password'], used: 'password', failed, refusedFor: refused.refusedFor };
    throw new StageError('tunnel.auth', 'SOCKS login: not taken before, not sent again', failed);
  }
  leave.sending();
  peer.write(Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([secret.length]), secret]));
  let answer: Buffer;
  try {
    answer = await take(peer, 2);
  } catch (error) {
    // RFC 1929 section 2: a server that says no must close, and some close without saying so.
    if (error instanceof StageError && peer.held.length === 0) throw failed('rejected');
    throw error;
  }
  if (answer[1] !== 0) throw failed('rejected');
  facts.auth = { offered: ['password'], used: 'password', failed: null };
  leave.settle('accepted');
}
