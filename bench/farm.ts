/**
 * The farm that everybody probes: nginx and unbound in network namespaces without a way out, one wildcard
 * certificate, N distinct names on N distinct addresses (Linux calls answering on a whole prefix AnyIP). Every
 * handshake is a full one: TLS 1.3, no tickets, no session cache.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';

export const RESOLVER = '198.18.0.53';
export const PROXY = 'http://198.18.0.53:3128';
export const nameOf = (index: number): string => `n${index}.farm.test`;
const addressOf = (index: number): string => `198.${18 + (index >> 16)}.${((index >> 8) & 255) + 1}.${index & 255}`;

export interface Farm {
  readonly folder: string;
  /** PEM file with the farm's root. */
  readonly root: string;
  /** Of the root, lower-case hex. */
  readonly rootSha256: string;
  /** TCP connections and requests that nginx has seen on the farm's addresses. */
  seen(): Promise<{ readonly connections: number; readonly requests: number }>;
  stop(): void;
}

export type Network = 'LO' | 'RTT 50';

/** Arguments before a command that make it run in this network, on this processor. */
export const inNetwork = (network: Network, cpus: string): readonly string[] => [
  ...(network === 'LO' ? [] : ['ip', 'netns', 'exec', 'far']),
  'taskset',
  '-c',
  cpus,
];

const sh = (line: string, cwd?: string): string =>
  execFileSync('sh', ['-ec', line], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000, cwd });

/** Root, intermediate and a wildcard leaf, all P-256. */
function makeCertificates(folder: string): void {
  const key = (name: string): string =>
    `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ${name}.key`;
  writeFileSync(
    join(folder, 'ca.ext'),
    'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n',
  );
  writeFileSync(
    join(folder, 'leaf.ext'),
    'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:*.farm.test\n',
  );
  sh(
    [
      ...['root', 'middle', 'leaf'].map(key),
      "openssl req -new -key root.key -subj '/CN=Farm root' | openssl x509 -req -signkey root.key -extfile ca.ext -days 90 -out root.pem",
      "openssl req -new -key middle.key -subj '/CN=Farm intermediate' | openssl x509 -req -CA root.pem -CAkey root.key -CAcreateserial -extfile ca.ext -days 90 -out middle.pem",
      "openssl req -new -key leaf.key -subj '/CN=farm.test' | openssl x509 -req -CA middle.pem -CAkey middle.key -CAcreateserial -extfile leaf.ext -days 90 -out leaf.pem",
      'cat leaf.pem middle.pem > chain.pem',
    ].join('\n'),
    folder,
  );
}

function writeConfiguration(folder: string, names: number): void {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    `worker_processes 1; worker_rlimit_nofile 65536; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log error;
events { worker_connections 32768; multi_accept on; }
http { access_log off; server_tokens off; tcp_nodelay on; ssl_session_cache off; ssl_session_tickets off; ssl_protocols TLSv1.3;
${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
server { listen 0.0.0.0:443 ssl backlog=16384; ssl_certificate ${folder}/chain.pem; ssl_certificate_key ${folder}/leaf.key; location / { return 200 "ok\\n"; } }
server { listen 127.0.0.1:8080; location / { stub_status; } } }
`,
  );
  writeFileSync(
    join(folder, 'unbound.conf'),
    `server:
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  interface: ${RESOLVER}
  access-control: 0.0.0.0/0 allow
  verbosity: 0
  do-daemonize: no
  do-ip6: no
  so-rcvbuf: 4m
  module-config: "iterator"
  local-zone: "farm.test." static
${Array.from({ length: names }, (_, index) => `  local-data: "${nameOf(index)}. 60 IN A ${addressOf(index)}"`).join('\n')}
remote-control:
  control-enable: no
`,
  );
}

