import { byPort, type Rule } from './rules.ts';
import { preface, type RenderAllowList, sorted } from './view.ts';

/** Ports to which squid's own configuration lets CONNECT through. */
const connectable = [80, 443];

/**
 * What a wildcard stands for, as a POSIX extended expression: before a name any labels, inside a label a part of it, in
 * the middle one label. squid's own `.example.com` would let `example.com` through too, which no document asks for.
 */
function expression(pattern: string): string {
  const parts = pattern.split('.').map((label, index) => {
    if (label === '*') return index === 0 ? '.+' : '[^.]+';
    return label.replaceAll('*', '[^.]*');
  });
  return `^${parts.join('\\.')}$`;
}

function linesOf(port: number, rules: readonly Rule[]): readonly string[] {
  const name = `wayclear_${port}`;
  const kinds = [
    ['names', 'dstdomain -n', rules.filter(({ kind }) => kind === 'exact').map(({ pattern }) => pattern)],
    [
      'wildcards',
      'dstdom_regex -n -i',
      rules.filter(({ kind }) => kind === 'wildcard').map((rule) => expression(rule.pattern)),
    ],
    [
      'addresses',
      'dst',
      rules.flatMap(({ kind, pattern }) => (kind === 'address' || kind === 'network' ? [pattern] : [])),
    ],
  ] as const;
  const used = kinds.filter(([, , values]) => values.length > 0);
  return [
    '',
    `acl ${name} port ${port}`,
    ...used.flatMap(([what, type, values]) => values.map((value) => `acl ${name}_${what} ${type} ${value}`)),
    ...used.map(([what]) => `http_access allow ${name} ${name}_${what}`),
  ];
}

/** ACLs and `http_access allow` lines for a file that squid's configuration includes. */
export const renderSquid: RenderAllowList = (list, view) => {
  const { expressed, left } = sorted(list.rules, ({ protocol }) => (protocol === 'udp' ? 'udp' : null));
  const { rules: words } = view.words;
  const groups = byPort(expressed);
  const others = groups.flatMap(([, [rule]]) =>
    rule === undefined || connectable.includes(rule.port) ? [] : [rule.port],
  );
  const head = [
    ...preface(list, left, view),
    words.squidPlace,
    ...(others.length === 0 ? [] : [words.squidPorts(others.join(' '))]),
  ];
  const lines = groups.flatMap(([, rules]) => linesOf(rules[0]?.port ?? 0, rules));
  return [...head.map((line) => `# ${line}`), ...lines, ''].join('\n');
};
