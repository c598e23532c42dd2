import { createHmac } from 'node:crypto';
import { md4 } from './md4.ts';

/** NTLMv2 messages of MS-NLMP. No signing or sealing is asked for, so no session key is exchanged. */
const flag = {
  unicode: 0x0000_0001,
  requestTarget: 0x0000_0004,
  ntlm: 0x0000_0200,
  alwaysSign: 0x0000_8000,
  extendedSessionSecurity: 0x0008_0000,
  targetInfo: 0x0080_0000,
  version: 0x0200_0000,
  key128: 0x2000_0000,
  key56: 0x8000_0000,
} as const;

const wanted = Object.values(flag).reduce((all, bit) => (all | bit) >>> 0, 0);

const signature = Buffer.from('NTLMSSP\0', 'latin1');

/** Windows 10 1607, NTLMSSP revision 15: the field is for debugging alone (MS-NLMP 2.2.2.10). */
const version = Buffer.from('0a0039380000000f', 'hex');

/** AV_PAIR ids (MS-NLMP 2.2.2.1). */
const av = { end: 0, domain: 2, flags: 6, timestamp: 7, targetName: 9, channelBindings: 10 } as const;

const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');

function hmacMd5(key: Uint8Array, ...data: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const part of data) hmac.update(part);
  return hmac.digest();
}

interface DomainAccount {
  readonly user: string;
  readonly domain: string;
}

/**
 * `DOMAIN\user` has a domain; `user@domain` is a user principal name, which goes as it is with an empty domain
 * (as Windows sends it); anything else is the user of the proxy's own domain.
 */
export function splitAccount(name: string): DomainAccount {
  const backslash = name.indexOf('\\');
  if (backslash > 0) return { domain: name.slice(0, backslash), user: name.slice(backslash + 1) };
  return { domain: '', user: name };
}

/** NEGOTIATE_MESSAGE without domain and workstation (MS-NLMP 2.2.1.1). */
export function negotiateMessage(): Buffer {
  const message = Buffer.alloc(40);
  signature.copy(message);
  message.writeUInt32LE(1, 8);
  message.writeUInt32LE(wanted, 12);
  message.writeUInt32LE(40, 20);
  message.writeUInt32LE(40, 28);
  version.copy(message, 32);
  return message;
}

interface NtlmChallenge {
  readonly flags: number;
  readonly serverChallenge: Buffer;
  /** AV pairs in their order, without the end mark. Empty if the message has none. */
  readonly targetInfo: readonly { readonly id: number; readonly value: Buffer }[];
  /** NetBIOS domain of the server, made of its AV pairs; null if it says none. */
  readonly domain: string | null;
  readonly bytes: Buffer;
}

/** Reads a CHALLENGE_MESSAGE (MS-NLMP 2.2.1.2); null if it is none, or its fields point outside of it. */
export function parseChallengeMessage(bytes: Buffer): NtlmChallenge | null {
  if (bytes.length < 32 || bytes.length > 65_535 || !bytes.subarray(0, 8).equals(signature)) return null;
  if (bytes.readUInt32LE(8) !== 2) return null;
  const flags = bytes.readUInt32LE(20);
  const serverChallenge = bytes.subarray(24, 32);
  const none = { flags, serverChallenge, targetInfo: [], domain: null, bytes };
  if ((flags & flag.targetInfo) === 0 || bytes.length < 48) return none;
  const length = bytes.readUInt16LE(40);
  const start = bytes.readUInt32LE(44);
  if (start + length > bytes.length) return null;
  const targetInfo = parseTargetInfo(bytes.subarray(start, start + length));
  if (targetInfo === null) return null;
  const domain = targetInfo.find(({ id }) => id === av.domain)?.value.toString('utf16le') ?? null;
  return { ...none, targetInfo, domain };
}

function parseTargetInfo(bytes: Buffer): NtlmChallenge['targetInfo'] | null {
  const pairs: { id: number; value: Buffer }[] = [];
  for (let offset = 0; offset + 4 <= bytes.length; ) {
    const id = bytes.readUInt16LE(offset);
    const end = offset + 4 + bytes.readUInt16LE(offset + 2);
    if (id === av.end) return pairs;
    if (end > bytes.length) return null;
    pairs.push({ id, value: bytes.subarray(offset + 4, end) });
    offset = end;
  }
  return bytes.length === 0 ? pairs : null;
}

function writeTargetInfo(pairs: NtlmChallenge['targetInfo']): Buffer {
  const parts = [...pairs, { id: av.end, value: Buffer.alloc(0) }].map(({ id, value }) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(value.length, 2);
    return Buffer.concat([head, value]);
  });
  return Buffer.concat(parts);
}

/** Capitals as Windows makes them: one letter stays one letter (`ß` does not become `SS`). */
function capitals(text: string): string {
  return [...text]
    .map((letter) => {
      const capital = letter.toUpperCase();
      return capital.length === letter.length ? capital : letter;
    })
    .join('');
}

