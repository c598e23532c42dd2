/** deploy/ and action.yml before the programs that read them, and their shell lines run, in front of a healthy and of a broken server. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Origin } from '../../src/demo/listen.ts';
import { answer, httpOrigin } from '../../src/demo/origins-http.ts';
import type { Report } from '../../src/model/report.ts';
import { actionValidator, checkedOut, kubernetesModules, packed } from './deployed.ts';
import { freePort, lacking, PATH, temporaryFolder } from './parts.ts';

const root = join(import.meta.dirname, '..', '..');
const { path: folder, close: removeFolder } = temporaryFolder();
const text = (file: string): string => readFileSync(join(root, file), 'utf8');
const reportIn = (file: string): Report => JSON.parse(readFileSync(file, 'utf8')) as Report;

let origin: Origin;
let healthy = '';
let broken = '';
let tarball = '';
beforeAll(async () => {
  origin = await httpOrigin({}, answer());
  healthy = `http://127.0.0.1:${origin.port}/`;
  broken = `http://127.0.0.1:${await freePort()}/`;
  tarball = packed(folder);
}, 120_000);
afterAll(async () => {
  await origin?.close();
  removeFolder();
});

/** A folder of its own for what a line writes. */
function fresh(name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Beside this process, whose servers it asks. Without the machine's configuration, and past its proxies. */
function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = folder,
): Promise<Ran> {
  const child = spawn(program, [...args], {
    ...{ cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: 240_000 },
    env: { ...process.env, PATH, XDG_CONFIG_HOME: folder, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      output += piece;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** As runners start it. */
const bash = (line: string, env: Readonly<Record<string, string>>, cwd = folder): Promise<Ran> =>
  run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', line], env, cwd);

describe('the action', { timeout: 300_000 }, () => {
  interface Step {
    readonly id?: string;
    readonly run?: string;
    readonly env?: Readonly<Record<string, string>>;
  }
  const { runs } = parse(text('action.yml')) as { readonly runs: { readonly steps: readonly Step[] } };
  let checkout = '';
  beforeAll(() => {
    checkout = checkedOut(folder);
  });

  /** Its steps one after the other, with the files that a runner gives; those of other actions are left out. */
  async function act(
    name: string,
    words: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Ran & { readonly temp: string; readonly output: string; readonly summary: string }> {
    const temp = fresh(`action-${name}`);
    const [output, summary] = [join(temp, 'output'), join(temp, 'summary')];
    for (const file of [output, summary]) writeFileSync(file, '');
    let all = '';
    let code: number | null = 0;
    for (const { run: line, env = {} } of runs.steps) {
      if (line === undefined || code !== 0) continue;
      const outputs = Object.fromEntries(
        readFileSync(output, 'utf8')
          .split('\n')
          .map((row) => row.split('=') as [string, string]),
      );
      const values = Object.entries(env).map(([key, value]) => {
        const [, where = '', what = ''] = /^\$\{\{ (?:steps\.run\.)?(\w+)\.([\w-]+) \}\}$/.exec(value) ?? [];
        return [key, where === 'inputs' ? words : (outputs[what] ?? '')];
      });
      const files = { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, RUNNER_TEMP: temp };
      const ran = await bash(
        line,
        { ...files, GITHUB_ACTION_PATH: checkout, CI: 'true', ...Object.fromEntries(values), ...more },
        temp,
      );
      all += ran.output;
      ({ code } = ran);
    }
    return { code, output: all, temp, summary: readFileSync(summary, 'utf8') };
  }

  it('has the shape of an action', async () => {
    expect(await run(process.execPath, [actionValidator(), join(root, 'action.yml')])).toEqual({ code: 0, output: '' });
    const wrong = join(folder, 'action.yml');
    writeFileSync(wrong, text('action.yml').replace('shell: bash', ''));
    expect((await run(process.execPath, [actionValidator(), wrong])).code).not.toBe(0);
  });

  it('calls what could not be built no finding', async () => {
    const offline = {
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: fresh('empty'),
      npm_config_fetch_retries: '0',
    };
    const { code, output, temp } = await act('unbuilt', healthy, offline);
    expect(code, output).toBe(2);
    expect(output).toContain('::error title=wayclear::wayclear could not be built: nothing was checked.');
    expect(readFileSync(join(temp, 'output'), 'utf8')).toBe('');
  });

  it('builds the version that is checked out, whatever npm does by itself, and passes where all can be used', async () => {
    expect(existsSync(join(checkout, 'dist', 'cli.js'))).toBe(false);
    const sparing = { npm_config_ignore_scripts: 'true', npm_config_omit: 'dev', NODE_ENV: 'production' };
    const { code, output, temp, summary } = await act('healthy', `${healthy}\n  --timeout 5s`, sparing);
    expect(code, output).toBe(0);
    expect(output).not.toContain('::error');
    expect(reportIn(join(temp, 'wayclear', 'report.json')).summary.reachable).toBe(1);
    expect(summary).toMatch(/^# The tested endpoint can be used/);
  });

  it('fails where one can not, with an annotation, a summary and the reports', async () => {
    const { code, output, temp, summary } = await act('broken', `${healthy} ${broken}`);
    expect(code, output).toBe(1);
    expect(output).toMatch(/^::error title=/m);
    expect(summary).toContain('tcp.refused');
    for (const name of ['report.html', 'TEST-wayclear.xml', 'request.md'])
      expect(existsSync(join(temp, 'wayclear', name))).toBe(true);
  });

  it('runs the demonstration', async () => {
    const { code, output, summary } = await act('demo', 'demo');
    expect(code, output).toBe(0);
    expect(summary).toContain('tls.expired');
  });

  it('takes what a workflow says as words, never as shell', async () => {
    const { code, output, temp } = await act('hostile', `${healthy}; touch pwned $(touch pwned) \`touch pwned\``);
    expect(code, output).toBe(2);
    expect(existsSync(join(temp, 'pwned'))).toBe(false);
  });
});

const servers: readonly (readonly [string, () => readonly string[]])[] = [
  [
    'azure-pipelines.yml',
    () => {
      const { steps } = parse(text('deploy/azure-pipelines.yml')) as {
        readonly steps: readonly { readonly bash?: string }[];
      };
      return steps.flatMap(({ bash: line }) => line ?? []);
    },
  ],
  [
    'gitlab-ci.yml',
    () =>
      // A runner makes one script of them.
      [
        (
          parse(text('deploy/gitlab-ci.yml')) as { readonly connectivity: { readonly script: readonly string[] } }
        ).connectivity.script.join('\n'),
      ],
  ],
  ['Jenkinsfile', () => [...text('deploy/Jenkinsfile').matchAll(/sh '''(.*?)'''/gs)].map(([, line = '']) => line)],
];

describe('a build server runs the package through npx', { timeout: 300_000 }, () => {
  it.each(servers)('by %s', async (name, linesOf) => {
    const lines = linesOf();
    expect(lines.length).toBeGreaterThan(0);
    const outcomes: { readonly cwd: string; readonly code: number | null; readonly output: string }[] = [];
    for (const [index, url] of [healthy, broken].entries()) {
      const cwd = fresh(`${name}-${index}`);
      const env = {
        ...{ WAYCLEAR_PACKAGE: tarball, WAYCLEAR_ARGUMENTS: `${url} --timeout 5s` },
        ...{ COMMON_TESTRESULTSDIRECTORY: cwd, BUILD_ARTIFACTSTAGINGDIRECTORY: cwd },
      };
      const ran: Ran[] = [];
      for (const line of lines) ran.push(await bash(line, env, cwd));
      outcomes.push({ cwd, code: ran[0]?.code ?? null, output: ran.map(({ output }) => output).join('\n') });
    }
    expect(
      outcomes.map(({ code }) => code),
      outcomes.map(({ output }) => output).join('\n'),
    ).toEqual([0, 1]);
    for (const { cwd } of outcomes)
      for (const file of ['TEST-wayclear.xml', 'wayclear.json', 'wayclear.html'])
        expect(existsSync(join(cwd, file))).toBe(true);
    expect(readFileSync(join(outcomes[1]?.cwd ?? '', 'TEST-wayclear.xml'), 'utf8')).toContain('tcp.refused');
    if (name.startsWith('azure')) expect(outcomes[1]?.output).toContain('##vso[task.uploadsummary]');
  });
});

describe('a build server without the program', () => {
  it.each(servers)('by %s asks no registry for a name, and starts nothing', async (name, linesOf) => {
    const bin = fresh(`${name}-bin`);
    writeFileSync(join(bin, 'npx'), '#!/bin/sh\necho asked; exit 1\n', { mode: 0o755 });
    const [first = ''] = linesOf();
    const start = (given: string): Promise<Ran> => bash(first, { WAYCLEAR_PACKAGE: given, PATH: `${bin}:${PATH}` });
    for (const given of ['', 'wayclear', '@somebody/wayclear', 'wayclear@latest']) {
      const { code, output } = await start(given);
      expect([code, output.trim().split('\n').length], output).toEqual([2, 1]);
      expect(output).toContain('WAYCLEAR_PACKAGE has to be the path or URL of the .tgz that npm pack makes.');
    }
    const { code, output } = await start('./wayclear-0.1.0.tgz');
    expect([code, output.match(/asked/g)?.length], output).toEqual([2, 1]);
    expect(output).toContain('wayclear did not start');
  });

  it('has no name for a default', () => {
    const all = servers.map(([file]) => text(`deploy/${file}`)).join('');
    expect(all.match(/WAYCLEAR_PACKAGE(?::| =) .*/g)).toEqual([
      "WAYCLEAR_PACKAGE: ''",
      "WAYCLEAR_PACKAGE: ''",
      "WAYCLEAR_PACKAGE = ''",
    ]);
  });
});

const noAnsible = lacking({ 'ansible-playbook': 'ansible-core' });

describe.skipIf(noAnsible !== null)('the playbook', { timeout: 300_000 }, () => {
  async function play(url: string): Promise<Ran & { readonly reports: string }> {
    const reports = join(folder, 'reports');
    const variables = {
      wayclear_package: tarball,
      wayclear_folder: join(folder, 'host'),
      wayclear_reports: reports,
      wayclear_arguments: [url, '--timeout', '5s'],
    };
    const args = ['-i', 'localhost,', '-c', 'local', 'playbook.yml', '-e', JSON.stringify(variables)];
    const env = { ANSIBLE_LOCALHOST_WARNING: 'False', ANSIBLE_NOCOLOR: '1' };
    return { ...(await run('ansible-playbook', args, env, join(root, 'deploy', 'ansible'))), reports };
  }

  it('installs, checks, and brings the reports', async () => {
    const { code, output, reports } = await play(healthy);
    expect(code, output).toBe(0);
    expect(output).toContain('exit code 0, 0 unreachable, 0 untested: no cause');
    expect(reportIn(join(reports, 'localhost.json')).summary.reachable).toBe(1);
    expect(existsSync(join(reports, 'localhost.html'))).toBe(true);
  });

  it('fails a host with the cause, and installs once', async () => {
    const { code, output, reports } = await play(broken);
    expect(code).not.toBe(0);
    expect(output).toContain('exit code 1, 1 unreachable, 0 untested: tcp.refused');
    expect(output).toMatch(/changed=0 /);
    expect(reportIn(join(reports, 'localhost.json')).rootCauses[0]?.cause).toBe('tcp.refused');
  });
});

const noSystemd = lacking({ 'systemd-analyze': 'systemd' });

describe.skipIf(noSystemd !== null)('systemd-analyze', () => {
  /** The units with the program where it is here. */
  function units(change: (service: string) => string = (service) => service): readonly string[] {
    const path = fresh('units');
    const service = text('deploy/systemd/wayclear.service').replace('/opt/wayclear/bin/wayclear', '/bin/true');
    writeFileSync(join(path, 'wayclear.service'), change(service));
    writeFileSync(join(path, 'wayclear.timer'), text('deploy/systemd/wayclear.timer'));
    return ['wayclear.service', 'wayclear.timer'].map((name) => join(path, name));
  }

  it('has nothing to say of the units', async () => {
    expect(await run('systemd-analyze', ['verify', '--man=no', ...units()])).toEqual({ code: 0, output: '' });
    const wrong = units((service) => service.replace('ProtectHome=yes', 'ProtectHome=perhaps'));
    expect((await run('systemd-analyze', ['verify', '--man=no', ...wrong])).output).toContain('perhaps');
  });

  it('calls the sandbox good', async () => {
    const [service = ''] = units();
    const args = ['security', '--offline=true', '--no-pager', '--threshold=20', service];
    const judged = await run('systemd-analyze', args);
    expect(judged.code, judged.output).toBe(0);
  });
});

describe('the schemas of Kubernetes', { timeout: 300_000 }, () => {
  const models = (): Readonly<Record<string, new (manifest: unknown) => { validate(): void }>> =>
    createRequire(join(kubernetesModules(), 'x.js'))('kubernetes-models/batch/v1') as ReturnType<typeof models>;

  it.each([
    ['job.yaml', 'Job', 'restartPolicy: Never', 'restartPolicy: [Never]'],
    ['cronjob.yaml', 'CronJob', "schedule: '17 * * * *'", 'schedule: 17'],
  ])('take %s, and nothing that is wrong in it', (file, kind, right, wrong) => {
    const manifest = text(`deploy/kubernetes/${file}`);
    const Model = models()[kind];
    if (Model === undefined) throw new Error(`there is no model of ${kind}`);
    expect(() => new Model(parse(manifest)).validate()).not.toThrow();
    expect(() => new Model(parse(manifest.replace(right, wrong))).validate()).toThrow();
  });
});

const noXmllint = lacking({ xmllint: 'libxml2-utils' });

describe.skipIf(noXmllint !== null)('xmllint', () => {
  it('takes the scheduled task', async () => {
    expect(await run('xmllint', ['--noout', join(root, 'deploy', 'scheduled-task.xml')])).toEqual({
      code: 0,
      output: '',
    });
  });
});
