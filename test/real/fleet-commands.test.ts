import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, type Started, start, wayclear } from '../cli/program.ts';
import { root, shellWords } from '../pages/command-lines.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../store/postgres.ts';
import { freePort, lacking, must, temporaryFolder } from './parts.ts';

const skipped = lacking({ ...postgresPrograms, openssl: 'openssl' }, true);

/** The commands of a section of docs/fleet.md, in order. */
function commandsOf(section: string): readonly (readonly string[])[] {
  const text = readFileSync(join(root, 'docs', 'fleet.md'), 'utf8');
  const part = text.split(/^## /m).find((one) => one.startsWith(`${section}\n`)) ?? '';
  return [...part.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => shellWords(line.replace(/^wayclear /, ''))),
  );
}

describe.skipIf(skipped !== null)('the commands of the page about many machines', () => {
  const folder = temporaryFolder();
  const ca = join(folder.path, 'chain.pem');
  let postgres: PostgresServer;
  let nobody = 0;
  const running: Started[] = [];
  /** Where the collector that was started last listens. */
  let url = '';
  let fingerprint = '';
  /** The name of a token that nobody shows. */
  let lost = '';
  beforeAll(async () => {
    ensureBuilt();
    postgres = await startPostgres();
    nobody = await freePort();
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    must('openssl', ['req', '-x509', ...key, '-keyout', join(folder.path, 'key.pem'), '-out', ca, ...subject]);
    writeFileSync(join(folder.path, 'readers.txt'), 'reader\n');
  }, 240_000);
  afterAll(async () => {
    for (const { child, ended } of running) {
      child.kill('SIGTERM');
      await ended;
    }
    postgres?.close();
    folder.close();
  });

  /** The same command for this machine: its own addresses, a free port, a database that is there. */
  const here = (words: readonly string[], state: string): readonly string[] => [
    ...words.map((word) =>
      word === '0123456789abcdef'
        ? fingerprint
        : word === '0123456789ab'
          ? lost
          : word.startsWith('postgres://')
            ? postgres.database('fleet')
            : word
                .replace(/^(?:0\.0\.0\.0)?:8443$/, '127.0.0.1:0')
                .replace('http://127.0.0.1:9093', `http://127.0.0.1:${nobody}`)
                .replace('https://collector.berlin.example.com:8443', `https://127.0.0.1:${nobody}`)
                .replace('https://collector.example.com:8443', url)
                .replace('http://127.0.0.1:8443', url),
    ),
    ...(words.includes('--send')
      ? [url, '--proxy', 'direct', '--state', state, '--deadline', '60s', '--ca-file', ca]
      : []),
    ...(words[0] === 'watch' ? ['--store', join(folder.path, 'watch.db')] : []),
  ];

  async function listening(args: readonly string[]): Promise<void> {
    const started = start(args, { cwd: folder.path });
    running.push(started);
    url = await new Promise<string>((resolve, reject) => {
      let said = '';
      started.child.stderr?.on('data', (part: string) => {
        said += part;
        const found = /https?:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
      void started.ended.then(({ stderr }) => reject(new Error(stderr)));
    });
  }

  /** Runs each, and gives what they wrote. */
  async function run(section: string, state: string): Promise<readonly string[]> {
    const written: string[] = [];
    const commands = commandsOf(section);
    expect(commands.length).toBeGreaterThan(0);
    for (const words of commands) {
      if (words[1] === 'withdraw') {
        const { stdout } = await wayclear(['collect', 'token', '--store', 'fleet.db'], { cwd: folder.path });
        lost = /^wce-([0-9a-f]{12})/.exec(stdout)?.[1] ?? '';
      }
      const args = here(words, join(folder.path, state));
      if (words[0] === 'collect' && words[1] === '--listen') {
        await listening(args);
        continue;
      }
      const { code, stdout, stderr } = await wayclear(args, { cwd: folder.path });
      expect([0, 1], `${args.join(' ')}\n${stderr}`).toContain(code);
      expect(stderr).not.toMatch(/waits? in the spool|refused/);
      if (words[1] === 'token') writeFileSync(join(folder.path, 'token.txt'), stdout);
      if (words.includes('--send')) {
        expect(stderr).toMatch(/one message sent/);
        const machines = await wayclear(['collect', 'machines', '--json', '--store', 'fleet.db'], { cwd: folder.path });
        fingerprint = (JSON.parse(machines.stdout) as { fingerprint: string }[])[0]?.fingerprint ?? fingerprint;
      }
      written.push(stdout);
    }
    return written;
  }

  it('do for one site what it says', async () => {
    const written = await run('One site', 'berlin');
    expect(written[0]).toMatch(/^✓ address/);
    const [account = '', tokens = '', withdrawn] = written.slice(-3);
    for (const text of ['token made', 'came in', 'let in', 'shut out']) expect(account).toContain(text);
    expect(tokens).toContain(fingerprint);
    expect(withdrawn).toBe(`the token ${lost} lets nobody in\n`);
    // The last one is for others: over TLS, for readers with a token.
    expect(url).toMatch(/^https:/);
  }, 300_000);

  it('do with an Alertmanager that is not there what they do without', async () => {
    await run('Alerts', 'berlin');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  }, 120_000);

  it('do for ten sites what it says: a place that is gone, another one, and files', async () => {
    await listening(['collect', '--listen', '127.0.0.1:0', '--store', 'ten.db']);
    const { stdout: token } = await wayclear(['collect', 'token', '--store', 'ten.db'], { cwd: folder.path });
    writeFileSync(join(folder.path, 'token.txt'), token);
    for (const site of ['berlin', 'paris', 'madrid']) {
      const args = ['check', url, '--proxy', 'direct', '--label', `site=${site}`, '--format', `json=${site}.json`];
      await wayclear(args, { cwd: folder.path });
    }
    const commands = commandsOf('Ten sites');
    expect(commands).toHaveLength(2);
    for (const words of commands) {
      const { code, stdout, stderr } = await wayclear(here(words, join(folder.path, 'ten')), { cwd: folder.path });
      expect(code, stderr).toBe(0);
      if (words.includes('--send')) expect(stderr).toMatch(/one message sent/);
      else expect(stdout).toMatch(/Nothing is wrong/);
    }
  }, 300_000);

  it('do for a hundred thousand what it says: collectors on one PostgreSQL, over TLS', async () => {
    const [words = [], ...more] = commandsOf('A hundred thousand machines');
    expect(more).toEqual([]);
    const args = here(words, '');
    await listening(args);
    const first = url;
    await listening(args);
    expect(new Set([first, url]).size).toBe(2);
    for (const place of [first, url]) {
      const sent = ['--send', place, '--proxy', 'direct', '--ca-file', ca, '--state', join(folder.path, 'many')];
      const { stderr } = await wayclear(['check', first, ...sent], { cwd: folder.path });
      expect(stderr).toMatch(/one message sent/);
    }
    const store = args[args.indexOf('--store') + 1] ?? '';
    const { stdout } = await wayclear(['collect', 'machines', '--json', '--store', store], { cwd: folder.path });
    expect(JSON.parse(stdout)).toMatchObject([{ state: 'admitted', conflicts: 0 }]);
  }, 300_000);
});
