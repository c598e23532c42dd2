import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, PATH, type Part, startPart } from './parts.ts';

export const sambaPrograms = {
  samba: 'samba samba-ad-provision samba-dsdb-modules samba-vfs-modules',
  'samba-tool': 'samba samba-ad-provision samba-dsdb-modules samba-vfs-modules',
  ntlm_auth: 'winbind',
  ip: 'iproute2',
  unshare: 'util-linux',
} as const;

export interface Domain extends Part {
  /** The helper that asks the domain controller, for squid. */
  readonly helper: string;
  /** What has to stand at /run/samba where the helper runs: its library looks for the socket there and nowhere else. */
  readonly run: string;
}

/** A command that runs another one with `run` at /run/samba. To be started in a mount namespace of its own. */
export const withRun = (run: string): readonly string[] => [
  ...['sh', '-c', 'mount -t tmpfs none /run && mkdir /run/samba && mount --bind "$0" /run/samba && exec "$@"', run],
];

/**
 * A Samba domain controller with one account, in a network namespace of its own: its well-known ports touch nobody, and
 * squid's helper reaches it by a socket in `folder`.
 */
export async function startDomain(
  folder: string,
  account: { readonly user: string; readonly password: string },
): Promise<Domain> {
  const configuration = join(folder, 'etc', 'smb.conf');
  mkdirSync(folder, { recursive: true });
  must('samba-tool', [
    ...['domain', 'provision', '--realm=CORP.TEST', '--domain=CORP', '--server-role=dc', '--dns-backend=NONE'],
    ...[`--adminpass=Adm1n-${account.password}`, `--targetdir=${folder}`, '--host-name=dc1', '--host-ip=127.0.0.1'],
    ...['--option=bind interfaces only = yes', '--option=interfaces = lo'],
  ]);
  const own = {
    'log file': `${folder}/log`,
    'pid directory': folder,
    'ntp signd socket directory': `${folder}/ntp`,
    'server services': 'winbindd, ldap, cldap, rpc, kdc, s3fs',
  };
  const text = readFileSync(configuration, 'utf8').replace(/^\s*(server services|log file) = .*\n/gm, '');
  const lines = Object.entries(own).map(([name, value]) => `\t${name} = ${value}\n`);
  writeFileSync(configuration, text.replace('[global]\n', `[global]\n${lines.join('')}`));
  must('samba-tool', ['user', 'create', account.user, account.password, `--configfile=${configuration}`]);
  const run = join(folder, 'run');
  mkdirSync(run);
  const login = [`--configfile=${configuration}`, '--domain=CORP', `--username=${account.user}`];
  const ready = (): boolean =>
    existsSync(join(run, 'winbindd', 'pipe')) &&
    spawnSync('unshare', ['--mount', ...withRun(run), 'ntlm_auth', ...login, `--password=${account.password}`], {
      env: { ...process.env, PATH },
      timeout: 5000,
    }).status === 0;
  const part = await startPart(
    [
      ...['unshare', '--net', '--mount', 'sh', '-c', 'ip link set lo up; exec "$@"', 'sh'],
      ...[...withRun(run), 'samba', '-i', `--configfile=${configuration}`, '--debug-stdout'],
    ],
    ready,
  );
  // The helper runs as squid's user: the library lets a group in, and the domain controller insists on root as the owner.
  must('chmod', ['a+x', folder]);
  must('chgrp', ['proxy', `${folder}/state/winbindd_privileged`]);
  const helper = `/usr/bin/ntlm_auth --configfile=${configuration} --helper-protocol=squid-2.5-ntlmssp --domain=CORP`;
  return { ...part, helper, run };
}
