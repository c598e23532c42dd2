/** Accounts and signatures that stand in addresses, whoever they belong to. Linear in the text. */

import { before, percentDecoded } from '../text-bounds.ts';

/**
 * What tells where the authority of an address begins, where it ends, and where an account in it does: slashes of either kind,
 * `@`, and each of them as JSON escapes it and as it stands in a parameter of another address. Of what may stand in a password
 * (RFC 3986, and what readers of addresses take besides: https://url.spec.whatwg.org/#authority-state) nothing ends one.
 */
const marks =
  /(?:\\u00(?:2f|5c)|%(?:25)?(?:2f|5c)|\/|\\(?!u0040))+|\\u0040|%(?:25)?40|@|%(?:25)?(?:20|22|23|3f)|[\s"<>?#]/gi;
const isSlash = /^(?:\\u00[25]|%(?:25)?[25][fc]|[/\\])/i;
const isAt = /^(?:\\u0040|%(?:25)?40|@)$/i;
const endsInColon = /(?::|\\u003a|%(?:25)?3a)$/i;

interface Account {
  readonly start: number;
  end: number;
}

/** Accounts before the `@` of addresses with a scheme or without one, in order. */
function accountsIn(text: string): readonly Account[] {
  const accounts: Account[] = [];
  let start = -1;
  for (const { 0: mark, index } of text.matchAll(marks)) {
    if (isAt.test(mark)) {
      const last = accounts.at(-1);
      if (start >= 0 && last?.start === start) last.end = index;
      else if (start >= 0 && index > start) accounts.push({ start, end: index });
    } else if (isSlash.test(mark)) {
      const isOpening =
        /[^/\\]/.test(mark) || mark.length > 1 || endsInColon.test(text.slice(Math.max(0, index - 6), index));
      start = isOpening ? index + mark.length : -1;
    } else start = -1;
  }
  return accounts;
}

/** As they are written, however short. */
function written(text: string): readonly string[] {
  const all = accountsIn(text).map(({ start, end }) => {
    const account = text.slice(start, end);
    const colon = account.indexOf(':');
    return colon < 0 ? '' : account.slice(colon + 1);
  });
  for (const [, value] of text.matchAll(/[?&;](?:sig|password)=([^&\s"'<>#]+)/gi)) {
    if (value !== undefined) all.push(value);
  }
  return all.filter((value) => value !== '');
}

/** Passwords and signatures that stand in the addresses of a text, decoded and as they are written. */
export const urlSecrets = (text: string): readonly string[] =>
  written(text)
    .flatMap((value) => [value, percentDecoded(value) ?? value])
    .filter((value) => value.length >= 4);

/** Whether an address in the text holds a password or a signature; the name of a user is none. */
export const holdsUrlSecret = (text: string): boolean => written(text).length > 0;

/**
 * What stands before the `@` of an address gives way to an ellipsis, and the value of a `sig` parameter, with which whoever
 * has it may call a webhook, to a mark.
 */
export function withoutUrlAccounts(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  for (const { start, end } of /@|40/.test(text) ? accountsIn(text) : []) {
    parts.push(text.slice(kept, start), '…');
    kept = end;
  }
  const clean = parts.join('') + text.slice(kept);
  return clean.replace(/([?&;]sig=|(?:%(?:25)?(?:3f|26)|\\u0026)sig(?:=|%(?:25)?3d))[^&\s"'<>#\\]+/gi, '$1[secret]');
}

/** The same of a list whose entries may be addresses without a scheme: what a PAC file answers, a bypass list. */
export function withoutAccounts(list: string): string {
  if (!list.includes('@')) return list;
  return withoutUrlAccounts(list)
    .split(/(\s+)/)
    .map((entry) => {
      const at = entry.lastIndexOf('@');
      if (at < 0 || entry[at - 1] === '…') return entry;
      // Divided by commas or semicolons, of which a password may have some as well.
      const user = before(entry.slice(0, at), ':');
      return `${entry.slice(0, Math.max(user.lastIndexOf(','), user.lastIndexOf(';')) + 1)}…${entry.slice(at)}`;
    })
    .join('');
}
