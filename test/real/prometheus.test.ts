/** What a watch and a collector serve under /metrics, before the program that reads it: a real Prometheus scrapes and is asked. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Origin } from '../../src/demo/listen.ts';
import { answer, httpsOrigin } from '../../src/demo/origins-http.ts';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { ensureBuilt, start, wayclear } from '../cli/program.ts';
import { freePort, lacking, must, type Part, startPart, temporaryFolder } from './parts.ts';

const missing = lacking({ prometheus: 'prometheus', promtool: 'prometheus' });

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, text: string];
}

interface Prometheus extends Part {
  /** Samples of an expression, once there are any. */
  ask(expression: string): Promise<readonly Series[]>;
  /** Names of labels of what a job gave. */
  labels(job: string): Promise<readonly string[]>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Scrapes each second; a job each, with a bearer token where one is given. */
async function startPrometheus(
  folder: string,
  jobs: Readonly<Record<string, { readonly port: number; readonly token: string | null }>>,
): Promise<Prometheus> {
  const port = await freePort();
  const scrapes = Object.entries(jobs).map(([name, { port: target, token }]) => ({
    ...{ job_name: name, static_configs: [{ targets: [`127.0.0.1:${target}`] }] },
    ...(token === null ? {} : { authorization: { credentials: token } }),
  }));
  const config = join(folder, 'prometheus.yml');
  // JSON is YAML.
  writeFileSync(config, JSON.stringify({ global: { scrape_interval: '1s' }, scrape_configs: scrapes }));
  const base = `http://127.0.0.1:${port}`;
  const ready = async (): Promise<boolean> => (await fetch(`${base}/-/ready`).catch(() => null))?.ok === true;
  const part = await startPart(
    [
      ...['prometheus', `--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`],
      ...[`--web.listen-address=127.0.0.1:${port}`, '--log.level=warn'],
    ],
    ready,
  );
  const get = async (path: string): Promise<unknown> => {
    const { status, data } = (await (await fetch(`${base}${path}`)).json()) as { status: string; data: unknown };
    expect(status).toBe('success');
    return data;
  };
  return {
    ...part,
    async ask(expression) {
      for (let tries = 0; tries < 120; tries += 1) {
        const { result } = (await get(`/api/v1/query?query=${encodeURIComponent(expression)}`)) as {
          readonly result: readonly Series[];
        };
        if (result.length > 0) return result;
        await pause(500);
      }
      return [];
    },
    labels: async (job) =>
      (await get(
        `/api/v1/labels?match[]=${encodeURIComponent(`{job="${job}",__name__=~"wayclear_.*"}`)}`,
      )) as readonly string[],
  };
}

interface Listener {
  readonly port: number;
  close(): Promise<unknown>;
}

/** The built program, once it says where it listens. */
async function listening(args: readonly string[]): Promise<Listener> {
  const { child, ended } = start(args);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: string) => {
      said += text;
    });
  }
  const port = (): number => Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1] ?? 0);
  for (let tries = 0; tries < 600 && port() === 0; tries += 1) await pause(50);
  const close = (): Promise<unknown> => {
    child.kill('SIGTERM');
    return ended;
  };
  if (port() > 0) return { port: port(), close };
  await close();
  throw new Error(`${args.join(' ')} did not listen: ${said}`);
}

const numberOf = ([only]: readonly Series[]): number => Number(only?.value[1]);

