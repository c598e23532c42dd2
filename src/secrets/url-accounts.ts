/** Accounts and signatures that stand in addresses, whoever they belong to. Linear in the text. */

import { percentDecoded } from '../text-bounds.ts';

const ends = /[\s"'<>\\/?#,;]/;

/** As they are written, however short. */
function written(text: string): readonly string[] {
  const all: string[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const account = text.slice(at + 3, authorityEnd(text, at + 3));
    const colon = account.indexOf(':');
    const end = account.lastIndexOf('@');
    if (colon >= 0 && colon < end) all.push(account.slice(colon + 1, end));
  }
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

/** Where the authority that begins at `at` ends. */
function authorityEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !ends.test(text[end] as string)) end += 1;
  return end;
}

/**
 * What stands before the `@` of an address gives way to an ellipsis, and the value of a `sig` parameter, with which whoever
 * has it may call a webhook, to a mark.
 */
export function withoutUrlAccounts(text: string): string {
  let clean = text;
  if (text.includes('@')) {
    const parts: string[] = [];
    let kept = 0;
    for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', kept)) {
      const start = at + 3;
      const end = authorityEnd(text, start);
      const account = text.slice(start, end).lastIndexOf('@');
      parts.push(text.slice(kept, start), account < 0 ? '' : '…');
      kept = account < 0 ? start : start + account;
    }
    clean = parts.join('') + text.slice(kept);
  }
  return clean.replace(/([?&;]sig=|%(?:3f|26)sig(?:=|%3d))[^&\s"'<>#]+/gi, '$1[secret]');
}

/** The same of a list whose entries may be addresses without a scheme: what a PAC file answers, a bypass list. */
export function withoutAccounts(list: string): string {
  if (!list.includes('@')) return list;
  return list
    .split(/([\s,;]+)/)
    .map((entry) => {
      const at = entry.lastIndexOf('@');
      const scheme = entry.indexOf('://');
      return at < 0 ? entry : `${scheme < 0 || scheme > at ? '' : entry.slice(0, scheme + 3)}…${entry.slice(at)}`;
    })
    .join('');
}
