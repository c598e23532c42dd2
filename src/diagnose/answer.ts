import type { HttpValue } from '../model.ts';

/** The first header of a name (lower case); null if there is none. */
export function headerOf(value: HttpValue, name: string): string | null {
  return value.headers.find(([found]) => found === name)?.[1] ?? null;
}

/** Whether the body is a web page, by its type or its first words. */
export function looksLikeHtml(value: HttpValue): boolean {
  const type = headerOf(value, 'content-type') ?? '';
  return /html/i.test(type) || /^\s*(<!doctype html|<html|<head|<title)/i.test(value.bodyExcerpt);
}

/** Where a 3xx answer to `base` leads, the address without its query; null for none or an unreadable one. */
export function redirectOf(base: string, value: HttpValue): { readonly host: string; readonly url: string } | null {
  const location = headerOf(value, 'location');
  if (location === null || value.status < 300 || value.status > 399 || !URL.canParse(location, base)) return null;
  const url = new URL(location, base);
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), url: `${url.protocol}//${url.host}${url.pathname}` };
}
