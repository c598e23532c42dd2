/**
 * The functions that a PAC file may call, as Chromium, Edge and Firefox have them: both browsers run Mozilla's library
 * of 2018 (netwerk/base/ProxyAutoConfig.cpp, services/proxy_resolver/pac_js_library.h), and Chromium adds Microsoft's
 * functions for IPv6. Each `install…` is evaluated as text inside the sandbox: it uses nothing but its parameters.
 */

/** Who reads PAC files beside the browsers of today. */
export const pacReaders = [
  'winhttp', // WinHTTP and WinINET: shell patterns hold `*` and `?` alone
  'libproxy', // libproxy's copy of Mozilla's library before 2018 (pacutils.h)
  'older-browsers', // the same library in browsers until 2018
  'pac-resolver', // the npm package, of proxy-agent
] as const;
export type PacReader = (typeof pacReaders)[number];

/** What the sandbox lends: names through the probe's own resolver, the addresses, the clock. */
interface PacHost {
  /** Addresses of the name, IPv4 ones first, joined by `;`; empty for none. */
  resolve(name: string): string;
  /** Addresses of this machine, in the same form. */
  myIps(): string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** A call that others take otherwise: a `PacReading` as four lines. */
  differs(reading: string): void;
}

/** A call of a PAC file whose value depends on who reads the file. */
export interface PacReading {
  /** As written, with `…` for what differs from target to target. */
  readonly call: string;
  /** What the browsers take, and the probe with them. */
  readonly value: string;
  readonly readers: readonly PacReader[];
  /** What `readers` take. */
  readonly otherwise: string;
}

type Scope = Record<string, unknown>;

export function installNameFunctions(scope: Scope, host: PacHost): void {
  /** `*` and `?` alone, in linear time. */
  const glob = (text: string, pattern: string): boolean => {
    let at = 0;
    let star = -1;
    let mark = 0;
    let index = 0;
    while (index < text.length) {
      if (at < pattern.length && pattern[at] === '*') {
        star = at;
        mark = index;
        at += 1;
      } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[index])) {
        at += 1;
        index += 1;
      } else if (star >= 0) {
        at = star + 1;
        mark += 1;
        index = mark;
      } else return false;
    }
    while (pattern[at] === '*') at += 1;
    return at === pattern.length;
  };

  scope['isPlainHostName'] = (name: unknown) => !/[.:]/.test(String(name));
  scope['dnsDomainIs'] = (name: unknown, domain: unknown) => String(name).endsWith(String(domain));
  scope['localHostOrDomainIs'] = (name: unknown, full: unknown) =>
    String(name) === String(full) || String(full).startsWith(`${String(name)}.`);
  scope['dnsDomainLevels'] = (name: unknown) => String(name).split('.').length - 1;
  // Only `.`, `*` and `?` are turned; all else is left to RegExp, so that (a|b), [a-z] and + work, unlike in WinHTTP.
  scope['shExpMatch'] = (text: unknown, pattern: unknown) => {
    const shell = String(pattern);
    const source = shell.replace(/\./g, '\\.').replace(/\*/g, '.*').replace(/\?/g, '.');
    const value = new RegExp(`^${source}$`).test(String(text));
    if (glob(String(text), shell) !== value) host.differs(`shExpMatch(…, "${shell}")\n${value}\nwinhttp\n${!value}`);
    return value;
  };
  scope['alert'] = () => undefined;
  scope['getClientVersion'] = () => '1.0';
}

export function installAddressFunctions(scope: Scope, host: PacHost): void {
  const isAddress = (text: string): boolean => {
    const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
    return (parts?.slice(1) ?? ['256']).every((part) => Number(part) <= 255);
  };
  /** What is no octet, or missing, counts as 0. */
  const bits = (text: string): number =>
    [0, 1, 2, 3].reduce((sum, index) => (sum << 8) | (Number(text.split('.')[index]) & 255), 0);
  const resolve = (name: unknown): string | null => {
    const text = String(name);
    if (isAddress(text)) return text;
    return (
      host
        .resolve(text)
        .split(';')
        .find((address) => isAddress(address)) ?? null
    );
  };

  scope['dnsResolve'] = resolve;
  scope['isResolvable'] = (name: unknown) => resolve(name) !== null;
  scope['convert_addr'] = (address: unknown) => bits(String(address));
  scope['myIpAddress'] = () =>
    host
      .myIps()
      .split(';')
      .find((address) => isAddress(address)) ?? '127.0.0.1';
  scope['isInNet'] = (name: unknown, network: unknown, mask: unknown) => {
    const [base, ones] = [String(network), String(mask)];
    const address = resolve(name);
    const lenient = address !== null && ((bits(address) ^ bits(base)) & bits(ones)) === 0;
    const value = lenient && isAddress(base) && isAddress(ones);
    const readers = 'libproxy,older-browsers';
    if (lenient !== value) host.differs(`isInNet(…, "${base}", "${ones}")\n${value}\n${readers}\n${lenient}`);
    return value;
  };
}