/** Room for thousands of short connections; what this kernel doesn't have is left alone. */
const settings = [
  ['net/ipv4/ip_local_port_range', '1024 65535'],
  ['net/core/somaxconn', '16384'],
  ['net/ipv4/tcp_max_syn_backlog', '16384'],
  ['net/ipv4/icmp_ratelimit', '0'],
]
  .map(([name, value]) => `echo "${value}" > /proc/sys/${name} 2>/dev/null || true`)
  .join('; ');

async function ready(port: number, host: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host });
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('close', () => {}).setTimeout(500, () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on ${host}:${port}`);
}

/** Builds it inside a sealed namespace (main.ts). `router` is the compiled delay router; null leaves RTT 50 out. `proxy` is a script. */
export async function startFarm(
  folder: string,
  names: number,
  cpus: string,
  router: string | null,
  proxy: string,
): Promise<Farm> {
  mkdirSync(folder, { recursive: true });
  makeCertificates(folder);
  writeConfiguration(folder, names);
  sh(`ip link set lo up; ${settings}; for prefix in 198.18.0.0/15; do ip route add local $prefix dev lo; done`);
  writeFileSync('/etc/resolv.conf', `nameserver ${RESOLVER}\n`);
  writeFileSync('/etc/hosts', '127.0.0.1 localhost\n');
  writeFileSync('/etc/nsswitch.conf', 'hosts: files dns\n');
  // Where everything vanishes: packets to a neighbour that is there and listens to nothing.
  sh(`ip netns add void; ip netns add dark; ip -n dark link set lo up; ip -n dark link add eth0 type veth peer name eth0 netns void
ip -n void link set eth0 up; ip -n dark addr add 192.0.2.1/24 dev eth0; ip -n dark link set eth0 up
ip -n dark neigh replace 192.0.2.254 lladdr 02:00:00:00:00:fe dev eth0 nud permanent; ip -n dark route add default via 192.0.2.254
mkdir -p /etc/netns/dark; cp /etc/hosts /etc/nsswitch.conf /etc/netns/dark/; echo 'nameserver 192.0.2.254' > /etc/netns/dark/resolv.conf`);
  const children: ChildProcess[] = [];
  const start = (argv: readonly string[]): ChildProcess => {
    const child = spawn('taskset', ['-c', cpus, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.on('error', () => {});
    children.push(child);
    return child;
  };
  if (router !== null) {
    sh(`ip netns add far; ip netns add near; ip -n far link set lo up; ip netns exec far sh -c '${settings}'`);
    const delaying = start([router, 'far', 'eth0', 'near', 'tun0', '25']);
    await new Promise((resolve) => delaying.stdout?.once('data', resolve));
    // The farm is in this namespace: the router's other end moves here.
    sh(`ip -n near link set tun0 netns $$
ip addr add 10.99.0.1/30 dev tun0; ip link set tun0 txqueuelen 20000 up
ip -n far addr add 10.99.0.2/30 dev eth0; ip -n far link set eth0 txqueuelen 20000 up; ip -n far route add default via 10.99.0.1
mkdir -p /etc/netns/far; for file in resolv.conf hosts nsswitch.conf; do cp /etc/$file /etc/netns/far/; done`);
  }
  start(['nginx', '-c', join(folder, 'nginx.conf')]);
  start(['unbound', '-d', '-c', join(folder, 'unbound.conf')]);
  start([process.execPath, proxy]);
  await ready(8080, '127.0.0.1');
  await ready(53, RESOLVER);
  await ready(3128, RESOLVER);
  const root = join(folder, 'root.pem');
  return {
    folder,
    root,
    rootSha256: sh(`openssl x509 -in ${root} -outform DER | sha256sum | cut -c1-64`).trim(),
    seen: () =>
      new Promise((resolve, reject) => {
        const asked = get({ host: '127.0.0.1', port: 8080, agent: false }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => {
            const [connections = 0, , requests = 0] = /(\d+) (\d+) (\d+)/.exec(text)?.slice(1).map(Number) ?? [];
            resolve({ connections, requests });
          });
        });
        asked.on('error', reject);
      }),
    stop: () => {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
