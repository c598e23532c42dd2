import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, must, type Part, startPart } from './parts.ts';

export const kdcPrograms = {
  krb5kdc: 'krb5-kdc',
  'kadmin.local': 'krb5-kdc krb5-admin-server',
  kinit: 'krb5-user',
} as const;

export interface Realm extends Part {
  /** KRB5_CONFIG and a credential cache that holds a ticket. */
  readonly env: { readonly KRB5_CONFIG: string; readonly KRB5CCNAME: string };
  /** Keys of the services in `known`. */
  readonly keytab: string;
}

/**
 * An MIT key distribution centre for REAL.TEST with one user, whose ticket is in the cache, and services: `known` are in
 * the keytab, `strange` exist with keys that nobody has.
 */
export async function startRealm(
  folder: string,
  services: { readonly known: readonly string[]; readonly strange: readonly string[] },
): Promise<Realm> {
  const port = await freePort();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const keytab = join(folder, 'http.keytab');
  const env = {
    KRB5_CONFIG: file(
      'krb5.conf',
      `[libdefaults]
 default_realm = REAL.TEST
 dns_lookup_kdc = false
 dns_lookup_realm = false
 dns_canonicalize_hostname = false
 rdns = false
 udp_preference_limit = 1
[realms]
 REAL.TEST = {
  kdc = 127.0.0.1:${port}
 }
[domain_realm]
 .real.test = REAL.TEST
`,
    ),
    KRB5_KDC_PROFILE: file(
      'kdc.conf',
      `[kdcdefaults]
 kdc_ports = ""
 kdc_listen = ""
 kdc_tcp_listen = 127.0.0.1:${port}
[realms]
 REAL.TEST = {
  database_name = ${folder}/principal
  key_stash_file = ${folder}/stash
  acl_file = ${folder}/acl
 }
[logging]
 kdc = FILE:${folder}/kdc.log
`,
    ),
    KRB5CCNAME: `FILE:${join(folder, 'cache')}`,
  };
  must('kdb5_util', ['create', '-s', '-r', 'REAL.TEST', '-P', 'master'], { env });
  const admin = (query: string): string => must('kadmin.local', ['-r', 'REAL.TEST', '-q', query], { env });
  admin('addprinc -pw s3cret alice');
  for (const service of [...services.known, ...services.strange]) admin(`addprinc -randkey ${service}`);
  for (const service of services.known) admin(`ktadd -k ${keytab} ${service}`);
  const part = await startPart(['krb5kdc', '-n', '-r', 'REAL.TEST', '-P', join(folder, 'kdc.pid')], port, env);
  try {
    must('kinit', ['alice@REAL.TEST'], { env, input: 's3cret\n' });
  } catch (error) {
    await part.close();
    throw error;
  }
  return { ...part, env: { KRB5_CONFIG: env.KRB5_CONFIG, KRB5CCNAME: env.KRB5CCNAME }, keytab };
}
