import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printedSchema } from '../../src/cli/commands/printed-schemas.ts';
import { commandNames, groupNames } from '../../src/cli/flags.ts';
import { formatsOf } from '../../src/cli/formats.ts';
import { helpText } from '../../src/cli/help-text.ts';
import { version } from '../../src/version.ts';
import { loadWords, wordsOf } from '../../src/words/load.ts';
import { holdSchema } from '../report/invariants.ts';
import { ensureBuilt, program, start, wayclear } from './program.ts';

let folder = '';
let origin: HttpServer;
let silent: Server;
let refused = 0;
const url = (): string => `http://127.0.0.1:${(origin.address() as AddressInfo).port}/`;
const silentUrl = (): string => `https://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
let requests = 0;

beforeAll(async () => {
  ensureBuilt();
  folder = mkdtempSync(join(tmpdir(), 'wayclear-cli-'));
  origin = createHttpServer((_, response) => {
    requests += 1;
    response.end('hello');
  });
  silent = createServer((socket) => socket.on('error', () => {}).resume());
  const closed = createServer();
  for (const server of [origin, silent, closed]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  refused = (closed.address() as AddressInfo).port;
  await new Promise((resolve) => closed.close(resolve));
});

afterAll(() => {
  origin.close();
  silent.close();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** What a shell leads to the program's descriptors. */
const inShell = (
  script: string,
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } => {
  const env = { ...process.env, W: `'${process.execPath}' '${program}' list tenant-attach` };
  return spawnSync('bash', ['-c', script.replaceAll('$W', env.W)], { encoding: 'utf8', cwd: folder, env });
};

describe.skipIf(process.platform === 'win32')('a place that is a descriptor', () => {
  it.each([
    ['a pipe at standard output', '$W --format json=/dev/stdout | cat'],
    ['a socket at standard output', '$W --format json=/proc/self/fd/1'],
    ['a pipe at standard error', '$W --format json=/dev/stderr 2>&1 >/dev/null | cat'],
    ['a pipe at another one', '$W --format json=/dev/fd/3 3>&1 >/dev/null | cat'],
    ['a socket at another one', '$W --format json=/dev/fd/3 3>&1 >/dev/null'],
    ['a process of the shell', '$W --format json=>(cat >&2) 2>&1 | cat; sleep 1'],
    ['a file at another one', '$W --format json=/dev/fd/3 3>kept >/dev/null && cat kept'],
  ])('is written: %s', (_name, script) => {
    const { stdout, stderr } = inShell(script);
    expect(JSON.parse(stdout === '' ? stderr : stdout)).toHaveProperty('features');
  });

  it('keeps what a file that grows had before', () => {
    const { stdout } = inShell('echo before >log; $W --format json=/dev/stdout >>log && head -n 1 log');
    expect(stdout).toBe('before\n');
  });

  it('that is not open is told in one line', () => {
    const { stderr } = inShell('$W --format json=/dev/fd/77 >/dev/null; test $? = 2');
    expect(stderr).toMatch(/^wayclear: can't write "\/dev\/fd\/77": [^\n]*\n[^\n]*\n?$/);
  });
});

describe('the program', () => {
  it('tells a mistake in one line and a hint, with exit code 2 and nothing on stdout', async () => {
    const { code, stdout, stderr } = await wayclear(['--tiemout', '5s']);
    expect(stderr).toBe(
      'wayclear: unknown option --tiemout; did you mean --timeout?\nwayclear check --help lists the options.\n',
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('reads wayclear.config.json in the working directory, and a flag beats it', async () => {
    const cwd = mkdtempSync(join(folder, 'cwd-'));
    writeFileSync(join(cwd, 'wayclear.config.json'), '{"timeout": "3s", "deadline": "7s", "format": "json"}');
    const { code, stdout } = await wayclear(['--offline', '--deadline', '9s'], { cwd });
    const { options } = JSON.parse(stdout) as { options: Record<string, unknown> };
    expect(options).toMatchObject({ timeout: '3s', deadline: '9s', offline: true });
    expect(code).toBe(0);
  });

  it('that waits for what never comes says so, instead of ending as if all were well', async () => {
    const deaf = 'data:text/javascript,process.stdout.write=()=>true';
    const { code, stderr } = await wayclear(['--version'], { env: { NODE_OPTIONS: `--import ${deaf}` } });
    expect([code, stderr.split('\n')[0]]).toEqual([2, expect.stringContaining('a fault in wayclear itself')]);
  });
});

describe.skipIf(process.platform === 'win32')('with few file descriptors', () => {
  const limited = (descriptors: number, ...args: readonly string[]) =>
    spawnSync('sh', ['-c', `ulimit -n ${descriptors} && exec "$@"`, 'sh', process.execPath, program, ...args], {
      encoding: 'utf8',
    });

  it('the catalog is read file by file', () => {
    const { status, stdout, stderr } = limited(36, 'list', '--format', 'json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(limited(1024, 'list', '--format', 'json').stdout);
  });

  it('too few even for that is told in one line and a hint: it is no fault of the program', () => {
    // The runtime itself needs some twenty; where it starts at all the program has its say.
    let told = { status: null as number | null, stderr: '' };
    for (let descriptors = 16; descriptors < 30 && told.status !== 2; descriptors++)
      told = limited(descriptors, 'plan');
    expect(told.stderr).toMatch(/^wayclear: too few files may be open at once \(EMFILE\)\nRaise the limit[^\n]*\n$/);
  });
});

describe('output', () => {
  it.each([
    ['a folder that does not exist', () => join(folder, 'no', 'report.json')],
    ['a folder', () => folder],
  ])('to %s is refused before any connection', async (_, place) => {
    const before = requests;
    const { code, stdout, stderr } = await wayclear([url(), '--format', `json=${place()}`]);
    expect(stderr).toMatch(/^wayclear: can't write /);
    expect({ code, stdout, requests: requests - before }).toEqual({ code: 2, stdout: '', requests: 0 });
  });

  it('to a file replaces it as a whole and leaves nothing else behind', async () => {
    const cwd = mkdtempSync(join(folder, 'out-'));
    writeFileSync(join(cwd, 'report.json'), 'old');
    const { code, stdout } = await wayclear([url(), '--format', 'table', '--format', 'json=report.json'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('✓');
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({ schema: 1 });
    expect(readdirSync(cwd)).toEqual(['report.json']);
  });

  it('keeps the old file when the command line is wrong', async () => {
    const cwd = mkdtempSync(join(folder, 'keep-'));
    writeFileSync(join(cwd, 'report.json'), 'old');
    const { code } = await wayclear([url(), '--format', 'json=report.json', '--ca-file', 'nowhere.pem'], { cwd });
    expect(code).toBe(2);
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe('old');
    expect(readdirSync(cwd)).toEqual(['report.json']);
  });

  it('that nobody reads to its end is no fault', async () => {
    const { child, ended } = start(['list', '--format', 'json']);
    child.stdout?.destroy();
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('is plain in a pipe, coloured when forced, and plain again with NO_COLOR', async () => {
    const plain = await wayclear(['explain', 'tls.inspection']);
    const forced = await wayclear(['explain', 'tls.inspection'], { env: { FORCE_COLOR: '1' } });
    const refusedColour = await wayclear(['explain', 'tls.inspection'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
    expect(forced.stdout).toContain('\u001b[1m');
    expect(refusedColour.stdout).toBe(plain.stdout);
  });
});

describe('a run', () => {
  it('against a healthy origin exits with 0 and gives a report that its schema describes', async () => {
    const { code, stdout, stderr } = await wayclear([url(), '--format', 'json', '--proxy', 'direct']);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    holdSchema(report);
    expect((await wayclear(['schema'])).stdout).toBe(printedSchema('report'));
    expect(report).toMatchObject({ summary: { reachable: 1, degraded: 0, unreachable: 0, untested: 0 } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each([
    ['critical', 1],
    ['warning', 1],
    ['untested', 1],
    ['never', 0],
  ])('against a closed port with --fail-on %s exits with %i', async (failOn, expected) => {
    const { code, stdout } = await wayclear([`127.0.0.1:${refused}`, '--fail-on', failOn]);
    expect(stdout).toContain('tcp.refused');
    expect(code).toBe(expected);
  });

  it('that the deadline ends before anything is tested is incomplete: exit 3, no status, and that first', async () => {
    const silent = '192.0.2.1:9';
    const json = await wayclear([silent, '--proxy', 'direct', '--deadline', '1ms', '--format', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      complete: false,
      status: null,
      summary: { untested: 1, untestedBecause: { deadline: 1 } },
    });
    expect(json.code).toBe(3);
    const table = await wayclear([silent, '--proxy', 'direct', '--deadline', '1ms']);
    expect(table.stdout).toMatch(/^\? 0 of 1 tested, the deadline ended the run\./);
    expect((await wayclear([silent, '--proxy', 'direct', '--deadline', '1ms', '--fail-on', 'never'])).code).toBe(0);
    expect((await wayclear([silent, '--proxy', 'direct', '--deadline', '1ms', '--fail-on', 'untested'])).code).toBe(1);
  });

  it('is judged again from its file to the same report, byte for byte', async () => {
    const path = join(folder, 'replay.json');
    await wayclear([`127.0.0.1:${refused}`, url(), '--format', `json=${path}`]);
    const { code, stdout } = await wayclear(['diagnose', path, '--format', 'json']);
    expect(stdout).toBe(readFileSync(path, 'utf8'));
    expect(code).toBe(1);
    const piped = await wayclear(['diagnose', '-', '--format', 'json'], { input: stdout });
    expect(piped.stdout).toBe(stdout);
  });

  it('compared with itself shows no difference, and with a worse one exits with 1', async () => {
    const good = join(folder, 'good.json');
    const bad = join(folder, 'bad.json');
    await wayclear([url(), '--format', `json=${good}`]);
    await wayclear([url(), `127.0.0.1:${refused}`, '--format', `json=${bad}`]);
    expect(await wayclear(['diff', good, good])).toMatchObject({ code: 0, stdout: '✓ No difference in 1 target\n' });
    const worse = await wayclear(['diff', good, bad, '--format', 'json']);
    expect(worse.code).toBe(1);
    expect(JSON.parse(worse.stdout)).toMatchObject({
      worse: true,
      rootCauses: { appeared: [{ cause: 'tcp.refused' }] },
    });
    expect((await wayclear(['diff', bad, good])).code).toBe(1);
    const ignoring = await wayclear(['diff', bad, good, '--ignore-missing']);
    expect(ignoring).toMatchObject({ code: 0, stdout: expect.stringContaining(`127.0.0.1:${refused}`) });
  });

  it.each([
    ['not JSON', 'report', /is not JSON$/],
    ['another JSON file', '{"schema": 1}', /is no report of wayclear: expected .* at \//],
  ])('is not judged from a file that is %s', async (_, text, line) => {
    const { code, stdout, stderr } = await wayclear(['diagnose', file('other.json', text)]);
    expect(stderr.split('\n')[0]).toMatch(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('reads targets from standard input', async () => {
    const { code, stdout } = await wayclear(['--targets', '-', '--format', 'ndjson'], { input: `# mine\n${url()}\n` });
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(records.filter((record) => record.type === 'target')).toHaveLength(1);
    expect(records.at(-1)?.type).toBe('summary');
    expect(code).toBe(0);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'that gets %s writes the partial report and exits with 130',
    async (signal) => {
      const path = join(folder, `${signal}.json`);
      const connected = new Promise<void>((resolve) => silent.once('connection', () => resolve()));
      const { child, ended } = start([silentUrl(), '--timeout', '1m', '--format', `json=${path}`]);
      await connected;
      child.kill(signal);
      const { code, stderr } = await ended;
      // Beside files the line that says it all, and nothing else.
      expect({ code, stderr }).toEqual({ code: 130, stderr: expect.stringMatching(/^[✓!✗?] .*\n$/) });
      const report = JSON.parse(readFileSync(path, 'utf8')) as { observations: { ended: string } };
      expect(report.observations.ended).toBe('interrupted');
    },
  );

  it('offline sends nothing, tests nothing and exits with 0', async () => {
    const before = requests;
    const { code, stdout } = await wayclear([url(), '--offline', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ summary: { untested: 1 }, targets: [{ verdict: 'untested' }] });
    expect({ code, requests: requests - before }).toEqual({ code: 0, requests: 0 });
  });
});

