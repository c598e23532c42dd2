/**
 * What this machine can do for the network lab, found out once, and installed where that is possible.
 * Where something is missing tests skip with the reason; under CI=true they fail instead.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import type { Fault } from './scenario.ts';
import { unshareArguments } from './sealed.ts';

export type Ability = 'namespaces' | 'packet-filter' | 'payload-search' | 'resolver' | 'squid' | 'delay';

export interface LabRequirements {
  /** 0: no namespaces; 1: namespaces and servers of the lab's own; 2: real peers as well; 3: all, root only. */
  readonly tier: 0 | 1 | 2 | 3;
  readonly because: string;
  /** Why an ability is missing. */
  readonly missing: Readonly<Partial<Record<Ability, string>>>;
}

/** What the lab starts, and the Debian packages that bring it. */
const PACKAGES: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  nft: 'nftables',
  'iptables-restore': 'iptables',
  unbound: 'unbound',
  squid: 'squid-openssl',
  openssl: 'openssl',
  unshare: 'util-linux',
  cc: 'gcc libc6-dev',
  curl: 'curl',
};

const PATH = `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`;

const has = (program: string): boolean =>
  PATH.split(':').some((folder) => folder !== '' && existsSync(`${folder}/${program}`));

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Installs what is missing. One installation at a time; no service is started (policy-rc.d) nor left enabled, for
 * only the programs are wanted; a policy file that stands there already is left alone.
 */
const INSTALL = `set -e
made=; if [ ! -e /usr/sbin/policy-rc.d ]; then printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d; made=1; fi
trap '[ -z "$made" ] || rm -f /usr/sbin/policy-rc.d' EXIT
fresh=; for service in unbound squid smbd nmbd winbind samba-ad-dc krb5-kdc krb5-admin-server microsocks danted prometheus prometheus-alertmanager postgresql ssh exim4 rsyslog; do [ -e /lib/systemd/system/$service.service ] || fresh="$fresh $service"; done
get() { apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 -o Acquire::http::Timeout=20 "$@"; }
get update -qq >/dev/null || true
get install -y -qq --no-install-recommends "$@" >/dev/null
for service in $fresh; do systemctl --quiet --no-reload disable $service >/dev/null 2>&1 || true; done`;

