import { isAscii } from 'node:buffer';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, httpOrigin } from '../src/demo/origins-http.ts';
import { ensureBuilt } from './cli/program.ts';

/** What `npm pack` makes, and what a user of it gets. */

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'package-'));
const user = join(folder, 'user');
const modules = join(user, 'node_modules');
const textOf = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
const manifest = JSON.parse(textOf(root, 'package.json')) as { readonly name: string; readonly version: string };
const tarball = join(folder, `${manifest.name}-${manifest.version}.tgz`);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
/** Runs a program where the package is installed, with nothing of this process's own settings but the path. */
async function ran(program: string, args: readonly string[]): Promise<Ended> {
  const options = {
    cwd: user,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, NPM_CONFIG_UPDATE_NOTIFIER: 'false' },
    timeout: 100_000,
  };
  return await promisify(execFile)(program, [...args], options).then(
    ({ stdout, stderr }): Ended => ({ code: 0, stdout, stderr }),
    (error: Ended) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
}
const node = (...args: readonly string[]) => ran(process.execPath, args);
const installed = join(modules, '.bin', 'wayclear');

let origin: Awaited<ReturnType<typeof httpOrigin>>;
const target = (): string => `http://127.0.0.1:${origin.port}/`;

/** The lock of the user's folder: what runs, as this repository has locked it. */
function lockOfUser(): object {
  const { packages } = JSON.parse(textOf(root, 'package-lock.json')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly peer?: boolean }>>;
  };
  const runs = Object.entries(packages).filter(([path, { dev, peer }]) => path !== '' && dev !== true && peer !== true);
  const resolved = `file:../${posix.basename(tarball)}`;
  const dependencies = { [manifest.name]: resolved };
  const own = { ...manifest, resolved, devDependencies: undefined, scripts: undefined };
  const all = { '': { dependencies }, [`node_modules/${manifest.name}`]: own, ...Object.fromEntries(runs) };
  return { lockfileVersion: 3, requires: true, packages: all };
}

beforeAll(async () => {
  ensureBuilt();
  const npm = (args: readonly string[], cwd: string): string => execFileSync('npm', args, { cwd, encoding: 'utf8' });
  npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root);
  mkdirSync(user);
  const lock = lockOfUser() as { readonly packages: { readonly '': object } };
  writeFileSync(join(user, 'package.json'), JSON.stringify(lock.packages['']));
  writeFileSync(join(user, 'package-lock.json'), JSON.stringify(lock));
  npm(['ci', '--ignore-scripts', '--prefer-offline', '--silent', '--no-audit', '--no-fund'], user);
  origin = await httpOrigin({}, answer());
}, 180_000);
afterAll(async () => {
  await origin.close();
  rmSync(folder, { recursive: true });
});

describe('the packed package', () => {
  const files = (): readonly string[] =>
    readdirSync(join(modules, 'wayclear'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(modules, 'wayclear').length + 1));

  it('holds what runs, what says what it is, and nothing else', () => {
    const others = files()
      .filter(
        (file) =>
          !/^(endpoints\/.+\.json|dist\/(?!lib\/|library\/)[\w-]+\/[\w/-]+\.js|dist\/library\/[\w-]+\.js|dist\/library\/types\/.+\.d\.ts)$/.test(
            file,
          ),
      )
      .toSorted();
    expect(others).toEqual([
      ...['CHANGELOG.md', 'LICENSE', 'README.md'],
      ...['catalog.json', 'catalog.schema.json', 'cli.js', 'cli/main.js.LEGAL.txt'].map((name) => `dist/${name}`),
      ...['en', 'fr', 'ja', 'nl'].map((lang) => `dist/help.${lang}.json`),
      ...['dist/library/package.json', 'dist/package.json', 'dist/report.schema.json', 'dist/sbom.cdx.json'],
      ...['docs/wayclear.1', 'package.json'],
    ]);
  });

  it('is a program of ASCII alone, which V8 need not decode', () => {
    const program = files().filter((file) => /^dist\/(?!library\/).*\.js$/.test(file));
    expect(program.filter((file) => !isAscii(readFileSync(join(modules, 'wayclear', file))))).toEqual([]);
  });

  it('holds no module and no declaration that nothing leads to', () => {
    const library = join(modules, 'wayclear', 'dist', 'library');
    const reached = new Set<string>();
    const walk = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      const text = textOf(library, file).replace(/^\s*(\/?\*|\/\/).*$/gm, '');
      for (const [, name = ''] of text.matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g)) {
        walk(posix.join(posix.dirname(file), file.endsWith('.d.ts') ? name.replace(/\.js$/, '.d.ts') : name));
      }
    };
    walk('index.js');
    walk('types/index.d.ts');
    const code = files().filter((file) => /^dist\/library\/.*\.(js|d\.ts)$/.test(file));
    expect([...reached].toSorted()).toEqual(code.map((file) => file.slice('dist/library/'.length)).toSorted());
  });

  it('is clean by publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: join(modules, 'wayclear'), pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has types for every way to resolve it', async () => {
    // Node.js 20.19 and newer can require an ES module.
    const attw = join(root, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');
    const { code, stdout } = await node(
      attw,
      tarball,
      '--ignore-rules',
      'cjs-resolves-to-esm',
      '--format',
      'ascii',
      '--no-color',
    );
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('No problems found');
  });
});

