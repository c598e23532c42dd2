import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellAlerts } from '../../src/collect/alerting.ts';
import { alertsOf } from '../../src/collect/alerts.ts';
import { alertsUrl, postAlerts } from '../../src/notify/alertmanager.ts';
import { createPost } from '../../src/notify/post.ts';
import { assembleFleet } from '../../src/report/fleet-report.ts';
import { createKey } from '../../src/signed/keys.ts';
import { wordsOf } from '../../src/words/load.ts';
import { loadFleetWords } from '../../src/words/load-fleet.ts';
import { ensureBuilt, start } from '../cli/program.ts';
import { badReport, goodReport, message, named, openWorld, post, type World } from '../collect/world.ts';
import { freePort, lacking, type Part, startPart, temporaryFolder } from './parts.ts';

const skipped = lacking({ 'prometheus-alertmanager': 'prometheus-alertmanager' });

interface Shown {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly status: { readonly state: string };
}

interface Sink {
  readonly url: string;
  /** What came, in order. */
  bodies(): readonly string[];
  close(): Promise<void>;
}

/** Takes the notices of the Alertmanager. */
async function startSink(): Promise<Sink> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => {
      bodies.push(text);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    bodies: () => bodies,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

describe.skipIf(skipped !== null)('an Alertmanager', () => {
  const folder = temporaryFolder();
  let port = 0;
  let sink: Sink;
  let part: Part | null = null;
  let world: World;
  const troubles: string[] = [];
  const keys = Array.from({ length: 3 }, createKey);
  const sequence = [0, 0, 0];

  const startIt = async (): Promise<void> => {
    const data = join(folder.path, 'data');
    mkdirSync(data, { recursive: true });
    const receiver = { name: 'sink', webhook_configs: [{ url: sink.url, send_resolved: true }] };
    const route = {
      receiver: 'sink',
      group_by: ['cause', 'shared'],
      group_wait: '1s',
      group_interval: '1s',
      repeat_interval: '1h',
    };
    const file = join(folder.path, 'alertmanager.yml');
    writeFileSync(file, JSON.stringify({ route, receivers: [receiver] }));
    part = await startPart(
      [
        ...['prometheus-alertmanager', `--config.file=${file}`, `--storage.path=${data}`],
        ...[`--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='],
      ],
      port,
    );
  };
  const stopIt = async (): Promise<void> => {
    await part?.close();
    part = null;
  };

  /** One turn of a collector, as if it were time. */
  const turn = async (holder = 'one'): Promise<void> => {
    const language = { words: wordsOf('en'), fleet: await loadFleetWords('en') };
    const url = alertsUrl(new URL(`http://127.0.0.1:${port}`));
    const lookup = (_: string, __: unknown, done: (e: null, a: string, f: number) => void) =>
      done(null, '127.0.0.1', 4);
    const sender = createPost({
      url,
      proxyFor: async () => null,
      lookup: lookup as never,
      ca: rootCertificates.join('\n'),
    });
    await tellAlerts(
      world.store,
      {
        ...{ name: 'real', holder, isGone: () => false, everyMs: 0, wall: () => world.time.wall },
        alerts: async () => alertsOf(assembleFleet((await world.collector.fleet()).diagnosis, language, '0'), language),
        post: (alerts, signal) => postAlerts(sender, null, alerts, { now: world.time.wall, signal }),
        onTrouble: (why) => troubles.push(why),
      },
      new AbortController().signal,
    );
  };
  /** What machines see now; the collector looks at it anew. */
  const see = async (...bad: readonly boolean[]): Promise<void> => {
    world.time.wall = Math.max(Date.now(), world.time.wall + 10_000);
    for (const [index, isBad] of bad.entries()) {
      sequence[index] = (sequence[index] ?? 0) + 1;
      const report = named(isBad ? badReport() : goodReport(), `bonn-${index}`, {
        labels: { site: index < 2 ? 'bonn' : 'aix' },
      });
      const key = keys[index];
      if (key !== undefined) await post(world.url, message(report, key, sequence[index] ?? 1));
    }
  };
  const shown = async (): Promise<readonly Shown[]> =>
    (await (await fetch(`http://127.0.0.1:${port}/api/v2/alerts`)).json()) as readonly Shown[];
  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 200; tries += 1) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('it never was so');
  };

  beforeAll(async () => {
    ensureBuilt();
    sink = await startSink();
    port = await freePort();
    world = await openWorld();
    world.time.wall = Date.now();
    await startIt();
  }, 120_000);
  afterAll(async () => {
    await world?.close();
    await stopIt();
    await sink?.close();
    folder.close();
  });

  it('shows one alert for a site, however many machines and collectors tell it', async () => {
    await see(true, true, false);
    await turn('one');
    await turn('other');
    const all = await shown();
    expect(all.map(({ labels }) => labels)).toEqual([
      {
        ...{ alertname: 'wayclear', cause: 'dns.no-resolver', severity: 'critical', owner: 'dns' },
        shared: 'label:site=bonn',
      },
    ]);
    expect(all[0]?.annotations).toMatchObject({ count: '2', machines: 'bonn-0, bonn-1' });
    expect(all[0]?.status.state).toBe('active');
    await until(() => sink.bodies().length === 1);
    expect(JSON.parse(sink.bodies()[0] ?? '')).toMatchObject({ status: 'firing', alerts: [{ status: 'firing' }] });
  });

  it('that was away knows all of it when it is back, and tells nobody twice', async () => {
    await stopIt();
    await turn();
    expect(troubles).toEqual(['ECONNREFUSED']);
    await startIt();
    expect(await shown()).toEqual([]);
    // It is not asked at once again.
    await turn();
    expect(await shown()).toEqual([]);
    world.time.wall += 61_000;
    await turn();
    expect(await shown()).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(sink.bodies()).toHaveLength(1);
  });

  it('hears of the end, although it was away when it ended', async () => {
    await stopIt();
    await see(false, false, false);
    await turn();
    await startIt();
    world.time.wall += 121_000;
    // What ended lies behind: this machine's clock decides for the Alertmanager.
    const kept = (await world.store.setting('alerts:real')) as {
      told: Record<string, { endedAt: number; alert: { startsAt: string } }>;
    };
    for (const one of Object.values(kept.told)) {
      one.endedAt = Math.min(one.endedAt, Date.now() - 1000);
      one.alert.startsAt = new Date(Math.min(one.endedAt, Date.parse(one.alert.startsAt))).toISOString();
    }
    await world.store.putSetting('alerts:real', kept);
    await turn();
    expect(await shown()).toEqual([]);
    await until(() => sink.bodies().length === 2);
    expect(JSON.parse(sink.bodies()[1] ?? '')).toMatchObject({ status: 'resolved' });
    expect((await world.store.setting('alerts:real')) as object).toMatchObject({ told: {}, failures: 0 });
  });

  it('is told by the program at its start', async () => {
    world.time.wall = 0;
    await see(true, true, false);
    const file = join(world.folder, 'fleet.db');
    const url = `http://127.0.0.1:${port}`;
    const started = start(['collect', '--listen', '127.0.0.1:0', '--store', file, '--alertmanager', url]);
    await until(async () => (await shown()).length === 1);
    started.child.kill('SIGTERM');
    const { code, stderr } = await started.ended;
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(`tells the Alertmanager on 127.0.0.1:${port} what is wrong`);
    expect(stderr).not.toContain('did not take');
  });

  it('has to be asked over TLS beyond this machine, and for a user with a password', async () => {
    const run = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr } = await start(['collect', '--listen', ':0', '--store', join(folder.path, 'x.db'), ...args])
        .ended;
      expect(code, stderr).toBe(2);
      return stderr;
    };
    expect(await run('--alertmanager', 'http://am.example:9093')).toMatch(/beyond this machine, and nothing encrypts/);
    expect(await run('--alertmanager', 'https://me@am.example')).toMatch(/nothing gives the password/);
    for (const url of ['ftp://am.example', 'https://me:secret@am.example', 'https://am.example/?q']) {
      expect(await run('--alertmanager', url), url).toMatch(/no address of an Alertmanager/);
    }
  });
});
