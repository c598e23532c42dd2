// What the program does in a rehearsal: command lines, and the servers on loopback that they need.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoCases } from '../dist/lib/demo/cases.js';
import { startDemo } from '../dist/lib/demo/demo.js';
import { reporterNames } from '../dist/lib/report/registry.js';

/** A proxy that leads every CONNECT to this machine. */
async function startProxy() {
  const proxy = createServer().on('connect', ({ url }, socket) => {
    const through = connect(Number(new URL(`http://${url}`).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      through.pipe(socket).pipe(through);
    });
    for (const end of [socket, through]) end.on('error', () => {});
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

/** What most runs do: healthy targets, some that fail at once, a proxy, every format, a catalog of one's own. */
function commandsFor({ feature, dnsServer }, proxyPort, folder) {
  const urls = feature.endpoints.flatMap(({ probes }) => probes.map(({ url }) => url));
  const [root, catalog] = [join(folder, 'root.pem'), join(folder, 'catalog.json')];
  writeFileSync(root, feature.anchors[0].pem);
  const endpoints = urls.map((url) => new URL(url).hostname).map((host) => ({ id: host, pattern: host, ports: [443] }));
  writeFileSync(catalog, JSON.stringify({ schema: 1, feature: 'rehearsal', title: 'Rehearsal', endpoints }));
  const common = ['--ca-file', root, '--quiet', '--deadline', '20s'];
  const formats = reporterNames.flatMap((name) => ['--format', `${name}=${join(folder, `report-${name}`)}`]);
  const direct = ['--dns-server', dnsServer, '--proxy', 'direct'];
  return [
    ['check', urls[0], ...direct, ...common],
    ['check', urls[0], '--proxy', `http://127.0.0.1:${proxyPort}`, ...common],
    ['check', ...urls, ...direct, ...common, ...formats],
    ['plan', '--no-bundled', '--catalog', catalog],
    ['plan'],
  ];
}

const cases = ['updates', 'plain', 'unknown-name', 'closed-port', 'reset'];

/** Has each command line run, one after the other, in a folder that is gone afterwards. */
export async function rehearse(perform) {
  const folder = mkdtempSync(join(tmpdir(), 'wayclear-rehearsal-'));
  const [demo, proxy] = [await startDemo(demoCases.filter(({ id }) => cases.includes(id))), await startProxy()];
  try {
    for (const args of commandsFor(demo, proxy.address().port, folder)) await perform(args, folder);
  } finally {
    proxy.close();
    proxy.closeAllConnections();
    await demo.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
