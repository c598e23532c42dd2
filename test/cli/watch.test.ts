import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../src/model/incident.ts';
import type { Report } from '../../src/model/report.ts';
import { reporterNames } from '../../src/report/registry.ts';
import { openStore } from '../../src/store/open.ts';
import { schedulerFiles } from '../../src/watch/print.ts';
import { temporaryFolder } from '../real/parts.ts';
import { recorded } from '../report/recorded.ts';
import { wayclear } from './in-process.ts';

const folder = temporaryFolder();
afterAll(() => folder.close());
let count = 0;
const fresh = (): string => {
  count += 1;
  mkdirSync(join(folder.path, String(count)));
  return join(folder.path, String(count), 'store.db');
};
/** Nothing listens there, on this machine. */
const refused = '127.0.0.1:1';
const once = (store: string, ...more: readonly string[]) =>
  wayclear(['watch', '--once', refused, '--store', store, '--proxy', 'direct', ...more]);

/** So many days ago: what is shown of the last thirty days has to lie in them. */
const dayAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const [moved, broken, mended] = [dayAgo(20), dayAgo(19), dayAgo(18)];

/** Two machines, each with a look or two. */
async function filled(): Promise<string> {
  const file = fresh();
  const store = await openStore(file);
  const record = async (name: string, startedAt: string, report: Report = recorded.healthy()): Promise<void> => {
    const machine = { name, account: 'a', addresses: [] };
    const observations = { ...report.observations, startedAt };
    await store.record({ ...report, startedAt, machine, observations }, 'watch', name);
  };
  await record('OLD', `${moved}T08:00:00.000Z`);
  await record('NEW', `${broken}T08:00:00.000Z`, recorded['proxy-407']());
  await record('NEW', `${mended}T08:00:00.000Z`);
  await store.close();
  return file;
}

/** Its pages but the first hold anything. */
function damaged(bytes: Buffer): Buffer {
  bytes.fill(0x5a, 4096);
  return bytes;
}
/** A number of SQLite's header: at 60 the version that its user gives it, at 68 whose file it is. */
function changeHeader(file: string, place: number, to: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt32BE(to, place);
  writeFileSync(file, bytes);
}