/** What is loaded with a file of the command line, before anything asks for more. */
function loadedWith(file: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const walk = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(
      /^(?:import|export)\b(?! type\b)[^'"]*?from\s*['"]([^'"]+)['"]/gm,
    )) {
      if (name.startsWith('.')) walk(join(dirname(path), name));
      else seen.add(name);
    }
  };
  walk(join(import.meta.dirname, '..', '..', 'src', 'cli', file));
  return seen;
}

describe('help and version', () => {
  it('the version is the one of package.json', async () => {
    const manifest = JSON.parse(readFileSync(join(dirname(program), '..', 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(version).toBe(manifest.version);
    expect(await wayclear(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.each([null, ...commandNames])('the help of %s is what the parser lays out', async (command) => {
    const { code, stdout } = await wayclear([...(command === null ? [] : [command]), '--help']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: await helpText(command, formatsOf, wordsOf('en').help) });
  });

  it.each(['fr', 'ja', 'nl'] as const)('the help speaks %s where --lang or the locale does', async (lang) => {
    const { help } = await loadWords(lang);
    const stdout = await helpText('list', formatsOf, help);
    expect(await wayclear(['list', '--help', '--lang', lang])).toMatchObject({ code: 0, stdout, stderr: '' });
    expect(await wayclear([`--lang=${lang}`, 'list', '-h'])).toMatchObject({ code: 0, stdout, stderr: '' });
    // With a word more it is laid out at run time.
    expect(await wayclear(['list', '--offline', '-h', '--lang', lang])).toMatchObject({ code: 0, stdout, stderr: '' });
    const env = { ...process.env, LC_ALL: '', LC_MESSAGES: `${lang}_XX.UTF-8`, LANG: 'C' };
    const told = spawnSync(process.execPath, [program, 'list', '--help'], { encoding: 'utf8', env });
    expect(told.stdout).toBe(stdout);
  });

  it('the build holds its bill of materials', async () => {
    const bom = JSON.parse(readFileSync(join(dirname(program), 'sbom.cdx.json'), 'utf8')) as {
      readonly metadata: { readonly component: { readonly version: string } };
      readonly components: readonly { readonly name: string }[];
    };
    expect(bom.metadata.component.version).toBe(version);
    expect(bom.components.map(({ name }) => name)).toContain('undici');
  });

  it.each([['--version'], ['--help'], ...groupNames.map((word) => [word, '--help'])])(
    '%s %s is told without the rest of the program',
    (...words) => {
      const alone = mkdtempSync(join(folder, 'alone-'));
      for (const file of ['cli.js', 'help.en.json', 'package.json'])
        copyFileSync(join(dirname(program), file), join(alone, file));
      const told = spawnSync(process.execPath, [join(alone, 'cli.js'), ...words], { encoding: 'utf8' });
      expect({ status: told.status, stderr: told.stderr }).toEqual({ status: 0, stderr: '' });
      expect(told.stdout).not.toBe('');
    },
  );

  it('neither loads the prober, a proxy library nor a reporter', () => {
    const seen = loadedWith('main.ts');
    const heavy = [...seen].filter((name) =>
      /^(undici|proxy-agent|cli-table3|p-limit|yargs$)|[/\\](probe|demo|trust)[/\\]|table\.ts$/.test(name),
    );
    expect(heavy).toEqual([]);
    expect(seen).toContain('yargs-parser');
  });

  it('is not all that a check goes without: other languages, PAC files, the catalog parser and child processes too', () => {
    const seen = [...loadedWith('commands/check.ts')];
    expect(
      seen.filter((name) =>
        /^(undici|proxy-agent|cli-table3|quickjs-wasi|node:(child_process|worker_threads|https?|http2))$|words[/\\](fr|ja|nl)[/\\]index\.ts$|[/\\](pac[/\\](evaluate|download|sandbox)|catalog[/\\]parse)\.ts$/.test(
          name,
        ),
      ),
    ).toEqual([]);
    expect(seen).toContain('p-limit');
  });
});
