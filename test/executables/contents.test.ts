import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { billSchema } from '../bill-schema.ts';
import { temporaryFolder } from '../real/parts.ts';

const root = join(import.meta.dirname, '..', '..');
const out = join(root, 'dist', 'exe');
const { insideFiles, leftOut } = (await import(pathToFileURL(join(root, 'scripts/exe/contents.mjs')).href)) as {
  readonly insideFiles: (root: string) => Promise<ReadonlyMap<string, Buffer>>;
  readonly leftOut: readonly string[];
};
const { runtimeVersion } = (await import(pathToFileURL(join(root, 'scripts/exe/targets.mjs')).href)) as {
  readonly runtimeVersion: string;
};
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const sums = (files: ReadonlyMap<string, Buffer>): Readonly<Record<string, string>> =>
  Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)]));

interface Inputs {
  readonly inside: Readonly<Record<string, string>>;
  readonly program: Readonly<Record<string, string>>;
}
interface Bill {
  readonly components: readonly { readonly type: string; readonly name: string; readonly version: string }[];
}
const published = <T>(name: string): T => JSON.parse(readFileSync(join(out, name), 'utf8')) as T;

describe('what lies inside an executable', () => {
  it('is the same byte for byte in a second build, in another folder', async () => {
    const { path, close } = temporaryFolder();
    try {
      const names = [
        'src',
        'scripts',
        'endpoints',
        'package.json',
        'package-lock.json',
        'LICENSE',
        'README.md',
        'docs',
      ];
      for (const name of [...names, 'tsconfig.json', 'tsconfig.build.json'])
        cpSync(join(root, name), join(path, name), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'), 'junction');
      execFileSync(process.execPath, [join(path, 'scripts', 'build.mjs')], { cwd: path, stdio: 'pipe' });
      const again = sums(await insideFiles(path));
      expect(again).toEqual(sums(await insideFiles(root)));
      expect(Object.keys(again).length).toBeGreaterThan(50);
      expect(sha256(readFileSync(join(path, 'dist', 'cli.js')))).toBe(
        sha256(readFileSync(join(root, 'dist', 'cli.js'))),
      );
    } finally {
      close();
    }
  }, 180_000);

  it('is all that its modules ask for', async () => {
    const files = await insideFiles(root);
    const asked = [...files].flatMap(([name, bytes]) =>
      name.endsWith('.js')
        ? [...bytes.toString().matchAll(/\brequire\("([^"]+)"\)/g)].map(([, id = '']) => ({ name, id }))
        : [],
    );
    expect(asked.length).toBeGreaterThan(20);
    const lacking = asked.filter(({ name, id }) => {
      const inside = /^\.\.?\//.test(id) ? join(name, '..', id) : `packages/${id}.js`;
      return !isBuiltin(id) && !/^node:/.test(id) && !leftOut.includes(id) && !files.has(inside);
    });
    expect(lacking).toEqual([]);
  });
});

describe.skipIf(inject('lacks').linux !== null)('what is published beside executables', () => {
  it('is named by its sum', () => {
    const lines = readFileSync(join(out, 'SHA256SUMS'), 'utf8').trim().split('\n');
    const rows = lines.map((line) => line.split('  '));
    expect(rows.map(([, name]) => name)).toEqual(
      readdirSync(out)
        .filter((name) => name !== 'SHA256SUMS')
        .sort(),
    );
    for (const [sum, name = ''] of rows) expect(sha256(readFileSync(join(out, name))), name).toBe(sum);
  });

  it('holds the sum of each input', async () => {
    const { inside, program } = published<Inputs>('inputs.json');
    expect(inside).toMatchObject(sums(await insideFiles(root)));
    expect(program).toEqual({ 'cli.js': sha256(readFileSync(join(root, 'dist', 'cli.js'))) });
  });

  it('is a valid bill of materials, with the runtime in it', () => {
    const bill = published<Bill>('sbom.cdx.json');
    const isValid = billSchema();
    isValid(bill);
    expect(isValid.errors).toBeNull();
    expect(bill.components.find(({ name }) => name === 'node')).toMatchObject({
      version: runtimeVersion,
      components: expect.arrayContaining([expect.objectContaining({ name: 'openssl' })]),
    });
  });

  it('holds the licence of everything in that bill', () => {
    const text = readFileSync(join(out, 'LICENCES.txt'), 'utf8');
    for (const { type, name, version } of published<Bill>('sbom.cdx.json').components)
      if (type === 'library') expect(text, name).toContain(`\n${name} ${version}\n`);
    expect(text).toContain('Node.js is licensed for use as follows:');
    for (const [, after = ''] of text.matchAll(/the package holds no text of it; by its authors\)\n\n(.{28})/g))
      expect(after).toBe('Permission is hereby granted');
  });
});
