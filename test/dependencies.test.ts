import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { billSchema } from './bill-schema.ts';

const root = join(import.meta.dirname, '..');
const jsonOf = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version: string; readonly dev?: true; readonly hasInstallScript?: true }>
  >;
}
interface Bom {
  readonly components: readonly { readonly 'bom-ref': string; readonly name: string; readonly version: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}
const lock = jsonOf('package-lock.json') as Lock;
const manifest = jsonOf('package.json') as Readonly<
  Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>
>;
const atRunTime = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);

describe('what is installed to run the program', () => {
  it('is fifty packages at most, each counted as often as it lies there', () => {
    expect(atRunTime.length).toBeGreaterThan(Object.keys(manifest.dependencies).length);
    expect(atRunTime.length).toBeLessThanOrEqual(50);
  });

  it('runs no script when it is installed', () => {
    expect(atRunTime.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => path)).toEqual([]);
  });
});

describe('the bill of materials', async () => {
  const script = pathToFileURL(join(root, 'scripts', 'sbom.mjs')).href;
  const { billOfMaterials, bundled } = (await import(script)) as {
    readonly billOfMaterials: (manifest: unknown, lock: unknown) => Bom;
    readonly bundled: readonly string[];
  };
  const bom = billOfMaterials(manifest, lock);

  it('is valid by the schema of CycloneDX 1.6', () => {
    const isValid = billSchema();
    isValid(bom);
    expect(isValid.errors).toBeNull();
    expect(isValid({ ...bom, components: [{ type: 'library' }] })).toBe(false);
  });

  it('holds every package that runs, and how each leads to the next', () => {
    const named = bom.components.map(({ name, version }) => `${name}@${version}`);
    const locked = atRunTime.map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`);
    expect(new Set(named).size).toBe(named.length);
    expect([...new Set(locked)].filter((name) => !named.includes(name))).toEqual([]);
    const further = named.filter((name) => !locked.includes(name));
    expect(further).toEqual(expect.arrayContaining(bundled.map((name) => expect.stringMatching(`^${name}@`))));
    expect(further).toEqual(expect.arrayContaining([expect.stringMatching(/^pg-protocol@/)]));
    const [own] = bom.dependencies;
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    const names = [...Object.keys(manifest.dependencies), ...bundled];
    const direct = names.map((name) => `pkg:npm/${name}@${all[name]}`);
    expect(own?.dependsOn).toEqual(direct.sort());
    const reached = new Set<string>();
    const reach = (ref: string): void => {
      if (reached.has(ref)) return;
      reached.add(ref);
      for (const next of bom.dependencies.find((row) => row.ref === ref)?.dependsOn ?? []) reach(next);
    };
    reach(own?.ref ?? '');
    expect(bom.components.map((component) => component['bom-ref']).filter((ref) => !reached.has(ref))).toEqual([]);
  });

  it('is the same for the same tree: no time, no number of its own', () => {
    expect(JSON.stringify(billOfMaterials(manifest, lock))).toBe(JSON.stringify(bom));
    expect(JSON.stringify(bom)).not.toMatch(/serialNumber|timestamp/);
  });
});
