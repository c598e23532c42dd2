/** Distinguished names (RFC 5280 section 4.1.2.4): as a line to read, and as a key to find issuers by. */
import { createHash } from 'node:crypto';
import { entryOf } from '../../entry.ts';
import { harmless } from '../../harmless.ts';
import { children, type Der, oidText, only, TAG } from './der.ts';

/** Short names of RFC 4514 section 3 and those that certificate viewers commonly add. */
const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '2.5.4.42': 'GN',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

interface Attribute {
  readonly type: string;
  /** Null for a value that is no string. */
  readonly value: string | null;
  readonly raw: Buffer;
}

const MAX_ATTRIBUTES = 64;

/** Text of a DirectoryString or IA5String; null for anything else. */
function stringText(element: Der): string | null {
  const bytes = element.content;
  switch (element.tag) {
    case TAG.utf8String:
    case TAG.ia5String:
    case TAG.printableString:
      return bytes.toString('utf8');
    case TAG.teletexString:
      return bytes.toString('latin1');
    case TAG.bmpString:
      return bytes.length % 2 === 0 ? Buffer.from(bytes).swap16().toString('utf16le') : null;
    case TAG.universalString: {
      const points: number[] = [];
      for (let at = 0; at + 4 <= bytes.length; at += 4) points.push(bytes.readUInt32BE(at));
      return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points.slice(0, 10_000)) : null;
    }
    default:
      return null;
  }
}

/** Relative names in encoded order, each with its attributes; null if it is no Name or has too many. */
function relativeNames(name: Buffer): readonly (readonly Attribute[])[] | null {
  const outer = only(name, TAG.sequence);
  const sets = outer === null ? null : children(outer.content, MAX_ATTRIBUTES);
  if (sets === null) return null;
  const attributeSets: Attribute[][] = [];
  for (const set of sets) {
    const pairs = set.tag === TAG.set ? children(set.content, MAX_ATTRIBUTES) : null;
    if (pairs === null) return null;
    const attributes: Attribute[] = [];
    for (const pair of pairs) {
      const [type, value] = (pair.tag === TAG.sequence ? children(pair.content, 2) : null) ?? [];
      const oid = type?.tag === TAG.oid ? oidText(type.content) : null;
      if (oid === null || value === undefined) return null;
      attributes.push({ type: oid, value: stringText(value), raw: value.raw });
    }
    attributeSets.push(attributes);
  }
  return attributeSets;
}

const escaped = (value: string): string =>
  value
    .replace(/[\\",+;<>]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');

/** One line after RFC 4514, most specific first, a comma and a space between; bounded and harmless. */
export function nameText(name: Buffer): string {
  const names = relativeNames(name);
  if (names === null) return `#${name.subarray(0, 64).toString('hex')}`;
  const line = [...names]
    .reverse()
    .map((attributes) =>
      attributes
        .map(({ type, value, raw }) => {
          const shown = value === null ? `#${raw.subarray(0, 64).toString('hex')}` : escaped(value.slice(0, 500));
          return `${entryOf(SHORT, type) ?? type}=${shown}`;
        })
        .join('+'),
    )
    .join(', ');
  return harmless(line, 500);
}

/** The most specific value of an attribute (short name as in `nameText`), harmless; null if there is none. */
export function nameAttribute(name: Buffer, short: string): string | null {
  const values = (relativeNames(name) ?? []).flat().filter(({ type }) => entryOf(SHORT, type) === short);
  const value = values.at(-1)?.value ?? null;
  return value === null ? null : harmless(value);
}

/**
 * Key under which certificates of one name are found: equal for names that RFC 5280 section 7.1 calls equal
 * (case, string type and repeated spaces don't count). 32 hex digits.
 */
export function nameKey(name: Buffer): string {
  const names = relativeNames(name);
  const canonical =
    names === null
      ? name
      : JSON.stringify(
          names.map((attributes) =>
            attributes
              .map(({ type, value, raw }) => {
                const folded = value === null ? raw.toString('hex') : value.trim().replace(/\s+/g, ' ').toLowerCase();
                return `${type}=${folded}`;
              })
              .sort(),
          ),
        );
  return createHash('sha256').update(canonical).digest('hex').slice(0, 32);
}
