import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type DnsServer, startDnsServer } from '../../src/demo/dns-server.ts';
import { refusing, resetting, silent, speaking } from '../../src/demo/origins.ts';
import { answer, httpOrigin, httpsOrigin, redirect } from '../../src/demo/origins-http.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { createCrl } from '../../src/demo/pki-answers.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Observations } from '../../src/model/observations.ts';
import type { Plan, Route, Target } from '../../src/model/plan.ts';
import { prepare } from '../../src/probe/prepare.ts';
import { run } from '../../src/probe/run.ts';
import type { ToThread } from '../../src/probe/threads.ts';
import { ensureBuilt, wayclear } from '../cli/program.ts';

const direct: Route = { kind: 'direct', source: 'default', why: '' };
const root = createAuthority({ name: 'Thread Test Root' });
const anchor = { name: 'Thread Test Root', sha256: root.sha256, pem: root.pem };
const built = join(import.meta.dirname, '..', '..', 'dist', 'chunks', 'thread.js');
const folder = mkdtempSync(join(tmpdir(), 'wayclear-thread-'));

const closers: (() => unknown)[] = [];
const started = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};

/** How the targets behave, by turns: an odd number, for hosts go to the two threads by turns. */
const ways = [
  'tls',
  'http',
  'gone',
  'refused',
  'expired',
  'reset',
  'not-tls',
  'moved',
  'hosted',
  'intranet',
  'nowhere',
] as const;
type Way = (typeof ways)[number] | 'silent';
let ports: Readonly<Record<Way, number>>;
let dns: DnsServer;
let lists: { readonly counts: { readonly requests: number } };

beforeAll(async () => {
  ensureBuilt();
  const year = 365 * 86_400_000;
  const expired = { notBefore: new Date(Date.now() - 2 * year), notAfter: new Date(Date.now() - year) };
  const here = ['127.0.0.1'];
  dns = started(
    await startDnsServer({
      '*.gone.test': { answer: 'servfail' },
      '*.nowhere.test': { answer: 'nxdomain' },
      '*.test': { addresses: here },
    }),
  );
  const times = { thisUpdate: new Date(Date.now() - 3_600_000), nextUpdate: new Date(Date.now() + 3_600_000) };
  const list = started(await httpOrigin({}, answer({ body: createCrl(root, [], times) })));
  lists = list;
  // The host of a target as well.
  const crlUrls = [`http://n1.http.test:${list.port}/root.crl`];
  const leaf = (more = {}) =>
    issueCertificate(root, { commonName: 'leaf', dnsNames: ['*.tls.test', '*.expired.test'], crlUrls, ...more });
  const http = started(await httpOrigin({}, answer({ status: 404, body: 'nothing here' })));
  const origins = {
    tls: httpsOrigin({ certificate: leaf() }, answer()),
    refused: refusing(),
    expired: httpsOrigin({ certificate: leaf(expired) }, answer()),
    reset: resetting({ at: 'hello' }),
    'not-tls': speaking({ at: 'hello', text: 'SSH-2.0-thread\r\n' }),
    moved: httpOrigin({}, redirect(`http://n1.http.test:${http.port}/0`)),
    silent: silent(),
  };
  const port = async (way: keyof typeof origins): Promise<number> => started(await origins[way]).port;
  ports = {
    ...{
      http: http.port,
      gone: http.port,
      nowhere: http.port,
      hosted: http.port,
      intranet: http.port,
      tls: await port('tls'),
    },
    ...{ refused: await port('refused'), expired: await port('expired'), reset: await port('reset') },
    ...{ 'not-tls': await port('not-tls'), moved: await port('moved'), silent: await port('silent') },
  };
});

afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true });
});

/** Two targets on each host. */
function targetOf(way: Way, index: number): Target {
  const number = index >> 1;
  const host = way === 'intranet' ? `intranet${number}` : `n${number}.${way}.test`;
  const scheme = ['tls', 'expired', 'reset', 'not-tls'].includes(way) ? 'https' : 'http';
  const url = `${scheme}://${host}:${ports[way]}/${index & 1}`;
  return {
    ...{ id: url, feature: 'threads', endpoint: host, pattern: host, witness: false, host, port: ports[way], scheme },
    ...{ url, method: 'GET', importance: 'critical', ceiling: 'critical', expect: null, route: direct, untested: null },
    tls: { anchors: [root.sha256], pinned: false, inspection: 'unstated' },
  };
}
const targets = (count: number, wayOf: (index: number) => Way): readonly Target[] =>
  Array.from({ length: count }, (_, index) => targetOf(wayOf(index), index));
const mixed = (count: number) => targets(count, (index) => ways[(index >> 1) % ways.length] ?? 'tls');

