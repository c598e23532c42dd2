import { isUtf8 } from 'node:buffer';
import { existsSync, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { builtFile, dataFolder } from '../data-folder.ts';
import { codeOf } from '../error-code.ts';
import { harmless } from '../harmless.ts';
import { fileLabel, inlineFile, readInlineFile } from '../inline-file.ts';
import type { Catalog, Feature } from '../model/catalog.ts';
import { readNamedFile } from '../named-file.ts';
import type { DocumentProxy } from '../proxy/document-request.ts';
import { suggest } from '../suggest.ts';
import { type Refusal, reasonOf, refusal, runtimeReasonOf, UsageError } from '../usage-error.ts';
import { m365Instances } from './m365-instances.ts';

const mostBytes = 8 * 1024 * 1024;
const mostEndpoints = 50_000;
const mostFiles = 1000;
const fetchTimeoutMs = 30_000;
const service = 'https://endpoints.office.com';
/** Files of the bundled folder, and what may lie beside them in a person's, that are no features. */
const otherFiles = /^(?:anchors|public-(?:roots|intermediates)|(?:.+\.)?schema)\.json$/;

/** Whether a file of a catalog folder holds a feature: what ends in `.json`, root lists and schemas left out. */
export function isCatalogFile(name: string): boolean {
  return name.endsWith('.json') && !otherFiles.test(name);
}

export interface LoadOptions {
  /** Add what comes with the program. Left out: true. */
  readonly bundled?: boolean;
  /** A folder of catalog files that stand in place of the program's own features of the same name. Left out, or not there: none. */
  readonly updates?: string | null;
  readonly signal?: AbortSignal;
  /** Roots in PEM that are trusted besides the runtime's own where something has to be fetched. Left out: none. */
  readonly ca?: readonly string[];
  /** Where the Microsoft 365 endpoint web service is; left out for its public address. */
  readonly service?: { readonly base: string; readonly ca: string };
  /**
   * The proxy to fetch through, as a URL that may hold an account; null for none. Asked for only where
   * something has to be fetched. Left out: none.
   */
  readonly proxyFor?: (url: URL) => Promise<DocumentProxy | null>;
}

/**
 * Reads the bundled catalog and the given sources: a file, a folder (its own `*.json` files), or
 * `m365:INSTANCE`, or `m365:FILE` for a saved answer. Throws UsageError for whatever can't be read, is too large, or names a feature twice.
 */
export async function loadCatalog(sources: readonly string[] = [], options: LoadOptions = {}): Promise<Catalog> {
  const { bundled: withBundled = true } = options;
  const features = new Map<string, Feature>();
  let endpoints = 0;
  const add = (feature: Feature): void => {
    const first = features.get(feature.feature);
    if (first !== undefined) {
      const [file, from] = [harmless(feature.file ?? ''), harmless(first.file ?? '')];
      throw new UsageError('catalog.twice', { file, feature: feature.feature, first: from, bundled: withBundled });
    }
    endpoints += feature.endpoints.length;
    if (endpoints > mostEndpoints) {
      throw new UsageError('catalog.endpoints', { file: harmless(feature.file ?? ''), most: mostEndpoints });
    }
    features.set(feature.feature, feature);
  };
  if (withBundled) for (const feature of await currentFeatures(options.updates ?? null)) add(feature);
  for (const source of sources) {
    for (const feature of await featuresOf(source, options)) add(feature);
  }
  return { features: [...features.values()].sort((a, b) => (a.feature < b.feature ? -1 : 1)) };
}

/** Loaded where there is a catalog to check: the bundled one was checked by the build. */
const parser = (): Promise<typeof import('./parse.ts')> => import('./parse.ts');

let bundled: Promise<readonly Feature[]> | null = null;

/** The catalog that comes with the program, read once; beside `src/` in a clone and beside `dist/` in a package. */
function bundledFeatures(): Promise<readonly Feature[]> {
  if (bundled === null) {
    const built = builtFile('catalog.json');
    bundled = built === null ? fromFolder(dataFolder) : Promise.resolve(fromBuild(built));
  }
  return bundled;
}

/** The program's own features, but for those that were updated. */
async function currentFeatures(updates: string | null): Promise<readonly Feature[]> {
  const own = await bundledFeatures();
  if (updates === null || !existsSync(updates)) return own;
  const newer = await fromFolder(updates);
  const names = new Set(newer.map(({ feature }) => feature));
  return [...own.filter(({ feature }) => !names.has(feature)), ...newer];
}

/** What {@link builtFeatures} wrote: checking a file takes twenty times as long as reading it. */
function fromBuild(built: Buffer): readonly Feature[] {
  const features = JSON.parse(built.toString()) as readonly Feature[];
  return features.map((feature) => ({ ...feature, file: join(dataFolder, feature.file ?? '') }));
}

/** For the build: the catalog files that come with the program, read and checked, as one text. */
export async function builtFeatures(): Promise<string> {
  const features = await fromFolder(dataFolder);
  return JSON.stringify(features.map((feature) => ({ ...feature, file: basename(feature.file ?? '') })));
}

/** A feature as a catalog file has it, where endpoints name their anchors. */
export function catalogFileOf({ file: _, ...feature }: Feature): Readonly<Record<string, unknown>> {
  const names = new Map(feature.anchors.map(({ sha256, name }) => [sha256, name]));
  const endpoints = feature.endpoints.map((endpoint) => ({
    ...endpoint,
    tls: { ...endpoint.tls, anchors: endpoint.tls.anchors.map((sha256) => names.get(sha256) ?? sha256) },
  }));
  return { schema: 1, ...feature, endpoints };
}

/** Whether a source is an instance of the service. What has a dot or a separator of folders after `m365:` is a saved answer. */
export function isFetched(source: string): boolean {
  return /^m365:[^./\\]*$/i.test(source);
}

/** A source as another machine can read it: files written out, each of a folder's by itself, what is fetched by its name. */
export async function inlineCatalog(source: string): Promise<readonly string[]> {
  const [, service, path = source] = /^(m365:)(.*)$/is.exec(source) ?? [];
  const written = async (file: string): Promise<string> => inlineFile(file, Buffer.from(await textOf(file)));
  if (isFetched(source)) return [source];
  if (service !== undefined) return [`${service}${await written(path)}`];
  return await Promise.all(((await kindOf(path)).isDirectory() ? await catalogFiles(path) : [path]).map(written));
}

function featuresOf(source: string, options: LoadOptions): Promise<readonly Feature[]> {
  const [, instance] = /^m365:(.*)$/is.exec(source) ?? [];
  if (instance === undefined) return fromPath(source);
  return isFetched(source) ? fromService(instance, options) : fromFile(instance);
}

async function fromPath(path: string): Promise<readonly Feature[]> {
  if (readInlineFile(path) !== null) return fromFile(path);
  if ((await kindOf(path)).isDirectory()) {
    const features = await fromFolder(path);
    if (features.length > 0) return features;
    throw new UsageError('catalog.empty-folder', { file: harmless(path) });
  }
  return fromFile(path);
}

/** The folder's own files; folders in it are left alone, so one that links to itself is read once. */
async function fromFolder(folder: string): Promise<readonly Feature[]> {
  const features: Feature[] = [];
  for (const file of await catalogFiles(folder)) features.push(...(await fromFile(file)));
  return features;
}

async function catalogFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => unreadable(folder, error));
  const names = entries
    .filter((entry) => isCatalogFile(entry.name) && !entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  if (names.length > mostFiles) {
    throw new UsageError('catalog.files', { file: harmless(folder), most: mostFiles });
  }
  return names.map((name) => join(folder, name));
}

