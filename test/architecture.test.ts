import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Which way imports point. First match wins; `may` lists what a file may import besides its own
 * folder: project modules by path prefix, node built-ins and npm packages by name.
 */
const pure = ['node:crypto', 'node:buffer', 'node:util', 'node:net', 'addresses'];
const rules: readonly { readonly files: RegExp; readonly may: readonly string[] }[] = [
  { files: /^model\.ts$|^usage-error\.ts$|^harmless\.ts$|^clock\.ts$|^version\.ts$|^shortage\.ts$/, may: [] },
  {
    files: /^(catalog|catalog-values|m365|pattern)\.ts$/,
    may: ['model', 'usage-error', 'harmless', 'suggest', 'pattern', 'm365', 'catalog', ...pure],
  },
  { files: /^suggest\.ts$/, may: [] },
  {
    files: /^plan(-select)?\.ts$/,
    may: ['model', 'usage-error', 'harmless', 'suggest', 'pattern', 'catalog', 'plan', ...pure],
  },
  {
    files: /^trust\/(der|certificate|chain|revocation|names)[a-z-]*\.ts$/,
    may: ['model', 'harmless', 'trust/', ...pure],
  },
  { files: /^trust\//, may: ['model', 'usage-error', 'harmless', 'data-folder', 'trust/', 'node:'] },
  { files: /^diagnose\//, may: ['model', 'harmless', 'diagnose/', 'trust/', ...pure] },
  {
    files: /^report\/table\.ts$/,
    may: ['model', 'harmless', 'report/', 'diagnose/words/', 'diagnose/causes', 'cli-table3', 'node:util'],
  },
  {
    files: /^report\//,
    may: ['model', 'harmless', 'usage-error', 'suggest', 'report/', 'diagnose/words/', 'diagnose/causes', 'node:util'],
  },
  {
    files: /^probe\/http\.ts$/,
    may: ['model', 'harmless', 'clock', 'probe/', 'node:', 'undici', 'undici/lib/dispatcher/client.js'],
  },
  {
    files: /^probe\/run\.ts$/,
    may: ['model', 'harmless', 'clock', 'addresses', 'probe/', 'trust/', 'proxy/', 'node:', 'p-limit'],
  },
  {
    files: /^probe\//,
    may: ['model', 'harmless', 'clock', 'addresses', 'version', 'probe/', 'trust/', 'proxy/', 'node:'],
  },
  {
    files: /^proxy\/(route|no-proxy)\.ts$|^proxy\/auth\//,
    may: ['model', 'usage-error', 'harmless', 'proxy/', 'kerberos', ...pure],
  },
  {
    files: /^proxy\/pac[a-z-]*\.ts$/,
    may: [
      'model',
      'usage-error',
      'harmless',
      'clock',
      'addresses',
      'proxy/',
      'node:',
      'proxy-agent',
      'pac-resolver',
      'quickjs-wasi',
    ],
  },
  { files: /^proxy\/document-agent\.ts$/, may: ['node:', 'proxy-agent'] },
  { files: /^proxy\//, may: ['model', 'usage-error', 'harmless', 'clock', 'addresses', 'proxy/', 'node:'] },
  {
    files: /^demo\//,
    may: [
      'model',
      'harmless',
      'clock',
      'addresses',
      'version',
      'demo/',
      'catalog',
      'plan',
      'probe/',
      'trust/',
      'diagnose/',
      'report/',
      'node:',
    ],
  },
  {
    files: /^(catalog-load|catalog-fetch|output|config|options|index)\.ts$|^cli(\.ts$|\/)/,
    may: ['', 'node:', 'yargs', 'yargs-parser'],
  },
  { files: /^data-folder\.ts$/, may: ['node:fs', 'node:path'] },
  { files: /^addresses\.ts$/, may: ['node:net'] },
];

const source = join(import.meta.dirname, '..', 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(source, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, '');
  return [...text.matchAll(/(?:^|[^.\w])(?:from\s+|import\s*\(\s*|import\s+)['"]([^'"]+)['"]/g)].map((match) => {
    const name = match[1] ?? '';
    return name.startsWith('.') ? relative(source, join(source, dirname(file), name)).replaceAll('\\', '/') : name;
  });
}

function allowed(name: string, may: readonly string[]): boolean {
  return may.some((entry) => {
    if (name.endsWith('.ts'))
      return !/^(node:|@|undici|p-limit|yargs|cli-table3|proxy-agent)/.test(entry) && name.startsWith(entry);
    return (
      entry === name ||
      (entry === 'node:' && name.startsWith('node:')) ||
      (entry === 'yargs' && name.startsWith('yargs/'))
    );
  });
}

describe('the architecture', () => {
  it.each(files)('src/%s imports only what its place allows', (file) => {
    const rule = rules.find((row) => row.files.test(file));
    expect(rule, `no rule covers src/${file}: add it to the table on purpose`).toBeDefined();
    expect(importsOf(file).filter((name) => !allowed(name, rule?.may ?? []))).toEqual([]);
  });

  it.each(['undici', 'p-limit', 'proxy-agent', 'yargs', 'yargs-parser', 'cli-table3', 'pac-resolver', 'kerberos'])(
    '%s is imported in one file at most',
    (dependency) => {
      const users = files.filter((file) =>
        importsOf(file).some((name) => name === dependency || name.startsWith(`${dependency}/`)),
      );
      expect(users.length, users.join(' ')).toBeLessThanOrEqual(1);
    },
  );

  it('only the command line touches process state, the console and exit codes', () => {
    const offenders = files
      .filter((file) => file !== 'cli.ts')
      .filter((file) =>
        /\bconsole\.|process\.(argv|exit|exitCode|stdout|stderr|stdin|on|env)\b/.test(
          readFileSync(join(source, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, ''),
        ),
      );
    expect(offenders).toEqual([]);
  });

  it('nothing ends the process by process.exit, which cuts piped output', () => {
    expect(
      files.filter((file) => /process\.(exit|reallyExit)\(/.test(readFileSync(join(source, file), 'utf8'))),
    ).toEqual([]);
  });

  it('only the injected clock reads the time', () => {
    const readers = files
      .filter((file) => file !== 'clock.ts')
      .filter((file) =>
        /\bDate\.now\(|performance\.now\(|\bhrtime\b|new Date\(\)/.test(readFileSync(join(source, file), 'utf8')),
      );
    expect(readers).toEqual([]);
  });

  it('the probing process never calls dns.lookup, which can hang it for ever', () => {
    const callers = files.filter((file) =>
      /\b(dns|promises)\.lookup\(/.test(readFileSync(join(source, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, '')),
    );
    expect(callers).toEqual([]);
  });
});
