/**
 * The Name Resolution Policy Table, rules by which Windows' DNS client asks other servers for some names ([MS-GPNRPT],
 * learn.microsoft.com/openspecs/windows_protocols/ms-gpnrpt, sections 2.2.2.1 to 2.2.2.13).
 */
import { isIP } from 'node:net';
import type { NameRule } from '../model/windows.ts';
import { keyName, listOf, numberOf, type RegistryKey, textOf } from './registry.ts';

/** Of a group policy. That this key is there, even without a rule below it, puts the local rules out of force. */
export const policyRules = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows NT\\DNSClient';
export const localRules = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\Dnscache\\Parameters\\DnsPolicyConfig';

/** Bit of `ConfigOptions`: the rule names servers in `GenericDNSServers`. DirectAccess' servers hold outside alone, and are left out. */
const namesServers = 0x8;
const mostRules = 1000;
const mostNames = 200;

const isRule = (key: RegistryKey): boolean => /\\DnsPolicyConfig\\[^\\]+$/i.test(key.path);

function ruleOf(key: RegistryKey, from: NameRule['from']): NameRule | null {
  const names = listOf(key.values, 'name')
    .slice(0, mostNames)
    .map((name) => name.toLowerCase());
  const options = numberOf(key.values, 'configoptions') ?? 0;
  const servers = textOf(key.values, 'genericdnsservers')
    .split(/[;,\s]+/)
    .filter((server) => isIP(server) !== 0);
  return names.length === 0 ? null : { names, servers: (options & namesServers) === 0 ? [] : servers, from };
}

/** The rules in force. `policy` and `local` are the keys below both places. */
export function nameRules(policy: readonly RegistryKey[], local: readonly RegistryKey[]): readonly NameRule[] {
  const ruledByPolicy = policy.some((key) => isRule(key) || keyName(key).toLowerCase() === 'dnspolicyconfig');
  return (ruledByPolicy ? policy : local)
    .filter(isRule)
    .slice(0, mostRules)
    .map((key) => ruleOf(key, ruledByPolicy ? 'policy' : 'local'))
    .filter((rule) => rule !== null);
}