describe('a user of it', () => {
  const hasSqlite = process.getBuiltinModule('node:sqlite') !== undefined;
  it.skipIf(hasSqlite)('is told in a sentence what a store needs where the runtime has no SQLite', async () => {
    writeFileSync(join(user, 'store.db'), '');
    for (const line of ['store check store.db', 'watch --once 127.0.0.1:1 --store new.db']) {
      const { code, stdout, stderr } = await node(installed, ...line.split(' '));
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toBe(
        'wayclear: a store needs SQLite, which this runtime does not have\n' +
          'Use Node.js 22.13 or newer, the executable, or add the package: npm install @photostructure/sqlite@1.2.1\n',
      );
    }
  });

  it('runs it by npx', async () => {
    const { code, stdout, stderr } = await ran('npx', ['--no-install', 'wayclear', '--version']);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('sees the demonstration', async () => {
    const { code, stdout, stderr } = await ran(installed, ['demo']);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('tls.inspection');
  });

  it.each(['no cache of code', 'one that another runtime made'])(
    'checks a server with %s beside the program',
    async (what) => {
      const name = `main-${process.version}-${process.platform}-${process.arch}.cache`;
      if (what !== 'no cache of code') writeFileSync(join(modules, 'wayclear', 'dist', 'cli', name), 'of another');
      const { code, stdout, stderr } = await ran(installed, [
        'check',
        target(),
        '--proxy',
        'direct',
        '--format',
        'json',
      ]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({ complete: true, summary: { reachable: 1 } });
    },
  );

  it('gets the library by require as well', async () => {
    const { code, stdout } = await node(
      '-p',
      "Object.keys(require('wayclear')).filter((name) => /^(run|render)$/.test(name)).join()",
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'render,run\n' });
  });
});

describe('the examples of the library', () => {
  const examples = new Map(
    [...textOf(root, 'docs', 'library.md').matchAll(/```(?:js|ts)\n(\/\/ ([\w.]+).*\n[\s\S]*?)```/g)].map(
      ([, text = '', name = '']) => [name, text],
    ),
  );
  const example = async (name: string, ...args: readonly string[]): Promise<string> => {
    writeFileSync(join(user, name), examples.get(name) ?? '');
    const { code, stdout, stderr } = await node(join(user, name), ...args);
    expect(code, stderr).toBe(0);
    return stdout;
  };

  it('are those that are tried here', () => {
    expect([...examples.keys()]).toEqual(['check.mjs', 'plan.mjs', 'judge.mjs', 'count.ts']);
  });

  it('check a server', async () => {
    expect(await example('check.mjs', target())).toContain('1 reachable');
  });

  it('say what would be probed', async () => {
    const lines = (await example('plan.mjs')).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.every((line) => line.startsWith('tenant-attach/'))).toBe(true);
  });

  it('judge a saved report, in three formats and languages', async () => {
    const report = join(user, 'report.json');
    await ran(installed, ['check', 'http://127.0.0.1:1/', '--proxy', 'direct', '-o', report]);
    const text = await example('judge.mjs', report);
    for (const part of ['"tcp.refused"', 'écoute', '待ち受け']) expect(text).toContain(part);
  });

  const compiled = async (name: string, text: string): Promise<Ended> => {
    writeFileSync(join(user, name), text);
    const options = [
      '--module',
      'nodenext',
      '--target',
      'es2023',
      '--strict',
      '--noEmit',
      '--exactOptionalPropertyTypes',
    ];
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules', '@types')];
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    return await node(tsc, ...options, ...types, '--skipLibCheck', 'false', '--ignoreConfig', join(user, name));
  };

  it('are right by their types', async () => {
    const { code, stdout } = await compiled('count.ts', examples.get('count.ts') ?? '');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  }, 60_000);

  it('have types that are those of the shapes, written out', async () => {
    const shaped = join(root, 'src', 'index.ts');
    const names = ['Catalog', 'Feature', 'Plan', 'Observations', 'Environment', 'Diagnosis', 'Report', 'Experiment'];
    const lines = [
      "import type * as plain from 'wayclear';",
      `import type * as shaped from '${shaped}';`,
      'type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;',
      ...names.map((name) => `export const is${name}: Same<plain.${name}, shaped.${name}> = true;`),
      'export const isOther: Same<plain.Plan, shaped.Catalog> = false;',
    ];
    const { stdout } = await compiled('same.ts', lines.join('\n'));
    expect(stdout.split('\n').filter((line) => line.includes('same.ts'))).toEqual([]);
  }, 60_000);
});