/** NTOWFv2 (MS-NLMP 3.3.2): the user in capitals, the domain as it is written. */
export function ntowfv2({ user, domain }: DomainAccount, password: string): Buffer {
  return hmacMd5(md4(wide(password)), wide(capitals(user) + domain));
}

interface NtlmInputs {
  readonly account: DomainAccount;
  readonly password: string;
  /** 8 random bytes. */
  readonly clientChallenge: Uint8Array;
  /** 100-nanosecond intervals since 1601; used only if the server sends no time of its own. */
  readonly time: bigint;
  /** `HTTP/proxy.contoso.com`; sent where the server asks for integrity (MsvAvTimestamp). Null: not sent. */
  readonly spn: string | null;
  /** Name of this machine; may be empty. */
  readonly workstation: string;
}

/** The two responses and the session key of NTLMv2 (MS-NLMP 3.3.2). */
export function ntlmv2Responses(
  challenge: Pick<NtlmChallenge, 'serverChallenge' | 'targetInfo'>,
  { account, password, clientChallenge, time, spn }: NtlmInputs,
): { readonly lm: Buffer; readonly nt: Buffer; readonly sessionBaseKey: Buffer; readonly integrity: boolean } {
  const key = ntowfv2(account, password);
  const stamp = challenge.targetInfo.find(({ id, value }) => id === av.timestamp && value.length === 8)?.value;
  const integrity = stamp !== undefined;
  const now = Buffer.alloc(8);
  now.writeBigUInt64LE(BigInt.asUintN(64, time));
  const ours = new Set<number>([av.flags, av.targetName, av.channelBindings]);
  const presentFlags = challenge.targetInfo.find(({ id, value }) => id === av.flags && value.length === 4)?.value;
  const micFlag = Buffer.alloc(4);
  micFlag.writeUInt32LE(((presentFlags?.readUInt32LE(0) ?? 0) | 2) >>> 0);
  const targetInfo = integrity
    ? [
        ...challenge.targetInfo.filter(({ id }) => !ours.has(id)),
        { id: av.flags, value: micFlag },
        { id: av.channelBindings, value: Buffer.alloc(16) },
        ...(spn === null ? [] : [{ id: av.targetName, value: wide(spn) }]),
      ]
    : challenge.targetInfo;
  const temp = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    stamp ?? now,
    clientChallenge,
    Buffer.alloc(4),
    writeTargetInfo(targetInfo),
    Buffer.alloc(4),
  ]);
  const proof = hmacMd5(key, challenge.serverChallenge, temp);
  const lm = integrity
    ? Buffer.alloc(24)
    : Buffer.concat([hmacMd5(key, challenge.serverChallenge, clientChallenge), clientChallenge]);
  return { lm, nt: Buffer.concat([proof, temp]), sessionBaseKey: hmacMd5(key, proof), integrity };
}

/**
 * AUTHENTICATE_MESSAGE (MS-NLMP 2.2.1.3) with a message integrity code over all three messages where the server asks
 * for one. Null if the server reads no Unicode, which NTLMv2 servers since 2000 do.
 */
export function authenticateMessage(negotiate: Buffer, challenge: NtlmChallenge, inputs: NtlmInputs): Buffer | null {
  if ((challenge.flags & flag.unicode) === 0) return null;
  const { lm, nt, sessionBaseKey, integrity } = ntlmv2Responses(challenge, inputs);
  const { account, workstation } = inputs;
  const header = Buffer.alloc(88);
  signature.copy(header);
  header.writeUInt32LE(3, 8);
  let offset = header.length;
  const payload: Buffer[] = [];
  // Fields in the order of the message; the payload in the order that Windows uses.
  const fields: readonly (readonly [number, Buffer])[] = [
    [28, wide(account.domain)],
    [36, wide(account.user)],
    [44, wide(workstation)],
    [12, lm],
    [20, nt],
    [52, Buffer.alloc(0)],
  ];
  for (const [at, data] of fields) {
    header.writeUInt16LE(data.length, at);
    header.writeUInt16LE(data.length, at + 2);
    header.writeUInt32LE(offset, at + 4);
    payload.push(data);
    offset += data.length;
  }
  header.writeUInt32LE((challenge.flags & wanted) >>> 0, 60);
  version.copy(header, 64);
  const message = Buffer.concat([header, ...payload]);
  if (integrity) hmacMd5(sessionBaseKey, negotiate, challenge.bytes, message).copy(message, 72);
  return message;
}

/** `NTLM` or `Negotiate` token: what a proxy that answers with NTLM's own messages sends. */
export function isNtlmToken(bytes: Buffer): boolean {
  return bytes.subarray(0, 8).equals(signature);
}

/** Milliseconds since 1970 as Windows' FILETIME. */
export function fileTime(wallMs: number): bigint {
  return (BigInt(Math.trunc(wallMs)) + 11_644_473_600_000n) * 10_000n;
}
