/** A real mail server (exim) on loopback, with files of its own: STARTTLS, TLS from the start, an account, and what it refuses. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, must, type Part, startPart } from './parts.ts';

export const eximPrograms = { exim4: 'exim4-daemon-light' } as const;

const account = 'Debian-exim';

export interface Exim extends Part {
  /** Offers STARTTLS, and accounts only after that. */
  readonly port: number;
  /** TLS from the first byte. */
  readonly tlsPort: number;
  /** What it delivered, as an mbox. */
  mailbox(): string;
  log(): string;
}

/** Takes mail from whoever shows the account, and from everybody to `open@…`; to nobody called `refused`. */
export async function startExim(
  folder: string,
  certificate: { readonly chainPem: string; readonly keyPem: string },
  { user, password }: { readonly user: string; readonly password: string },
): Promise<Exim> {
  const [port, tlsPort] = [await freePort(), await freePort()];
  const place = join(folder, 'exim');
  mkdirSync(join(place, 'spool'), { recursive: true });
  writeFileSync(join(place, 'certificate.pem'), certificate.chainPem);
  writeFileSync(join(place, 'key.pem'), certificate.keyPem);
  const config = `primary_hostname = mx.real.test
spool_directory = ${place}/spool
log_file_path = ${place}/%slog
pid_file_path = ${place}/pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port} : ${tlsPort}
tls_on_connect_ports = ${tlsPort}
tls_advertise_hosts = *
tls_certificate = ${place}/certificate.pem
tls_privatekey = ${place}/key.pem
acl_smtp_rcpt = rcpt
keep_environment =
begin acl
rcpt:
  deny local_parts = refused
       message = nobody here is called so
  accept authenticated = *
  accept local_parts = open
  deny message = an account is needed
begin routers
all:
  driver = accept
  transport = file
begin transports
file:
  driver = appendfile
  file = ${place}/mailbox
  user = ${account}
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{${user}}}{eq{$auth3}{${password}}}}}
  server_set_id = $auth2
  server_advertise_condition = \${if def:tls_in_cipher}
`;
  writeFileSync(join(place, 'exim.conf'), config);
  must('chown', ['-R', account, place]);
  // It refuses a configuration that anybody else could have written.
  must('chown', ['root', join(place, 'exim.conf')]);
  chmodSync(folder, 0o755);
  const part = await startPart(['exim4', '-bdf', '-C', join(place, 'exim.conf')], port);
  const read = (name: string): string => (existsSync(join(place, name)) ? readFileSync(join(place, name), 'utf8') : '');
  return {
    ...part,
    port,
    tlsPort,
    mailbox: () => read('mailbox'),
    log: () => `${read('mainlog')}${read('rejectlog')}`,
  };
}