async function fromFile(path: string): Promise<readonly Feature[]> {
  const { parseCatalogText } = await parser();
  return parseCatalogText(await textOf(path), fileLabel(path));
}

async function textOf(path: string): Promise<string> {
  // A pipe without a writer would keep its reader for ever, a device never ends: neither is opened.
  if (readInlineFile(path) === null && !(await kindOf(path)).isFile()) {
    throw new UsageError('catalog.no-file', { file: harmless(path) });
  }
  const bounds = { mostBytes, signal: new AbortController().signal };
  const { bytes } = await readNamedFile(path, bounds).catch((error: unknown) => unreadable(path, error));
  return decoded(bytes, fileLabel(path));
}

const kindOf = (path: string): Promise<Stats> => stat(path).catch((error: unknown) => unreadable(path, error));

function decoded(bytes: Buffer, label: string): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  throw new UsageError('catalog.text', { file: harmless(label) });
}

function unreadable(path: string, error: unknown): never {
  const code = codeOf(error);
  const file = harmless(fileLabel(path));
  if (code === 'EFBIG') throw new UsageError('catalog.large', { file, mib: mostBytes / 1024 / 1024 });
  // Too few descriptors are no fault of the catalog: the command line tells of them.
  if (code === 'EMFILE' || code === 'ENFILE') throw error;
  throw new UsageError('catalog.unreadable', { file, why: reasonOf(error) });
}

/** What a fetch says by itself, or the runtime's words. */
const whyOf = (error: unknown): Refusal => (error instanceof UsageError ? error.refusal : runtimeReasonOf(error));

async function fromService(name: string, options: LoadOptions): Promise<readonly Feature[]> {
  const names = m365Instances.map((entry) => entry.name);
  const instance = m365Instances.find((entry) => entry.name === name.toLowerCase());
  if (instance === undefined) {
    const near = suggest(name, names);
    throw new UsageError('catalog.instance', {
      file: `m365:${harmless(name, 80)}`,
      near: near === null ? null : `m365:${near}`,
      names: names.map((known) => `m365:${known}`),
    });
  }
  const base = options.service?.base ?? service;
  const url = new URL(`/endpoints/${instance.path}?ClientRequestId=${crypto.randomUUID()}`, base);
  const limits = [AbortSignal.timeout(fetchTimeoutMs), ...(options.signal === undefined ? [] : [options.signal])];
  const label = `m365:${instance.name}`;
  const proxy = (await options.proxyFor?.(url)) ?? null;
  const { fetchDocument } = await import('./fetch.ts');
  const request = {
    signal: AbortSignal.any(limits),
    proxy,
    ca: [...(options.ca ?? []), ...(options.service === undefined ? [] : [options.service.ca])],
    timeoutMs: fetchTimeoutMs,
    mostBytes,
  };
  const bytes = await fetchDocument(url, request).catch((error: unknown) => {
    const why = options.signal?.aborted === true ? refusal('fetch.deadline') : whyOf(error);
    throw new UsageError('catalog.fetch', {
      ...{ file: label, host: url.host, why },
      url: `${service}/endpoints/${instance.path}`,
    });
  });
  const { parseCatalogText } = await parser();
  return parseCatalogText(decoded(bytes, label), label, instance.cloud);
}