describe('watch --once', () => {
  it('counts looks over invocations, and says what opened', async () => {
    const store = fresh();
    const first = await once(store);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).not.toContain('opened');
    // A scheduler knows when the next one comes.
    expect(first.stdout).not.toContain('next');
    expect((await once(store)).stdout).toContain(
      'opened: Nothing listens on this port of this machine (tcp.refused): 127.0.0.1:1',
    );
    expect((await once(store)).stdout).not.toContain('opened');
    const shown = await wayclear(['incidents', '--store', store, '--verbose']);
    expect(shown.stdout).toMatch(/^1 open\n/);
    expect(shown.stdout).toContain('127.0.0.1:1');
    expect(shown.stdout).toContain('→');
    const json = await wayclear(['incidents', '--store', store, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject([{ cause: 'tcp.refused', state: 'open' }]);
  });

  it('speaks the language of the run', async () => {
    expect((await once(fresh(), '--confirm', '1', '--lang', 'nl')).stdout).toContain('geopend: ');
  });

  it('writes the report of each look to files', async () => {
    const store = fresh();
    const file = join(folder.path, 'latest.json');
    await once(store, '--format', `json=${file}`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ schema: 1 });
    expect(await once(store, '--format', 'html')).toMatchObject({ code: 2 });
  });

  it("adds each look to a log in the role's own format", async () => {
    const [store, log] = [fresh(), join(folder.path, 'EndpointConnectivityCheckWorker.log')];
    for (let look = 0; look < 2; look += 1) await once(store, '--cmtrace-log', log);
    const text = readFileSync(log, 'utf8');
    expect(text.match(/<!\[LOG\[/g)?.length).toBeGreaterThanOrEqual(4);
    expect(text).toMatch(/component="/);
  });

  it('sends the report of each look, signed, where --send says', async () => {
    const [place, state] = [join(folder.path, 'sent'), join(folder.path, 'state')];
    mkdirSync(place);
    const sent = await once(fresh(), '--send', place, '--state', state, '--label', 'site=lab');
    expect(sent).toMatchObject({ code: 0 });
    const [file = ''] = readdirSync(place);
    const [head = '', ...rest] = readFileSync(join(place, file), 'utf8').trim().split('\n');
    expect(JSON.parse(head)).toMatchObject({ kind: 'report', labels: { site: 'lab' } });
    expect(JSON.parse(rest.at(-1) ?? '')).toHaveProperty('signature');
  });

  it('keeps standard output for messages, where they go there', async () => {
    const { code, stdout, stderr } = await once(fresh(), '--send', '-', '--state', join(folder.path, 'state-output'));
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ kind: 'report' });
    for (const line of lines) expect(line).toMatch(/^\{.*\}$/);
    expect(stderr).toContain('1 of 1 tested endpoints');
  });

  it('says of a folder that is not there what to do, and keeps the message', async () => {
    const [place, state] = [join(folder.path, 'not-there'), join(folder.path, 'state-waiting')];
    const { code, stderr } = await once(fresh(), '--send', place, '--state', state);
    expect(code).toBe(0);
    expect(stderr).toContain(`wayclear: not sent to ${place}: there is no such folder: make it, or mount it\n`);
    expect(stderr).toContain('wayclear: one message waits in the spool\n');
    const refusing = await once(fresh(), '--send', 'http://127.0.0.1:1', '--state', state, '--lang', 'nl');
    expect(refusing.stderr).toContain('verbinding');
    expect(refusing.stderr).not.toContain('ECONNREFUSED');
  });

  it('tells what the spool had to let go of', async () => {
    const state = join(folder.path, 'state-full');
    mkdirSync(join(state, 'spool'), { recursive: true });
    // Two that are too large together, of an hour ago.
    for (const seq of [1, 2]) {
      const file = join(state, 'spool', `${String(Date.now() - 3_600_000 + seq).padStart(16, '0')}.good`);
      writeFileSync(file, '');
      truncateSync(file, 40 * 1024 * 1024);
    }
    const { code, stderr } = await once(fresh(), '--send', join(folder.path, 'not-there'), '--state', state);
    expect(code).toBe(0);
    expect(stderr).toContain('wayclear: the spool let go of one message\n');
    expect(stderr).toContain('wayclear: 2 messages wait in the spool\n');
  });

  it('refuses what can never be, and a page that nobody could read', async () => {
    const watch = ['watch', '--store', fresh(), '--proxy', 'direct'];
    expect(await wayclear([...watch, 'no-such-feature'])).toMatchObject({ code: 2 });
    expect(await wayclear([...watch, '--ca-file', join(folder.path, 'none.pem'), refused])).toMatchObject({ code: 2 });
    expect(await wayclear([...watch, '--once', '--listen', ':0', refused])).toMatchObject({ code: 2 });
  });

  it('holds notices back in a window', async () => {
    const store = fresh();
    const now = new Date(Date.now() - 60_000);
    const begins = `${String(now.getUTCHours()).padStart(2, '0')}:${String(now.getUTCMinutes()).padStart(2, '0')}`;
    const shown = await once(store, '--confirm', '1', '--maintenance', `${begins}/1h UTC`);
    expect(shown.stdout).toContain('1 notice waits for the end of the window');
    expect(shown.stdout).not.toContain('opened');
    expect((await once(store, '--confirm', '1')).stdout).toContain('maintenance ended: Nothing listens');
  });

  it('has nothing to do where another one is at it', async () => {
    const file = fresh();
    const store = await openStore(file);
    const { hostname } = await import('node:os');
    await store.takeLock(`watch:${hostname()}`, 'elsewhere 1', Date.now(), 60_000);
    expect(await once(file)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Another watch .* this one did not look/),
    });
    expect(await store.count()).toBe(0);
    await store.close();
  });

  it.each([
    [['--every', '10s'], '--every: "10s" is too short'],
    [['--maintenance', 'sometimes'], '--maintenance: "sometimes" is no window of time'],
    [['--maintenance', '2026-02-31T22:00/1h'], '--maintenance: "2026-02-31T22:00/1h" is no window of time'],
    [['--keep-size', '12'], '--keep-size: "12" is not a size'],
    [['--catalog-url', 'http://plain.example/'], 'is no https address'],
    [['--every', '59s'], '--every: "59s" is too short'],
    [['--every', '400d'], 'It may be 1m to 366d.'],
    [['--password-file', 'p'], '--password-file lets people read a page, and there is none'],
    [['--confirm', '0'], 'is not a whole number'],
    [['--print', 'at'], 'unknown value "at"'],
  ])('%j is refused in one line, before anything is made', async (more, line) => {
    const store = fresh();
    const { code, stderr } = await once(store, ...more);
    expect(code).toBe(2);
    expect(stderr).toContain(line);
    expect(existsSync(store)).toBe(false);
  });

  it('takes no shorter interval out of a file either', async () => {
    const [store, config] = [fresh(), join(folder.path, 'short.json')];
    writeFileSync(config, JSON.stringify({ every: '30s' }));
    const { code, stderr } = await once(store, '--config', config);
    expect([code, existsSync(store)]).toEqual([2, false]);
    expect(stderr).toContain('"30s" is too short');
  });

  it('sends nothing from a machine that is offline', async () => {
    const store = fresh();
    expect(await once(store, '--mode', 'offline')).toMatchObject({ code: 2, stdout: '' });
    expect(existsSync(store)).toBe(false);
  });
});

