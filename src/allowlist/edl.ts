import { byPort } from './rules.ts';
import { preface, type RenderAllowList, sorted } from './view.ts';

/**
 * One entry a line, as the external lists of firewalls take them (domain lists): names and `*.` before one. They know no
 * ports, so the ports stand in comments above the names that they belong to.
 */
export const renderEdl: RenderAllowList = (list, view) => {
  const { expressed, left } = sorted(list.rules, ({ kind, pattern }) => {
    if (kind === 'network') return 'network';
    if (kind === 'address') return 'address';
    return kind === 'wildcard' && (!pattern.startsWith('*.') || pattern.lastIndexOf('*') > 0) ? 'wildcard' : null;
  });
  const { words } = view;
  const seen = new Set<string>();
  /** A name that stands there already is not repeated, but for its port. */
  const entry = (pattern: string): string => {
    const line = seen.has(pattern) ? `# ${pattern}` : pattern;
    seen.add(pattern);
    return line;
  };
  const entries = byPort(expressed).flatMap(([port, rules]) => [
    '',
    `# ${words.rules.onlyPort(port)}`,
    ...rules.map(({ pattern }) => entry(pattern)),
  ]);
  return [...preface(list, left, view).map((line) => `# ${line}`), ...entries, ''].join('\n');
};
