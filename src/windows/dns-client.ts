/** How Windows' DNS client is set up: rules, suffixes and adapters, and where the hosts file lies. */
import { isIP } from 'node:net';
import type { WindowsNaming } from '../model/windows.ts';
import type { RunProgram } from '../system-program.ts';
import { localRules, nameRules, policyRules } from './name-policy.ts';
import { listOf, numberOf, parseRegistry, type RegistryKey, textOf } from './registry.ts';

const parameters = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
const parameters6 = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters\\Interfaces';

const mostSuffixes = 50;
const mostAdapters = 200;

type Values = RegistryKey['values'];
const none: Values = new Map();

/** Lists are separated by blanks or commas, as DHCP and people write them. */
const words = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((word) => word !== '');

const suffixOf = (text: string): string | null => text.toLowerCase().replace(/^\.|\.$/g, '') || null;

/** Sixteen bytes an address, as DHCPv6 leaves them (`Dhcpv6DNSServers`, REG_BINARY). */
function addresses6(hex: string): readonly string[] {
  return (hex.match(/[0-9a-f]{32}/gi) ?? []).map((digits) => {
    const groups = (digits.match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16).toString(16));
    // The shortest form, as everybody else writes it.
    return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
  });
}

/**
 * One adapter's servers: those that somebody set stand before DHCP's (learn.microsoft.com, registry entries NameServer
 * and DhcpNameServer of `Tcpip\Parameters\Interfaces`). Null for an adapter without any.
 */
function adapterOf({ values }: RegistryKey): WindowsNaming['adapters'][number] | null {
  const usable = (servers: readonly string[]) => servers.filter((server) => isIP(server) !== 0);
  const set = usable(words(textOf(values, 'nameserver')));
  const leased = usable([
    ...words(textOf(values, 'dhcpnameserver')),
    ...addresses6(textOf(values, 'dhcpv6dnsservers')),
  ]);
  const servers = set.length > 0 ? set : leased;
  if (servers.length === 0) return null;
  const suffix = suffixOf(textOf(values, 'domain')) ?? suffixOf(textOf(values, 'dhcpdomain'));
  return { servers, from: set.length > 0 ? 'set' : 'dhcp', suffix };
}

/**
 * The list of a policy, else of the machine; without either the primary suffix and those of the adapters, as the policy's
 * own text has it (DnsClient.admx, «DNS suffix search list»).
 */
function suffixesOf(policy: Values, machine: Values, adapters: WindowsNaming['adapters']): readonly string[] {
  const listed = [policy, machine].map((values) => listOf(values, 'searchlist').flatMap(words));
  const written = listed.find((list) => list.length > 0);
  const own = [
    ...['domain', 'nv domain', 'dhcpdomain'].map((name) => textOf(machine, name)),
    ...adapters.map(({ suffix }) => suffix ?? ''),
  ];
  const suffixes = (written ?? own).map(suffixOf).filter((suffix) => suffix !== null);
  return [...new Set(suffixes)].slice(0, mostSuffixes);
}

/** What four `reg query KEY /s` print; a key that is not there prints nothing. */
export function parseDnsClient(outputs: {
  readonly machine: string;
  readonly machine6: string;
  readonly policy: string;
  readonly local: string;
}): { readonly naming: WindowsNaming; readonly hostsFolder: string | null } {
  const machineKeys = parseRegistry(outputs.machine);
  const policyKeys = parseRegistry(outputs.policy);
  const own = (keys: readonly RegistryKey[], end: RegExp): Values =>
    keys.find(({ path }) => end.test(path))?.values ?? none;
  const machine = own(machineKeys, /\\Tcpip\\Parameters$/i);
  const policy = own(policyKeys, /\\DNSClient$/i);
  const ofPolicy = words(textOf(policy, 'nameserver')).filter((server) => isIP(server) !== 0);
  const adapters = [...machineKeys, ...parseRegistry(outputs.machine6)]
    .filter(({ path }) => /\\Interfaces\\[^\\]+$/i.test(path))
    .slice(0, mostAdapters)
    .map(adapterOf)
    .filter((adapter) => adapter !== null)
    .map((adapter) => (ofPolicy.length === 0 ? adapter : { ...adapter, servers: ofPolicy, from: 'policy' as const }));
  return {
    naming: {
      rules: nameRules(policyKeys, parseRegistry(outputs.local)),
      suffixes: suffixesOf(policy, machine, adapters),
      behindAll: (numberOf(policy, 'appendtomultilabelname') ?? 0) !== 0,
      adapters,
    },
    hostsFolder: textOf(machine, 'databasepath') || null,
  };
}

/** Asks the registry; null where reg.exe can't be run. */
export async function readDnsClient(run: RunProgram): Promise<ReturnType<typeof parseDnsClient> | null> {
  const keys = { machine: parameters, machine6: parameters6, policy: policyRules, local: localRules };
  const answers = await Promise.all(
    Object.entries(keys).map(async ([name, key]) => [name, await run('reg.exe', ['query', key, '/s'])] as const),
  );
  if (answers.every(([, answer]) => answer === null)) return null;
  const texts = answers.map(([name, answer]) => [name, answer?.status === 0 ? answer.stdout : '']);
  return parseDnsClient(Object.fromEntries(texts) as Parameters<typeof parseDnsClient>[0]);
}