async function measured(
  all: readonly Target[],
  thread: string | null,
  more: {
    readonly signal?: AbortSignal;
    readonly onTarget?: (target: Target) => void;
    readonly concurrency?: number;
    readonly timeoutMs?: number;
    readonly deadlineMs?: number;
  } = {},
): Promise<Observations> {
  const { timeoutMs = 20_000, deadlineMs = 600_000, concurrency = 1024 } = more;
  const plan: Plan = {
    ...{ targets: all, anchors: [anchor], families: [4], dnsServers: [], tlsHello: 'classic' },
    limits: { timeoutMs, deadlineMs, concurrency },
    ...{ offline: false, experiments: false },
  };
  const settings = { caFiles: [], env: {}, routes: [direct], clock: systemClock, resolvers: [dns.server] };
  const prepared = started(await prepare(plan, settings));
  return run(plan, {
    ...prepared,
    hosts: new Map(all.flatMap(({ host }) => (host.includes('.hosted.') ? [[host, ['127.0.0.1']]] : []))),
    system: {
      scope: 'single-label',
      lookup: async (name) => ({ addresses: /^intranet/.test(name) ? ['127.0.0.1'] : [], error: null }),
      close: () => {},
    },
    signal: more.signal ?? new AbortController().signal,
    userAgent: 'wayclear/test',
    routeFor: () => direct,
    thread,
    ...(more.onTarget === undefined ? {} : { onTarget: more.onTarget }),
  });
}

/** Without what differs from one connection to the next. */
function essence(observations: Observations): unknown {
  const changing = ['at', 'ms', 'headersMs', 'clockOffsetMs', 'localPort', 'firstBytes', 'bytesRead'];
  const text = JSON.stringify({ ...observations, startedAt: '', durationMs: 0 }, (key, value) => {
    if (changing.includes(key)) return undefined;
    return key === 'headers' ? value.filter(([name]: readonly string[]) => name !== 'date') : value;
  });
  // OpenSSL's errors begin with the thread that they are of.
  return JSON.parse(text.replaceAll(/[\dA-F]+(?=:error:)/g, ''));
}

function conclusions(observations: Observations): unknown {
  const { status, summary, rootCauses, targets } = diagnose(observations);
  const causes = rootCauses.map(({ evidence: _, ...cause }) => cause);
  const found = targets.map(({ findings, ...one }) => ({ ...one, causes: findings.map(({ cause }) => cause) }));
  return { status: { ...status, raised: null }, summary, causes, found };
}

/** The second thread, as far as it was talked to. */
function spied() {
  const post = vi.spyOn(Worker.prototype, 'postMessage');
  return {
    questions: () => post.mock.calls.flatMap(([batch]) => (batch as readonly ToThread[]).filter((m) => 'host' in m)),
    /** -1 once it has ended. */
    id: () => (post.mock.contexts[0] as Worker | undefined)?.threadId,
  };
}

/** A thread's program that does `first` and then what the real one does. */
function program(first: string): string {
  const file = join(folder, `${closers.length}-${Math.random()}.mjs`);
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';\n${first}\nawait import('${pathToFileURL(built).href}');\n`,
  );
  return file;
}