/** Microsoft's functions for IPv6, which Chromium has as well. */
export function installIpv6Functions(scope: Scope, host: PacHost): void {
  /** 4 or 16 numbers, or null for what is no address. */
  const bytesOf = (text: string): readonly number[] | null => {
    const dotted = /^(.*?)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
    const [, head = text, ...last] = dotted ?? [];
    const tail = last.map(Number);
    if (tail.some((part) => part > 255)) return null;
    if (dotted !== null && head === '') return tail;
    const [left = '', right, ...more] = (tail.length > 0 ? head.replace(/([^:]):$/, '$1') : head).split('::');
    const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
    const [before, after] = [groups(left), groups(right ?? '')];
    const room = 8 - tail.length / 2 - before.length - after.length;
    if (more.length > 0 || [...before, ...after].some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return null;
    if (right === undefined ? room !== 0 : room < 1) return null;
    const whole = [...before, ...Array<string>(right === undefined ? 0 : room).fill('0'), ...after];
    return [...whole.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]), ...tail];
  };

  scope['dnsResolveEx'] = (name: unknown) =>
    bytesOf(String(name)) === null ? host.resolve(String(name)) : String(name);
  scope['isResolvableEx'] = (name: unknown) => bytesOf(String(name)) !== null || host.resolve(String(name)) !== '';
  scope['myIpAddressEx'] = () => host.myIps();
  scope['isInNetEx'] = (address: unknown, prefix: unknown) => {
    const [network = '', length = '', ...more] = String(prefix).split('/');
    const [own, base] = [bytesOf(String(address)), bytesOf(network)];
    if (own === null || base === null || own.length !== base.length || more.length > 0) return false;
    if (!/^\d{1,3}$/.test(length) || Number(length) > own.length * 8) return false;
    const mask = (index: number): number => (255 << (8 - Math.min(8, Math.max(0, Number(length) - index * 8)))) & 255;
    return own.every((byte, index) => ((byte ^ (base[index] ?? 0)) & mask(index)) === 0);
  };
  scope['sortIpAddressList'] = (list: unknown) => {
    const texts = String(list)
      .split(';')
      .map((text) => text.trim())
      .slice(0, 256);
    const keys = new Map(texts.map((text) => [text, bytesOf(text)]));
    if ([...keys.values()].includes(null)) return false;
    const key = (text: string): string => (keys.get(text) ?? []).map((byte) => String(byte).padStart(3, '0')).join('');
    // IPv6 first; among each in the order of numbers.
    return texts.sort((a, b) => key(b).length - key(a).length || (key(a) < key(b) ? -1 : 1)).join(';');
  };
}

export function installTimeFunctions(scope: Scope, host: PacHost): void {
  const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
  const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
  /** The arguments without `GMT`, and the time that they speak of as if it were in UTC. */
  const read = (list: readonly unknown[]): { readonly args: readonly unknown[]; readonly now: Date } => {
    const now = new Date(host.now());
    if (list[list.length - 1] === 'GMT') return { args: list.slice(0, -1), now };
    return { args: list, now: new Date(now.getTime() - now.getTimezoneOffset() * 60_000) };
  };
  /** A call that is true in browsers, and false for another reader. */
  const tell = (name: string, list: readonly unknown[], reader: string): void =>
    host.differs(`${name}(${list.map((part) => JSON.stringify(part)).join(', ')})\ntrue\n${reader}\nfalse`);
  /** Ranges that end before they begin go over the end of the week, day or year; libproxy takes them as never. */
  const within = (from: number, value: number, to: number, name: string, list: readonly unknown[]): boolean => {
    if (from <= to) return from <= value && value <= to;
    const inside = value <= to || value >= from;
    if (inside) tell(name, list, 'libproxy');
    return inside;
  };

  scope['weekdayRange'] = (...list: unknown[]) => {
    const { args, now } = read(list);
    const [from = -1, to = from] = args.slice(0, 2).map((day) => days.indexOf(String(day)));
    return from >= 0 && to >= 0 && within(from, now.getUTCDay(), to, 'weekdayRange', list);
  };
  scope['timeRange'] = (...list: unknown[]) => {
    const { args, now } = read(list);
    const numbers = args.map(Number);
    const hour = now.getUTCHours();
    if (list.length === 0) return false;
    if (numbers.length === 1) return hour === numbers[0];
    if (numbers.length === 2) {
      const [from = 0, to = 0] = numbers;
      const value = from <= hour && hour <= to;
      if (value && hour === to) tell('timeRange', list, 'pac-resolver');
      return value;
    }
    const half = numbers.length / 2;
    if (half !== 2 && half !== 3) throw new Error('timeRange: bad number of arguments');
    const second = (parts: readonly number[], left: number): number =>
      (parts[0] ?? 0) * 3600 + (parts[1] ?? 0) * 60 + (parts[2] ?? left);
    const today = hour * 3600 + now.getUTCMinutes() * 60 + now.getUTCSeconds();
    return within(second(numbers.slice(0, half), 0), today, second(numbers.slice(half), 59), 'timeRange', list);
  };
  scope['dateRange'] = (...list: unknown[]) => {
    const { args, now } = read(list);
    const number = (part: unknown): number => Number.parseInt(String(part), 10);
    const [only] = args;
    if (args.length === 0) return false;
    if (args.length === 1) {
      if (Number.isNaN(number(only))) return now.getUTCMonth() === months.indexOf(String(only));
      return number(only) === (number(only) < 32 ? now.getUTCDate() : now.getUTCFullYear());
    }
    const half = Math.floor(args.length / 2);
    const year = now.getUTCFullYear();
    /** The parts in their order, as setters of one date: a day that its month does not have runs over into the next. */
    const put = (date: Date, parts: readonly unknown[]): Date => {
      for (const part of parts) {
        if (Number.isNaN(number(part))) date.setUTCMonth(months.indexOf(String(part)));
        else if (number(part) < 32) date.setUTCDate(number(part));
        else date.setUTCFullYear(number(part));
      }
      return date;
    };
    const from = put(new Date(Date.UTC(year, 0, 1)), args.slice(0, half));
    const to = put(new Date(Date.UTC(year, 11, 31, 23, 59, 59)), args.slice(half));
    if (args.length === 2 && number(only) < 32) {
      from.setUTCMonth(now.getUTCMonth());
      to.setUTCMonth(now.getUTCMonth());
    }
    return within(from.getTime(), now.getTime(), to.getTime(), 'dateRange', list);
  };
}
