/** What the sandbox lends to the functions below: names through the probe's own resolver, the address, the clock. */
export interface PacHost {
  /** An IPv4 or IPv6 address of the name, or null. */
  resolve(name: string): string | null;
  myIp(): string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

/**
 * Defines the functions that a PAC file may call (Netscape's set, as browsers have it) on `scope`, and Microsoft's
 * IPv6 additions by their plain counterparts. Its source text is evaluated inside the sandbox: it uses nothing
 * but its parameters. Matching is linear, so no pattern can blow up.
 */
export function installPacFunctions(scope: Record<string, unknown>, host: PacHost): void {
  const octets = (text: string): number | null => {
    const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
    if (!parts) return null;
    const numbers = parts.slice(1).map(Number);
    return numbers.some((part) => part > 255) ? null : numbers.reduce((sum, part) => sum * 256 + part, 0);
  };
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
  const clock = (list: readonly unknown[]): { readonly args: readonly unknown[]; readonly gmt: boolean } => {
    const gmt = String(list[list.length - 1]).toUpperCase() === 'GMT';
    return { args: gmt ? list.slice(0, -1) : list, gmt };
  };
  const within = (from: number, value: number, to: number): boolean =>
    from <= to ? from <= value && value <= to : value >= from || value <= to;
  const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
  const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
  const resolve = (name: unknown): string | null => {
    const text = String(name);
    return octets(text) !== null || text.includes(':') ? text : host.resolve(text);
  };
  const isInNet = (name: unknown, network: unknown, mask: unknown): boolean => {
    const address = octets(resolve(name) ?? '');
    const base = octets(String(network));
    const bits = octets(String(mask));
    return address !== null && base !== null && bits !== null && ((address & bits) ^ (base & bits)) === 0;
  };

  scope['isPlainHostName'] = (name: unknown) => !/[.:]/.test(String(name));
  scope['dnsDomainIs'] = (name: unknown, domain: unknown) =>
    String(name).toLowerCase().endsWith(String(domain).toLowerCase());
  scope['localHostOrDomainIs'] = (name: unknown, full: unknown) =>
    String(name) === String(full) || String(full).split('.')[0] === String(name);
  scope['dnsDomainLevels'] = (name: unknown) => String(name).split('.').length - 1;
  scope['shExpMatch'] = (text: unknown, pattern: unknown) => glob(String(text), String(pattern));
  scope['dnsResolve'] = resolve;
  scope['isResolvable'] = (name: unknown) => resolve(name) !== null;
  scope['isInNet'] = isInNet;
  scope['myIpAddress'] = () => host.myIp();
  scope['convert_addr'] = (address: unknown) => octets(String(address)) ?? 0;
  scope['alert'] = () => undefined;
  scope['dnsResolveEx'] = (name: unknown) => resolve(name) ?? '';
  scope['isResolvableEx'] = (name: unknown) => resolve(name) !== null;
  scope['myIpAddressEx'] = () => host.myIp();
  scope['sortIpAddressList'] = (list: unknown) => String(list);
  scope['getClientVersion'] = () => '1.0';
  scope['isInNetEx'] = (name: unknown, prefix: unknown) => {
    const [network = '', length = ''] = String(prefix).split('/');
    const bits = Number(length);
    if (octets(network) === null || !(bits >= 0 && bits <= 32)) return false;
    const mask = bits === 0 ? 0 : (-1 << (32 - bits)) >>> 0;
    return isInNet(name, network, [24, 16, 8, 0].map((shift) => (mask >>> shift) & 255).join('.'));
  };

  scope['weekdayRange'] = (...list: unknown[]) => {
    const { args, gmt } = clock(list);
    const date = new Date(host.now());
    const [from = -1, to = from] = args.map((day) => days.indexOf(String(day).toUpperCase()));
    return from >= 0 && to >= 0 && within(from, gmt ? date.getUTCDay() : date.getDay(), to);
  };
  scope['timeRange'] = (...list: unknown[]) => {
    const { args, gmt } = clock(list);
    const date = new Date(host.now());
    const numbers = args.map(Number);
    if (numbers.some((part) => !(part >= 0 && part <= 60))) return false;
    const hour = gmt ? date.getUTCHours() : date.getHours();
    if (numbers.length === 1) return hour === numbers[0];
    const now = hour * 3600 + (gmt ? date.getUTCMinutes() : date.getMinutes()) * 60 + date.getUTCSeconds();
    const half = numbers.length / 2;
    const seconds = (parts: readonly number[]): number =>
      (parts[0] ?? 0) * 3600 + (parts[1] ?? 0) * 60 + (parts[2] ?? 0);
    if (![1, 2, 3].includes(half)) return false;
    return within(seconds(numbers.slice(0, half)), now, seconds(numbers.slice(half)));
  };
  scope['dateRange'] = (...list: unknown[]) => {
    const { args, gmt } = clock(list);
    const date = new Date(host.now());
    const today = gmt
      ? { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() }
      : { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() };
    const read = (part: unknown): readonly [keyof typeof today, number] => {
      const month = months.indexOf(String(part).toUpperCase());
      if (month >= 0) return ['month', month];
      return Number(part) > 31 ? ['year', Number(part)] : ['day', Number(part)];
    };
    const parts = args.map(read);
    if (parts.length === 0 || parts.length > 6 || parts.some(([, value]) => Number.isNaN(value))) return false;
    if (parts.length === 1) return parts.every(([unit, value]) => today[unit] === value);
    const half = parts.length / 2;
    const weight = { year: 10_000, month: 100, day: 1 };
    const units = parts.slice(0, half).map(([unit]) => unit);
    const sum = (values: readonly (readonly [keyof typeof today, number])[]): number =>
      values.reduce((total, [unit, value]) => total + weight[unit] * value, 0);
    if (!Number.isInteger(half) || parts.slice(half).some(([unit], index) => unit !== units[index])) return false;
    const now = sum(units.map((unit) => [unit, today[unit]] as const));
    return within(sum(parts.slice(0, half)), now, sum(parts.slice(half)));
  };
}
