/** squid as the company's proxy or as a transparent inspecting one. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { AuthorityFiles } from './authority-files.ts';
import { HIDDEN_RESOLVER, must, PROXY } from './network.ts';
import type { Fault } from './scenario.ts';

/** Where transparently redirected connections arrive. */
export const SQUID_INTERCEPT_PORT = 3130;

export const needsSquid = (faults: readonly Fault[]): boolean =>
  faults.some((fault) => fault.kind === 'squid' || (fault.kind === 'inspection' && fault.by === 'squid'));

const LIBRARY = '/usr/lib/squid';

/** Password of user `alice` for mode `basic`. */
const SQUID_PASSWORD = 's3cret-lab';

/**
 * Writes the configuration below `folder` and returns the command that runs squid. It needs a user other than root:
 * in a user namespace that has only one, a nested namespace maps it to another number.
 */
export async function prepareSquid(
  faults: readonly Fault[],
  folder: string,
  company: AuthorityFiles | null,
  publicRoots: string,
): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const explicit = faults.find((fault) => fault.kind === 'squid');
  const intercept = faults.find((fault) => fault.kind === 'inspection' && fault.by === 'squid');
  const bump = explicit?.mode === 'bump' || intercept !== undefined;
  const exempt = intercept?.kind === 'inspection' ? intercept.names : undefined;
  const certificate = `tls-cert=${company?.certificateFile} tls-key=${company?.keyFile} generate-host-certificates=on dynamic_cert_mem_cache_size=4MB`;
  if (bump) await must(`${LIBRARY}/security_file_certgen`, ['-c', '-s', `${folder}/certificates`, '-M', '4MB']);
  if (explicit?.mode === 'basic') {
    const hash = await must('openssl', ['passwd', '-apr1', SQUID_PASSWORD]);
    writeFileSync(`${folder}/users`, `alice:${hash}`);
  }
  const lines = [
    // squid wants one port that is not intercepting.
    `http_port ${PROXY[4]}:${explicit?.port ?? 3128}${explicit?.mode === 'bump' ? ` ssl-bump ${certificate}` : ''}`,
    ...(explicit
      ? [`http_port [${PROXY[6]}]:${explicit.port}${explicit.mode === 'bump' ? ` ssl-bump ${certificate}` : ''}`]
      : []),
    ...(intercept ? [`https_port ${SQUID_INTERCEPT_PORT} intercept ssl-bump ${certificate}`] : []),
    ...(bump
      ? [
          `sslcrtd_program ${LIBRARY}/security_file_certgen -s ${folder}/certificates -M 4MB`,
          'sslcrtd_children 2 startup=1',
          'acl step1 at_step SslBump1',
          ...(exempt === undefined
            ? ['ssl_bump peek step1', 'ssl_bump bump all']
            : [
                `acl opened ssl::server_name ${exempt.map((name) => name.replace(/^\*/, '')).join(' ')}`,
                'ssl_bump peek step1',
                'ssl_bump bump opened',
                'ssl_bump splice all',
              ]),
          `tls_outgoing_options cafile=${publicRoots}`,
        ]
      : []),
    ...(explicit?.mode === 'basic'
      ? [
          `auth_param basic program ${LIBRARY}/basic_ncsa_auth ${folder}/users`,
          'auth_param basic children 1 startup=1',
          'auth_param basic realm Lab proxy',
          'acl known proxy_auth REQUIRED',
          'http_access allow known',
          'http_access deny all',
        ]
      : explicit?.mode === 'deny' && explicit.names !== undefined
        ? [
            `acl forbidden dstdomain ${explicit.names.map((name) => name.replace(/^\*/, '')).join(' ')}`,
            'http_access deny forbidden',
            'http_access allow all',
          ]
        : [explicit?.mode === 'deny' ? 'http_access deny all' : 'http_access allow all']),
    ...(explicit?.mode === 'parent'
      ? [`cache_peer ${PROXY[4]} parent 3999 0 no-query no-digest default`, 'never_direct allow all']
      : []),
    'visible_hostname proxy.corp.example',
    `pid_filename ${folder}/pid`,
    `cache_log ${folder}/cache.log`,
    `access_log stdio:${folder}/access.log`,
    `coredump_dir ${folder}`,
    'cache deny all',
    'cache_mem 8 MB',
    'pinger_enable off',
    'host_verify_strict off',
    'shutdown_lifetime 0 seconds',
    `dns_nameservers ${HIDDEN_RESOLVER}`,
    'max_filedescriptors 4096',
    'workers 1',
    '',
  ];
  writeFileSync(`${folder}/squid.conf`, lines.join('\n'));
  await must('chmod', ['-R', 'a+rwX', folder]);
  return ['unshare', '--user', '--map-user=13', '--map-group=13', 'squid', '-N', '-f', `${folder}/squid.conf`];
}
