import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, must, PATH, type Part, startPart } from './parts.ts';

export const sshPrograms = { sshd: 'openssh-server', ssh: 'openssh-client', 'ssh-keygen': 'openssh-client' } as const;

export interface Ssh extends Part {
  readonly port: number;
  readonly user: string;
  /** A path on which `ssh` is the real one with a configuration of its own: it knows the server's key, and has one. */
  readonly path: string;
  /** Puts a program onto the path over there, written for sh. */
  install(name: string, script: string): void;
  /** Forgets the server's key, or knows it again. */
  knowHost(known: boolean): void;
  /** Takes this client's key, or no longer. */
  admit(admitted: boolean): void;
}

/** Starts sshd on loopback with keys and configuration of its own. */
export async function startSsh(folder: string): Promise<Ssh> {
  const port = await freePort();
  const user = userInfo().username;
  const [here, there, authorized, known] = ['here', 'there', 'authorized', 'known'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  for (const path of [here, there]) mkdirSync(path);
  for (const name of ['host', 'client'])
    must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  const publicKey = (name: string): string => readFileSync(join(folder, `${name}.pub`), 'utf8');
  const program = (path: string, script: string): void => {
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  };
  writeFileSync(
    join(folder, 'sshd_config'),
    [
      ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${folder}/host`, `AuthorizedKeysFile ${authorized}`],
      ...['UsePAM no', 'StrictModes no', 'PermitRootLogin yes', 'PasswordAuthentication no', 'PidFile none'],
      ...['PrintMotd no', 'LogLevel VERBOSE', `SetEnv PATH=${there}:/usr/bin:/bin`, ''],
    ].join('\n'),
  );
  writeFileSync(
    join(folder, 'ssh_config'),
    [
      ...['Host *', `IdentityFile ${folder}/client`, 'IdentitiesOnly yes', 'IdentityAgent none'],
      ...[`UserKnownHostsFile ${known}`, 'GlobalKnownHostsFile none', 'StrictHostKeyChecking yes', ''],
    ].join('\n'),
  );
  const real = must('sh', ['-c', 'command -v ssh']).trim();
  program(join(here, 'ssh'), `exec ${real} -F ${folder}/ssh_config "$@"`);
  const sshd = must('sh', ['-c', 'command -v sshd']).trim();
  // Privileges are parted in this folder, which the package's service would make.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const knowHost = (isKnown: boolean): void =>
    writeFileSync(known, isKnown ? `[127.0.0.1]:${port} ${publicKey('host')}` : '');
  const admit = (isAdmitted: boolean): void => writeFileSync(authorized, isAdmitted ? publicKey('client') : '');
  knowHost(true);
  admit(true);
  const part = await startPart([sshd, '-D', '-e', '-f', join(folder, 'sshd_config')], port);
  return {
    ...part,
    port,
    user,
    path: `${here}:${PATH}`,
    install: (name, script) => program(join(there, name), script),
    knowHost,
    admit,
  };
}
