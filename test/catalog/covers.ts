import { fillParameters, parametersOf } from '../../src/catalog/pattern.ts';
import { globMatches } from '../../src/text-bounds.ts';

/** Whether a host is covered by a pattern. `*.example.com` covers `a.b.example.com` and not `example.com`. */
export function patternCovers(pattern: string, host: string): boolean {
  const any = Object.fromEntries(parametersOf(pattern).map((name) => [name, '*']));
  return globMatches(fillParameters(pattern, any).toLowerCase(), host.toLowerCase());
}