describe('watches that look at other things, on one store', () => {
  it('close nothing that they did not test', async () => {
    const store = fresh();
    const at = (what: string, ...more: readonly string[]) =>
      wayclear(['watch', '--once', what, '--store', store, '--proxy', 'direct', ...more]);
    await at(refused);
    expect((await at(refused)).stdout).toContain('opened: ');
    // Another port that nothing listens at is another target.
    for (let look = 0; look < 3; look += 1) {
      const { stdout } = await at('127.0.0.1:2', '--confirm', '20');
      expect(stdout).not.toMatch(/closed|no longer/);
      expect((await at(refused)).stdout).not.toMatch(/closed|unstable|opened/);
    }
    const { stdout } = await wayclear(['incidents', '--store', store, '--json']);
    const open = (JSON.parse(stdout) as Incident[]).filter(({ state }) => state === 'open');
    expect(open).toMatchObject([{ hosts: expect.arrayContaining([refused]), unstable: false }]);
  });
});

describe('a store', () => {
  const made: readonly (readonly [string, (file: string) => void, RegExp])[] = [
    ['is a text', (file) => writeFileSync(file, 'no database, but as long as one\n'.repeat(60)), /no database/],
    ['is damaged', (file) => writeFileSync(file, damaged(readFileSync(file))), /damaged/],
    ['a newer wayclear wrote', (file) => changeHeader(file, 60, 99), /newer wayclear wrote it/],
    ['is of another program', (file) => changeHeader(file, 68, 7), /work of another program/],
  ];
  it.each(made)('that %s is told in one line with a hint, and left as it is', async (_, make, line) => {
    const file = await filled();
    make(file);
    const before = readFileSync(file);
    for (const args of [
      ['watch', '--once', refused, '--proxy', 'direct'],
      ['check', refused, '--proxy', 'direct', '--quiet'],
      ['history', '--machine', 'NEW'],
    ]) {
      const { code, stdout, stderr } = await wayclear([...args, '--store', file]);
      expect([code, stdout.replace(/^.*unreachable.*\n/, '')], stderr).toEqual([2, '']);
      expect(stderr).toMatch(line);
      expect(stderr.trim().split('\n')).toHaveLength(2);
    }
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('that is not there is told in one line by who reads it', async () => {
    for (const command of ['history', 'incidents']) {
      const { code, stderr } = await wayclear([command, '--store', join(folder.path, 'none.db'), '--lang', 'fr']);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^wayclear: historique .*\s: il n’y en a pas encore\n/);
    }
  });

  it('that holds nothing yet is none, and an address of another database no file', async () => {
    const file = fresh();
    writeFileSync(file, '');
    expect((await wayclear(['history', '--store', file])).stderr).toContain('there is none yet');
    expect(await once(file)).toMatchObject({ code: 0 });
    for (const args of [
      ['history', '--store'],
      ['check', refused, '--store'],
      ['store', 'check'],
    ]) {
      const { code, stdout, stderr } = await wayclear([...args, 'mysql://db.example/wayclear']);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('no store is kept at mysql://');
    }
  });

  it('says what it knows of a machine or an incident that was named, and is not there', async () => {
    const file = await filled();
    for (const args of [
      ['diff', 'OLD', 'nothere'],
      ['diagnose', '--machine', 'nothere'],
    ]) {
      const { code, stderr } = await wayclear([...args, '--store', file]);
      expect(code).toBe(2);
      expect(stderr).toContain('it does not know the machine "nothere"\nIt knows NEW, OLD.');
    }
    expect((await wayclear(['diff', '--store', file, '@2026-11-01', 'OLD'])).stderr).toContain('MACHINE@TIME');
    const { stdout } = await wayclear(['incidents', 'nothere', '--store', file, '--machine', 'NEW']);
    expect(stdout).toBe('Nothing recorded matches that.\n');
  });

  it('takes a run by hand, without an incident', async () => {
    const file = fresh();
    const run = await wayclear(['check', refused, '--proxy', 'direct', '--store', file, '--quiet']);
    expect(run.code).toBe(1);
    const shown = await wayclear(['history', '--store', file]);
    expect(shown.stdout).toContain('by hand');
    expect((await wayclear(['incidents', '--store', file])).stdout).toBe('Nothing is open\n');
  });

  it('is shown by feature, and by target with its times', async () => {
    const file = await filled();
    const features = await wayclear(['history', '--store', file, '--machine', 'old']);
    expect(features).toMatchObject({ code: 0, stderr: '' });
    expect(features.stdout).toMatch(/^OLD\n/);
    // Thirty days as thirty characters, of which one was looked at.
    expect(features.stdout).toMatch(/^tenant-attach +(?=\S{30} )·*█·* +100 % /m);
    const lines = await wayclear(['history', 'tenant-attach', '--store', file, '--machine', 'NEW']);
    expect(lines.stdout).toMatch(/^\S+:443 +·█ /m);
    const json = await wayclear(['history', 'tenant-attach', '--store', file, '--machine', 'NEW', '--json']);
    const { looks, targets } = JSON.parse(json.stdout) as { looks: unknown[]; targets: { feature: string }[] };
    expect(looks).toHaveLength(2);
    expect(new Set(targets.map(({ feature }) => feature))).toEqual(new Set(['tenant-attach']));
  });

  it('that nobody looked at for a month still shows its last looks', async () => {
    const file = fresh();
    const store = await openStore(file);
    await store.record({ ...recorded.healthy(), startedAt: '2026-01-01T08:00:00.000Z' }, 'watch', 'OLD');
    await store.close();
    expect((await wayclear(['history', '--store', file])).stdout).toMatch(/^2026-01-01 08:00Z +watch /m);
  });

  it('that knows several machines asks which one is meant', async () => {
    const { code, stderr } = await wayclear(['history', '--store', await filled()]);
    expect(code).toBe(2);
    expect(stderr).toContain('which machine is meant? It knows NEW, OLD');
  });

  it('gives every format of a past look', { timeout: 120_000 }, async () => {
    const file = await filled();
    const at = (time: string, ...more: readonly string[]) =>
      wayclear(['diagnose', '--store', file, '--machine', 'NEW', '--at', time, ...more]);
    const past = await at(broken, '--json');
    expect(JSON.parse(past.stdout)).toMatchObject({ startedAt: `${broken}T08:00:00.000Z` });
    // As the same report gives it from a file.
    const saved = join(folder.path, 'past.json');
    writeFileSync(saved, past.stdout);
    for (const format of reporterNames) {
      const shown = await at(broken, '--format', format);
      expect(shown.stdout.length, format).toBeGreaterThan(100);
      expect(shown, format).toEqual(await wayclear(['diagnose', saved, '--format', format]));
    }
    expect((await at(`${dayAgo(17)}T00:00Z`, '--format', 'summary')).stdout).toContain(`"startedAt":"${mended}`);
    expect(await at(moved)).toMatchObject({ code: 2 });
    expect((await at('yesterday')).stderr).toContain('is not a time');
    expect((await wayclear(['diagnose'])).stderr).toContain('<report> is missing');
  });

  it('compares two machines, and says what the documents ask for after a move', async () => {
    const file = await filled();
    const changed = await wayclear(['diff', '--store', file, 'OLD', `NEW@${broken}`]);
    expect(changed.code).toBe(1);
    expect(changed.stdout).toContain('proxy');
    expect(changed.stderr).toContain('renew the secret keys of the Microsoft Entra tenants');
    const later = await wayclear(['diff', '--store', file, `NEW@${broken}`, 'NEW', '--ignore-missing']);
    expect([later.code, later.stderr]).toEqual([0, '']);
  });

  it('is copied whole, once, and found sound', async () => {
    const [from, to] = [await filled(), fresh()];
    expect((await wayclear(['store', 'copy', from, to])).stdout).toMatch(/^\d+ rows copied\n$/);
    expect((await wayclear(['store', 'copy', from, to])).stderr).toContain('it holds something already');
    expect((await wayclear(['store', 'check', to])).stdout).toMatch(/^sound: SQLite [\d.]+, \d+ MiB, 3 looks\n$/);
    const shown = (store: string) => wayclear(['history', '--store', store, '--machine', 'NEW', '--json']);
    expect((await shown(to)).stdout).toBe((await shown(from)).stdout);
    expect((await wayclear(['store', 'mend'])).stderr).toContain('unknown action "mend"');
  });
});

describe('watch --print', () => {
  const print = async (scheduler: string, ...more: readonly string[]) =>
    (await wayclear(['watch', 'tenant-attach', '--print', scheduler, ...more])).stdout;

  it.each(['systemd', 'task-scheduler', 'cron', 'kubernetes'])('gives %s the store that documents name', async (to) => {
    const store = 'postgres://wayclear@db.example/wayclear';
    expect(await print(to, '--every', '24h', '--store', store)).toContain(store);
  });

  it('lets systemd read the password of a database as root, and nothing where there is none to read', async () => {
    const store = ['--store', 'postgres://wayclear@db.example/wayclear'];
    const text = await print('systemd', ...store);
    expect(text).toMatch(/^EnvironmentFile=-\/etc\/wayclear\.env$/m);
    expect(text).toContain('DynamicUser=yes');
    for (const others of [[], ['--store', '/srv/w.db']]) {
      expect(await print('systemd', ...others)).not.toContain('EnvironmentFile');
    }
  });

  it.each([
    ['--store', '/tmp/w.db'],
    ['--notify', '/var/tmp/ways.json'],
  ])('hides no file from a service that has one in a folder for all: %s %s', async (...more) => {
    const text = await print('systemd', ...more);
    expect(text).toContain('User=wayclear');
    expect(text).not.toMatch(/PrivateTmp|DynamicUser/);
    expect(await print('systemd', '--store', '/srv/tmp/w.db')).toContain('PrivateTmp=yes');
  });

  it.each([
    ['postgres://u:hunter2@127.0.0.1/db', 'hunter2'],
    ['postgres://u:h2@127.0.0.1/db', 'h2'],
    ['postgres://127.0.0.1/db?user=u&password=hunter2', 'hunter2'],
  ])('puts no password into a file: %s', async (store, secret) => {
    for (const args of [['--store', store], [`--store=${store}`]]) {
      const { code, stdout, stderr } = await wayclear(['watch', ...args, '--print', 'cron']);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).not.toContain(secret);
    }
  });

  it('gives cron lines for what cron can say', async () => {
    expect(await print('cron', '--every', '15m', '--set', 'a=b%c')).toMatch(
      /^(?:\d|1[0-4])-59\/15 \* \* \* \* wayclear watch tenant-attach --every 15m --set 'a=b\\%c' --once\n$/,
    );
    expect(await print('cron')).toMatch(/^\d+ [345] \* \* \* wayclear watch tenant-attach --once\n$/);
    expect(await print('cron', '--every', '6h')).toMatch(/^\d+ \*\/6 \* \* \* /);
    const { code, stderr } = await wayclear(['watch', '--print', 'cron', '--every', '7m']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('cron has no line for every 7m')]);
    for (const every of ['61s', '36h']) {
      const { stderr: said } = await wayclear(['watch', '--print', 'cron', '--every', every]);
      expect(said).toContain(`cron has no line for every ${every}`);
    }
  });

  it.each(['cron', 'kubernetes'] as const)('spreads the machines that print the same line for %s', (scheduler) => {
    for (const everyMs of [86_400_000, 3_600_000, 900_000]) {
      const texts = Array.from({ length: 200 }, (_, at) =>
        schedulerFiles(scheduler, ['watch'], { everyMs, every: '', machineId: `machine-${at}` }),
      );
      expect(new Set(texts).size).toBeGreaterThanOrEqual(15);
    }
  });

  it('repeats a task at every interval that the Task Scheduler takes', async () => {
    for (const [every, duration] of [
      ['36h', 'PT36H'],
      ['24h', 'PT24H'],
      ['15m', 'PT15M'],
      ['90s', 'PT90S'],
    ] as const) {
      const task = await print('task-scheduler', '--every', every);
      expect(task).toContain(`<TimeTrigger>\n      <Repetition>\n        <Interval>${duration}</Interval>`);
      expect(task).not.toContain('Daily');
      expect(task).not.toContain('ScheduleByDay');
    }
    const { code, stderr } = await wayclear(['watch', '--print', 'task-scheduler', '--every', '32d']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('repeats nothing every 32d')]);
  });

  it('gives units that systemd takes', async () => {
    const text = await print('systemd', '--maintenance', 'sat 22:00/6h');
    expect(text).toContain('ExecStart=/usr/bin/env wayclear watch tenant-attach --maintenance "sat 22:00/6h" --once');
    expect(text).toContain('Persistent=true');
    expect(await print('systemd', '--every', '30m')).toContain('OnUnitActiveSec=1800s');
  });

  it.each([
    [[], []],
    [['--store', '/var/lib/wayclear/other.db', '--format', 'json=report.json'], []],
    [['--store', 'postgres://wayclear@db.example/wayclear'], []],
    [
      ['--store', '/srv/w x%/w.db', '--cmtrace-log', '/var/log/wayclear/check.log'],
      ['/srv/w x%', '/var/log/wayclear'],
    ],
    [['--store', '/var/lib/wayclear/../w.db'], ['/var/lib']],
    [
      ['--send', '/mnt/stick', '--state', '/srv/state'],
      ['/srv/state', '/mnt/stick'],
    ],
  ])('lets the unit of systemd write to what is named: %j', async (more, folders) => {
    const text = await print('systemd', ...more);
    const words = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? '';
    const written = [...words('ReadWritePaths').matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, plain]) => quoted ?? plain,
    );
    expect(written.map((folder) => folder?.replaceAll('%%', '%'))).toEqual(folders);
    expect([words('DynamicUser'), words('User')]).toEqual(folders.length === 0 ? ['yes', ''] : ['', 'wayclear']);
    // What names no folder lies in the state folder.
    expect(words('WorkingDirectory')).toBe('%S/wayclear');
  });

  it.each([
    ['--notify', '/etc/wayclear/ways.json'],
    ['--proxy-password-file', '/etc/wayclear/proxy'],
    ['--send-token-file', '/etc/wayclear/token'],
  ])('gives systemd an account that can be let read %s', async (option, file) => {
    const text = await print('systemd', option, file);
    expect(text).toContain('# /etc/sysusers.d/wayclear.conf\nu wayclear - ');
    expect(text).toContain('\nUser=wayclear\n');
    expect(text).not.toMatch(/DynamicUser|ReadWritePaths/);
  });

  it
    .skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0)
    .each([[['--store', '/srv/w x%$b/w.db', '--notify', '/etc/wayclear/ways.json']], [[]]])(
    'gives units that systemd verifies: %j',
    async (more) => {
      const text = await print('systemd', '--maintenance', 'sat 22:00/6h', '--set', 'a=100%$b', ...more);
      const parts = text.split(/^# \/etc\/systemd\/system\/(wayclear\.\w+)$/m).slice(1);
      const files = [0, 2].map((at) => {
        const file = join(folder.path, parts[at] ?? '');
        writeFileSync(file, parts[at + 1] ?? '');
        return file;
      });
      expect(spawnSync('systemd-analyze', ['verify', ...files], { encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      });
    },
  );

  it('gives a task in XML and a job in YAML, with every word as it is', async () => {
    const task = await print('task-scheduler', '--maintenance', 'sat 22:00/6h', '--set', 'a=<&"\\');
    expect(task).toContain('&quot;sat 22:00/6h&quot;');
    expect(task).toContain('a=&lt;&amp;\\&quot;\\\\&quot;');
    expect(await print('kubernetes', '--every', '1h')).toContain('concurrencyPolicy: Forbid');
  });
});

