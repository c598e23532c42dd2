// The servers of load.test.ts, in a process of their own: a server that shares the prober's event loop measures that loop.
// Takes the resolver's zone as a line of JSON, says where everything listens and which root to trust, runs until its
// input ends.
import { createInterface } from 'node:readline';
import { startDnsServer } from '../../dist/lib/demo/dns-server.js';
import { tcpOrigin } from '../../dist/lib/demo/listen.js';
import { answer, httpOrigin, httpsOrigin } from '../../dist/lib/demo/origins-http.js';
import { refusing, resetting, silent, speaking } from '../../dist/lib/demo/origins-tcp.js';
import { createAuthority, issueCertificate } from '../../dist/lib/demo/pki.js';

const root = createAuthority({ name: 'Load Test Root' });
const leaf = (names, more) => issueCertificate(root, { commonName: names[0], dnsNames: names, ...more });
const year = 365 * 86_400_000;
const expired = { notBefore: new Date(Date.now() - 2 * year), notAfter: new Date(Date.now() - year) };
const everywhere = { address: '0.0.0.0' };
const https = (certificate) => httpsOrigin({ ...everywhere, certificate }, answer());

const origins = {
  healthy: httpOrigin(everywhere, answer()),
  'healthy-tls': https(leaf(['*.load.test'])),
  refused: refusing(everywhere),
  reset: resetting({ ...everywhere, at: 'hello' }),
  closed: tcpOrigin(everywhere, (socket) => socket.once('data', () => socket.resume().end())),
  'not-tls': speaking({ ...everywhere, at: 'hello', text: 'SSH-2.0-load\r\n' }),
  expired: https(leaf(['*.load.test'], expired)),
  'wrong-name': https(leaf(['elsewhere.example'])),
  407: httpOrigin(everywhere, answer({ status: 407 })),
  silent: silent(everywhere),
};

const lines = createInterface({ input: process.stdin });
lines.once('close', () => process.exit());
lines.once('line', async (line) => {
  const dns = await startDnsServer(JSON.parse(line));
  const ports = {};
  for (const [way, starting] of Object.entries(origins)) ports[way] = (await starting).port;
  process.stdout.write(`${JSON.stringify({ dns: dns.server, ports, root: { sha256: root.sha256, pem: root.pem } })}\n`);
});
