import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Origin, tcpOrigin } from '../../src/demo/listen.ts';
import { answer, httpOrigin } from '../../src/demo/origins-http.ts';
import type { Report } from '../../src/model/report.ts';
import { version } from '../../src/version.ts';
import { type Ended, ensureBuilt, program, start } from '../cli/program.ts';
import { type DemoProxy, forwarding, reply } from '../servers/proxies.ts';
import { lacking, temporaryFolder } from './parts.ts';
import { type Ssh, sshPrograms, startSsh } from './ssh.ts';

/** `check --on` by the real ssh and a real sshd on loopback, with the built program on both sides. */

const no = lacking(sshPrograms, true);
const real = `exec ${process.execPath} ${program} "$@"`;
const unhurried = ['--proxy', 'direct', '--dns-server', '127.0.0.1:9'];
const direct = [...unhurried, '--timeout', '5s'];

/** Waits for a text on standard output. */
function told({ stdout }: ReturnType<typeof start>['child'], text: string): Promise<void> {
  return new Promise((resolve) => stdout?.on('data', (chunk: string) => chunk.includes(text) && resolve()));
}

/** Takes connections and never says a word. */
async function silentSockets() {
  let met = (): void => {};
  const connected = new Promise<void>((resolve) => {
    met = resolve;
  });
  const origin = await tcpOrigin({}, (socket) => {
    socket.resume();
    met();
  });
  return { port: origin.port, connected, close: () => origin.close() };
}

