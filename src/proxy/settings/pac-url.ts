import type { Mistake } from '../setting.ts';

/**
 * An automatic configuration URL out of a setting: http, https or file without user information; an empty one is none.
 * Anything else is a mistake. Windows also stores a bare path or a lone space.
 */
export function pacUrlOf(
  text: string,
  name: string,
): { readonly url: string | null; readonly mistakes: readonly Mistake[] } {
  const value = text.trim();
  if (value === '' || value === '<NULL>') return { url: null, mistakes: [] };
  const url = value.length <= 2048 && URL.canParse(value) ? new URL(value) : null;
  if (url === null || !['http:', 'https:', 'file:'].includes(url.protocol)) {
    return { url: null, mistakes: [{ code: 'pac-url-unusable', level: 'no-effect', name, entry: '', dialects: [] }] };
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  return { url: url.href, mistakes: [] };
}
