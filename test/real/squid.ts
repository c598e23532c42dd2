import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, must, PATH, type Part, startPart } from './parts.ts';

export const squidPrograms = { squid: 'squid-openssl', openssl: 'openssl', unshare: 'util-linux' } as const;

const LIBRARY = '/usr/lib/squid';
const REALM = 'Lab proxy';

export interface SquidOptions {
  readonly folder: string;
  /** Names that squid knows; all others have no address. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Schemes that it offers, in its order; none: everybody may. */
  readonly offers?: readonly (
    | { readonly scheme: 'basic' | 'digest'; readonly user: string; readonly password: string }
    | { readonly scheme: 'ntlm'; readonly program: string }
    | { readonly scheme: 'negotiate'; readonly keytab: string; readonly env: Readonly<Record<string, string>> }
  )[];
  /** A command that runs squid in its turn. It starts as root then, and becomes the user proxy itself. */
  readonly inside?: readonly string[];
  /** Address of a name server on port 53. */
  readonly nameServer?: string;
  /** Listens with TLS too. */
  readonly certificate?: { readonly pem: string; readonly keyPem: string };
  /** Opens TLS with this authority on one more port. */
  readonly authority?: { readonly pem: string; readonly keyPem: string };
  /** Roots that an opening squid trusts. */
  readonly roots?: string;
  /** Names that it denies. */
  readonly denied?: readonly string[];
}

export interface Squid extends Part {
  readonly port: number;
  /** 0 without a certificate, or an authority. */
  readonly tlsPort: number;
  readonly bumpPort: number;
  /** Lines of the access log: status, method, URL. */
  log(): readonly string[];
}

function scheme(offer: NonNullable<SquidOptions['offers']>[number], folder: string): readonly string[] {
  const params = (name: string, program: string, more: readonly string[]): readonly string[] => [
    `auth_param ${name} program ${program}`,
    `auth_param ${name} children 2 startup=1`,
    ...more.map((line) => `auth_param ${name} ${line}`),
  ];
  switch (offer.scheme) {
    case 'basic': {
      const hash = must('openssl', ['passwd', '-apr1', offer.password]).trim();
      writeFileSync(join(folder, 'users'), `${offer.user}:${hash}\n`);
      return params('basic', `${LIBRARY}/basic_ncsa_auth ${folder}/users`, [`realm ${REALM}`]);
    }
    case 'digest': {
      const hash = createHash('md5').update(`${offer.user}:${REALM}:${offer.password}`).digest('hex');
      writeFileSync(join(folder, 'digests'), `${offer.user}:${REALM}:${hash}\n`);
      return params('digest', `${LIBRARY}/digest_file_auth -c ${folder}/digests`, [`realm ${REALM}`]);
    }
    case 'ntlm':
      return params('ntlm', offer.program, ['keep_alive on']);
    case 'negotiate':
      return params('negotiate', `${LIBRARY}/negotiate_kerberos_auth -k ${offer.keytab} -s GSS_C_NO_NAME`, [
        'keep_alive on',
      ]);
  }
}

/** Starts squid as a user other than root, which it insists on: in a user namespace that shows it another number. */
export async function startSquid(options: SquidOptions): Promise<Squid> {
  const { folder, hosts, offers = [], certificate, authority, roots, denied = [] } = options;
  const port = await freePort();
  const tlsPort = certificate === undefined ? 0 : await freePort();
  const bumpPort = authority === undefined ? 0 : await freePort();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  file(
    'hosts',
    Object.entries(hosts)
      .map(([name, address]) => `${address} ${name}\n`)
      .join(''),
  );
  const lines = [
    `http_port 127.0.0.1:${port} name=plain`,
    ...(certificate === undefined
      ? []
      : [
          `https_port 127.0.0.1:${tlsPort} name=tls tls-cert=${file('proxy.pem', certificate.pem + certificate.keyPem)}`,
        ]),
    ...(authority === undefined
      ? []
      : [
          `http_port 127.0.0.1:${bumpPort} name=bump ssl-bump tls-cert=${file('authority.pem', authority.pem + authority.keyPem)} generate-host-certificates=on dynamic_cert_mem_cache_size=4MB`,
          `sslcrtd_program ${LIBRARY}/security_file_certgen -s ${folder}/certificates -M 4MB`,
          'sslcrtd_children 2 startup=1',
          'acl step1 at_step SslBump1',
          'ssl_bump peek step1',
          'ssl_bump bump all',
          `tls_outgoing_options cafile=${file('roots.pem', roots ?? '')}`,
          'acl bumping myportname bump',
        ]),
    ...(denied.length === 0 ? [] : [`acl denied dstdomain ${denied.join(' ')}`, 'http_access deny denied']),
    ...(authority === undefined ? [] : ['http_access allow bumping']),
    ...offers.flatMap((offer) => scheme(offer, folder)),
    ...(offers.length === 0
      ? ['http_access allow all']
      : ['acl known proxy_auth REQUIRED', 'http_access allow known', 'http_access deny all']),
    'visible_hostname proxy.real.test',
    `pid_filename ${folder}/pid`,
    `cache_log ${folder}/cache.log`,
    `access_log stdio:${folder}/access.log`,
    'logfile_rotate 0',
    `coredump_dir ${folder}`,
    `hosts_file ${folder}/hosts`,
    `dns_nameservers ${options.nameServer ?? '127.0.0.1'}`,
    'dns_timeout 1 second',
    'dns_retransmit_interval 1 second',
    'connect_timeout 2 seconds',
    'cache deny all',
    'cache_mem 8 MB',
    'memory_cache_shared off',
    'pinger_enable off',
    'shutdown_lifetime 0 seconds',
    'max_filedescriptors 1024',
    ...(options.inside === undefined ? [] : ['cache_effective_user proxy', 'cache_effective_group proxy']),
    '',
  ];
  if (authority !== undefined) {
    must(`${LIBRARY}/security_file_certgen`, ['-c', '-s', `${folder}/certificates`, '-M', '4MB']);
  }
  file('squid.conf', lines.join('\n'));
  file('access.log', '');
  must('chmod', ['-R', 'a+rwX', folder]);
  const env = Object.assign({ PATH }, ...offers.map((offer) => ('env' in offer ? offer.env : {}))) as Record<
    string,
    string
  >;
  const name = `wc${process.pid}x${port}`;
  const other = options.inside ?? ['unshare', '--user', '--map-user=13', '--map-group=13'];
  const command = [...other, 'squid', '-N', '-n', name, '-f', join(folder, 'squid.conf')];
  const part = await startPart(command, port, env).catch((error: Error) => {
    throw new Error(`${error.message} ${readFileSync(join(folder, 'cache.log'), 'utf8').slice(-3000)}`);
  });
  return {
    ...part,
    port,
    tlsPort,
    bumpPort,
    log: () => readFileSync(join(folder, 'access.log'), 'utf8').trim().split('\n'),
  };
}