describe.skipIf(no !== null)('a check on another machine', () => {
  const folder = temporaryFolder();
  let ssh: Ssh;
  let origin: Origin;
  const target = (): string => `http://127.0.0.1:${origin.port}/`;
  const place = (): string => `ssh://${ssh.user}@127.0.0.1:${ssh.port}`;
  const begin = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    start(['check', '--on', place(), ...args], { env: { PATH: ssh.path, ...env }, group: true });
  const wayclear = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
    begin(args, env).ended;
  /** The one line and its hint, with nothing on standard output. */
  const refused = async (args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await wayclear(args);
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }, stderr).toEqual({
      code: 2,
      stdout: '',
      lines: 2,
    });
    return stderr;
  };

  beforeAll(async () => {
    ensureBuilt();
    ssh = await startSsh(folder.path);
    origin = await httpOrigin({}, answer());
  }, 180_000);
  afterEach(() => {
    ssh.install('wayclear', real);
    ssh.knowHost(true);
    ssh.admit(true);
  });
  afterAll(async () => {
    await ssh?.close();
    await origin?.close();
    folder.close();
  });

  it('gives the report of the other, judged and written here', async () => {
    ssh.install('wayclear', real);
    const { code, stdout, stderr } = await wayclear([target(), ...direct, '--format', 'json', '--lang', 'fr']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ complete: true, summary: { reachable: 1 }, options: { on: place(), lang: 'fr' } });
    expect(report.machine?.account).toBe(ssh.user);
  });

  it('is the same as the one that is made there, but for times', async () => {
    const there = JSON.parse(
      (await start([target(), 'http://127.0.0.1:1/', ...direct, '--json']).ended).stdout,
    ) as Report;
    const here = JSON.parse((await wayclear([target(), 'http://127.0.0.1:1/', ...direct, '--json'])).stdout) as Report;
    const judged = ({ rootCauses, summary, checks, status, complete }: Report) => ({
      rootCauses,
      summary,
      checks,
      status,
      complete,
    });
    expect(judged(here)).toEqual(judged(there));
  });

  it('passes each record on as it comes', async () => {
    const { code, stdout } = await wayclear([target(), ...direct, '--format', 'ndjson']);
    const types = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(code).toBe(0);
    expect([...new Set(types)]).toEqual(['run', 'measured', 'target', 'check', 'summary']);
  });

  it.each([
    [0, [], []],
    [1, ['http://127.0.0.1:1/'], []],
    [0, ['http://127.0.0.1:1/'], ['--fail-on', 'never']],
    [2, ['http://127.0.0.1:1/'], ['--exit-codes', 'nagios']],
    [3, [], ['--deadline', '2s', '--timeout', '20s']],
  ])('ends with %i as it would end there: %j %j', async (expected, more, options) => {
    const silent = await silentSockets();
    const slow = expected === 3 ? [`http://127.0.0.1:${silent.port}/`] : [];
    const { code, stderr } = await wayclear([target(), ...slow, ...more, ...unhurried, ...options]);
    await silent.close();
    expect(code, stderr).toBe(expected);
  });

  it('takes along what files say that are here', async () => {
    const catalog = join(folder.path, 'own.json');
    const targets = join(folder.path, 'targets.txt');
    const endpoint = {
      id: 'a',
      pattern: '127.0.0.1',
      ports: [origin.port],
      importance: 'critical',
      probes: [{ url: target() }],
    };
    writeFileSync(catalog, JSON.stringify({ schema: 1, feature: 'own', title: 'Own', endpoints: [endpoint] }));
    writeFileSync(targets, `http://127.0.0.1:${origin.port}/listed\n`);
    const files = ['--no-bundled', '--catalog', catalog, '--targets', targets];
    const { code, stdout, stderr } = await wayclear(['own', ...files, ...direct, '--json']);
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report.targets.map(({ feature }) => feature)).toEqual(['own', 'ad-hoc']);
    expect(report.options).toMatchObject({ catalog: [catalog], targets });
  });

  it('sends a proxy password by standard input alone, and nobody says it', async () => {
    const log = join(folder.path, 'commands');
    ssh.install('wayclear', `echo "$SSH_ORIGINAL_COMMAND $*" >> ${log}; env >> ${log}\n${real}`);
    const proxy: DemoProxy = await forwarding({}, ({ authorization }) =>
      authorization === `Basic ${Buffer.from('user:s3cr3t-pass').toString('base64')}`
        ? null
        : reply('407 Proxy Authentication Required', ['Proxy-Authenticate: Basic realm="lab"']),
    );
    try {
      const named = ['--proxy', `http://127.0.0.1:${proxy.port}`, '--proxy-user', 'user'];
      const { code, stdout, stderr } = await wayclear(
        [target().replace('127.0.0.1', 'origin.example'), ...named, '--json'],
        {
          WAYCLEAR_PROXY_PASSWORD: 's3cr3t-pass',
        },
      );
      expect(code, stderr).toBe(0);
      expect(proxy.requests.at(-1)?.target).toContain('origin.example');
      for (const text of [stdout, stderr, readFileSync(log, 'utf8'), ssh.output()])
        expect(text).not.toContain('s3cr3t');
    } finally {
      await proxy.close();
    }
  });

  it('does what was asked by flag here, whatever the environment over there says', async () => {
    ssh.install(
      'wayclear',
      `HTTP_PROXY=http://127.0.0.1:1 ${real.replace('exec ', 'exec env HTTP_PROXY=http://127.0.0.1:1 ')}`,
    );
    const { code, stdout } = await wayclear([
      target().replace('127.0.0.1', 'localhost'),
      '--proxy',
      'direct',
      '--json',
    ]);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Report).targets.map(({ route }) => route)).toEqual(['direct']);
  });

  it.each([
    ['ends the run there and keeps what was measured', 'SIGINT', 130],
    ['the same for a polite end', 'SIGTERM', 130],
  ] as const)('when interrupted %s', async (_, signal, expected) => {
    const pid = join(folder.path, `pid-${signal}`);
    ssh.install('wayclear', `echo $$ > ${pid}\n${real}`);
    const silent = await silentSockets();
    const out = join(folder.path, `partial-${signal}.json`);
    try {
      const slow = `http://127.0.0.1:${silent.port}/`;
      const { child, ended } = begin([
        ...[target(), slow, ...unhurried, '--timeout', '60s', '--deadline', '60s'],
        ...['--format', 'ndjson', '--format', `json=${out}`],
      ]);
      await Promise.all([silent.connected, told(child, '"measured"')]);
      // As a terminal does: to all of its group, ssh included if it were one of them.
      process.kill(-(child.pid ?? 0), signal);
      const { code, stderr } = await ended;
      expect(code, stderr).toBe(expected);
      const report = JSON.parse(readFileSync(out, 'utf8')) as Report;
      expect(report).toMatchObject({ complete: false, observations: { ended: 'interrupted' } });
      expect(report.targets.map(({ verdict }) => verdict).toSorted()).toEqual(['reachable', 'untested']);
      const over = Number(readFileSync(pid, 'utf8'));
      for (let tries = 0; tries < 100 && existsSync(`/proc/${over}`); tries += 1)
        await new Promise((next) => setTimeout(next, 50));
      expect(existsSync(`/proc/${over}`)).toBe(false);
    } finally {
      await silent.close();
    }
  });

  it('ends there when the one who asked is gone', async () => {
    const pid = join(folder.path, 'pid-gone');
    ssh.install('wayclear', `echo $$ > ${pid}\n${real}`);
    const silent = await silentSockets();
    try {
      const { child, ended } = begin([`http://127.0.0.1:${silent.port}/`, ...unhurried, '--timeout', '60s']);
      await silent.connected;
      child.kill('SIGKILL');
      await ended;
      const over = Number(readFileSync(pid, 'utf8'));
      for (let tries = 0; tries < 200 && existsSync(`/proc/${over}`); tries += 1)
        await new Promise((next) => setTimeout(next, 50));
      expect(existsSync(`/proc/${over}`)).toBe(false);
    } finally {
      await silent.close();
    }
  });

  describe('that did not start is told in one line', () => {
    it('where the host is unknown', async () => {
      ssh.knowHost(false);
      expect(await refused([target()])).toMatch(
        /the run on 127\.0\.0\.1 did not start: Host key verification failed\.\nTry it by hand: ssh -p \d+ -l \w+ -- 127\.0\.0\.1 wayclear --version\n/,
      );
    });

    it('where the login is refused', async () => {
      ssh.admit(false);
      expect(await refused([target()])).toMatch(/did not start: .*Permission denied \(publickey/);
    });

    it('where nothing listens', async () => {
      const { code, stderr } = await start(['check', target(), '--on', 'ssh://127.0.0.1:1'], {
        env: { PATH: ssh.path },
      }).ended;
      expect({ code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/did not start: .*Connection refused/),
      });
    });

    it('where there is no such program', async () => {
      expect(await refused([target(), '--remote-program', '/opt/none/wayclear'])).toMatch(
        /\/opt\/none\/wayclear is not there, or is not wayclear \(.*(not found|No such file).*\)\n.*--remote-program/,
      );
    });

    it('where another version answers, with both numbers', async () => {
      const run = { type: 'run', schema: 2, tool: { name: 'wayclear', version: '9.8.7' } };
      ssh.install('wayclear', `echo '${JSON.stringify(run)}'; sleep 60`);
      expect(await refused([target()])).toContain(
        `has wayclear 9.8.7 (report schema 2), here is ${version} (report schema 1)\n`,
      );
    });

    it('where one answers that knows nothing of it yet, with both numbers', async () => {
      ssh.install(
        'wayclear',
        `[ "$1" = --version ] && { echo 0.0.9; exit 0; }; echo 'wayclear: unknown option --attended' >&2; exit 2`,
      );
      expect(await refused([target()])).toContain(`127.0.0.1 has wayclear 0.0.9, here is ${version}\n`);
    });

    it('where the one over there refuses what was asked', async () => {
      expect(await refused(['no-such-feature'])).toMatch(/^wayclear: on 127\.0\.0\.1: .*no-such-feature/);
    });
  });

  describe('that answers with something else is refused', () => {
    it.each([
      ['words', 'echo hello; echo world', 'is no record of wayclear: "hello"'],
      ['half a record', `echo '{"type":"run"'`, 'is no record of wayclear: "{"type":"run""'],
      ['another JSON', `echo '{"type":"target"}'`, 'is no record of wayclear'],
      ['control characters', String.raw`printf '\033]0;owned\007\n'`, 'is no record of wayclear'],
      ['words without end', 'yes wayclear', 'is no record of wayclear: "wayclear"'],
      ['a line without end', 'tr "\\0" "{" </dev/zero', 'sends more than any report holds'],
      ['words, and fails', 'echo licence expired; exit 1', 'or is not wayclear (licence expired)'],
      ['silence', 'exit 0', 'did not start: wayclear is not there, or is not wayclear (it said nothing)'],
      [
        'another program, which complains',
        'exec cat "$@"',
        'did not start: wayclear is not there, or is not wayclear (',
      ],
    ])('%s', async (_, script, told) => {
      ssh.install('wayclear', script);
      const stderr = await refused([target()]);
      expect(stderr).toContain(told);
      expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
    });

    it('what begins well and breaks off', async () => {
      ssh.install('wayclear', `${real.replace('exec ', '')} | head -1`);
      expect(await refused([target(), ...direct])).toMatch(/broke off after 0 of 1 targets/);
    });

    it('what never ends, by its deadline and a little', async () => {
      ssh.install('wayclear', 'sleep 300');
      expect(await refused([target(), '--deadline', '1s', '--timeout', '500ms'])).toContain(
        'did not end by its deadline',
      );
    });
  });

  it('leaves no file behind it where it failed', async () => {
    ssh.install('wayclear', 'echo hello');
    const out = join(folder.path, 'kept.json');
    writeFileSync(out, 'before');
    await refused([target(), '-o', out]);
    expect(readFileSync(out, 'utf8')).toBe('before');
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('gives two reports that diff compares', async () => {
    const [one, other] = ['one.json', 'other.json'].map((name) => join(folder.path, name)) as [string, string];
    await wayclear([target(), ...direct, '-o', one]);
    await wayclear([target(), ...direct, '-o', other]);
    const { code, stdout } = await start(['diff', one, other]).ended;
    expect(code, stdout).toBe(0);
  });
});
