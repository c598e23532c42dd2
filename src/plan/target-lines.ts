/** Lists of targets as people have them: one address a line, or tables with columns. Knows no file. */
import { harmless } from '../harmless.ts';
import type { Endpoint } from '../model/catalog.ts';
import { refusal, UsageError } from '../usage-error.ts';
import { type AddressProblem, type Beside, readAddress, refused } from './ad-hoc.ts';

/** Bad lines that a message shows. */
const mostShown = 10;

/** Titles of the column that holds the address, the best first. */
const addressTitles =
  /^(?:(url|uri)|(fqdn|host ?names?|hosts?)|(address(?:es)?|domains?(?: names?)?|endpoints?|destinations?|patterns?)|(servers?|ips?|ip ?address(?:es)?|ip ?ranges?|networks?|cidrs?|subnets?)|(sites?|names?))$/i;

interface Columns {
  readonly address: number;
  readonly port: number | null;
  readonly protocol: number | null;
}

/**
 * The endpoints that a list names. A line is an address (as on the command line), or cells between commas, semicolons or
 * tabs, quoted or not, under a line of titles or without one. `#` at the beginning or after a blank starts a comment.
 * @param features names of features, which belong on the command line
 * @throws UsageError that names all lines that are no host, pattern or network
 */
export function readTargetLines(lines: readonly string[], features: readonly string[]): readonly Endpoint[] {
  const endpoints: Endpoint[] = [];
  const bad: (AddressProblem & { readonly line: number })[] = [];
  let columns: Columns | null = null;
  let first = true;
  let separators = everySeparator;
  lines.forEach((text, index) => {
    const content = withoutComment(text);
    const cells = cellsOf(content, separators);
    if (cells.every((cell) => cell === '')) return;
    const titles = first ? columnsOf(cells) : null;
    first = false;
    if (titles !== null) {
      columns = titles;
      separators = separatorsOf(content);
      return;
    }
    const reading = readLine(content, cells, columns, features);
    if ('problem' in reading) bad.push({ ...reading, line: index + 1 });
    else endpoints.push(...reading);
  });
  const [worst, ...others] = bad;
  if (worst === undefined) return endpoints;
  if (others.length === 0) throw new UsageError('target.line', { line: refusal('target.numbered', worst) });
  const told = bad.slice(0, mostShown).map(({ line, problem }) => refusal('target.numbered', { line, problem }));
  throw new UsageError('target.lines', { count: bad.length, lines: told, more: bad.length - told.length });
}

/** A comment begins at a `#` that stands at the beginning or after a blank, and in no quotes. */
function withoutComment(text: string): string {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    if (text[at] === '#' && !quoted && /^\s?$/.test(text[at - 1] ?? '')) return text.slice(0, at).trim();
  }
  return text.trim();
}

const everySeparator: readonly string[] = [',', ';', '\t'];

/** What divides the titles divides the lines below; of the others a cell may hold some, as between ports. */
function separatorsOf(titles: string): readonly string[] {
  const used = everySeparator.filter((separator) => titles.includes(separator));
  return used.length === 1 ? used : everySeparator;
}

/** Cells of a line, quotes and blanks around them taken off. */
function cellsOf(text: string, separators: readonly string[]): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  // Remembered: to look at the cell again at each quote would take the square of its length.
  let blank = true;
  const add = (sign: string): void => {
    cell += sign;
    blank &&= /^\s$/.test(sign);
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign !== '"') add(sign);
      else if (text[at + 1] === '"') {
        add(sign);
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && blank) {
      cell = '';
      quoted = true;
    } else if (separators.includes(sign)) {
      cells.push(cell);
      cell = '';
      blank = true;
    } else add(sign);
  }
  return [...cells, cell].map((part) => part.trim());
}

/** Null for a line that is no line of titles. */
function columnsOf(cells: readonly string[]): Columns | null {
  if (cells.some((cell) => !('problem' in readAddress(cell)))) return null;
  const ranks = cells.map(
    (cell) =>
      addressTitles
        .exec(cell)
        ?.slice(1)
        .findIndex((group) => group !== undefined) ?? 9,
  );
  const best = Math.min(...ranks);
  if (best === 9) return null;
  const find = (pattern: RegExp): number | null => {
    const index = cells.findIndex((cell) => pattern.test(cell));
    return index < 0 ? null : index;
  };
  return {
    address: ranks.indexOf(best),
    port: find(/\bports?\b/i),
    protocol: find(/\b(?:proto(?:col)?|transport)\b/i),
  };
}

