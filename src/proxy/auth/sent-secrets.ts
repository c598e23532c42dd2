import { createHash, getHashes } from 'node:crypto';
import type { Secrets } from '../../secrets/secrets.ts';
import type { Credentials } from '../credentials.ts';
import { md4 } from './md4.ts';

/** Algorithms of Digest, and the names that the runtime has for them. */
const digestHashes = ['md5', 'sha256', 'sha512-256'] as const;

/** Tells of a password, and of the hash that is as good as it for NTLM. */
export function tellAccount(secrets: Secrets, { user, password }: Pick<Credentials, 'user' | 'password'>): void {
  const text = password.reveal();
  if (text === '') return;
  secrets.addPassword(user, text);
  secrets.addBytes(md4(Buffer.from(text, 'utf16le')));
}

/** The hash that stands for a password in the realm of an answer to Digest (RFC 7616 section 3.4.2), and the answer. */
function tellDigest(secrets: Secrets, header: string, account: Credentials | null): void {
  const [, quoted] = /\brealm="((?:[^"\\]|\\.)*)"/i.exec(header) ?? [];
  const [, response] = /\bresponse="?([0-9a-f]{16,128})/i.exec(header) ?? [];
  if (response !== undefined) secrets.addBytes(Buffer.from(response, 'hex'));
  if (quoted === undefined || account === null) return;
  const realm = Buffer.from(quoted.replace(/\\(.)/g, '$1'), 'latin1').toString('utf8');
  const runtime = new Set(getHashes());
  for (const name of digestHashes) {
    if (!runtime.has(name)) continue;
    secrets.addBytes(createHash(name).update(`${account.user}:${realm}:${account.password.reveal()}`, 'utf8').digest());
  }
}

/** The answers in an AUTHENTICATE_MESSAGE (MS-NLMP section 2.2.1.3): to LAN Manager's challenge and to NTLM's. */
function tellNtlm(secrets: Secrets, message: Buffer): void {
  if (message.length < 28 || message.readUInt32LE(8) !== 3) return;
  for (const field of [12, 20]) {
    const start = message.readUInt32LE(field + 4);
    const answer = message.subarray(start, start + message.readUInt16LE(field));
    secrets.addBytes(answer);
    // What the password decides of it; the rest is known to whoever sent the challenge.
    secrets.addBytes(answer.subarray(0, 16));
  }
  secrets.addBytes(message);
}

/** Tells of what is secret in the value of a Proxy-Authorization that is sent now. */
export function tellSent(secrets: Secrets, header: string, account: Credentials | null): void {
  if (account !== null) tellAccount(secrets, account);
  const space = header.indexOf(' ');
  const scheme = header.slice(0, space).toLowerCase();
  if (scheme === 'digest') tellDigest(secrets, header, account);
  const message = Buffer.from(header.slice(space + 1), 'base64');
  if (scheme === 'ntlm') tellNtlm(secrets, message);
  if (scheme === 'negotiate') secrets.addBytes(message);
}