describe.skipIf(missing !== null)('Prometheus', { timeout: 300_000 }, () => {
  const { path: folder, close: removeFolder } = temporaryFolder();
  const closers: (() => unknown)[] = [removeFolder];
  const kept = <T extends { close(): unknown }>(thing: T): T => {
    closers.push(() => thing.close());
    return thing;
  };
  const authority = createAuthority({ name: 'Lab root' });
  const notAfter = new Date('2031-02-03T04:05:06Z');
  const certificate = issueCertificate(authority, { ipAddresses: ['127.0.0.1'], notAfter });
  let origin: Origin;
  let watch: Listener;
  let collector: Listener;
  let prometheus: Prometheus;
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };

  beforeAll(async () => {
    ensureBuilt();
    origin = kept(await httpsOrigin({ certificate }, answer()));
    const catalog = file(
      'catalog.json',
      JSON.stringify({
        ...{ schema: 1, feature: 'lab', title: 'Lab', anchors: [{ name: 'Lab root', pem: authority.pem }] },
        endpoints: [
          {
            ...{ id: 'good', pattern: '127.0.0.1', ports: [origin.port], importance: 'critical' },
            probes: [{ url: `https://127.0.0.1:${origin.port}/` }],
            tls: { anchors: ['Lab root'] },
          },
          { id: 'dead', pattern: '127.0.0.1', ports: [1], importance: 'critical' },
        ],
      }),
    );
    const options = ['--catalog', catalog, '--no-bundled', '--proxy', 'direct', '--confirm', '1', '--timeout', '5s'];
    const door = ['--listen', '127.0.0.1:0', '--password-file', file('password', 'open-sesame\n')];
    watch = kept(await listening(['watch', 'lab', ...options, ...door, '--store', join(folder, 'watch.db')]));
    const tokens = ['--read-token-file', file('tokens', 'read-token\n')];
    collector = kept(
      await listening([
        'collect',
        '--listen',
        '127.0.0.1:0',
        '--accept-new',
        ...tokens,
        '--store',
        join(folder, 'fleet.db'),
      ]),
    );
    mkdirSync(join(folder, 'prometheus'));
    prometheus = kept(
      await startPrometheus(join(folder, 'prometheus'), {
        watch: { port: watch.port, token: 'open-sesame' },
        collector: { port: collector.port, token: 'read-token' },
        stranger: { port: watch.port, token: null },
      }),
    );
  }, 300_000);
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  it('scrapes a running watch with its password, and not without', async () => {
    expect(numberOf(await prometheus.ask('up{job="watch"}'))).toBe(1);
    expect(numberOf(await prometheus.ask('up{job="collector"}'))).toBe(1);
    expect(numberOf(await prometheus.ask('up{job="stranger"}'))).toBe(0);
  });

  it('knows verdicts, stage times, the end of the certificate, incidents and the age of the look', async () => {
    const usable = await prometheus.ask('wayclear_target_usable');
    expect(usable.map(({ metric, value }) => [metric['target'], value[1]]).sort()).toEqual([
      ['lab/dead', '0'],
      ['lab/good', '1'],
    ]);
    const counts = await prometheus.ask('wayclear_targets > 0');
    expect(counts.map(({ metric }) => metric['verdict']).sort()).toEqual(['reachable', 'unreachable']);
    for (const stage of ['tcp', 'tls', 'http']) {
      const times = await prometheus.ask(`wayclear_stage_duration_seconds{target="lab/good",stage="${stage}"}`);
      expect(times).toHaveLength(1);
      expect(numberOf(times)).toBeGreaterThan(0);
      expect(numberOf(times)).toBeLessThan(60);
    }
    const ends = await prometheus.ask('wayclear_certificate_expiry_timestamp_seconds');
    expect(numberOf(ends)).toBe(notAfter.getTime() / 1000);
    expect(numberOf(await prometheus.ask('wayclear_watch_incidents{state="open",severity="critical"}'))).toBe(1);
    expect(numberOf(await prometheus.ask('wayclear_root_cause_targets{cause="tcp.refused"}'))).toBe(1);
    const age = numberOf(await prometheus.ask('wayclear_watch_look_age_seconds'));
    expect(age).toBeGreaterThan(0);
    expect(age).toBeLessThan(300);
    // It grows from scrape to scrape, as a rule for an alert needs it.
    expect((await prometheus.ask('changes(wayclear_watch_look_age_seconds[1m]) > 1')).length).toBe(1);
  });

  it('gets a bounded set of labels, and nothing that promtool would not write so', async () => {
    const text = await (
      await fetch(`http://127.0.0.1:${watch.port}/metrics`, { headers: { authorization: 'Bearer open-sesame' } })
    ).text();
    must('promtool', ['check', 'metrics'], { input: text });
    expect([...(await prometheus.labels('watch'))].sort()).toEqual([
      ...['__name__', 'cause', 'check', 'component', 'confidence', 'feature', 'host', 'importance', 'instance', 'job'],
      ...[
        'message_id',
        'port',
        'reason',
        'route',
        'severity',
        'stage',
        'state',
        'status',
        'target',
        'verdict',
        'version',
      ],
    ]);
    // Each family has so many series for each target, root cause and check, whatever hosts say.
    const targets = 2;
    const most = 60 + targets * 12;
    expect(numberOf(await prometheus.ask('count({job="watch",__name__=~"wayclear_.*"})'))).toBeLessThan(most);
  });

  it('scrapes a collector: machines, what covers them, what came in', async () => {
    const sent = await wayclear([
      ...['check', '127.0.0.1:1', '--proxy', 'direct', '--send', `http://127.0.0.1:${collector.port}`],
      ...['--state', join(folder, 'state'), '--quiet'],
    ]);
    expect([sent.code, sent.stderr]).toEqual([1, expect.not.stringContaining('not sent')]);
    expect(numberOf(await prometheus.ask('wayclear_intake_stored_total == 1'))).toBe(1);
    expect(numberOf(await prometheus.ask('wayclear_fleet_machines{state=~"admitted|waiting"} == 1'))).toBe(1);
    expect(numberOf(await prometheus.ask('wayclear_intake_window_stored == 1'))).toBe(1);
    expect([...(await prometheus.labels('collector'))].sort()).toEqual([
      ...['__name__', 'cause', 'instance', 'job', 'owner', 'scope', 'severity', 'state'],
    ]);
    const text = await (
      await fetch(`http://127.0.0.1:${collector.port}/metrics`, { headers: { authorization: 'Bearer read-token' } })
    ).text();
    must('promtool', ['check', 'metrics'], { input: text });
  });
});