function install(programs: readonly string[], known: Readonly<Record<string, string>> = PACKAGES): string | null {
  if (!isRoot()) return 'not root, so packages can not be installed';
  if (!has('apt-get')) return 'no apt-get to install it';
  process.stderr.write('tests: installing the Debian packages that their real parts need\n');
  const packages = programs.flatMap((program) => known[program]?.split(' ') ?? []);
  const lock = has('flock') ? ['flock', '/var/lock/wayclear-lab-install'] : ['env'];
  const [command = 'env', ...before] = lock;
  const done = spawnSync(command, [...before, 'bash', '-c', INSTALL, 'install', ...packages], {
    env: { ...process.env, PATH, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
    timeout: 400_000,
  });
  return done.status === 0
    ? null
    : `apt-get failed: ${done.stderr.trim().split('\n').at(-1) ?? done.error?.message ?? ''}`;
}

/** Sees to it that these programs are here, each with the packages that bring it; null, or why one is not. */
export function provide(programs: Readonly<Record<string, string>>): string | null {
  const lacking = (): readonly string[] => Object.keys(programs).filter((program) => !has(program));
  const absent = lacking();
  const failed = absent.length === 0 ? null : install(absent, programs);
  const [still] = lacking();
  return still === undefined ? null : `${still} is not here${failed === null ? '' : ` (${failed})`}`;
}

/** Runs a shell line in fresh namespaces. */
function works(line: string): string | null {
  const done = spawnSync('unshare', [...unshareArguments(), 'sh', '-c', line], {
    env: { ...process.env, PATH },
    encoding: 'utf8',
    timeout: 10_000,
  });
  if (done.status === 0) return null;
  return (done.stderr ?? '').trim().split('\n').at(-1) || (done.error?.message ?? `status ${done.status}`);
}

function readable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function find(): LabRequirements {
  const missing: Partial<Record<Ability, string>> = {};
  const none = (because: string): LabRequirements => ({
    tier: 0,
    because,
    missing: {
      namespaces: because,
      'packet-filter': because,
      'payload-search': because,
      resolver: because,
      squid: because,
      delay: because,
    },
  });
  if (process.platform !== 'linux') return none(`network namespaces need Linux, this is ${process.platform}`);
  const lacking = (): readonly string[] => Object.keys(PACKAGES).filter((program) => !has(program));
  const absent = lacking();
  const installed = absent.length === 0 ? null : install(absent);
  const stillAbsent = lacking();
  const why = (program: string): string => `${program} is not here${installed === null ? '' : ` (${installed})`}`;
  for (const program of ['unshare', 'ip'] as const) if (stillAbsent.includes(program)) return none(why(program));
  const refused = works('ip link set lo up && mount -t tmpfs none /run && mkdir /run/netns && ip netns add probe');
  if (refused !== null) return none(`namespaces are refused: ${refused}`);
  const filter = stillAbsent.includes('nft')
    ? why('nft')
    : works(
        "nft add table inet probe && nft add chain inet probe f '{ type filter hook forward priority 0; }' && nft add rule inet probe f numgen random mod 100 '<' 3 drop",
      );
  if (filter !== null) missing['packet-filter'] = filter;
  const search = stillAbsent.includes('iptables-restore')
    ? why('iptables')
    : works('mount -t tmpfs none /run && iptables -A FORWARD -p tcp -m string --algo kmp --string probe -j DROP');
  if (search !== null) missing['payload-search'] = search;
  if (stillAbsent.includes('unbound')) missing.resolver = why('unbound');
  if (stillAbsent.includes('squid')) missing.squid = why('squid');
  else {
    const nested = works('unshare --user --map-user=13 --map-group=13 true');
    if (nested !== null) missing.squid = `squid needs a second user: ${nested}`;
  }
  if (!isRoot() || !readable('/dev/net/tun')) missing.delay = 'the delay router needs root and /dev/net/tun';
  else if (stillAbsent.includes('cc')) missing.delay = why('a C compiler');
  const reasons = Object.entries(missing).map(([ability, reason]) => `${ability}: ${reason}`);
  const core = missing['packet-filter'] ?? missing.resolver;
  const tier =
    core !== undefined
      ? 0
      : missing.squid !== undefined || missing['payload-search'] !== undefined
        ? 1
        : missing.delay !== undefined
          ? 2
          : 3;
  return { tier, because: reasons.length === 0 ? 'everything it needs is here' : reasons.join('; '), missing };
}

let known: LabRequirements | undefined;

/** Finds out once a process, installs what it may, and says on standard error what came of it. */
export function labRequirements(): LabRequirements {
  if (known !== undefined) return known;
  known = find();
  process.stderr.write(`network lab: tier ${known.tier} because ${known.because}\n`);
  if (process.env['CI'] === 'true' && known.tier < 3) {
    throw new Error(
      `network lab: under CI nothing may be skipped, and this machine gives tier ${known.tier}: ${known.because}`,
    );
  }
  return known;
}

/** Abilities that these faults need. */
function neededFor(faults: readonly Fault[]): readonly Ability[] {
  const needed = new Set<Ability>(['namespaces', 'packet-filter', 'resolver']);
  for (const fault of faults) {
    if (fault.kind === 'sni') needed.add('payload-search');
    if (fault.kind === 'squid' || (fault.kind === 'inspection' && fault.by === 'squid')) needed.add('squid');
    if (fault.kind === 'delay') needed.add('delay');
  }
  return [...needed];
}

/** Why a scenario with these faults can't run here; null if it can. */
export function whyNot(faults: readonly Fault[], requirements: LabRequirements = labRequirements()): string | null {
  for (const ability of neededFor(faults)) {
    const reason = requirements.missing[ability];
    if (reason !== undefined) return reason;
  }
  return null;
}
