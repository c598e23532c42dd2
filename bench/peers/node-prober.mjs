// The limit of the runtime: the least that a Node program has to do for DNS, TCP, TLS with chain and name
// verification, GET, whole response, close. No stage is timed, no failure told from another.
//
//   node node-prober.mjs COUNT AT-ONCE CA-FILE
//
// Probes n0.farm.test to n(COUNT-1).farm.test on port 443. Prints "OK COUNT"; ends with 1 if a probe failed.
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls, createSecureContext } from 'node:tls';

const [count, atOnce] = process.argv.slice(2, 4).map(Number);
const secureContext = createSecureContext({ ca: readFileSync(process.argv[4]) });
const resolver = new Resolver();

const probe = async (host) => {
  const [address] = await resolver.resolve4(host);
  await new Promise((resolve, reject) => {
    const below = connectTcp({ host: address, port: 443, noDelay: true, autoSelectFamily: false });
    below.on('error', reject);
    below.once('connect', () => {
      const socket = connectTls({
        socket: below,
        servername: host,
        secureContext,
        checkServerIdentity: (name, leaf) => (leaf.checkHost(name) ? undefined : new Error('another name')),
      });
      // Without this Node converts the whole chain to objects to compare one name.
      socket.getPeerCertificate = () => socket.getPeerX509Certificate();
      let received = 0;
      socket.once('secureConnect', () => socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`));
      socket.on('data', (chunk) => {
        received += chunk.length;
      });
      socket.on('error', reject);
      socket.once('end', () => {
        socket.destroy();
        received > 0 ? resolve() : reject(new Error('empty'));
      });
    });
  });
};

let next = 0;
let passed = 0;
const work = async () => {
  while (next < count) {
    await probe(`n${next++}.farm.test`).then(() => passed++, console.error);
  }
};
await Promise.all(Array.from({ length: atOnce }, work));
console.log(`OK ${passed}`);
process.exitCode = passed === count ? 0 : 1;