const built = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

describe.skipIf(process.platform === 'win32')('the built program', () => {
  it('watches until it is stopped, which is no failure; another one meanwhile has nothing to do', async () => {
    const store = fresh();
    const args = ['watch', refused, '--store', store, '--proxy', 'direct', '--every', '1m'];
    const child = spawn(process.execPath, [built, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    while (!said.includes('next look')) await new Promise((resolve) => setTimeout(resolve, 50));
    const second = spawnSync(process.execPath, [built, ...args, '--once'], { encoding: 'utf8' });
    expect([second.status, second.stdout]).toEqual([0, expect.stringContaining('Another watch')]);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(said).toContain('The watch has ended.');
    // It looked within the day that another one asks for: that says when it looks.
    const third = spawn(process.execPath, [built, ...args.slice(0, -2)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let waits = '';
    third.stdout.setEncoding('utf8').on('data', (text: string) => {
      waits += text;
    });
    const over = new Promise<number | null>((resolve) => third.once('close', resolve));
    while (!waits.includes('next look')) await new Promise((resolve) => setTimeout(resolve, 50));
    third.kill('SIGTERM');
    expect(await over).toBe(0);
    expect(waits).not.toContain('tcp.refused');
    // The lock is free at once.
    expect(spawnSync(process.execPath, [built, ...args, '--once'], { encoding: 'utf8' }).stdout).toContain(
      'tcp.refused',
    );
  });

  it('that looks once and is told to end keeps what it tested by then, and closes nothing', async () => {
    const store = fresh();
    // One that takes connections and says nothing.
    const mute = createServer((socket) => socket.on('error', () => {}));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const connected = new Promise<void>((resolve) => mute.once('connection', () => resolve()));
    const args = ['watch', '--once', refused, `https://127.0.0.1:${port}/`, '--store', store, '--proxy', 'direct'];
    const child = spawn(process.execPath, [built, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await connected;
    child.kill('SIGTERM');
    expect(await ended).toBe(130);
    mute.close();
    expect(said).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\dZ /);
    const opened = await openStore(store);
    const [look] = await opened.looks((await opened.machines())[0] ?? '', { most: 2 });
    expect(look).toMatchObject({ complete: false, kind: 'watch' });
    await opened.close();
  });
});