/** `443`, `80, 443`, `443/tcp`, `TCP 443`; null for what names no port. */
function portsOf(cell: string): readonly number[] | null {
  const [, list] =
    /^(?:(?:tcp|udp|https?)[\s/:]*)?(\d{1,5}(?:[\s,;/|]+\d{1,5})*)(?:[\s/]*(?:tcp|udp))?$/i.exec(cell) ?? [];
  const ports = (list?.match(/\d+/g) ?? []).map(Number);
  return ports.length > 0 && ports.every((port) => port >= 1 && port <= 65_535) ? ports : null;
}

const isProtocol = (cell: string): boolean => /^(?:tcp|udp|https?)(?:\s*[/,&+]\s*(?:tcp|udp|https?))*$/i.test(cell);

function besideOf(portCells: readonly string[], protocolCells: readonly string[]): Beside {
  const words = [...portCells, ...protocolCells].join(' ');
  const ports = portCells.flatMap((cell) => portsOf(cell) ?? []);
  const [isHttp, isHttps] = [/\bhttp\b/i.test(words), /\bhttps\b/i.test(words)];
  const plain = isHttp && !isHttps;
  return {
    ports: ports.length > 0 || !plain ? ports : [80],
    scheme: plain ? 'http' : isHttps && !isHttp ? 'https' : 'tcp',
    protocol: /\budp\b/i.test(words) && !/\b(?:tcp|https?)\b/i.test(words) ? 'udp' : 'tcp',
  };
}

/** What a cell names: one address, or several between blanks or separators. */
function readCell(cell: string, features: readonly string[], beside: Beside): readonly Endpoint[] | AddressProblem {
  if (features.includes(cell)) {
    return { problem: refusal('target.is-feature', { word: `"${cell}"` }) };
  }
  const whole = readAddress(cell, [], beside);
  if (!('problem' in whole)) return whole;
  const parts = cell.split(/[\s,;]+/).map((part) => readAddress(part, [], beside));
  if (parts.length > 1 && parts.every((part) => !('problem' in part))) return parts.flatMap(endpointsOf);
  if (!/^[\w-]+$/.test(cell)) return whole;
  return { problem: refusal('target.no-host', { word: `"${harmless(cell, 80)}"` }) };
}

const endpointsOf = (reading: readonly Endpoint[] | AddressProblem): readonly Endpoint[] =>
  'problem' in reading ? [] : reading;

const isAddress = (cell: string, beside?: Beside): boolean => !('problem' in readAddress(cell, [], beside));

/** @param text the line without its comment */
function readLine(
  text: string,
  cells: readonly string[],
  columns: Columns | null,
  features: readonly string[],
): readonly Endpoint[] | AddressProblem {
  if (columns !== null) {
    const at = (index: number | null): readonly string[] => (index === null ? [] : [cells[index] ?? '']);
    const [port = ''] = at(columns.port);
    // Another port in its place would be tested in silence.
    if (port !== '' && portsOf(port) === null && !isProtocol(port)) return refused(port, 'port');
    return readCell(cells[columns.address] ?? '', features, besideOf(at(columns.port), at(columns.protocol)));
  }
  // `host 443`, as some lists have it.
  const [head = '', ...tail] = cells;
  const [word = '', ...more] = head.split(/\s+/);
  const after = more.join(' ');
  const all = portsOf(after) !== null || isProtocol(after) ? [word, after, ...tail] : cells;
  const ports = all.filter((cell) => portsOf(cell) !== null);
  const protocols = all.filter(isProtocol);
  const others = all.filter((cell) => cell !== '' && !ports.includes(cell) && !protocols.includes(cell));
  // A separator may be part of a path.
  if (ports.length + protocols.length === 0 && others.length > 1 && text.includes('://') && isAddress(text)) {
    return readCell(text, features, besideOf([], []));
  }
  const number = others.find((cell) => /^\d+(?:\s*[-\u2013]\s*\d+)?$/.test(cell));
  if (ports.length === 0 && number !== undefined && others.length > 1) return refused(number, 'port');
  // Several between separators follow each other; a number further on is something else.
  const first = all.findIndex((cell) => portsOf(cell) !== null);
  const last = all.findIndex((cell, index) => index > first && portsOf(cell) === null);
  const beside = besideOf(first < 0 ? [] : all.slice(first, last < 0 ? all.length : last), protocols);
  // Nothing but addresses, ports and protocols: all of them are meant.
  if (others.length > 1 && others.every((cell) => isAddress(cell))) {
    return others.flatMap((cell) => endpointsOf(readCell(cell, features, beside)));
  }
  const address = others.find((cell) => isAddress(cell)) ?? others.find((cell) => isAddress(cell, beside)) ?? others[0];
  return readCell(address ?? head, features, beside);
}
