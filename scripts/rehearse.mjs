// Runs the built program once against servers on loopback, and keeps V8's cache of the code that really ran, for this
// runtime: dist/cli/main-VERSION-PLATFORM-ARCH.cache, or the file named. Without it the program runs as well, and starts
// later.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEnding } from '../dist/lib/cli/ending.js';
import { cacheFile, loadProgram, readCache, sealedCache } from '../dist/lib/cli/loader.js';
import { systemClock } from '../dist/lib/clock.js';
import { demoCases } from '../dist/lib/demo/cases.js';
import { startDemo } from '../dist/lib/demo/demo.js';
import { reporterNames } from '../dist/lib/report/registry.js';

const cli = fileURLToPath(new URL('../dist/cli', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wayclear-rehearsal-'));

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

/** Command lines, as cli.ts would run them. */
async function perform({ createSecrets, main }, commands) {
  for (const args of commands) {
    const silent = { isTTY: false, columns: null, write: async () => {} };
    const io = { args, env: {}, cwd: folder, platform: process.platform, clock: systemClock, stdout: silent };
    await main({ ...io, stderr: silent, secrets: createSecrets(), ending: createEnding(systemClock) });
  }
}

/** What most runs do: healthy targets, some that fail at once, a proxy, every format, a catalog of one's own. */
function commandsFor({ feature, dnsServer }, proxyPort) {
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
try {
  const { program, script, source } = loadProgram(cli);
  // Those that other runtimes made of the same program stay.
  for (const name of readdirSync(cli).filter((file) => file.endsWith('.cache'))) {
    if (readCache(source, join(cli, name)) === undefined) rmSync(join(cli, name));
  }
  const demo = await startDemo(demoCases.filter(({ id }) => cases.includes(id)));
  const proxy = await startProxy();
  try {
    await perform(program, commandsFor(demo, proxy.address().port));
  } finally {
    proxy.close();
    proxy.closeAllConnections();
    await demo.close();
  }
  writeFileSync(process.argv[2] ?? cacheFile(cli), sealedCache(source, script.createCachedData()));
} catch (error) {
  process.stderr.write(`no code cache, so that the program starts later: ${error.stack}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