describe('a large run in two threads', () => {
  let all: readonly Target[];
  let alone: Observations;
  let asked = 0;
  beforeAll(async () => {
    all = mixed(600);
    alone = await measured(all, null);
    asked = dns.log.length;
  });

  it('sees and concludes what one thread does', async () => {
    const second = spied();
    const together = await measured(all, built);
    expect(second.questions().length).toBeGreaterThan(150);
    expect(second.questions().length).toBeLessThan(450);
    expect(second.id()).toBe(-1);
    expect(together.revocation.map(({ statuses }) => statuses.length > 0)).toEqual([true]);
    expect(essence(together)).toEqual(essence(alone));
    expect(conclusions(together)).toEqual(conclusions(alone));
    // No name and no list is asked for by both threads.
    expect(dns.log.length - asked).toBe(asked);
    expect(lists.counts.requests).toBe(2);
  });

  it.each<[string, () => readonly Target[], number]>([
    ['few targets', () => mixed(60), 1024],
    ['few at a time', () => all, 15],
    ['a proxy', () => all.map((one, n) => (n === 7 ? { ...one, route: { ...direct, otherwise: [] } } : one)), 99],
  ])('is left to one thread with %s', async (_name, some, concurrency) => {
    const post = vi.spyOn(Worker.prototype, 'postMessage');
    const { probes } = await measured(some(), built, { concurrency });
    expect(probes.length).toBeGreaterThanOrEqual(60);
    expect(post).not.toHaveBeenCalled();
  });

  it('keeps what both threads have seen when it is interrupted, and ends both', async () => {
    const some = targets(600, (index) => (index < 540 ? 'http' : 'silent'));
    const ending = new AbortController();
    const second = spied();
    let reached = 0;
    const { ended, probes } = await measured(some, built, {
      signal: ending.signal,
      timeoutMs: 600_000,
      // Once all that answer are through, only silent ones are left.
      onTarget: () => ++reached === 540 && ending.abort(),
    });
    expect(ended).toBe('interrupted');
    expect(probes.map(({ attempts }) => attempts[0]?.http.status)).toEqual(
      some.map(({ host }) => (host.includes('silent') ? 'skipped' : 'passed')),
    );
    expect(second.questions().filter((one) => 'host' in one && one.host.includes('silent')).length).toBeGreaterThan(5);
    expect(second.id()).toBe(-1);
  });

  it('ends by its deadline with a thread that says nothing', async () => {
    const second = spied();
    const { ended, probes } = await measured(all, program('await new Promise(() => setInterval(() => {}, 1000));'), {
      deadlineMs: 5_000,
    });
    expect(ended).toBe('deadline');
    expect(second.questions().length).toBeGreaterThan(100);
    expect(probes).toHaveLength(all.length);
    expect(probes.filter(({ dns: name }) => name.status === 'skipped').length).toBeGreaterThan(100);
  });

  it('starts no more names and connections at a time than one thread may', async () => {
    const some = Array.from({ length: 1200 }, (_, host) => targetOf('http', 2 * host));
    const { probes } = await measured(some, built);
    const names = probes.flatMap(({ dns: name }) => (name.status === 'passed' ? [name.at] : []));
    const connections = probes.flatMap(({ attempts }) => attempts.map(({ tcp }) => ('at' in tcp ? tcp.at : 0)));
    for (const starts of [names, connections]) {
      expect(starts).toHaveLength(1200);
      const within = (ms: number) => starts.map((from) => starts.filter((at) => at >= from && at - from < ms).length);
      // See pace.ts.
      expect(Math.max(...within(5))).toBeLessThan(10);
      expect(Math.max(...within(1000))).toBeLessThan(1000);
    }
  });

  it('is how the program and the library measure one', async () => {
    const origin = started(await httpOrigin({ address: '0.0.0.0' }, answer()));
    const urls = Array.from({ length: 600 }, (_, n) => `http://127.9.${n >> 7}.${(n & 127) + 1}:${origin.port}/`);
    const preload = join(folder, 'preload.mjs');
    writeFileSync(
      preload,
      `import { isMainThread } from 'node:worker_threads'; if (!isMainThread) process.stderr.write('second thread');`,
    );
    const list = join(folder, 'urls.txt');
    writeFileSync(list, urls.join('\n'));
    const args = ['check', '--no-bundled', '--targets', list, '--proxy', 'direct', '--quiet', '--format', 'json'];
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(preload).href}` };
    const { stdout, stderr } = await wayclear(args, { env });
    expect(JSON.parse(stdout).summary).toMatchObject({ reachable: 600 });
    expect(stderr).toBe(availableParallelism() > 1 ? 'second thread' : '');
    const library = (await import(new URL('../dist/lib/probe/second-thread.js', import.meta.url).href)) as {
      readonly threadProgram: () => string | null;
    };
    expect(library.threadProgram()).toBe(availableParallelism() > 1 ? built : null);
  });

  const dying = (code: string) => `
    let said = 0;
    const post = parentPort.postMessage.bind(parentPort);
    parentPort.postMessage = (batch) => {
      said += batch.length;
      if (said > 60) throw Object.assign(new Error('the thread died'), ${code});
      post(batch);
    };`;

  it('loses nothing to a thread that runs out of memory', async () => {
    const second = spied();
    const together = await measured(all, program(dying("{ code: 'ERR_WORKER_OUT_OF_MEMORY' }")));
    expect(second.questions().length).toBeGreaterThan(100);
    expect(essence(together)).toEqual(essence(alone));
  });

  it('tells a fault of the thread as loudly as one of its own, and loses nothing to it', async () => {
    const others = process.listeners('uncaughtException');
    const faults: Error[] = [];
    process.removeAllListeners('uncaughtException').on('uncaughtException', (error) => faults.push(error));
    try {
      expect(essence(await measured(all, program(dying('{}'))))).toEqual(essence(alone));
    } finally {
      process.removeAllListeners('uncaughtException');
      for (const other of others) process.on('uncaughtException', other);
    }
    expect(faults.map(({ message }) => message)).toEqual(['the thread died']);
  });
});
